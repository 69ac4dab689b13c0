/** One order as admins read it: with all that happened to it, in turn. */
import * as z from 'zod';
import { addressSchema } from './address.ts';
import { adminOrderSchema } from './administration.ts';
import { DISPUTES_MAX, disputeSchema } from './disputes.ts';
import { userIdSchema } from './ids.ts';
import { instantSchema } from './values.ts';

/** More than that happens to no order that is sold once: the oldest are told. */
export const STORY_ENTRIES_MAX = 200;

/**
 * - `reserved`, `confirmed`, `cancelled`, `expired`: what became of the hold.
 * - `authorised`, `captured`, `released`, `failed`: of an attempt to pay.
 * - `refund_decided`, `refunded`, `refund_failed`: of money that is given back.
 * - `disputed`, `dispute_won`, `dispute_lost`, `dispute_closed`: of a dispute at the customer's bank.
 * - `mail_again`: an admin had a mail sent again. `mailed`: a mail left, which is known for a week.
 * - `event_cancelled`: with what it means for the order behind it.
 * - `sent`: an admin said that it was sent. `sent_taken_back`: one took that back.
 * - `address_corrected`: an admin changed where it is delivered to. Which parts, the audit log has.
 */
export const storyWhatSchema = z.enum([
  'reserved',
  'confirmed',
  'cancelled',
  'expired',
  'authorised',
  'captured',
  'released',
  'failed',
  'refund_decided',
  'refunded',
  'refund_failed',
  'disputed',
  'dispute_won',
  'dispute_lost',
  'dispute_closed',
  'mail_again',
  'mailed',
  'sent',
  'sent_taken_back',
  'event_cancelled',
  'address_corrected',
]);

export const storyEntrySchema = z.object({
  at: instantSchema,
  what: storyWhatSchema,
  by: z.object({
    /** `provider`: of payments. `shop`: by itself. */
    kind: z.enum(['customer', 'admin', 'provider', 'shop']),
    /** Of an account; null for the others. */
    id: userIdSchema.nullable(),
    name: z.string().nullable(),
  }),
  amountCents: z.int().nullable().meta({ description: 'Of the money that it is about.' }),
  units: z.int().nullable().meta({ description: 'Of a refund: how many go back on sale.' }),
  reason: z.string().nullable().meta({
    description:
      'Of a refund or a cancelling, as its admin wrote it; of a payment that ended, a stable word; of a mail which one, where null is the confirmation.',
  }),
});
export type StoryEntry = z.infer<typeof storyEntrySchema>;

export const adminOrderDetailSchema = z.object({
  ...adminOrderSchema.shape,
  address: addressSchema.nullable().meta({
    description: 'Where it is delivered to; null while nobody said, and once it was erased.',
  }),
  refundable: z
    .object({ amountCents: z.int().min(0), units: z.int().min(0) })
    .nullable()
    .meta({
      description:
        'What can still be given back of its money, and how many units can go back on sale; null where it rests on no payment.',
    }),
  note: z.string().meta({ description: 'What admins tell each other of it; only they see it.' }),
  disputes: z.array(disputeSchema).max(DISPUTES_MAX).meta({ description: 'The newest first.' }),
  story: z.array(storyEntrySchema).max(STORY_ENTRIES_MAX).meta({ description: 'Oldest first.' }),
  serverNow: instantSchema,
});
export type AdminOrderDetail = z.infer<typeof adminOrderDetailSchema>;
