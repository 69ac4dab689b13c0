/** Disputes of captured payments: opened by a test card or on request, answered and decided on request, and read. */
import * as z from 'zod';
import { badState } from './api-error.ts';
import type { Form } from './form.ts';
import { DISPUTE_ANSWER_MS_MAX } from './limits.ts';
import { createdSchema, type List, pageOf, pageSchema } from './lists.ts';
import type { Charge, Dispute } from './objects.ts';
import { readParams } from './params.ts';
import { add, emit, find, nowS, type World } from './world.ts';

const listSchema = z.strictObject({
  ...pageSchema,
  ...createdSchema,
  payment_intent: z.string().optional(),
  charge: z.string().optional(),
});

/** What a test may have happen to the dispute of a payment. */
export const DISPUTE_STEPS = ['open', 'inquire', 'answer', 'win', 'lose'] as const;
export type DisputeStep = (typeof DISPUTE_STEPS)[number];

export function readDispute({ state }: World, id: string): Dispute {
  return find(state.disputes, id, 'dispute').object;
}

export function listDisputes({ state }: World, form: Form): List<Dispute> {
  const { payment_intent: intent, charge, ...page } = readParams(listSchema, form);
  const disputes = [...state.disputes.values()]
    .map(({ object }) => object)
    .filter((one) => intent === undefined || one.payment_intent === intent)
    .filter((one) => charge === undefined || one.charge === charge);
  return pageOf(disputes, page, '/v1/disputes');
}

/** Of a payment whose money was taken, and of which no dispute is open. @returns undefined of another. */
export function openDispute(
  world: World,
  intentId: string,
  isInquiry = false,
): Dispute | undefined {
  const intent = find(world.state.intents, intentId, 'payment_intent').object;
  const charge = world.state.charges.get(intent.latest_charge ?? '')?.object;
  if (intent.status !== 'succeeded' || charge === undefined || charge.refunded) return undefined;
  if (lastOf(world, intentId) !== undefined) return undefined;
  const { object: dispute } = add<{ object: Dispute }>(world.state.disputes, {
    object: {
      id: world.newId('du'),
      object: 'dispute',
      amount: charge.amount_captured - charge.amount_refunded,
      charge: charge.id,
      created: nowS(world),
      currency: charge.currency,
      evidence_details: {
        due_by: nowS(world) + DISPUTE_ANSWER_MS_MAX / 1_000,
        has_evidence: false,
        past_due: false,
        submission_count: 0,
      },
      is_charge_refundable: isInquiry,
      livemode: false,
      metadata: {},
      payment_intent: intent.id,
      reason: 'fraudulent',
      status: isInquiry ? 'warning_needs_response' : 'needs_response',
    },
  });
  charge.disputed = true;
  tell(world, dispute, 'created');
  if (!isInquiry) tell(world, dispute, 'funds_withdrawn');
  return dispute;
}

/** @throws ApiError where there is no such dispute, or nothing to decide about it. */
export function takeDisputeStep(world: World, intentId: string, step: DisputeStep): void {
  if (step === 'open' || step === 'inquire') {
    const opened = openDispute(world, intentId, step === 'inquire');
    if (opened === undefined) throw badState(`A dispute of ${intentId} cannot be opened now.`);
    return;
  }
  const dispute = lastOf(world, intentId);
  if (dispute === undefined) throw badState(`${intentId} has no dispute that is open.`);
  const isInquiry = dispute.status.startsWith('warning');
  if (step === 'answer') {
    dispute.status = isInquiry ? 'warning_under_review' : 'under_review';
    Object.assign(dispute.evidence_details, { has_evidence: true, submission_count: 1 });
    return tell(world, dispute, 'updated');
  }
  dispute.status = isInquiry ? 'warning_closed' : step === 'win' ? 'won' : 'lost';
  tell(world, dispute, 'closed');
  if (dispute.status !== 'won') return;
  dispute.is_charge_refundable = true;
  tell(world, dispute, 'funds_reinstated');
}

/** @throws ApiError where the charge's money cannot be given back, since its bank has taken it back. */
export function checkUndisputed({ state }: World, { id }: Charge): void {
  for (const { object } of state.disputes.values()) {
    if (object.charge !== id || object.is_charge_refundable) continue;
    throw badState(`Charge ${id} has been charged back; cannot issue a refund.`, {
      code: 'charge_disputed',
    });
  }
}

/** The one that is open. */
function lastOf({ state }: World, intentId: string): Dispute | undefined {
  const ended = new Set<Dispute['status']>(['lost', 'warning_closed', 'won']);
  return [...state.disputes.values()]
    .map(({ object }) => object)
    .find(({ payment_intent: of, status }) => of === intentId && !ended.has(status));
}

function tell(world: World, dispute: Dispute, what: string): void {
  const { sessionId } = find(world.state.intents, dispute.payment_intent, 'payment_intent');
  const session = find(world.state.sessions, sessionId, 'checkout.session');
  emit(world, `charge.dispute.${what}`, { object: dispute, session });
}
