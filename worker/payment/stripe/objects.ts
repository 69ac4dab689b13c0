/** What is read of Stripe's objects, and refused where it is not so. Pure. */
import * as z from 'zod';

const ID_CHARACTERS_MAX = 255;

const id = z.string().min(1).max(ID_CHARACTERS_MAX);
const amount = z.int().min(0);
const seconds = z.int().min(0);
const metadata = z.record(z.string(), z.string()).default({});

const chargeSchema = z.object({
  id,
  amount_captured: amount,
  amount_refunded: amount,
  captured: z.boolean(),
  disputed: z.boolean().optional(),
  status: z.enum(['failed', 'pending', 'succeeded']),
  payment_method_details: z
    .object({ card: z.object({ capture_before: seconds.nullish() }).nullish() })
    .nullish(),
});

export const intentSchema = z.object({
  id,
  amount,
  amount_received: amount,
  cancellation_reason: z.string().nullish(),
  created: seconds,
  currency: z.string().length(3),
  last_payment_error: z
    .object({ code: z.string().nullish(), decline_code: z.string().nullish() })
    .nullish(),
  /** Always asked for as a whole. */
  latest_charge: chargeSchema.nullish(),
  metadata,
  status: z.enum([
    'canceled',
    'processing',
    'requires_action',
    'requires_capture',
    'requires_confirmation',
    'requires_payment_method',
    'succeeded',
  ]),
});

export const sessionSchema = z.object({
  id,
  expires_at: seconds,
  metadata,
  payment_intent: intentSchema.nullish(),
  /** Stripe's own description lets it be null. */
  status: z.enum(['complete', 'expired', 'open']).nullable(),
  url: z.url().nullish(),
});

export const refundSchema = z.object({
  id,
  amount,
  currency: z.string().length(3),
  metadata: metadata.nullish(),
  /** Null, as Stripe's description has it, is not settled. */
  status: z.enum(['canceled', 'failed', 'pending', 'requires_action', 'succeeded']).nullable(),
});

export const disputeSchema = z.object({
  id,
  amount,
  created: seconds,
  currency: z.string().length(3),
  evidence_details: z.object({ due_by: seconds.nullish() }),
  is_charge_refundable: z.boolean(),
  reason: z.string().max(100),
  status: z.enum([
    'lost',
    'needs_response',
    'prevented',
    'under_review',
    'warning_closed',
    'warning_needs_response',
    'warning_under_review',
    'won',
  ]),
});

const named = z.object({ id });
/** Of what an event is about, only the names. */
export const eventSchema = z.object({
  id,
  type: z.string().regex(/^[a-z0-9_.]{1,100}$/),
  created: seconds,
  data: z.object({
    object: z.object({
      id: id.nullish(),
      object: z.string(),
      payment_intent: z.union([id, named.transform((intent) => intent.id)]).nullish(),
    }),
  }),
});

export function listOf<S extends z.ZodType>(entry: S) {
  return z.object({ data: z.array(entry), has_more: z.boolean() });
}

export type Intent = z.output<typeof intentSchema>;
export type Session = z.output<typeof sessionSchema>;
export type StripeDispute = z.output<typeof disputeSchema>;
export type StripeRefund = z.output<typeof refundSchema>;
export type StripeEvent = z.output<typeof eventSchema>;
