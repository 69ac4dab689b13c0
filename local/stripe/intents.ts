/** Payment intents: read, changed, listed, captured and cancelled. Those of checkout sessions only. */
import * as z from 'zod';
import { ApiError, badParam, badState } from './api-error.ts';
import type { Form } from './form.ts';
import { AMOUNT_MAX, DISPUTED_AFTER_MS } from './limits.ts';
import { createdSchema, type List, pageOf, pageSchema } from './lists.ts';
import type { Charge, Intent, IntentRecord, SessionRecord } from './objects.ts';
import { integer, metadata, readParams, text } from './params.ts';
import { isMatch, readQuery } from './search-query.ts';
import { emit, find, nowS, startTimer, type World } from './world.ts';

const updateSchema = z.strictObject({
  metadata: metadata.optional(),
  description: text(1_000).optional(),
});
const listSchema = z.strictObject({ ...pageSchema, ...createdSchema });
const searchSchema = z.strictObject({
  query: text(1_000),
  limit: pageSchema.limit,
  page: z.string().optional(),
});
const captureSchema = z.strictObject({
  amount_to_capture: integer({ min: 1, max: AMOUNT_MAX }).optional(),
  metadata: metadata.optional(),
});
const cancelSchema = z.strictObject({
  cancellation_reason: z
    .enum(['abandoned', 'duplicate', 'fraudulent', 'requested_by_customer'])
    .optional(),
});

export function readIntent(world: World, id: string): Intent {
  return recordOf(world, id).object;
}

export function updateIntent(world: World, id: string, form: Form): Intent {
  const { object } = recordOf(world, id);
  const { metadata: added, description } = readParams(updateSchema, form);
  object.metadata = merged(object.metadata, added);
  object.description = description ?? object.description;
  return object;
}

export function listIntents({ state }: World, form: Form): List<Intent> {
  const intents = [...state.intents.values()].map(({ object }) => object);
  return pageOf(intents, readParams(listSchema, form), '/v1/payment_intents');
}

/** Unlike Stripe's, whose index is up to a minute behind, it finds what was made just now. */
export function searchIntents({ state }: World, form: Form) {
  const { query, limit, page } = readParams(searchSchema, form);
  const terms = readQuery(query);
  const found = [...state.intents.values()].map(({ object }) => object);
  const fitting = found.filter((intent) => isMatch(intent, terms)).toReversed();
  const start = page === undefined ? 0 : fitting.findIndex(({ id }) => id === page) + 1;
  if (page !== undefined && start === 0) throw badParam('page', 'Invalid page');
  const data = fitting.slice(start, start + limit);
  const more = fitting.length > start + data.length;
  return {
    object: 'search_result',
    url: '/v1/payment_intents/search',
    has_more: more,
    next_page: more ? (data.at(-1)?.id ?? null) : null,
    data,
  };
}

export function captureIntent(world: World, id: string, form: Form): Intent {
  const record = recordOf(world, id);
  const { object: intent } = record;
  const params = readParams(captureSchema, form);
  if (intent.status !== 'requires_capture')
    throw unexpected(intent, 'captured', ['requires_capture']);
  const amount = params.amount_to_capture ?? intent.amount_capturable;
  if (amount > intent.amount_capturable) {
    throw badState('The amount to capture is greater than the remaining amount.', {
      code: 'amount_too_large',
      param: 'amount_to_capture',
    });
  }
  const session = sessionOf(world, record);
  if (session.fault === 'capture_declined') throw captureDeclined(intent);
  const charge = chargeOf(world, intent);
  intent.metadata = merged(intent.metadata, params.metadata);
  markCaptured(intent, charge, amount);
  startDispute(world, intent);
  session.object.payment_status = 'paid';
  emit(world, 'charge.captured', { object: charge, session });
  emit(world, 'payment_intent.succeeded', { object: intent, session });
  return intent;
}

export function markCaptured(intent: Intent, charge: Charge, amount: number): void {
  Object.assign(charge, { captured: true, amount_captured: amount });
  Object.assign(intent, { status: 'succeeded', amount_received: amount, amount_capturable: 0 });
}

/** Of a card whose owner disputes what was taken. */
export function startDispute(world: World, { id, latest_charge: charge }: Intent): void {
  if (world.state.charges.get(charge ?? '')?.isDisputed !== true) return;
  startTimer(world, { kind: 'dispute_opens', id, atMs: world.nowMs() + DISPUTED_AFTER_MS });
}

export function cancelIntent(world: World, id: string, form: Form): Intent {
  const record = recordOf(world, id);
  const { cancellation_reason: reason } = readParams(cancelSchema, form);
  const { object: intent } = record;
  const session = sessionOf(world, record);
  if (session.object.status === 'open') {
    throw badState(
      'You cannot cancel this PaymentIntent while its Checkout Session is open; expire the session.',
      { code: 'payment_intent_unexpected_state', payment_intent: intent },
    );
  }
  if (intent.status !== 'requires_capture')
    throw unexpected(intent, 'canceled', ['requires_capture']);
  cancel(world, record, reason ?? null);
  return intent;
}

/** An authorisation that nobody captured in time. */
export function endAuthorisation(world: World, id: string): void {
  const record = recordOf(world, id);
  if (record.object.status !== 'requires_capture') return;
  const charge = chargeOf(world, record.object);
  emit(world, 'charge.expired', { object: charge, session: sessionOf(world, record) });
  cancel(world, record, 'automatic');
}

/** What was not paid when its session ended. */
export function cancelUnpaid(world: World, { object }: SessionRecord): void {
  if (object.payment_intent === null) return;
  const record = recordOf(world, object.payment_intent);
  if (['requires_action', 'requires_payment_method'].includes(record.object.status)) {
    cancel(world, record, 'automatic');
  }
}

/** @throws where the payment was never tried. */
export function chargeOf({ state }: World, { latest_charge: id }: Intent): Charge {
  const charge = state.charges.get(id ?? '')?.object;
  if (charge === undefined) throw new Error(`a paid payment has no charge ${id}`);
  return charge;
}

export function sessionOf({ state }: World, { sessionId }: IntentRecord): SessionRecord {
  return find(state.sessions, sessionId, 'checkout.session');
}

function cancel(world: World, record: IntentRecord, reason: string | null): void {
  const { object } = record;
  object.status = 'canceled';
  object.amount_capturable = 0;
  object.canceled_at = nowS(world);
  object.cancellation_reason = reason;
  emit(world, 'payment_intent.canceled', { object, session: sessionOf(world, record) });
}

function recordOf({ state }: World, id: string): IntentRecord {
  return find(state.intents, id, 'payment_intent');
}

/** An empty value takes a key away. */
function merged(present: Intent['metadata'], added: Intent['metadata'] = {}): Intent['metadata'] {
  const all = Object.entries({ ...present, ...added });
  return Object.fromEntries(all.filter(([, value]) => value !== ''));
}

function unexpected(intent: Intent, done: string, wanted: readonly string[]): ApiError {
  return badState(
    `This PaymentIntent could not be ${done} because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be ${done}: ${wanted.join(', ')}.`,
    { code: 'payment_intent_unexpected_state', payment_intent: intent },
  );
}

function captureDeclined(intent: Intent): ApiError {
  return new ApiError(402, {
    type: 'card_error',
    code: 'card_declined',
    decline_code: 'generic_decline',
    message: 'Your card was declined.',
    payment_intent: intent,
  });
}
