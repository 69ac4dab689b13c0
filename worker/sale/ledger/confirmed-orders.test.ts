/** Each order that is confirmed has one row in the outbox, in whatever way it is confirmed. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import { openMigratedPostgres } from '../../../local/testing/migrated-database.ts';
import type { UserId } from '../../contract/ids.ts';
import type { Db } from '../../stores/postgres/client.ts';
import type { StampedReserve } from '../rules/attempts.ts';
import {
  HOLD_MS,
  makeCustomers,
  makeSale,
  NOW_MS,
  outcomes,
  reserve,
  settle,
} from './testing/sales.ts';

let database: Database;
let db: Db;

beforeAll(async () => {
  database = await openMigratedPostgres();
  db = database.db;
}, 60_000);

afterAll(() => database?.close());

function confirm(held: StampedReserve, atMs = NOW_MS) {
  return { ...held, kind: 'confirm' as const, key: 'confirmation', atMs };
}

async function rowsOf(customerIds: UserId[]) {
  const { rows } = await db.execute(sql`
    SELECT kind, key, user_id AS "userId", payload, priority, recipient_key AS "recipientKey",
           epoch_ms(created_at)::float AS "createdAtMs", epoch_ms(due_at)::float AS "dueAtMs",
           drop_after AS "dropAfter", outcome
      FROM outbox
     WHERE user_id IN (SELECT jsonb_array_elements_text(${JSON.stringify(customerIds)}::jsonb))
     ORDER BY id`);
  return rows;
}

function rowOf({ customerId, orderId }: StampedReserve, atMs = NOW_MS) {
  return {
    kind: 'mail.order_confirmed',
    key: `order_confirmed/${orderId}`,
    userId: customerId,
    payload: { userId: customerId, orderId },
    priority: 1,
    recipientKey: null,
    createdAtMs: atMs,
    dueAtMs: atMs,
    dropAfter: null,
    outcome: null,
  };
}

async function heldBy(count: number) {
  const sale = await makeSale(db, [{ stock: count, limit: 1 }]);
  const customers = await makeCustomers(db, count);
  const holds = customers.map((customer) => reserve(sale, customer));
  await settle(sale, holds);
  return { sale, customers, holds };
}

it('a group writes a row for each order that it confirms, and for no other', async () => {
  const { sale, customers, holds } = await heldBy(4);
  const [a, b, c, d] = holds;
  if (!a || !b || !c || !d) throw new Error('four holds were asked for');
  expect(await rowsOf(customers)).toEqual([]);
  const group = [confirm(a), { ...b, kind: 'cancel' as const }, confirm(c)];
  expect(outcomes(await settle(sale, group))).toEqual(['confirmed', 'cancelled', 'confirmed']);
  expect(await rowsOf(customers)).toEqual([rowOf(a), rowOf(c)]);
});

it('a confirmation that is sent again writes none', async () => {
  const { sale, customers, holds } = await heldBy(1);
  const [held] = holds;
  if (!held) throw new Error('a hold was asked for');
  await settle(sale, [confirm(held), confirm(held)]);
  await settle(sale, [confirm(held), { ...confirm(held), key: 'another' }]);
  expect(await rowsOf(customers)).toEqual([rowOf(held)]);
});

it('a confirmation after the end writes one if it succeeds, at the time of its group', async () => {
  const { sale, customers, holds } = await heldBy(2);
  const [late, tooLate] = holds;
  if (!late || !tooLate) throw new Error('two holds were asked for');
  const lateMs = NOW_MS + HOLD_MS + 5;
  await settle(sale, [], lateMs);
  expect(outcomes(await settle(sale, [confirm(late, lateMs)], lateMs))).toEqual(['confirmed']);
  const [rival] = await makeCustomers(db, 1);
  if (!rival) throw new Error('a customer was asked for');
  await settle(sale, [reserve(sale, rival, { atMs: lateMs })], lateMs);
  expect(outcomes(await settle(sale, [confirm(tooLate, lateMs)], lateMs))).toEqual([
    'hold_expired',
  ]);
  expect(await rowsOf([...customers, rival])).toEqual([rowOf(late, lateMs)]);
});
