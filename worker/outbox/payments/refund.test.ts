import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import { openMigratedPostgres } from '../../../local/testing/migrated-database.ts';
import {
  type Begun,
  type PaymentWorld,
  paymentWorld,
  refundRowOf,
  rowOf,
  TOTAL_MINOR,
} from '../../../local/testing/payment-world.ts';
import { makeRefundId, type RefundId } from '../../contract/ids.ts';
import { settleGroup } from '../../sale/ledger/ledger.ts';
import { readPaymentWork } from '../../stores/postgres/payment-work.ts';
import { fillRandom, reservationOf } from '../../testing/rows.ts';
import { capture } from './capture.ts';
import { refund } from './refund.ts';
import { takePayment } from './take-present.ts';
import { takeRefunds } from './take-refunds.ts';

const DONE = { kind: 'done' };
const PART = 300;

let database: Database;

beforeAll(async () => {
  database = await openMigratedPostgres();
}, 60_000);

afterAll(() => database?.close());

const open = () => paymentWorld(database.db);

async function captured(world: PaymentWorld, fields?: Record<string, string>): Promise<Begun> {
  const begun = await world.confirm(fields);
  expect(await capture(world.ports, rowOf('payment.capture', begun))).toEqual(DONE);
  return begun;
}

async function decide(world: PaymentWorld, begun: Begun, { amount = PART, units = 0 } = {}) {
  const id = makeRefundId(begun.eventId, world.ports.nowMs(), fillRandom);
  await database.db.execute(sql`
    INSERT INTO payment_refunds (id, payment_id, order_id, amount_minor, currency, units, reason, created_at)
    VALUES (${id}, ${begun.paymentId}, ${begun.orderId}, ${amount}, 'EUR', ${units}, 'asked for',
            ${new Date(world.ports.nowMs()).toISOString()})`);
  return id;
}

async function rowsOf({ paymentId }: Begun) {
  const { rows } = await database.db.execute<{ state: string; amount: number; reason: string }>(sql`
    SELECT state, amount_minor::int AS amount, reason FROM payment_refunds
     WHERE payment_id = ${paymentId} ORDER BY created_at, id`);
  return rows;
}

const tryOnce = (world: PaymentWorld, id: RefundId, tries = 0) =>
  refund(world.ports, refundRowOf(id, tries));

