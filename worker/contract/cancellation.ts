/** What cancelling an event asks, and how far what follows from it has come. */
import * as z from 'zod';
import { orderIdSchema, userIdSchema } from './ids.ts';
import { currencySchema, instantSchema, textSchema } from './values.ts';

/** Of those whose money could not be given back, as many are named. */
export const FAILED_ORDERS_MAX = 20;

const REASON_CHARS_MAX = 500;

export const cancelEventSchema = z.strictObject({
  reason: textSchema(1, REASON_CHARS_MAX).meta({ description: 'Only admins see it.' }),
});

/** In minor units, one of each currency. */
const amountsSchema = z.array(z.object({ currency: currencySchema, amountCents: z.int() }));

/** Counted from the rows. Always `refunded + open + failed = orders`. */
export const cancellationSchema = z.object({
  reason: z.string(),
  at: instantSchema,
  by: z.object({ id: userIdSchema, name: z.string().nullable() }).nullable().meta({
    description: 'Null where the shop did it by itself, since a draw could not be made.',
  }),
  orders: z
    .int()
    .meta({ description: 'Orders that were confirmed, whether or not they cost anything.' }),
  units: z.int().meta({ description: 'Units that these orders were for.' }),
  givenBack: amountsSchema.meta({
    description:
      'What was given back of their payments until now, for whatever reason, with what was authorised and not taken.',
  }),
  refunded: z
    .int()
    .meta({ description: 'Of them, those of which nothing is left: no unit, and no money.' }),
  open: z.int().meta({ description: 'Those that are still to be given back.' }),
  failed: z
    .int()
    .meta({ description: 'Those whose money nobody tries to give back any more: an admin must.' }),
  failedOrders: z
    .array(z.object({ id: orderIdSchema, number: z.string() }))
    .max(FAILED_ORDERS_MAX)
    .meta({ description: 'The first of them.' }),
  isDone: z.boolean().meta({
    description: 'Whether all has been decided: no hold and no queue entry is left.',
  }),
  doneAt: instantSchema.nullable().meta({
    description:
      'When the last money went back; null where some is still to go back, and where there was none.',
  }),
});
export type Cancellation = z.infer<typeof cancellationSchema>;

/** What cancelling would end, as it stands now. */
export const cancelPreviewSchema = z.object({
  orders: z.int().meta({ description: 'Confirmed orders that keep a unit or money.' }),
  holds: z.int(),
  waiting: z.int().meta({ description: 'Queue entries that wait.' }),
  amounts: amountsSchema.meta({ description: 'What would be given back, by currency.' }),
  serverNow: instantSchema,
});
export type CancelPreview = z.infer<typeof cancelPreviewSchema>;
