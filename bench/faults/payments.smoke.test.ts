/**
 * Payments on the production bundle: the dispatcher killed between any two steps, and a provider that fails
 * and loses its answers. Nothing is captured, released or refunded twice, and the laws of money hold.
 * `DRILLS_TELL=1` prints the counts.
 */
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { signatureHeader } from '../../local/stripe/signature.ts';
import { SECRET_KEY } from '../../local/stripe/testing/stripe-client.ts';
import {
  type Begun,
  type PaymentWorld,
  paymentWorld,
  rowOf,
  TOTAL_MINOR,
} from '../../local/testing/payment-world.ts';
import { makeRefundId } from '../../worker/contract/ids.ts';
import { capture } from '../../worker/outbox/payments/capture.ts';
import { findBrokenMoneyLaws } from '../../worker/stores/postgres/money-laws.ts';
import { enqueueRefundStatement } from '../../worker/stores/postgres/payment-refunds.ts';
import { fillRandom } from '../../worker/testing/rows.ts';
import { type FaultyShop, openFaultyShop } from './faulty-shop.ts';
import { openTcpProxy, type TcpProxy } from './tcp-proxy.ts';

/** Of each kind. */
const PAYMENTS = 8;
const SOON_MS = 60_000;
const LOOK_MS = 50;
const PART_MINOR = 300;
const WEBHOOK_SECRET = 'whsec_TheSecretOfADrill0123';
/** What the provider tells of a change that the shop asked for. */
const CHANGES = new Set(['charge.captured', 'payment_intent.canceled', 'refund.created']);

let shop: FaultyShop;
let world: PaymentWorld;
let wire: TcpProxy;

beforeAll(async () => {
  shop = await openFaultyShop();
}, 120_000);

afterAll(() => shop?.close());

beforeEach(async () => {
  await shop.db.execute(sql`DELETE FROM outbox`);
  world = await paymentWorld(shop.db, Date.now());
  wire = await openTcpProxy(Number(new URL(world.stripe.url).port));
  await shop.killRuntime({
    PAYMENT_VIA: 'stripe',
    STRIPE_SECRET_KEY: SECRET_KEY,
    STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
    STRIPE_API_URL: `http://127.0.0.1:${wire.port}`,
    PUBLIC_URL: 'http://127.0.0.1',
  });
  return () => wire.close();
});

interface Written {
  toCapture: Begun[];
  toRelease: Begun[];
  toRefund: Begun[];
}

/** As the event's line and admins do. */
async function writePayments(): Promise<Written> {
  const all: Written = { toCapture: [], toRelease: [], toRefund: [] };
  for (let n = 0; n < PAYMENTS; n++) {
    const refunded = await world.confirm();
    await capture(world.ports, rowOf('payment.capture', refunded));
    await shop.db.execute(sql`DELETE FROM outbox WHERE payment_id = ${refunded.paymentId}`);
    await decideRefund(refunded);
    all.toRefund.push(refunded);
    all.toCapture.push(await world.confirm());
    const released = await world.authorise();
    await world.cancel(released);
    all.toRelease.push(released);
  }
  return all;
}

async function decideRefund({ eventId, orderId, paymentId }: Begun): Promise<void> {
  const nowMs = Date.now();
  const refundId = makeRefundId(eventId, nowMs, fillRandom);
  await shop.db.execute(sql`
    INSERT INTO payment_refunds (id, payment_id, order_id, amount_minor, currency, reason, created_at)
    VALUES (${refundId}, ${paymentId}, ${orderId}, ${PART_MINOR}, 'EUR', 'a drill', now())`);
  await enqueueRefundStatement(shop.db, { refundId, paymentId, nowMs });
}

async function changesMade(): Promise<number> {
  let count = 0;
  for (let after = ''; ; ) {
    const { body } = await world.get(`/v1/events?limit=100${after}`);
    const events = body['data'] as { id: string; type: string }[];
    count += events.filter(({ type }) => CHANGES.has(type)).length;
    if (body['has_more'] !== true) return count;
    after = `&starting_after=${events.at(-1)?.id}`;
  }
}

