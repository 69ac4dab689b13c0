/** Revenue over time: on the ledger and a local Stripe, its sums are those of orders and of the provider. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import { readMigrations } from '../../../local/migrations.ts';
import { openMigratedPostgres } from '../../../local/testing/migrated-database.ts';
import {
  type Begun,
  type PaymentWorld,
  paymentWorld,
  refundRowOf,
  rowOf,
  TOTAL_MINOR,
  UNITS,
} from '../../../local/testing/payment-world.ts';
import { type EventId, makeEventId, makeRefundId, type UserId } from '../../contract/ids.ts';
import { REVENUE_BUCKETS_MAX, revenueQuerySchema } from '../../contract/revenue.ts';
import { capture } from '../../outbox/payments/capture.ts';
import { refund } from '../../outbox/payments/refund.ts';
import {
  confirm,
  makeCustomers,
  makeSale,
  NOW_MS,
  reserve,
  settle,
} from '../../sale/ledger/testing/sales.ts';
import { addUser, fillRandom } from '../../testing/rows.ts';
import { readRevenue, totalsOf } from './revenue.ts';

/** All that these tests do, whichever clock they do it by. */
const ALWAYS = { from: '2020-01-01', to: '2047-01-01', by: 'month' };

let database: Database;
let world: PaymentWorld;
let admin: UserId;

beforeAll(async () => {
  database = await openMigratedPostgres();
  admin = await addUser(database.db, Date.now(), 'admin');
}, 60_000);

afterAll(() => database?.close());

beforeEach(async () => {
  world = await paymentWorld(database.db);
});

const read = (query: Record<string, string | undefined>) =>
  readRevenue(database.db, revenueQuerySchema.parse(query));

async function totalOf(eventId: EventId) {
  const [total] = totalsOf(await read({ ...ALWAYS, eventId }));
  return total;
}

async function captured(): Promise<Begun> {
  const begun = await world.confirm();
  await capture(world.ports, rowOf('payment.capture', begun));
  return begun;
}

async function giveBack(begun: Begun, amount: number, decidedBy: UserId | null = admin) {
  const id = makeRefundId(begun.eventId, world.ports.nowMs(), fillRandom);
  await database.db.execute(sql`
    INSERT INTO payment_refunds (id, payment_id, order_id, amount_minor, currency, reason, decided_by, created_at)
    VALUES (${id}, ${begun.paymentId}, ${begun.orderId}, ${amount}, 'EUR', 'asked for', ${decidedBy},
            ${new Date(world.ports.nowMs()).toISOString()})`);
  await refund(world.ports, refundRowOf(id));
}

const SOLD = { currency: 'EUR', orders: 1, units: UNITS, grossCents: TOTAL_MINOR };

describe('revenue', () => {
  it('is what the provider has taken and not given back, whatever became of a payment', async () => {
    const kept = await captured();
    const partly = await captured();
    await giveBack(partly, 300);
    await giveBack(partly, 100, null);
    const wholly = await captured();
    await giveBack(wholly, TOTAL_MINOR);
    const neverTaken = await world.confirm();
    await giveBack(neverTaken, TOTAL_MINOR);
    const back = new Map([
      [kept, 0],
      [partly, 400],
      [wholly, TOTAL_MINOR],
      [neverTaken, TOTAL_MINOR],
    ]);
    for (const [begun, refundedCents] of back) {
      const netCents = TOTAL_MINOR - refundedCents;
      expect(await totalOf(begun.eventId)).toEqual({ ...SOLD, refundedCents, netCents });
      const { taken, back: given } = await world.money(begun);
      expect(taken - given).toBe(netCents);
    }
  });

  it('loses what a capture failed to take, and what a dispute took', async () => {
    const failed = await world.confirm();
    await giveBack(failed, 200);
    await database.db.execute(sql`
      UPDATE payments SET state = 'failed', ended_at = now() WHERE id = ${failed.paymentId}`);
    const [{ id } = { id: '' }] = (
      await database.db.execute<{ id: string }>(sql`
        SELECT id FROM payment_refunds WHERE payment_id = ${failed.paymentId}`)
    ).rows;
    await refund(world.ports, refundRowOf(id as Parameters<typeof refundRowOf>[0]));
    const nothing = { ...SOLD, refundedCents: TOTAL_MINOR, netCents: 0 };
    expect(await totalOf(failed.eventId)).toEqual(nothing);

    const disputed = await captured();
    await database.db.execute(sql`
      INSERT INTO payment_disputes (id, payment_id, order_id, state, reason, amount_minor, currency, refundable,
                                    created_at, ended_at)
      VALUES ('dp_1', ${disputed.paymentId}, ${disputed.orderId}, 'lost', 'fraudulent', ${TOTAL_MINOR}, 'EUR', false,
              now(), now())`);
    expect(await totalOf(disputed.eventId)).toEqual(nothing);
  });

  it('takes no refund of a payment on which no order rests', async () => {
    const begun = await captured();
    await giveBack(begun, TOTAL_MINOR, null);
    await database.db.execute(sql`UPDATE orders SET payment_id = NULL WHERE id = ${begun.orderId}`);
    expect(await totalOf(begun.eventId)).toMatchObject({ refundedCents: 0 });
    await database.db.execute(
      sql`UPDATE orders SET payment_id = ${begun.paymentId} WHERE id = ${begun.orderId}`,
    );
  });

  it('of an event without payments goes back when that is cancelled', async () => {
    const { db } = database;
    const sale = await makeSale(db, [{ stock: 3, limit: 1 }]);
    const holds = (await makeCustomers(db, 2)).map((customer) => reserve(sale, customer));
    await settle(sale, holds);
    await settle(
      sale,
      holds.map((hold) => confirm(hold)),
    );
    const sold = { currency: 'EUR', orders: 2, units: 2, grossCents: 200 };
    expect(await totalOf(sale.eventId)).toEqual({ ...sold, refundedCents: 0, netCents: 200 });
    await db.execute(sql`
      UPDATE events SET cancelled_at = now(), cancel_reason = 'Flooded', cancelled_by = ${admin}, closed_at = now()
       WHERE id = ${sale.eventId}`);
    const { eventId } = sale;
    const batch = JSON.stringify({ eventId, number: 0, stage: 'orders', after: null });
    await db.execute(
      sql`SELECT cancel_event_batch(${eventId}, ${batch}::jsonb, 100, ${NOW_MS}::bigint)`,
    );
    expect(await totalOf(eventId)).toEqual({ ...sold, refundedCents: 200, netCents: 0 });
  });

  it('adds up to the totals of all confirmed orders, as the migration counts them', async () => {
    await captured();
    const counted = await quarters();
    expect(counted.gross).toBe(counted.orderTotals);
    expect(counted.orders).toBeGreaterThan(0);
    const filling = readMigrations().find(({ tag }) => tag.endsWith('_count_revenue'));
    await database.db.execute(sql`DELETE FROM revenue_quarters`);
    await database.db.execute(sql.raw(filling?.statements.at(-1) ?? ''));
    expect(await quarters()).toEqual(counted);
  });
});

