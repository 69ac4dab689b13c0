/** What it costs to serve a queue, counted in rows that are read. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import { openMigratedPostgres } from '../../../local/testing/migrated-database.ts';
import type { QueueEntryId, UserId } from '../../contract/ids.ts';
import type { StampedAttempt } from '../rules/attempts.ts';
import {
  enter,
  makeAccounts,
  makeCrowd,
  makeSale,
  NOW_MS,
  type Sale,
  settle,
} from './testing/sales.ts';

const WAITING = 20_000;
const FREE = 10;

let database: Database;

beforeAll(async () => {
  database = await openMigratedPostgres();
  // What is known of a table is what a test has asked for.
  for (const table of ['users', 'queue_entries', 'queue_places', 'orders']) {
    await database.db.execute(sql.raw(`ALTER TABLE ${table} SET (autovacuum_enabled = false)`));
  }
});
afterAll(() => database?.close());

/** All of a crowd wait for a unit each, in one insert. */
async function insertWaiting({ db, eventId, items: [eventItemId] }: Sale, crowd: UserId[]) {
  await db.execute(sql`
    INSERT INTO queue_entries (id, event_id, event_item_id, customer_id, quantity, min_quantity,
                               entered_at, seq, rank, entered_in)
    SELECT replace(${eventId}, 'evt_', 'ent_') || '_' || lpad(n::text, 18, '0'), ${eventId},
           ${eventItemId}, id, 1, 1, now(), n, n, 1
      FROM jsonb_array_elements_text(${JSON.stringify(crowd)}::jsonb) WITH ORDINALITY AS c (id, n)`);
  await db.batch([
    db.execute(sql`INSERT INTO event_queues (event_id, settlement, settled_at, last_seq)
                   VALUES (${eventId}, 1, to_timestamp(${NOW_MS} / 1000.0), ${crowd.length})`),
    db.execute(sql`UPDATE event_items SET queue_waiting = ${crowd.length},
                          queue_waiting_units = ${crowd.length} WHERE id = ${eventItemId}`),
    db.execute(sql`UPDATE events SET has_entries = true WHERE id = ${eventId}`),
  ]);
}

/** Settles a group, which serves the queue. @returns what it read of the tables, in rows. */
async function settleCounted(
  { db, eventId }: Sale,
  attempts: StampedAttempt[] = [],
): Promise<Record<string, number>> {
  // Counts of a connection, which a batch does not leave.
  const reads = sql`
    SELECT relname AS name, (coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::int AS rows
      FROM pg_stat_xact_user_tables
     WHERE relname IN ('users', 'queue_entries', 'queue_places', 'orders')`;
  const [before, , after] = await db.batch([
    db.execute<{ name: string; rows: number }>(reads),
    db.execute(
      sql`SELECT settle_group(${eventId}, ${NOW_MS}::bigint, ${JSON.stringify(attempts)}::jsonb)`,
    ),
    db.execute<{ name: string; rows: number }>(reads),
  ]);
  const rowsBefore = new Map(before.rows.map(({ name, rows }) => [name, rows]));
  return Object.fromEntries(
    after.rows.map(({ name, rows }) => [name, rows - (rowsBefore.get(name) ?? 0)]),
  );
}

it('reads of a mailbox what its accounts wait for, also where nothing is known of the tables', async () => {
  const { db } = database;
  const sale = await makeSale(db, [{ stock: 0, limit: 3 }], { oneLimitPerMailbox: true });
  await insertWaiting(sale, await makeCrowd(db, 3_000));
  const [own, other] = await makeAccounts(db, ['a+1@gmail.com', 'a+2@gmail.com']);
  if (!own || !other) throw new Error('two accounts were asked for');
  await settle(sale, [enter(sale, own)]);
  const read = await settleCounted(sale, [enter(sale, other)]);
  expect(read.users).toBeLessThan(20);
  expect(read.queue_entries).toBeLessThan(20);
});

const known = [
  ['nothing is known', false],
  ['all is known', true],
] as const;

it.each(known)(
  'reads what the free units serve, and nothing else, where %s of the tables',
  async (_, isKnown) => {
    const { db } = database;
    const crowd = await makeCrowd(db, WAITING);
    const sale = await makeSale(db, [{ stock: FREE, limit: 1 }]);
    await insertWaiting(sale, crowd);
    if (isKnown) await db.execute(sql`ANALYZE`);
    const read = await settleCounted(sale);
    const { rows } = await db.execute<{ offers: number }>(
      sql`SELECT queue_offers AS offers FROM event_items WHERE event_id = ${sale.eventId}`,
    );
    expect(rows).toEqual([{ offers: FREE }]);
    // Each once to decide; then an entry once more to end it, and an account for the reference of its order.
    expect(read.queue_places).toBeLessThanOrEqual(3 * FREE);
    expect(read.queue_entries).toBeLessThanOrEqual(2 * FREE);
    expect(read.users).toBeLessThanOrEqual(2 * FREE);
    expect(read.orders).toBeLessThanOrEqual(2 * FREE);
  },
);

it('comes to whoever can be served behind many who are skipped', async () => {
  const { db } = database;
  const crowd = await makeCrowd(db, 300);
  const sale = await makeSale(db, [{ stock: 1, limit: 1 }]);
  await insertWaiting(sale, crowd);
  await db.execute(sql`ANALYZE`);
  const [served = ''] = crowd.slice(-1);
  await db.execute(sql`UPDATE users SET active = false WHERE id <> ${served} AND id IN
    (SELECT customer_id FROM queue_entries WHERE event_id = ${sale.eventId})`);
  const read = await settleCounted(sale);
  const { rows } = await db.execute<{ what: string; entries: number }>(sql`
    SELECT concat_ws(' ', status, reason) AS what, count(*)::int AS entries
      FROM queue_entries WHERE event_id = ${sale.eventId} GROUP BY 1 ORDER BY 1`);
  expect(rows).toEqual([
    { what: 'offered', entries: 1 },
    { what: 'skipped deactivated', entries: 299 },
  ]);
  // Each twice at most, and the first once more, of whom it is asked whether all is plain.
  expect(read.queue_entries).toBeLessThanOrEqual(2 * crowd.length + 1);
});

it('serves entries whose orders would have the same id one after another', async () => {
  const { db } = database;
  const sale = await makeSale(db, [{ stock: 0, limit: 1 }]);
  const crowd = await makeCrowd(db, 3);
  const key = sale.eventId.slice('evt_'.length);
  const entries = crowd.map((customer, n) => ({
    ...enter(sale, customer),
    entryId: `ent_${key}_000000000${n}aaaaaaaa` as QueueEntryId,
  }));
  await settle(sale, entries);
  await db.execute(sql`UPDATE event_items SET stock_total = 3, stock_remaining = 3
                        WHERE event_id = ${sale.eventId}`);
  const told = [];
  for (let ms = 1; ms <= 3; ms++) told.push(await settle(sale, [], NOW_MS + ms));
  const offers = told.map(({ unaskedOrders, queue }) => [unaskedOrders.length, queue?.hasMore]);
  expect(offers).toEqual([
    [1, true],
    [1, true],
    [1, false],
  ]);
});
