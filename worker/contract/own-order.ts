/** One order of one's own, with what is known of its money. */
import * as z from 'zod';
import { orderHistoryEntrySchema } from './orders.ts';
import { refundSchema } from './payments.ts';
import { instantSchema } from './values.ts';

/** Why a bank declined, as far as a customer can do something about it. Whether a card is reported lost is not told. */
export const declineSchema = z.enum([
  'insufficient_funds',
  'card_expired',
  'details_wrong',
  'not_authenticated',
  'too_often',
  'try_later',
  'other',
]);
export type Decline = z.infer<typeof declineSchema>;

const ownRefundSchema = refundSchema.pick({
  id: true,
  status: true,
  amountCents: true,
  restockUnits: true,
  createdAt: true,
});

/** Of the payment that `payment` of the order tells of. */
export const receiptSchema = z.object({
  /** When the customer's bank approved it; null where it did not. */
  approvedAt: instantSchema.nullable(),
  /** Why the last try to pay was declined; null where none was, or a later one was not. */
  declined: declineSchema.nullable(),
  /** The oldest first. */
  refunds: z.array(ownRefundSchema),
});
export type Receipt = z.infer<typeof receiptSchema>;

export const ownOrderSchema = z.object({
  ...orderHistoryEntrySchema.shape,
  receipt: receiptSchema.nullable().meta({
    description: 'Of the payment that `payment` tells of; null where there is none.',
  }),
});
export type OwnOrder = z.infer<typeof ownOrderSchema>;