describe('a refund', () => {
  it('case 11: that is tried twice is made once, and two of the same amount are two', async () => {
    const world = await open();
    const begun = await captured(world);
    for (let n = 1; n <= 2; n++) {
      const id = await decide(world, begun);
      for (let tries = 0; tries < 2; tries++) expect(await tryOnce(world, id, tries)).toEqual(DONE);
      expect(await world.money(begun)).toMatchObject({ back: n * PART, refunds: n });
    }
    const refunded = { state: 'captured', refunded_minor: String(2 * PART) };
    const { refunded_minor: minor, ...row } = await world.read(begun.paymentId);
    expect({ ...row, refunded_minor: String(minor) }).toMatchObject(refunded);
  });

  it('whose answer was lost is found by the next try', async () => {
    const world = await open();
    for (const fault of ['cutAfterWork', 'failAfterWork'] as const) {
      const begun = await captured(world);
      const id = await decide(world, begun);
      world.stripe.setFaults({ [fault]: 1 });
      expect((await tryOnce(world, id)).kind).toBe('failed');
      expect(await tryOnce(world, id, 1)).toEqual(DONE);
      expect(await world.money(begun)).toMatchObject({ back: PART, refunds: 1 });
      expect(await rowsOf(begun)).toMatchObject([{ state: 'done', amount: PART }]);
    }
  });

  it('of a confirmed order leaves it confirmed, and returns its units once', async () => {
    const world = await open();
    const begun = await captured(world);
    const id = await decide(world, begun, { amount: TOTAL_MINOR, units: 2 });
    expect(await tryOnce(world, id)).toEqual(DONE);
    expect(await tryOnce(world, id)).toEqual(DONE);
    expect(world.line.returned).toEqual([id]);
    const { rows } = await database.db.execute(
      sql`SELECT status, units_returned AS returned FROM orders WHERE id = ${begun.orderId}`,
    );
    expect(rows).toEqual([{ status: 'confirmed', returned: 2 }]);
  });

  it('in an event that was closed for good gives money and units back, which stay unsold', async () => {
    const world = await open();
    const begun = await captured(world);
    await database.db.execute(
      sql`UPDATE events SET published = false, closed_at = now() WHERE id = ${begun.eventId}`,
    );
    const id = await decide(world, begun, { amount: TOTAL_MINOR, units: 2 });
    for (let tries = 0; tries < 2; tries++) expect(await tryOnce(world, id, tries)).toEqual(DONE);
    expect(await world.money(begun)).toMatchObject({ back: TOTAL_MINOR, refunds: 1 });
    const { rows } = await database.db.execute(sql`
      SELECT o.status, o.units_returned AS returned, i.stock_remaining AS remaining, i.stock_sold AS sold
        FROM orders o JOIN event_items i ON i.id = o.event_item_id WHERE o.id = ${begun.orderId}`);
    expect(rows).toEqual([{ status: 'confirmed', returned: 2, remaining: 10, sold: 0 }]);
    const again = reservationOf(begun.eventId, begun.customerId, { atMs: Date.now(), quantity: 1 });
    const group = { attempts: [again], nowMs: Date.now() };
    const settlement = await settleGroup(database.db, begun.eventId, group);
    expect(settlement?.answers).toMatchObject([{ refusal: 'not_found' }]);
  });

  it('returns the units however long the money takes', async () => {
    const world = await open();
    const begun = await captured(world);
    const id = await decide(world, begun, { amount: TOTAL_MINOR, units: 2 });
    world.stripe.setFaults({ isDown: true });
    expect(await tryOnce(world, id)).toEqual({ kind: 'failed', reason: 'unavailable' });
    expect(world.line.returned).toEqual([id]);
  });

  it('of all before the capture takes nothing at all instead', async () => {
    const world = await open();
    const begun = await world.confirm();
    const ids = [
      await decide(world, begun),
      await decide(world, begun, { amount: TOTAL_MINOR - PART }),
    ];
    for (const id of ids) expect(await tryOnce(world, id)).toEqual(DONE);
    expect(await capture(world.ports, rowOf('payment.capture', begun))).toEqual({
      kind: 'dropped',
      reason: 'payment_released',
    });
    const none = { status: 'canceled', taken: 0, back: 0, refunds: 0 };
    expect(await world.money(begun)).toEqual(none);
    const ended = { state: 'released', end_reason: 'refunded' };
    expect(await world.read(begun.paymentId)).toMatchObject(ended);
    expect(await rowsOf(begun)).toMatchObject([{ state: 'done' }, { state: 'done' }]);
  });

  it('stays in the rows when an older answer of the provider is written after it', async () => {
    const world = await open();
    const begun = await captured(world, { card: '4000000000007726' });
    const work = await readPaymentWork(database.db, begun.paymentId);
    if (work === undefined) throw new Error('no such payment');
    const readAll = async () => ({
      payment: await world.provider.readPayment(work.providerPaymentId ?? ''),
      refunds: await world.provider.listRefunds(work.providerPaymentId ?? ''),
    });
    /** What somebody who works beside was answered, and writes down only now. */
    const write = async ({ payment, refunds }: Awaited<ReturnType<typeof readAll>>) => {
      const late = {
        ...world.provider,
        readPayment: async () => payment,
        listRefunds: async () => refunds,
      };
      await takeRefunds({ ...world.ports, provider: late }, work);
      if (payment !== undefined) await takePayment(world.ports, work, { payment });
    };
    const untouched = await readAll();
    const id = await decide(world, begun);
    expect(await tryOnce(world, id)).toMatchObject({ reason: 'pending' });
    const pending = await readAll();
    await world.pass(60_000 * 60);
    expect(await tryOnce(world, id)).toEqual(DONE);
    for (const answer of [pending, untouched]) {
      await write(answer);
      expect(await rowsOf(begun)).toMatchObject([{ state: 'done', amount: PART }]);
      expect(Number((await world.read(begun.paymentId))['refunded_minor'])).toBe(PART);
    }
  });

  it('of a part waits for the capture', async () => {
    const world = await open();
    const begun = await world.confirm();
    const id = await decide(world, begun);
    expect(await tryOnce(world, id)).toEqual({ kind: 'failed', reason: 'not_captured' });
    await capture(world.ports, rowOf('payment.capture', begun));
    expect(await tryOnce(world, id, 1)).toEqual(DONE);
    expect(await world.money(begun)).toMatchObject({ taken: TOTAL_MINOR, back: PART });
  });

  it('case 12: that the provider decides later leaves pending by a look', async () => {
    const world = await open();
    const begun = await captured(world, { card: '4000000000007726' });
    const id = await decide(world, begun);
    const first = await tryOnce(world, id);
    expect(first).toMatchObject({ kind: 'throttled', reason: 'pending' });
    await world.pass(60_000 * 60);
    expect(await tryOnce(world, id, 0)).toEqual(DONE);
    expect(await rowsOf(begun)).toMatchObject([{ state: 'done', amount: PART }]);
    expect(await world.money(begun)).toMatchObject({ back: PART, refunds: 1 });
  });

  it('case 12: that was made on the pages of the provider is taken into the rows, once', async () => {
    const world = await open();
    const begun = await captured(world);
    const { provider_payment_id: intent } = await world.read(begun.paymentId);
    await world.post('/v1/refunds', { payment_intent: String(intent), amount: String(PART) });
    const payment = {
      id: begun.paymentId,
      eventId: begun.eventId,
      providerPaymentId: String(intent),
      amountMinor: TOTAL_MINOR,
      currency: 'EUR',
    };
    for (let looks = 0; looks < 2; looks++) await takeRefunds(world.ports, payment);
    const made = { state: 'done', amount: PART, reason: 'made_at_provider' };
    expect(await rowsOf(begun)).toEqual([made]);
    await world.pass(1_000);
    // What is left is less than was decided meanwhile: refused, and never more than was taken.
    const id = await decide(world, begun, { amount: TOTAL_MINOR });
    expect(await tryOnce(world, id)).toMatchObject({ kind: 'refused' });
    expect(await rowsOf(begun)).toMatchObject([made, { state: 'failed' }]);
    expect(await world.money(begun)).toMatchObject({ back: PART });
  });
});
