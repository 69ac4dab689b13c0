import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PaymentState } from '../provider.ts';
import {
  disputeSchema,
  eventSchema,
  type Intent,
  intentSchema,
  refundSchema,
  type Session,
  sessionSchema,
} from './objects.ts';
import { disputeOf, eventOf, paymentOf, refundOf, sessionOf } from './states.ts';

const CREATED_S = 1_790_000_000;
const INTENT_STATUSES = intentSchema.shape.status.options;
const CHARGE_STATUSES = ['failed', 'pending', 'succeeded'] as const;
const REASONS = [
  null,
  'abandoned',
  'automatic',
  'duplicate',
  'expired',
  'fraudulent',
  'requested_by_customer',
] as const;

type Charge = NonNullable<Intent['latest_charge']>;

function charge(given: Partial<Charge> = {}): Charge {
  return {
    id: 'ch_1',
    amount_captured: 0,
    amount_refunded: 0,
    captured: false,
    status: 'succeeded',
    ...given,
  };
}

function intent(given: Partial<Intent> = {}): Intent {
  return {
    id: 'pi_1',
    amount: 1_200,
    amount_received: 0,
    created: CREATED_S,
    currency: 'eur',
    metadata: { attemptId: 'att_1' },
    status: 'requires_payment_method',
    ...given,
  };
}

function session(given: Partial<Session> = {}): Session {
  return {
    id: 'cs_1',
    expires_at: CREATED_S,
    metadata: { attemptId: 'att_1' },
    payment_intent: null,
    status: 'open',
    url: 'https://pay.example/cs_1',
    ...given,
  };
}

const taken = (refunded: number) =>
  intent({
    status: 'succeeded',
    amount_received: 1_200,
    latest_charge: charge({ captured: true, amount_captured: 1_200, amount_refunded: refunded }),
  });

/** By Stripe's status alone, where nothing else counts. */
const STATE_OF_STATUS: Partial<Record<Intent['status'], PaymentState>> = {
  processing: 'processing',
  requires_action: 'open',
  requires_confirmation: 'open',
  requires_payment_method: 'open',
  requires_capture: 'authorised',
};

const intents = fc.record({
  id: fc.constant('pi_1'),
  amount: fc.constant(1_200),
  amount_received: fc.nat(1_200),
  cancellation_reason: fc.constantFrom(...REASONS),
  created: fc.constant(CREATED_S),
  currency: fc.constantFrom('eur', 'jpy', 'kwd'),
  latest_charge: fc.option(
    fc.record({
      id: fc.constant('ch_1'),
      amount_captured: fc.nat(1_200),
      amount_refunded: fc.nat(1_200),
      captured: fc.boolean(),
      status: fc.constantFrom(...CHARGE_STATUSES),
    }),
  ),
  metadata: fc.constant({}),
  status: fc.constantFrom(...INTENT_STATUSES),
});

describe('the state of a payment', () => {
  it.each(Object.entries(STATE_OF_STATUS))('that is %s is %s', (status, state) => {
    for (const latest of [null, ...CHARGE_STATUSES.map((one) => charge({ status: one }))]) {
      const given = intent({ status: status as Intent['status'], latest_charge: latest });
      expect(paymentOf(given)).toMatchObject({ state, capturedMinor: 0, refundedMinor: 0 });
    }
  });

  it.each([
    [0, 'captured'],
    [1, 'partly_refunded'],
    [1_199, 'partly_refunded'],
    [1_200, 'refunded'],
  ])('that was captured, with %i refunded, is %s', (refunded, state) => {
    expect(paymentOf(taken(refunded))).toMatchObject({
      state,
      capturedMinor: 1_200,
      refundedMinor: refunded,
    });
  });

  it('that was captured in part is refunded with that part', () => {
    const part = { ...taken(700), amount_received: 700 };
    expect(paymentOf(part)).toMatchObject({ state: 'refunded', capturedMinor: 700 });
  });

  it('that was cancelled has failed only where an authorisation ended by itself', () => {
    for (const reason of REASONS) {
      for (const latest of [null, ...CHARGE_STATUSES.map((status) => charge({ status }))]) {
        const isByItself = reason === 'automatic' || reason === 'expired';
        const wasAuthorised = latest !== null && latest.status !== 'failed';
        const given = intent({
          status: 'canceled',
          cancellation_reason: reason,
          latest_charge: latest,
        });
        const state = isByItself && wasAuthorised ? 'failed' : 'released';
        expect(paymentOf(given).state, `${reason} ${latest?.status}`).toBe(state);
      }
    }
  });

  it('agrees with its amounts, whatever Stripe answers', () => {
    fc.assert(
      fc.property(intents, (given) => {
        const { state, capturedMinor, refundedMinor } = paymentOf(given);
        const agrees: Record<PaymentState, boolean> = {
          open: capturedMinor === 0 && refundedMinor === 0,
          processing: capturedMinor === 0 && refundedMinor === 0,
          authorised: capturedMinor === 0 && refundedMinor === 0,
          released: capturedMinor === 0 && refundedMinor === 0,
          failed: capturedMinor === 0 && refundedMinor === 0,
          captured: refundedMinor === 0,
          partly_refunded: refundedMinor > 0 && refundedMinor < capturedMinor,
          refunded: refundedMinor > 0 && refundedMinor >= capturedMinor,
        };
        expect(agrees[state]).toBe(true);
        const isTaken = ['captured', 'partly_refunded', 'refunded'].includes(state);
        expect(isTaken).toBe(given.status === 'succeeded');
      }),
    );
  });

  it('comes with what else the shop asks', () => {
    const given = intent({
      currency: 'isk',
      amount: 120_000,
      last_payment_error: { code: 'card_declined', decline_code: 'lost_card' },
      latest_charge: charge({
        payment_method_details: { card: { capture_before: CREATED_S + 60 } },
      }),
    });
    expect(paymentOf(given)).toEqual({
      paymentId: 'pi_1',
      attemptId: 'att_1',
      state: 'open',
      currency: 'ISK',
      amountMinor: 1_200,
      capturedMinor: 0,
      refundedMinor: 0,
      createdAtMs: CREATED_S * 1_000,
      captureBeforeMs: (CREATED_S + 60) * 1_000,
      declineReason: 'lost_card',
      isDisputed: false,
    });
    const coded = intent({ last_payment_error: { code: 'expired_card' } });
    expect(paymentOf(coded).declineReason).toBe('expired_card');
  });
});

