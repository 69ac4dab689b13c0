/** Payments that an admin should look at: counts only, neither customers nor amounts. */
import * as z from 'zod';
import { eventIdSchema, orderIdSchema } from './ids.ts';
import { instantSchema } from './values.ts';

/** A payment that failed is counted for so long: nothing else ends it. */
export const FAILED_SHOWN_DAYS = 14;

export const paymentAttentionQuerySchema = z.strictObject({ eventId: eventIdSchema.optional() });

export const paymentAttentionSchema = z.object({
  late: z.int().min(0).meta({
    description: 'Captures that fail for more than an hour, and are tried again.',
  }),
  failed: z
    .int()
    .min(0)
    .meta({ description: `Captures that were given up in the last ${FAILED_SHOWN_DAYS} days.` }),
  owed: z.int().min(0).meta({
    description: 'Releases and refunds that were given up: money of a customer is kept.',
  }),
  disputed: z.int().min(0).meta({
    description: 'Disputes and inquiries that the shop has not answered, and still can.',
  }),
  answerBy: instantSchema.nullable().meta({
    description: 'Until when the first of these is to be answered.',
  }),
  answerOrderId: orderIdSchema.nullable().meta({ description: 'The order of that one.' }),
  serverNow: instantSchema,
});
export type PaymentAttention = z.infer<typeof paymentAttentionSchema>;