/** By what the provider does: it tells of something that is no payment. */
async function wake(): Promise<void> {
  const data = { object: { id: 'prod_1', object: 'product' } };
  const created = Math.floor(Date.now() / 1_000);
  const body = JSON.stringify({
    id: `evt_${randomUUID()}`,
    type: 'product.created',
    created,
    data,
  });
  const signature = signatureHeader(body, { secrets: [WEBHOOK_SECRET], atS: created });
  const answer = await fetch(`${shop.url}/api/v1/payments/stripe/webhook`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Stripe-Signature': signature },
    body,
  });
  expect(answer.status).toBe(200);
}

async function countWhere(condition: string): Promise<number> {
  const { rows } = await shop.db.execute<{ count: number }>(sql`
    SELECT count(*)::int AS count FROM outbox
     WHERE kind LIKE 'payment.%' AND ${sql.raw(condition)}`);
  return rows[0]?.count ?? 0;
}

async function until(what: string, isSo: () => Promise<boolean> | boolean): Promise<void> {
  const untilMs = performance.now() + SOON_MS;
  while (!(await isSo())) {
    if (performance.now() > untilMs) throw new Error(`${what} did not happen in ${SOON_MS} ms`);
    await new Promise((done) => setTimeout(done, LOOK_MS));
  }
}

/** As if the time that leases and pauses last had gone by. */
async function workOffAll(): Promise<void> {
  await until('the end of all rows', async () => {
    if ((await countWhere('outcome IS NULL')) === 0) return true;
    await shop.db.execute(sql`
      UPDATE outbox SET due_at = least(due_at, now()), leased_until = least(leased_until, now())
       WHERE id IN (SELECT id FROM outbox WHERE outcome IS NULL FOR UPDATE SKIP LOCKED)`);
    await wake();
    return false;
  });
}

/** What the provider has in the end, and the rows. */
async function expectEach({ toCapture, toRelease, toRefund }: Written): Promise<void> {
  for (const begun of toCapture) {
    const taken = { status: 'succeeded', taken: TOTAL_MINOR, back: 0, refunds: 0 };
    expect(await world.money(begun)).toEqual(taken);
  }
  for (const begun of toRelease) {
    const none = { status: 'canceled', taken: 0, back: 0, refunds: 0 };
    expect(await world.money(begun)).toEqual(none);
  }
  for (const begun of toRefund) {
    const part = { status: 'succeeded', taken: TOTAL_MINOR, back: PART_MINOR, refunds: 1 };
    expect(await world.money(begun)).toEqual(part);
  }
  expect(await countWhere(`outcome = 'given_up'`)).toBe(0);
  expect(await findBrokenMoneyLaws(shop.db)).toEqual([]);
}

function tell(what: string, figures: object): void {
  if (process.env.DRILLS_TELL) process.stderr.write(`${what}: ${JSON.stringify(figures)}\n`);
}

/** At each point at which a dispatcher can die, with what must be so at that moment. */
const DEATHS = [
  {
    point: 'between the lease and the provider',
    prepare: () => shop.wire.setMode('delay'),
    isThere: async (before: number) =>
      (await countWhere('lease_id IS NOT NULL')) > 0 && (await changesMade()) === before,
  },
  {
    point: 'between the change and its answer',
    prepare: () => wire.setMode('mute'),
    isThere: async (before: number) => (await changesMade()) > before,
  },
  {
    point: 'between the answer and its record',
    // The record is late, so that it is seldom there when the change is seen.
    prepare: () => shop.wire.setMode('delay'),
    isThere: async (before: number) => (await changesMade()) > before,
  },
];

it.each(DEATHS)('money moves once when the dispatcher dies $point', async (death) => {
  const written = await writePayments();
  const before = await changesMade();
  death.prepare();
  await wake();
  await until(death.point, () => death.isThere(before));
  const done = await countWhere(`outcome = 'done'`);
  await shop.killRuntime();
  shop.wire.setMode('pass');
  wire.setMode('pass');
  tell(death.point, { rows: 3 * PAYMENTS, done, changes: (await changesMade()) - before });
  await workOffAll();
  await expectEach(written);
});

it('money moves once at a provider that fails after its work and loses its answers', async () => {
  const written = await writePayments();
  const before = await changesMade();
  world.stripe.setFaults({ failAfterWork: PAYMENTS, cutAfterWork: PAYMENTS });
  await workOffAll();
  const tries = await countWhere('tries > 0');
  tell('failed and lost', { rows: 3 * PAYMENTS, tries, changes: (await changesMade()) - before });
  expect(tries).toBeGreaterThan(0);
  await expectEach(written);
});
