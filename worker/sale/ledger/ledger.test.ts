import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import {
  openMigratedPglite,
  openMigratedPostgres,
} from '../../../local/testing/migrated-database.ts';
import { type EventItemId, makeEventId, type OrderId, type UserId } from '../../contract/ids.ts';
import type { Db } from '../../stores/postgres/client.ts';
import { closeEvent } from '../../stores/postgres/event-controls.ts';
import { recountEvent } from '../../stores/postgres/events.ts';
import type { StampedAttempt } from '../rules/attempts.ts';
import { settleGroup } from './ledger.ts';
import {
  HOLD_MS,
  makeCustomers,
  makeSale,
  NOW_MS,
  outcomes,
  reserve,
  settle,
} from './testing/sales.ts';

/** How often each large table was read whole, and how often by an index. */
async function countScans(db: Db) {
  await db.execute(sql`SELECT pg_stat_force_next_flush()`);
  const { rows } = await db.execute<{ seq: number; index: number }>(
    sql`SELECT seq_scan::int AS seq, idx_scan::int AS index FROM pg_stat_user_tables
         WHERE relname IN ('orders', 'users') ORDER BY relname`,
  );
  return rows;
}

describe.each([
  ['the embedded Postgres', openMigratedPglite],
  ['a real Postgres', openMigratedPostgres],
])('the ledger on %s', (_name, open: () => Promise<Database>) => {
  let database: Database;
  let db: Db;

  beforeAll(async () => {
    database = await open();
    db = database.db;
  }, 60_000);

  afterAll(() => database?.close());

  // The first test, since it needs tables that are empty.
  it('looks everything up by an index, also where the tables were empty when it began', async () => {
    const empty = { rows: [{ orders: 0, users: 0 }] };
    const counts = sql`SELECT (SELECT count(*)::int FROM orders) AS orders,
                              (SELECT count(*)::int FROM users) AS users`;
    expect(await db.execute(counts)).toMatchObject(empty);
    const sale = await makeSale(db, [{ stock: 1_000, limit: 1 }]);
    const customers = await makeCustomers(db, 50);
    // As autovacuum does: from then on the planner believes that the table is empty.
    await db.execute(sql`ANALYZE orders`);
    const before = await countScans(db);
    for (const customer of customers) await settle(sale, [reserve(sale, customer)]);
    const after = await countScans(db);
    expect(after.map(({ seq }) => seq)).toEqual(before.map(({ seq }) => seq));
    for (const [n, { index }] of after.entries()) {
      expect(index - (before[n]?.index ?? 0)).toBeGreaterThanOrEqual(customers.length);
    }
  });

  it('keeps one law whatever is attempted in whatever order', async () => {
    const customers = await makeCustomers(db, 5);
    const step = fc.record({
      kind: fc.constantFrom('reserve', 'reserve', 'confirm', 'cancel'),
      customer: fc.nat(4),
      item: fc.nat(1),
      quantity: fc.integer({ min: 1, max: 3 }),
      key: fc.option(fc.constantFrom('a', 'b', 'c')),
      order: fc.nat(20),
      pauseMs: fc.constantFrom(0, 0, 1, HOLD_MS - 1, HOLD_MS),
    });
    const run = fc.asyncProperty(
      fc.array(fc.array(step, { maxLength: 8 }), { maxLength: 8 }),
      async (groups) => {
        const sale = await makeSale(db, [
          { stock: 4, limit: 3 },
          { stock: 2, limit: 1 },
        ]);
        const made: OrderId[] = [];
        let nowMs = NOW_MS;
        for (const group of groups) {
          const attempts = group.map((wanted): StampedAttempt => {
            const customerId = customers[wanted.customer] ?? ('' as UserId);
            const key = wanted.key === null ? null : `${sale.eventId}-${wanted.key}`;
            const known = made[wanted.order % Math.max(1, made.length)];
            if (wanted.kind !== 'reserve' && known !== undefined) {
              const kind = wanted.kind === 'confirm' ? 'confirm' : 'cancel';
              return { kind, orderId: known, customerId, sessionEpoch: 0, key, atMs: nowMs };
            }
            const eventItemId = sale.items[wanted.item] ?? ('' as EventItemId);
            return reserve(sale, customerId, {
              eventItemId,
              quantity: wanted.quantity,
              key,
              atMs: nowMs,
            });
          });
          const first = await settle(sale, attempts, nowMs);
          expect((await recountEvent(db, sale.eventId))?.ok).toBe(true);
          for (const answer of first.answers) if ('order' in answer) made.push(answer.order.id);
          // A group whose answer was lost is sent again: nothing moves, and every yes stays a yes.
          const again = await settle(sale, attempts, nowMs);
          expect(again.items).toEqual(first.items);
          for (const [n, answer] of first.answers.entries()) {
            const repeated = again.answers[n];
            if (!('order' in answer)) continue;
            expect(repeated && 'order' in repeated && repeated.order.id).toBe(answer.order.id);
          }
          nowMs += group[0]?.pauseMs ?? 0;
        }
      },
    );
    await fc.assert(run, { numRuns: 25 });
  }, 120_000);

  it('sells the last unit once when two objects are alive for one event by accident', async () => {
    const [one, two] = await makeCustomers(db, 2);
    if (!one || !two) throw new Error('two customers were asked for');
    for (let round = 0; round < 20; round++) {
      const sale = await makeSale(db, [{ stock: 1, limit: 1 }]);
      const both = await Promise.all([
        settle(sale, [reserve(sale, one)]),
        settle(sale, [reserve(sale, two)]),
      ]);
      expect(both.flatMap(outcomes).toSorted()).toEqual(['pending', 'sold_out']);
      expect((await recountEvent(db, sale.eventId))?.items).toMatchObject([
        { remaining: 0, held: 1, ok: true },
      ]);
    }
  });

  it('lets a confirmation that arrived in time win over those who wait for its unit', async () => {
    const [holder, next] = await makeCustomers(db, 2);
    if (!holder || !next) throw new Error('two customers were asked for');
    const sale = await makeSale(db, [{ stock: 1, limit: 1 }]);
    const hold = reserve(sale, holder);
    await settle(sale, [hold]);
    const lastMoment = NOW_MS + HOLD_MS - 1;
    const confirm = { ...hold, kind: 'confirm' as const, atMs: lastMoment };
    const group = [reserve(sale, next, { atMs: lastMoment }), confirm];
    expect(outcomes(await settle(sale, group, NOW_MS + HOLD_MS + 50))).toEqual([
      'sold_out',
      'confirmed',
    ]);
  });

  it('keeps the unit of a timely confirmation from a late one that is before it in line', async () => {
    const [late, timely] = await makeCustomers(db, 2);
    if (!late || !timely) throw new Error('two customers were asked for');
    const sale = await makeSale(db, [{ stock: 1, limit: 1 }]);
    const lost = reserve(sale, late);
    await settle(sale, [lost]);
    const heldAtMs = NOW_MS + HOLD_MS;
    const hold = reserve(sale, timely, { atMs: heldAtMs });
    await settle(sale, [hold], heldAtMs);
    const lastMoment = heldAtMs + HOLD_MS - 1;
    const group = [lost, hold].map((one) => ({
      ...one,
      kind: 'confirm' as const,
      atMs: lastMoment,
    }));
    expect(outcomes(await settle(sale, group, lastMoment + 50))).toEqual([
      'hold_expired',
      'confirmed',
    ]);
  });

  it('frees in the same group what was spared for a confirmation that is refused', async () => {
    const [holder, next] = await makeCustomers(db, 2);
    if (!holder || !next) throw new Error('two customers were asked for');
    const sale = await makeSale(db, [{ stock: 1, limit: 1 }]);
    const hold = reserve(sale, holder, { key: 'same' });
    await settle(sale, [hold]);
    const lastMoment = NOW_MS + HOLD_MS - 1;
    const confirm = { ...hold, kind: 'confirm' as const, atMs: lastMoment };
    const group = [confirm, reserve(sale, next, { atMs: lastMoment })];
    expect(outcomes(await settle(sale, group, lastMoment + 50))).toEqual([
      'idempotency_key_reused',
      'pending',
    ]);
  });

  it('gives a deactivated customer the order of an attempt that is sent again, and no new one', async () => {
    const [customer] = await makeCustomers(db, 1);
    if (!customer) throw new Error('one customer was asked for');
    const sale = await makeSale(db, [{ stock: 2, limit: 2 }]);
    const attempt = reserve(sale, customer);
    await settle(sale, [attempt]);
    await db.execute(sql`UPDATE users SET active = false WHERE id = ${customer}`);
    const group = [attempt, reserve(sale, customer)];
    expect(outcomes(await settle(sale, group))).toEqual(['pending', 'unauthenticated']);
  });

  it('gives a freed unit to the next in line within the same group', async () => {
    const [holder, next] = await makeCustomers(db, 2);
    if (!holder || !next) throw new Error('two customers were asked for');
    const sale = await makeSale(db, [{ stock: 1, limit: 1 }]);
    const hold = reserve(sale, holder);
    await settle(sale, [hold]);
    const cancel = { ...hold, kind: 'cancel' as const };
    expect(outcomes(await settle(sale, [reserve(sale, next), cancel]))).toEqual([
      'pending',
      'cancelled',
    ]);
  });

  it('grants nothing once an admin has closed the sale, and still confirms what is held', async () => {
    const [holder, next] = await makeCustomers(db, 2);
    if (!holder || !next) throw new Error('two customers were asked for');
    const sale = await makeSale(db, [{ stock: 2, limit: 1 }]);
    const hold = reserve(sale, holder);
    await settle(sale, [hold]);
    await closeEvent(db, sale.eventId, { actor: 'a test', nowMs: NOW_MS + 1 });
    const confirm = { ...hold, kind: 'confirm' as const };
    expect(outcomes(await settle(sale, [reserve(sale, next), confirm], NOW_MS + 2))).toEqual([
      'closed',
      'confirmed',
    ]);
  });

  it('counts one key once, even when it is used on two events in the same moment', async () => {
    const [customer] = await makeCustomers(db, 1);
    if (!customer) throw new Error('one customer was asked for');
    for (let round = 0; round < 10; round++) {
      const sales = [
        await makeSale(db, [{ stock: 1, limit: 1 }]),
        await makeSale(db, [{ stock: 1, limit: 1 }]),
      ];
      const key = `key-${round}`;
      const settled = await Promise.all(
        sales.map((sale) => settle(sale, [reserve(sale, customer, { key })])),
      );
      expect(settled.flatMap(outcomes).toSorted()).toEqual(['idempotency_key_reused', 'pending']);
      for (const { eventId } of sales) expect((await recountEvent(db, eventId))?.ok).toBe(true);
    }
  });

  it('does not know an event that is not there', async () => {
    const eventId = makeEventId((bytes) => crypto.getRandomValues(bytes));
    expect(await settleGroup(db, eventId, { attempts: [], nowMs: NOW_MS })).toBeNull();
  });

  it('neither sells nor confirms to whose logins were ended, and repeats what they were told', async () => {
    const sale = await makeSale(db, [{ stock: 3, limit: 3 }]);
    const [customerId, other] = await makeCustomers(db, 2);
    if (!customerId || !other) throw new Error('two customers were asked for');
    const first = reserve(sale, customerId);
    const { orderId } = first;
    await settle(sale, [first]);
    await db.execute(sql`UPDATE users SET session_epoch = 1 WHERE id = ${customerId}`);
    const fields = { orderId, customerId, sessionEpoch: 0, key: null, atMs: NOW_MS };
    const told = await settle(sale, [
      { kind: 'confirm', ...fields },
      { kind: 'cancel', ...fields },
      reserve(sale, customerId, { key: 'again' }),
      reserve(sale, other),
      first,
    ]);
    const no = 'unauthenticated';
    expect(outcomes(told)).toEqual([no, no, no, 'pending', 'pending']);
    const signedIn = await settle(sale, [{ kind: 'confirm', ...fields, sessionEpoch: 1 }]);
    expect(outcomes(signedIn)).toEqual(['confirmed']);
  });

  it('keeps the limit also by a confirmation that was long on its way', async () => {
    const sale = await makeSale(db, [{ stock: 5, limit: 1 }]);
    const [customerId] = await makeCustomers(db, 1);
    if (!customerId) throw new Error('a customer was asked for');
    const first = reserve(sale, customerId);
    await settle(sale, [first]);
    const afterMs = NOW_MS + HOLD_MS;
    await settle(sale, [], afterMs);
    await settle(sale, [reserve(sale, customerId, { atMs: afterMs })], afterMs);
    const { orderId } = first;
    const inTime = { orderId, customerId, sessionEpoch: 0, key: null, atMs: NOW_MS + 1 };
    const late = await settle(sale, [{ kind: 'confirm', ...inTime }], afterMs + 1);
    expect(outcomes(late)).toEqual(['hold_expired']);
  });
});
