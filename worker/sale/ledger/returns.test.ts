/** Units of paid orders that go back on sale, for a refund or since the payment has failed. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import { openMigratedPostgres } from '../../../local/testing/migrated-database.ts';
import { eventIdOf, makeRefundId, type PaymentId, type RefundId } from '../../contract/ids.ts';
import type { Db } from '../../stores/postgres/client.ts';
import { recountEvent } from '../../stores/postgres/events.ts';
import { findBrokenLaws } from '../../stores/postgres/queue-reconciliation.ts';
import { findDifferences } from '../../stores/postgres/reconciliation.ts';
import type { StampedAttempt, StampedReserve } from '../rules/attempts.ts';
import { beginToPay, confirmPaid, makePaidSale } from './testing/payments.ts';
import {
  enter,
  makeCustomers,
  NOW_MS,
  outcomes,
  reserve,
  type Sale,
  settle,
} from './testing/sales.ts';

const CLOSED_MS = NOW_MS + 3_600_000;

let database: Database;
let db: Db;

beforeAll(async () => {
  database = await openMigratedPostgres();
  db = database.db;
}, 60_000);

afterAll(() => database?.close());

type Plan = Parameters<typeof makePaidSale>[2];

/** A sale of three units, all of which one customer has paid for. */
async function soldOut(plan: Plan = {}) {
  const sale = await makePaidSale(db, [{ stock: 3, limit: 3 }], plan);
  const [customer, rival] = await makeCustomers(db, 2);
  if (!customer || !rival) throw new Error('two customers were asked for');
  const hold = reserve(sale, customer, { quantity: 3 });
  await settle(sale, [hold]);
  const paymentId = await beginToPay(db, hold, { amountMinor: 300 });
  await settle(sale, [confirmPaid(hold, paymentId)]);
  return { sale, hold, paymentId, customer, rival };
}

async function addRefund(paymentId: PaymentId, units: number): Promise<RefundId> {
  const id = makeRefundId(eventIdOf(paymentId), NOW_MS, (bytes) => crypto.getRandomValues(bytes));
  await db.execute(sql`
    INSERT INTO payment_refunds (id, payment_id, order_id, amount_minor, currency, units, reason, created_at)
    SELECT ${id}, id, order_id, 1, currency, ${units}::int, 'a test', now() FROM payments WHERE id = ${paymentId}`);
  return id;
}

function returnUnits(
  { orderId, customerId }: StampedReserve,
  of: { refundId: RefundId } | { paymentId: PaymentId },
  atMs = NOW_MS,
): StampedAttempt {
  return { kind: 'return_units', orderId, customerId, ...of, atMs };
}

/** Whatever is counted of units is what the orders say. */
async function expectSound({ eventId }: Sale) {
  const recount = await recountEvent(db, eventId);
  // Money is not moved here.
  expect(recount?.items.filter(({ ok }) => !ok)).toEqual([]);
  expect(recount?.queue.ok).toBe(true);
  const differences = await findDifferences(db);
  expect(differences.filter((one) => one.eventId === eventId)).toEqual([]);
  const laws = await findBrokenLaws(db);
  expect(laws.filter((one) => one.eventId === eventId)).toEqual([]);
}

it('a refund gives its units back, once', async () => {
  const { sale, hold, paymentId, rival } = await soldOut();
  const refundId = await addRefund(paymentId, 2);
  const settlement = await settle(sale, [
    returnUnits(hold, { refundId }),
    returnUnits(hold, { refundId }),
    reserve(sale, rival),
  ]);
  expect(settlement.items).toMatchObject([{ remaining: 1, held: 1, sold: 1 }]);
  expect(settlement.answers).toMatchObject([
    { order: { status: 'confirmed', quantity: 3, unitsReturned: 2 }, replayed: false },
    { order: { unitsReturned: 2 }, replayed: true },
    { order: { status: 'pending' } },
  ]);
  const again = await settle(sale, [returnUnits(hold, { refundId })]);
  expect(again).toMatchObject({
    answers: [{ replayed: true }],
    items: [{ remaining: 1, sold: 1 }],
  });
  await expectSound(sale);
});

it('two refunds of as many units are two, and never more than were sold', async () => {
  const { sale, hold, paymentId } = await soldOut();
  const refunds = [await addRefund(paymentId, 2), await addRefund(paymentId, 2)];
  const group = refunds.map((refundId) => returnUnits(hold, { refundId }));
  const settlement = await settle(sale, group);
  expect(settlement.items).toMatchObject([{ remaining: 3, held: 0, sold: 0 }]);
  expect(settlement.answers).toMatchObject([
    { order: { unitsReturned: 2 } },
    { order: { unitsReturned: 3 } },
  ]);
  await expectSound(sale);
});

it('a payment that failed gives all back that is left, once', async () => {
  const { sale, hold, paymentId } = await soldOut();
  expect(outcomes(await settle(sale, [returnUnits(hold, { paymentId })]))).toEqual(['not_found']);
  const refundId = await addRefund(paymentId, 1);
  await settle(sale, [returnUnits(hold, { refundId })]);
  await db.execute(
    sql`UPDATE payments SET state = 'failed', ended_at = now() WHERE id = ${paymentId}`,
  );
  const group = [returnUnits(hold, { paymentId }), returnUnits(hold, { paymentId })];
  const settlement = await settle(sale, group);
  expect(settlement.items).toMatchObject([{ remaining: 3, sold: 0 }]);
  const order = { unitsReturned: 3, payment: { status: 'failed' } };
  expect(settlement.answers).toMatchObject([
    { order, replayed: false },
    { order, replayed: true },
  ]);
  await expectSound(sale);
});

