/** What a shopper does on the hosted page: pays by a card or another method, and authenticates where it asks for that. */
import { type Card, cardOf, type Decline } from './cards.ts';
import { beginDelayed } from './delayed-payments.ts';
import { markCaptured, startDispute } from './intents.ts';
import { AUTHORISATION_MS_MAX, SLOW_AUTHENTICATION_MS } from './limits.ts';
import type { Method } from './methods.ts';
import type { Charge, ChargeRecord, Intent, IntentRecord, SessionRecord } from './objects.ts';
import type { SessionFault } from './session-faults.ts';
import { add, emit, find, nowS, startTimer, type World } from './world.ts';

/** What the page shows next. */
export type Paid =
  | { kind: 'paid' }
  | { kind: 'declined'; message: string }
  /** `slow`: the bank takes its time; nobody can hurry it. */
  | { kind: 'authenticate'; isSlow: boolean }
  | { kind: 'over' };

export function pay(
  world: World,
  record: SessionRecord,
  {
    cardNumber,
    fault,
    method = 'card',
  }: { cardNumber: string; fault: SessionFault; method?: Method },
): Paid {
  if (record.object.status !== 'open') return { kind: 'over' };
  record.fault = fault;
  const intent = intentOf(world, record);
  if (method !== 'card') {
    record.method = method;
    intent.status = 'requires_action';
    emit(world, 'payment_intent.requires_action', { object: intent, session: record });
    return { kind: 'authenticate', isSlow: false };
  }
  const card = cardOf(cardNumber);
  const isSlow = fault === 'authentication_slow';
  if (!card.needsAuthentication && !isSlow) return finish(world, record, card);
  record.cardNumber = cardNumber;
  intent.status = 'requires_action';
  emit(world, 'payment_intent.requires_action', { object: intent, session: record });
  if (isSlow) {
    const { id } = record.object;
    const atMs = world.nowMs() + SLOW_AUTHENTICATION_MS;
    startTimer(world, { kind: 'authentication_over', id, atMs });
  }
  return { kind: 'authenticate', isSlow };
}

/** The end of an authentication. */
export function authenticate(world: World, record: SessionRecord, isConfirmed: boolean): Paid {
  const { cardNumber, method } = record;
  const given = cardNumber === undefined ? method && OTHER : cardOf(cardNumber);
  if (record.object.status !== 'open' || given === undefined) return { kind: 'over' };
  const card = cardNumber === undefined && method ? { ...given, method } : given;
  delete record.cardNumber;
  delete record.method;
  if (isConfirmed) return finish(world, record, card);
  return decline(world, record, {
    card,
    fault: {
      code: 'payment_intent_authentication_failure',
      message: 'The provided payment method has failed authentication.',
    },
  });
}

/** A card, or another method in its place. */
type Means = Card & { method?: Method };

const OTHER: Means = { brand: '', last4: '', needsAuthentication: true };

function finish(world: World, record: SessionRecord, card: Means): Paid {
  if (card.decline !== undefined) return decline(world, record, { card, fault: card.decline });
  const intent = intentOf(world, record);
  const charge = charged(world, intent, card);
  const { card: shownCard } = charge.payment_method_details;
  const isManual =
    shownCard !== undefined &&
    (record.captureMethod === 'manual' || record.areCardsManual === true);
  Object.assign(intent, { last_payment_error: null, latest_charge: charge.id });
  record.object.status = 'complete';
  record.object.url = null;
  if (record.fault === 'payment_delayed' || record.fault === 'payment_delayed_fails') {
    beginDelayed(world, record, { intent, charge });
    return { kind: 'paid' };
  }
  if (isManual) {
    intent.status = 'requires_capture';
    intent.amount_capturable = intent.amount;
    const atMs = world.nowMs() + AUTHORISATION_MS_MAX;
    shownCard.capture_before = Math.floor(atMs / 1_000);
    startTimer(world, { kind: 'authorisation_over', id: intent.id, atMs });
  } else {
    markCaptured(intent, charge, intent.amount);
    startDispute(world, intent);
    record.object.payment_status = 'paid';
  }
  const type = isManual ? 'payment_intent.amount_capturable_updated' : 'payment_intent.succeeded';
  emit(world, 'charge.succeeded', { object: charge, session: record });
  emit(world, type, { object: intent, session: record });
  emit(world, 'checkout.session.completed', { object: record.object, session: record });
  return { kind: 'paid' };
}

function decline(
  world: World,
  record: SessionRecord,
  { card, fault }: { card: Means; fault: Decline },
): Paid {
  const intent = intentOf(world, record);
  const charge = charged(world, intent, card);
  const { code, message, declineCode } = fault;
  Object.assign(charge, {
    status: 'failed',
    paid: false,
    failure_code: code,
    failure_message: message,
  });
  intent.status = 'requires_payment_method';
  intent.latest_charge = charge.id;
  intent.last_payment_error = {
    type: code === 'payment_intent_authentication_failure' ? 'invalid_request_error' : 'card_error',
    code,
    message,
    charge: charge.id,
    ...(declineCode !== undefined && { decline_code: declineCode }),
  };
  emit(world, 'charge.failed', { object: charge, session: record });
  emit(world, 'payment_intent.payment_failed', { object: intent, session: record });
  return { kind: 'declined', message };
}

/** Made when somebody first tries to pay, as Stripe does. */
function intentOf(world: World, record: SessionRecord): Intent {
  const { object: session } = record;
  if (session.payment_intent !== null) {
    return find(world.state.intents, session.payment_intent, 'payment_intent').object;
  }
  const { object } = add<IntentRecord>(world.state.intents, {
    sessionId: session.id,
    object: {
      id: world.newId('pi'),
      object: 'payment_intent',
      amount: session.amount_total,
      amount_capturable: 0,
      amount_received: 0,
      canceled_at: null,
      cancellation_reason: null,
      capture_method: record.captureMethod,
      created: nowS(world),
      currency: session.currency,
      description: record.description,
      last_payment_error: null,
      latest_charge: null,
      livemode: false,
      metadata: { ...record.intentMetadata },
      payment_method_types: session.payment_method_types,
      status: 'requires_payment_method',
    },
  });
  session.payment_intent = object.id;
  emit(world, 'payment_intent.created', { object, session: record });
  return object;
}

function charged(world: World, intent: Intent, means: Means): Charge {
  const { brand, last4, refund, isDisputed, method = 'card' } = means;
  const { object } = add<ChargeRecord>(world.state.charges, {
    ...(refund !== undefined && { refund }),
    ...(isDisputed !== undefined && { isDisputed }),
    object: {
      id: world.newId('ch'),
      object: 'charge',
      amount: intent.amount,
      amount_captured: 0,
      amount_refunded: 0,
      captured: false,
      created: nowS(world),
      currency: intent.currency,
      disputed: false,
      failure_code: null,
      failure_message: null,
      livemode: false,
      metadata: { ...intent.metadata },
      paid: true,
      payment_intent: intent.id,
      payment_method_details:
        method === 'card' ? { type: method, card: { brand, last4 } } : { type: method },
      refunded: false,
      status: 'succeeded',
    },
  });
  return object;
}