async function quarters() {
  const { rows } = await database.db.execute<
    Record<'orders' | 'gross' | 'orderTotals', number>
  >(sql`
    SELECT sum(orders)::int AS orders, sum(gross_minor)::int AS gross,
           (SELECT sum(order_total(o)) FROM orders o WHERE o.status = 'confirmed')::int AS "orderTotals"
      FROM revenue_quarters`);
  const [row] = rows;
  if (row === undefined) throw new Error('a row of sums is missing');
  return row;
}

/** The n-th of a year. */
const dayOf = (n: number) => new Date(Date.UTC(2031, 0, 1 + n)).toISOString().slice(0, 10);

describe('buckets of revenue', () => {
  const eventId = makeEventId(fillRandom);
  const sell = (at: string, minor: number, currency = 'EUR') =>
    database.db.execute(sql`
      INSERT INTO revenue_quarters (begins_at, event_id, currency, orders, units, gross_minor)
      VALUES (${at}, ${eventId}, ${currency}, 1, 1, ${minor})`);
  const grossOf = async (query: Record<string, string>) =>
    (await read({ eventId, timeZone: 'Europe/Berlin', ...query })).map(({ from, to, figures }) => [
      from,
      to,
      ...figures.map(({ grossCents, currency }) => `${grossCents} ${currency}`),
    ]);

  beforeAll(async () => {
    await sell('2031-03-29T22:45:00Z', 1);
    await sell('2031-03-29T23:00:00Z', 10);
    await sell('2031-03-30T21:45:00Z', 100);
    await sell('2031-03-30T21:45:00Z', 7, 'JPY');
    await sell('2031-03-30T22:00:00Z', 1_000);
  });

  it('are days of a time zone, also where its clocks are put forward', async () => {
    expect(await grossOf({ from: '2031-03-28', to: '2031-03-31' })).toEqual([
      ['2031-03-28', '2031-03-28'],
      ['2031-03-29', '2031-03-29', '1 EUR'],
      ['2031-03-30', '2031-03-30', '110 EUR', '7 JPY'],
      ['2031-03-31', '2031-03-31', '1000 EUR'],
    ]);
  });

  it('are weeks from Monday and months, cut where the range ends', async () => {
    expect(await grossOf({ from: '2031-03-29', to: '2031-04-02', by: 'week' })).toEqual([
      ['2031-03-29', '2031-03-30', '111 EUR', '7 JPY'],
      ['2031-03-31', '2031-04-02', '1000 EUR'],
    ]);
    expect(await grossOf({ from: '2031-03-30', to: '2031-04-02', by: 'month' })).toEqual([
      ['2031-03-30', '2031-03-31', '1110 EUR', '7 JPY'],
      ['2031-04-01', '2031-04-02'],
    ]);
  });

  it('are no more than one answer has in the longest range', async () => {
    for (const [by, days] of [
      ['day', 366],
      ['week', 365 * 7 + 1],
      ['month', 365 * 28 + 1],
    ] as const) {
      const query = { from: dayOf(0), by };
      expect(revenueQuerySchema.safeParse({ ...query, to: dayOf(days) }).success).toBe(false);
      const most = await read({ ...query, to: dayOf(days - 1) });
      expect(most.length).toBeLessThanOrEqual(REVENUE_BUCKETS_MAX);
    }
  });
});