it('nothing goes back for what is unknown, of another order or of nobody’s payment', async () => {
  const one = await soldOut();
  const other = await soldOut();
  const refundId = await addRefund(other.paymentId, 1);
  const unknown = makeRefundId(one.sale.eventId, NOW_MS, (bytes) => bytes);
  await db.execute(
    sql`UPDATE payments SET state = 'failed', ended_at = now() WHERE id = ${other.paymentId}`,
  );
  const group = [
    returnUnits(one.hold, { refundId }),
    returnUnits(one.hold, { refundId: unknown }),
    returnUnits(one.hold, { paymentId: other.paymentId }),
    returnUnits(
      { ...one.hold, customerId: one.rival },
      { refundId: await addRefund(one.paymentId, 1) },
    ),
  ];
  const settlement = await settle(one.sale, group);
  expect(outcomes(settlement)).toEqual(['not_found', 'not_found', 'not_found', 'not_found']);
  expect(settlement.items).toMatchObject([{ remaining: 0, sold: 3 }]);
  const { rows } = await db.execute(sql`
    SELECT count(*)::int AS done FROM payment_refunds WHERE units_returned AND order_id = ${one.hold.orderId}`);
  expect(rows).toEqual([{ done: 0 }]);
});

it('a payment that failed and did not confirm the order gives nothing back', async () => {
  const { sale, hold } = await soldOut();
  const second = await beginToPay(db, hold, { state: 'failed' });
  expect(outcomes(await settle(sale, [returnUnits(hold, { paymentId: second })]))).toEqual([
    'not_found',
  ]);
});

it('whoever waits is offered what comes back, in the same settlement', async () => {
  const { sale, hold, paymentId, rival } = await soldOut();
  const [stranger] = await makeCustomers(db, 1);
  if (!stranger) throw new Error('a customer was asked for');
  await settle(sale, [enter(sale, rival, { quantity: 2 })]);
  const refunds = [await addRefund(paymentId, 1), await addRefund(paymentId, 1)];
  const group = refunds.map((refundId) => returnUnits(hold, { refundId }));
  const settlement = await settle(sale, [reserve(sale, stranger), ...group]);
  expect(outcomes(settlement)).toEqual(['sold_out', 'confirmed', 'confirmed']);
  expect(settlement.unaskedOrders).toMatchObject([{ customerId: rival, order: { quantity: 2 } }]);
  expect(settlement.items).toMatchObject([{ remaining: 0, held: 2, sold: 1 }]);
  await expectSound(sale);
});

it('the customer may buy again what they gave back', async () => {
  const { sale, hold, paymentId, customer } = await soldOut();
  const more = (quantity: number) => reserve(sale, customer, { key: `${quantity}`, quantity });
  await settle(sale, [returnUnits(hold, { refundId: await addRefund(paymentId, 2) })]);
  const settlement = await settle(sale, [more(3), more(2)]);
  expect(settlement.answers).toMatchObject([
    { refusal: 'limit_reached', limit: 3, held: 0, bought: 1 },
    { order: { quantity: 2 } },
  ]);
  await expectSound(sale);
});

it('so may they where all accounts of a mailbox share the limit, and in the queue', async () => {
  const { sale, hold, paymentId, customer, rival } = await soldOut({ oneLimitPerMailbox: true });
  await settle(sale, [returnUnits(hold, { refundId: await addRefund(paymentId, 2) })]);
  const taken = reserve(sale, rival, { quantity: 2 });
  await settle(sale, [taken]);
  const wish = enter(sale, customer, { quantity: 3, minQuantity: 3 });
  const smaller = enter(sale, customer, { quantity: 2, minQuantity: 2 });
  expect(outcomes(await settle(sale, [wish, smaller]))).toEqual(['limit_reached', 'waiting']);
  const cancelled = { ...taken, kind: 'cancel' as const, key: null };
  const { unaskedOrders } = await settle(sale, [cancelled]);
  expect(unaskedOrders).toMatchObject([{ customerId: customer, order: { quantity: 2 } }]);
  await expectSound(sale);
});

it('after the close they are counted as unsold, and nobody is offered them', async () => {
  const { sale, hold, paymentId, rival } = await soldOut();
  await settle(sale, [enter(sale, rival)]);
  const refundId = await addRefund(paymentId, 3);
  const settlement = await settle(sale, [returnUnits(hold, { refundId }, CLOSED_MS)], CLOSED_MS);
  expect(settlement.items).toMatchObject([{ remaining: 3, held: 0, sold: 0 }]);
  expect(settlement.unaskedOrders).toEqual([]);
  await expectSound(sale);
});

it('a late confirmation counts no unit that was given back', async () => {
  const { sale, hold, paymentId } = await soldOut();
  await settle(sale, [returnUnits(hold, { refundId: await addRefund(paymentId, 3) })]);
  const second = reserve(sale, hold.customerId, { key: 'again', quantity: 3 });
  await settle(sale, [second]);
  const lateMs = NOW_MS + 60_000;
  await settle(sale, [], lateMs);
  const paid = await beginToPay(db, second, { amountMinor: 300 });
  expect(outcomes(await settle(sale, [confirmPaid(second, paid, lateMs)], lateMs))).toEqual([
    'confirmed',
  ]);
  await expectSound(sale);
});
