/** Disputes: a shopper has their bank ask for the money back. Only admins see them. */
import * as z from 'zod';
import { instantSchema } from './values.ts';

/**
 * - `needs_answer`: the bank has taken the money back for now, and hears the shop until its day.
 * - `answered`: the bank decides.
 * - `inquiry`, `inquiry_answered`: the bank only asks, and has taken nothing.
 * - `closed`: it ended without a decision, and nothing was taken.
 * - `won`, `lost`: whose the money is.
 */
export const DISPUTE_STATES = [
  'needs_answer',
  'answered',
  'inquiry',
  'inquiry_answered',
  'closed',
  'won',
  'lost',
] as const;
export type DisputeState = (typeof DISPUTE_STATES)[number];

/** More than that has no order. */
export const DISPUTES_MAX = 20;

export const disputeSchema = z.object({
  /** The provider's. */
  id: z.string(),
  state: z.enum(DISPUTE_STATES),
  reason: z.string().meta({ description: 'The provider’s word, such as `fraudulent`.' }),
  amountCents: z.int().min(0).meta({ description: 'Without the fee that the provider asks for.' }),
  answerBy: instantSchema.nullable().meta({
    description: 'Until when the shop can answer; null where it cannot any more.',
  }),
  createdAt: instantSchema,
  url: z.url().nullable().meta({
    description: 'The provider’s own page of it, where one answers; null where there is none.',
  }),
});
export type Dispute = z.infer<typeof disputeSchema>;
