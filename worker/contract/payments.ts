/** Payments: what paying for an order takes and gives, and what an order tells of its money. */
import * as z from 'zod';
import { paymentIdSchema, refundIdSchema } from './ids.ts';
import { instantSchema } from './values.ts';

/** `none`: the customer confirms the order. `online`: a configured provider takes the money first. */
export const paymentKindSchema = z.enum(['none', 'online']);
export type PaymentKind = z.infer<typeof paymentKindSchema>;

/** Why the provider would not take a total. */
export const AMOUNT_FAULTS = [
  'amount_not_payable',
  'amount_too_large',
  'amount_too_small',
  'currency_not_payable',
] as const;
export type AmountFault = (typeof AMOUNT_FAULTS)[number];

/**
 * - `open`: nobody has authorised it, and somebody still can.
 * - `authorised`: the money is reserved, and not taken.
 * - `captured`: the money was taken. `partly_refunded`, `refunded`: some of it or all was given back.
 * - `released`: it ended with nothing taken.
 * - `failed`: the order was confirmed by it, and the money could not be taken.
 */
export const paymentStatusSchema = z.enum([
  'open',
  'authorised',
  'captured',
  'released',
  'failed',
  'refunded',
  'partly_refunded',
]);
export type PaymentStatus = z.infer<typeof paymentStatusSchema>;

/**
 * Where somebody began to pay, the hold is kept so long beyond its shown end. The SQL function `hold_ends_at`
 * has the same.
 */
export const PAY_GRACE_SECONDS = 15;

/** One attempt to pay. */
export const paymentSchema = z.object({
  id: paymentIdSchema,
  status: paymentStatusSchema,
  redirectUrl: z.url().nullable().meta({
    description: 'Where the customer pays; null once nobody can pay there any more.',
  }),
  expiresAt: instantSchema.meta({
    description: 'Until when one should have paid: that of the hold.',
  }),
});
export type Payment = z.infer<typeof paymentSchema>;

export const paymentAnswerSchema = z.object({ payment: paymentSchema, serverNow: instantSchema });
export type PaymentAnswer = z.infer<typeof paymentAnswerSchema>;

/** What an order tells of its money: of the payment that confirmed it, else of the last one begun. */
export const orderPaymentSchema = z.object({
  status: paymentStatusSchema,
  amountCents: z.int().min(0),
  refundedCents: z.int().min(0),
});
export type OrderPayment = z.infer<typeof orderPaymentSchema>;

export const REFUND_REASON_MAX = 500;

/** Everything that is left, where neither an amount nor units are named. */
export const refundOrderSchema = z.strictObject({
  amountCents: z.int().min(1).optional(),
  /** How many units go back on sale, where the queue gets them first. */
  restockUnits: z.int().min(0).optional(),
  /** All units that have not gone back yet; not beside `restockUnits`. */
  restock: z.boolean().optional(),
  reason: z.string().trim().min(1).max(REFUND_REASON_MAX),
});
export type RefundOrder = z.infer<typeof refundOrderSchema>;

export const refundStatusSchema = z.enum(['pending', 'done', 'failed']);
export type RefundStatus = z.infer<typeof refundStatusSchema>;

export const refundSchema = z.object({
  id: refundIdSchema,
  status: refundStatusSchema,
  amountCents: z.int().min(0),
  restockUnits: z.int().min(0),
  reason: z.string(),
  createdAt: instantSchema,
});
