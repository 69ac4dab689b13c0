/** Holds of those who are paying: they end later than they show, and what was begun is released when they end. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import { openMigratedPostgres } from '../../../local/testing/migrated-database.ts';
import { PAY_GRACE_SECONDS } from '../../contract/payments.ts';
import { readLiveState } from '../../live/object/read-live-state.ts';
import type { Db } from '../../stores/postgres/client.ts';
import { findOverdueEvents } from '../../stores/postgres/due-events.ts';
import { readEvent } from '../../stores/postgres/events.ts';
import { beginToPay, confirmPaid, makePaidSale, paymentRows } from './testing/payments.ts';
import {
  cancel,
  confirm,
  enter,
  HOLD_MS,
  leave,
  makeCustomers,
  NOW_MS,
  outcomes,
  reserve,
  settle,
} from './testing/sales.ts';

const END_MS = NOW_MS + HOLD_MS;
const GRACE_END_MS = END_MS + PAY_GRACE_SECONDS * 1_000;

let database: Database;
let db: Db;

beforeAll(async () => {
  database = await openMigratedPostgres();
  db = database.db;
}, 60_000);

afterAll(() => database?.close());

async function held(stock = 1, customers = 1) {
  const sale = await makePaidSale(db, [{ stock, limit: 1 }]);
  const ids = await makeCustomers(db, customers);
  const holds = ids.map((id) => reserve(sale, id));
  await settle(sale, holds);
  const [hold] = holds;
  if (hold === undefined) throw new Error('a hold was asked for');
  return { sale, hold, holds };
}

async function statusOf({ orderId }: { orderId: string }) {
  const { rows } = await db.execute<{ status: string }>(
    sql`SELECT status FROM orders WHERE id = ${orderId}`,
  );
  return rows[0]?.status;
}

it('a hold that nobody pays for ends when it shows, and releases nothing', async () => {
  const { sale, hold } = await held();
  const settlement = await settle(sale, [], END_MS);
  expect(settlement.items).toMatchObject([{ remaining: 1, held: 0, nextReleaseAtMs: null }]);
  expect(settlement.hasPaymentRows).toBeUndefined();
  expect(await paymentRows(db, hold)).toEqual([]);
});

it('one that somebody pays for is kept through the grace, and ends with it', async () => {
  const { sale, hold } = await held();
  await beginToPay(db, hold, { state: 'open' });
  const kept = await settle(sale, [], GRACE_END_MS - 1);
  expect(kept.items).toMatchObject([{ remaining: 0, held: 1, nextReleaseAtMs: GRACE_END_MS }]);
  const ended = await settle(sale, [], GRACE_END_MS);
  expect(ended).toMatchObject({ hasPaymentRows: true, items: [{ remaining: 1, held: 0 }] });
  expect(await paymentRows(db, hold)).toEqual(['release/1']);
});

it('the next release is the first of those that end when they show and those that do not', async () => {
  const sale = await makePaidSale(db, [{ stock: 2, limit: 1 }]);
  const [a, b] = await makeCustomers(db, 2);
  if (!a || !b) throw new Error('two customers were asked for');
  const paying = reserve(sale, a);
  await settle(sale, [paying]);
  await beginToPay(db, paying, { state: 'open' });
  const laterMs = NOW_MS + 3_000;
  const { items } = await settle(sale, [reserve(sale, b, { atMs: laterMs })], laterMs);
  expect(items).toMatchObject([{ nextReleaseAtMs: laterMs + HOLD_MS }]);
  const left = await settle(sale, [], laterMs + HOLD_MS);
  expect(left.items).toMatchObject([{ remaining: 1, held: 1, nextReleaseAtMs: GRACE_END_MS }]);
});

it('in the grace its payment confirms it, and its customer does not', async () => {
  const { sale, hold } = await held();
  const paymentId = await beginToPay(db, hold);
  const lateMs = GRACE_END_MS - 1;
  const group = [confirm(hold, lateMs), confirmPaid(hold, paymentId, lateMs)];
  expect(outcomes(await settle(sale, group, lateMs))).toEqual(['hold_expired', 'confirmed']);
  expect(await paymentRows(db, hold)).toEqual(['capture/1']);
});

it('a payment that came in the grace counts, however late its group is settled', async () => {
  const { sale, hold } = await held();
  const paymentId = await beginToPay(db, hold);
  const [rival] = await makeCustomers(db, 1);
  if (!rival) throw new Error('a customer was asked for');
  const lateMs = GRACE_END_MS + 5_000;
  const group = [
    reserve(sale, rival, { atMs: lateMs }),
    confirmPaid(hold, paymentId, GRACE_END_MS - 1),
  ];
  expect(outcomes(await settle(sale, group, lateMs))).toEqual(['sold_out', 'confirmed']);
});

it('one that came behind the grace finds the unit taken by whoever waits', async () => {
  const { sale, hold } = await held();
  const paymentId = await beginToPay(db, hold);
  const [waiting] = await makeCustomers(db, 1);
  if (!waiting) throw new Error('a customer was asked for');
  await settle(sale, [enter(sale, waiting)]);
  const group = [confirmPaid(hold, paymentId, GRACE_END_MS)];
  const settlement = await settle(sale, group, GRACE_END_MS);
  expect(outcomes(settlement)).toEqual(['hold_expired']);
  expect(settlement.unaskedOrders).toMatchObject([{ customerId: waiting }]);
});

it('in the grace the customer is given no ended hold again, and makes no second one', async () => {
  const { sale, hold } = await held();
  await beginToPay(db, hold, { state: 'open' });
  const again = reserve(sale, hold.customerId, { atMs: END_MS });
  const { answers } = await settle(sale, [again], END_MS);
  const refusal = { refusal: 'limit_reached', limit: 1, held: 1, bought: 0 };
  // It says until when the payment is awaited.
  expect(answers).toEqual([{ ...refusal, nextReleaseAtMs: GRACE_END_MS }]);
  const wish = enter(sale, hold.customerId, { atMs: END_MS });
  expect((await settle(sale, [wish], END_MS)).answers).toEqual([
    { ...refusal, nextReleaseAtMs: GRACE_END_MS },
  ]);
});

it('of a hold whose time goes on, and of one of somebody else, no such time is told', async () => {
  const { sale, hold, holds } = await held(3, 2);
  await beginToPay(db, hold, { state: 'open' });
  const other = holds[1]?.customerId ?? hold.customerId;
  for (const customer of [hold.customerId, other]) {
    const again = reserve(sale, customer, { atMs: END_MS - 1, key: `again ${customer}` });
    const { answers } = await settle(sale, [again], END_MS - 1);
    expect(answers).toEqual([{ refusal: 'limit_reached', limit: 1, held: 1, bought: 0 }]);
  }
});

it('an expiry has what is authorised released, which asks for its confirmation first', async () => {
  const { sale, hold } = await held();
  const paymentId = await beginToPay(db, hold);
  const expired = await settle(sale, [], GRACE_END_MS);
  expect(expired.hasPaymentRows).toBe(true);
  expect(await paymentRows(db, hold)).toEqual(['release/1']);
  const group = [confirmPaid(hold, paymentId, GRACE_END_MS + 1)];
  expect(outcomes(await settle(sale, group, GRACE_END_MS + 1))).toEqual(['confirmed']);
});

it('a cancellation releases what is open and what is authorised', async () => {
  const { sale, hold } = await held();
  await beginToPay(db, hold, { state: 'released' });
  await beginToPay(db, hold);
  await beginToPay(db, hold, { state: 'open' });
  const settlement = await settle(sale, [cancel(hold)]);
  expect(settlement).toMatchObject({ hasPaymentRows: true, items: [{ remaining: 1 }] });
  expect(await paymentRows(db, hold)).toEqual(['release/2', 'release/3']);
});

it('so does leaving an offer', async () => {
  const { sale, hold } = await held();
  const [waiting] = await makeCustomers(db, 1);
  if (!waiting) throw new Error('a customer was asked for');
  const entry = enter(sale, waiting);
  await settle(sale, [entry]);
  const { unaskedOrders } = await settle(sale, [cancel(hold)]);
  const offer = unaskedOrders[0]?.order;
  if (offer === undefined) throw new Error('no offer');
  await beginToPay(db, { orderId: offer.id });
  expect(await settle(sale, [leave(entry)])).toMatchObject({ hasPaymentRows: true });
  expect(await paymentRows(db, { orderId: offer.id })).toEqual(['release/1']);
});

it('so does the end of the account, in the grace too', async () => {
  const { hold, holds } = await held(3, 3);
  const [, inGrace, behind] = holds;
  if (!inGrace || !behind) throw new Error('three holds were asked for');
  const ends = [
    { one: hold, atMs: NOW_MS, status: 'cancelled' },
    { one: inGrace, atMs: GRACE_END_MS - 1, status: 'cancelled' },
    { one: behind, atMs: GRACE_END_MS, status: 'expired' },
  ];
  for (const { one, atMs, status } of ends) {
    await beginToPay(db, one);
    await beginToPay(db, one, { state: 'open' });
    await db.execute(sql`UPDATE users SET active = false WHERE id = ${one.customerId}`);
    await db.execute(sql`SELECT end_holds_of_inactive(${one.customerId}, ${atMs}::bigint)`);
    expect(await statusOf(one)).toBe(status);
    expect(await paymentRows(db, one)).toEqual(['release/1', 'release/2']);
  }
});

it('what is read without a settlement counts the grace too', async () => {
  const { sale, hold } = await held();
  await beginToPay(db, hold, { state: 'open' });
  const stockAt = async (nowMs: number) =>
    (await readEvent(db, sale.eventId, { nowMs }))?.event.items[0]?.stock;
  expect(await stockAt(GRACE_END_MS - 1)).toMatchObject({ remaining: 0, held: 1 });
  expect(await stockAt(GRACE_END_MS)).toMatchObject({ remaining: 1, held: 0 });
  const live = await readLiveState(db, sale.eventId, END_MS);
  expect(live?.items).toMatchObject([{ nextReleaseAtMs: GRACE_END_MS }]);
  const overdue = async (beforeMs: number) =>
    (await findOverdueEvents(db, { beforeMs, limit: 1_000 })).includes(sale.eventId);
  expect([await overdue(GRACE_END_MS - 1), await overdue(GRACE_END_MS)]).toEqual([false, true]);
});
