/** A database and a local Stripe with orders that were paid for, for tests of those who work on payments. */
import { sql } from 'drizzle-orm';
import type { InstantMethod } from '../../worker/config/instant-methods.ts';
import {
  type EventId,
  makeEventId,
  makePaymentId,
  type OrderId,
  type PaymentId,
  type RefundId,
  type UserId,
} from '../../worker/contract/ids.ts';
import { createEventLine } from '../../worker/outbox/payments/event-line.ts';
import type { PaymentPorts } from '../../worker/outbox/payments/ports.ts';
import type { PaymentProvider, SessionPlan } from '../../worker/payment/provider.ts';
import { createStripe } from '../../worker/payment/stripe/stripe.ts';
import { settleGroup } from '../../worker/sale/ledger/ledger.ts';
import type { Answer, Attempt, StampedAttempt } from '../../worker/sale/rules/attempts.ts';
import type { Db } from '../../worker/stores/postgres/client.ts';
import { insertEvent } from '../../worker/stores/postgres/event-plans.ts';
import type { LeasedRow } from '../../worker/stores/postgres/outbox-work.ts';
import { addItem, addUser, fillRandom, planOf, reservationOf } from '../../worker/testing/rows.ts';
import {
  NOW_MS,
  SECRET_KEY,
  type StripeClient,
  stripeClient,
} from '../stripe/testing/stripe-client.ts';

const HOUR_MS = 3_600_000;
export const VISA = '4242424242424242';
export const PRICE_MINOR = 500;
export const UNITS = 2;
export const TOTAL_MINOR = PRICE_MINOR * UNITS;

export interface Ordered {
  eventId: EventId;
  orderId: OrderId;
  customerId: UserId;
}

export interface Begun extends Ordered {
  paymentId: PaymentId;
  sessionId: string;
}

export interface PaymentWorld extends StripeClient {
  provider: PaymentProvider;
  ports: PaymentPorts;
  /** What the event's line was asked for. */
  line: { confirmed: PaymentId[]; returned: string[] };
  /** Its customer gives an order up. */
  cancel(begun: Begun): Promise<void>;
  /** Moves the shop's clock and the provider's. */
  pass(ms: number): Promise<void>;
  /** An order of two units that somebody holds, unless one is given, and its page at the provider. */
  begin(order?: Ordered): Promise<Begun>;
  /** The same, paid on that page. */
  authorise(fields?: Record<string, string>): Promise<Begun>;
  /** The same, and the payment has confirmed its order. */
  confirm(fields?: Record<string, string>): Promise<Begun>;
  read(paymentId: PaymentId): Promise<Record<string, unknown>>;
  /** What the provider has: taken and given back, in minor units, and how many refunds there are. */
  money(begun: Begun): Promise<{ status: string; taken: number; back: number; refunds: number }>;
}

/**
 * @param startMs where both clocks stand until the test moves them.
 * @param instantMethods by which one may pay beside cards.
 */
export async function paymentWorld(
  db: Db,
  startMs = NOW_MS,
  instantMethods: readonly InstantMethod[] = [],
): Promise<PaymentWorld> {
  const client = await stripeClient({ nowMs: () => startMs });
  const clock = { nowMs: startMs };
  const apiUrl = client.stripe.url;
  const secretKey = SECRET_KEY;
  const provider = createStripe({ fetch, apiUrl, secretKey, instantMethods, timeoutMs: 10_000 });
  const line: PaymentWorld['line'] = { confirmed: [], returned: [] };
  const ports = portsOf({ db, provider, line, nowMs: () => clock.nowMs });
  const world: PaymentWorld = {
    ...client,
    provider,
    ports,
    line,
    async pass(ms) {
      clock.nowMs += ms;
      await client.stripe.advance(ms);
    },
    async cancel({ eventId, orderId, customerId }) {
      const who = { orderId, customerId, sessionEpoch: 0, key: null };
      await settled(db, eventId, { kind: 'cancel', ...who });
    },
    async begin(given) {
      const order = given ?? (await holdUnits(db));
      const paymentId = makePaymentId(order.eventId, clock.nowMs, fillRandom);
      const plan = planOfPage({ paymentId, orderId: order.orderId, nowMs: clock.nowMs });
      const made = await provider.createSession(plan, `session/${paymentId}`);
      if (made.kind === 'refused') throw new Error(made.code);
      const { sessionId } = made.value;
      await insertPayment(db, { ...order, paymentId, sessionId }, clock.nowMs);
      return { ...order, paymentId, sessionId };
    },
    async authorise(fields = {}) {
      const begun = await world.begin();
      const answer = await world.submit({ id: begun.sessionId }, { card: VISA, ...fields });
      await answer.text();
      return begun;
    },
    async confirm(fields) {
      const begun = await world.authorise(fields);
      const session = await provider.readSession(begun.sessionId);
      const { paymentId: id, captureBeforeMs = 0 } = session?.payment ?? {};
      await db.execute(sql`
        UPDATE payments SET state = 'authorised', provider_payment_id = ${id},
               authorised_at = ${new Date(clock.nowMs).toISOString()},
               capture_before = ${new Date(captureBeforeMs).toISOString()}
         WHERE id = ${begun.paymentId}`);
      if (!(await ports.confirmPaid(begun))) throw new Error('the order was not confirmed');
      return begun;
    },
    async read(paymentId) {
      const { rows } = await db.execute(sql`SELECT * FROM payments WHERE id = ${paymentId}`);
      return rows[0] ?? {};
    },
    money: (begun) => readMoney(client, begun),
  };
  return world;
}