describe('the state of a session', () => {
  it.each([
    ['open', 'open'],
    ['expired', 'released'],
    ['complete', 'released'],
    [null, 'open'],
  ] as const)('that is %s with no payment is %s', (status, state) => {
    expect(sessionOf(session({ status })).state).toBe(state);
  });

  it('is that of its payment, but where only the page is over', () => {
    for (const status of [...sessionSchema.shape.status.unwrap().options, null]) {
      for (const one of INTENT_STATUSES) {
        const given = { ...taken(0), status: one };
        const { state, payment } = sessionOf(session({ status, payment_intent: given }));
        const isOpen = payment?.state === 'open';
        const isOver =
          status === 'expired' || (status === 'complete' && one === 'requires_payment_method');
        const waits = status === 'complete' ? 'processing' : payment?.state;
        expect(state, `${status} ${one}`).toBe(
          isOpen && isOver ? 'released' : isOpen ? waits : payment?.state,
        );
      }
    }
  });

  it('comes with its page only while it is open', () => {
    expect(sessionOf(session())).toMatchObject({
      sessionId: 'cs_1',
      attemptId: 'att_1',
      url: 'https://pay.example/cs_1',
      endsAtMs: CREATED_S * 1_000,
      payment: undefined,
    });
    expect(sessionOf(session({ status: 'complete' })).url).toBeUndefined();
  });
});

it.each([
  ['succeeded', 'done'],
  ['pending', 'pending'],
  ['requires_action', 'pending'],
  ['failed', 'failed'],
  ['canceled', 'failed'],
  [null, 'pending'],
] as const)('a refund that is %s is %s', (status, state) => {
  const refund = refundSchema.parse({
    id: 're_1',
    amount: 500,
    currency: 'eur',
    metadata: { refundId: 'ref_1' },
    status,
  });
  expect(refundOf(refund, 'pi_1')).toEqual({
    providerRefundId: 're_1',
    refundId: 'ref_1',
    paymentId: 'pi_1',
    state,
    currency: 'EUR',
    amountMinor: 500,
  });
});

it.each([
  [{ object: 'checkout.session', id: 'cs_1', payment_intent: 'pi_1' }, 'session', 'cs_1'],
  [{ object: 'payment_intent', id: 'pi_1' }, 'payment', 'pi_1'],
  [{ object: 'charge', id: 'ch_1', payment_intent: 'pi_1' }, 'payment', 'pi_1'],
  [{ object: 'refund', id: 're_1', payment_intent: 'pi_1' }, 'payment', 'pi_1'],
  [{ object: 'dispute', id: 'du_1', payment_intent: { id: 'pi_1' } }, 'payment', 'pi_1'],
])('an event of %o is about the %s %s', (object, kind, id) => {
  const event = { id: 'evt_1', type: 'a.b', created: CREATED_S, data: { object } };
  expect(eventOf(eventSchema.parse(event))).toEqual({
    eventId: 'evt_1',
    kind: 'a.b',
    createdAtMs: CREATED_S * 1_000,
    about: { kind, id },
  });
});

it.each([
  ['needs_response', 'needs_answer'],
  ['under_review', 'answered'],
  ['warning_needs_response', 'inquiry'],
  ['warning_under_review', 'inquiry_answered'],
  ['warning_closed', 'closed'],
  ['prevented', 'closed'],
  ['won', 'won'],
  ['lost', 'lost'],
] as const)('a dispute that is %s is %s', (status, state) => {
  const dispute = disputeSchema.parse({
    id: 'du_1',
    amount: 120_000,
    created: CREATED_S,
    currency: 'isk',
    evidence_details: { due_by: CREATED_S + 60 },
    is_charge_refundable: false,
    reason: 'fraudulent',
    status,
  });
  expect(disputeOf(dispute, 'pi_1')).toEqual({
    disputeId: 'du_1',
    paymentId: 'pi_1',
    state,
    reason: 'fraudulent',
    currency: 'ISK',
    amountMinor: 1_200,
    createdAtMs: CREATED_S * 1_000,
    answerByMs: (CREATED_S + 60) * 1_000,
    isRefundable: false,
  });
});

it('an event of something else is about nothing', () => {
  const data = { object: { object: 'balance' } };
  const event = eventSchema.parse({ id: 'evt_1', type: 'a.b', created: CREATED_S, data });
  expect(eventOf(event).about).toBeUndefined();
});
