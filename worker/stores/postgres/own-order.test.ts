/** What an order's own page tells of its money. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import { openMigratedPostgres } from '../../../local/testing/migrated-database.ts';
import {
  makePaymentId,
  makeRefundId,
  type OrderId,
  type PaymentId,
  type UserId,
} from '../../contract/ids.ts';
import { NO_TAX } from '../../contract/totals.ts';
import {
  makeCustomers,
  makeSale,
  NOW_MS,
  reserve,
  type Sale,
  settle,
} from '../../sale/ledger/testing/sales.ts';
import { fillRandom } from '../../testing/rows.ts';
import { findOwnOrder } from './own-order.ts';
import { beginPaymentStatement } from './payment-beginnings.ts';

const TEST_MS_MAX = 60_000;

let database: Database;
let sale: Sale;
let orderId: OrderId;
let customerId: UserId;

beforeAll(async () => {
  database = await openMigratedPostgres();
  sale = await makeSale(database.db, [{ stock: 100, limit: 5 }]);
  [customerId = '' as UserId] = await makeCustomers(database.db, 1);
  const attempt = reserve(sale, customerId, { quantity: 2 });
  await settle(sale, [attempt]);
  ({ orderId } = attempt);
  await database.db.execute(sql`UPDATE orders SET pay_online = true WHERE id = ${orderId}`);
}, TEST_MS_MAX);

afterAll(() => database?.close());

const read = () =>
  findOwnOrder(database.db, { id: orderId, customerId, nowMs: NOW_MS, tax: NO_TAX });

async function begin(nowMs: number): Promise<PaymentId> {
  const id = makePaymentId(sale.eventId, nowMs, fillRandom);
  const { rows } = await beginPaymentStatement(database.db, { id, orderId, customerId, nowMs });
  if (rows.length === 0) throw new Error('not begun');
  return id;
}

it('tells why the last try was declined while one can pay, then when it was approved, then what came back', async () => {
  const { db } = database;
  expect(await read()).toMatchObject({ payOnline: true, payment: null, receipt: null });

  const first = await begin(NOW_MS);
  await db.execute(sql`UPDATE payments SET decline_reason = 'stolen_card' WHERE id = ${first}`);
  const nothing = { approvedAt: null, declined: null, refunds: [] };
  expect((await read())?.receipt).toEqual({ ...nothing, declined: 'other' });
  await db.execute(
    sql`UPDATE payments SET state = 'released', ended_at = now() WHERE id = ${first}`,
  );
  expect((await read())?.receipt).toEqual(nothing);

  const second = await begin(NOW_MS + 1_000);
  const approvedAt = new Date(NOW_MS + 2_000).toISOString();
  await db.execute(sql`UPDATE payments SET state = 'captured', captured_minor = amount_minor,
      authorised_at = ${approvedAt}, ended_at = ${approvedAt} WHERE id = ${second}`);
  await db.execute(sql`UPDATE orders SET status = 'confirmed', payment_id = ${second},
      ended_at = ${approvedAt} WHERE id = ${orderId}`);
  const refundId = makeRefundId(sale.eventId, NOW_MS, fillRandom);
  await db.execute(sql`INSERT INTO payment_refunds (id, payment_id, order_id, amount_minor, currency,
      units, reason, created_at)
    VALUES (${refundId}, ${second}, ${orderId}, 500, 'EUR', 1, 'scratched', ${approvedAt})`);
  expect((await read())?.receipt).toEqual({
    approvedAt,
    declined: null,
    refunds: [
      { id: refundId, status: 'pending', amountCents: 500, restockUnits: 1, createdAt: approvedAt },
    ],
  });
});

it('is not there for anybody else', async () => {
  const [stranger = '' as UserId] = await makeCustomers(database.db, 1);
  const asked = { id: orderId, customerId: stranger, nowMs: NOW_MS, tax: NO_TAX };
  expect(await findOwnOrder(database.db, asked)).toBeUndefined();
});