async function readMoney(client: StripeClient, { sessionId }: Begun) {
  const { body: session } = await client.get(`/v1/checkout/sessions/${sessionId}`);
  const id = session['payment_intent'];
  if (id === null) return { status: session['status'], taken: 0, back: 0, refunds: 0 };
  const { body: intent } = await client.get(`/v1/payment_intents/${id}`);
  const { body: refunds } = await client.get(`/v1/refunds?payment_intent=${id}`);
  const back = (refunds['data'] as { amount: number }[]).reduce((sum, r) => sum + r.amount, 0);
  const { status, amount_received: taken } = intent;
  return { status, taken, back, refunds: refunds['data'].length };
}

/** With the ledger itself as the line. */
function portsOf(
  given: Pick<PaymentPorts, 'db' | 'nowMs' | 'provider'> & Pick<PaymentWorld, 'line'>,
): PaymentPorts {
  const { line, ...ports } = given;
  const { confirmPaid, returnUnits } = createEventLine({
    attempt: (eventId, attempt) => settled(ports.db, eventId, attempt),
  });
  return {
    ...ports,
    fillRandom,
    async confirmPaid(order) {
      const isConfirmed = await confirmPaid(order);
      if (isConfirmed) line.confirmed.push(order.paymentId);
      return isConfirmed;
    },
    async returnUnits(order) {
      line.returned.push('refundId' in order ? order.refundId : order.paymentId);
      await returnUnits(order);
    },
  };
}

async function settled(db: Db, eventId: EventId, attempt: Attempt): Promise<Answer> {
  const nowMs = Date.now();
  const stamped = { ...attempt, atMs: nowMs } as StampedAttempt;
  const settlement = await settleGroup(db, eventId, { attempts: [stamped], nowMs });
  const [answer] = settlement?.answers ?? [];
  return answer === undefined || 'refusal' in answer
    ? ({ ok: false, refusal: { code: answer?.refusal ?? 'internal' } } as Answer)
    : ({ ok: true } as Answer);
}

function planOfPage({
  paymentId,
  orderId,
  nowMs,
}: {
  paymentId: PaymentId;
  orderId: OrderId;
  nowMs: number;
}): SessionPlan {
  return {
    attemptId: paymentId,
    orderId,
    currency: 'EUR',
    lines: [{ name: 'Lamp', unitMinor: PRICE_MINOR, quantity: UNITS }],
    successUrl: 'https://shop.example/back',
    cancelUrl: 'https://shop.example/order',
    language: 'en',
    begunAtMs: nowMs,
    endsAtMs: nowMs + 300_000,
  };
}

async function insertPayment(db: Db, begun: Begun, nowMs: number): Promise<void> {
  const { paymentId, orderId, eventId, customerId, sessionId } = begun;
  await db.execute(sql`
    INSERT INTO payments (id, order_id, event_id, customer_id, amount_minor, currency, session_id, begun_at)
    VALUES (${paymentId}, ${orderId}, ${eventId}, ${customerId}, ${TOTAL_MINOR}, 'EUR', ${sessionId},
            ${new Date(nowMs).toISOString()})`);
}

/** A row of the outbox as a handler is given it. */
export function rowOf<Kind extends 'payment.capture' | 'payment.release'>(
  kind: Kind,
  { paymentId }: Begun,
  tries = 0,
): LeasedRow<Kind> {
  const payload = { paymentId } as LeasedRow<Kind>['payload'];
  return { ...plainRow(tries), kind, key: `${kind}/${paymentId}`, payload };
}

export function refundRowOf(refundId: RefundId, tries = 0): LeasedRow<'payment.refund'> {
  return { ...plainRow(tries), kind: 'payment.refund', key: refundId, payload: { refundId } };
}

/** Of the look that an event of the provider asks for. */
export function lookRowOf(providerEventId: string): LeasedRow<'payment.look'> {
  const payload = { paymentId: null, providerEventId };
  return { ...plainRow(0), kind: 'payment.look', key: `look/${providerEventId}`, payload };
}

function plainRow(tries: number) {
  const times = { createdAtMs: NOW_MS, dueAtMs: NOW_MS, dropAfterMs: null };
  return { id: 1, userId: null, priority: 0, tries, ...times };
}

async function holdUnits(db: Db) {
  const nowMs = Date.now();
  const eventId = makeEventId(fillRandom);
  const customerId = await addUser(db, nowMs);
  const itemId = await addItem(db, nowMs);
  const times = { startsAtMs: nowMs - HOUR_MS, endsAtMs: nowMs + HOUR_MS };
  const item = { itemId, priceCents: PRICE_MINOR, stock: 10, limitPerCustomer: UNITS };
  await insertEvent(db, eventId, { plan: planOf(times, [item]), actor: 'a test' });
  const reserve = reservationOf(eventId, customerId, { atMs: nowMs, quantity: UNITS });
  await db.execute(sql`UPDATE events SET payment = 'online' WHERE id = ${eventId}`);
  await settleGroup(db, eventId, { attempts: [reserve], nowMs });
  await db.execute(sql`UPDATE orders SET paying = true WHERE id = ${reserve.orderId}`);
  return { eventId, customerId, orderId: reserve.orderId };
}
