/** The ledger where an event is drawn: when entries are locked, who is first, and who waits until then. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import {
  openMigratedPglite,
  openMigratedPostgres,
} from '../../../local/testing/migrated-database.ts';
import type { Db } from '../../stores/postgres/client.ts';
import { endHoldsOfInactive } from '../../stores/postgres/inactive-holds.ts';
import { disqualifyEntry } from '../../stores/postgres/queue-administration.ts';
import { drawEntries } from './draw.ts';
import {
  drawnBy,
  enter,
  leave,
  makeCustomers,
  makeSale,
  NOW_MS,
  outcomes,
  reserve,
  settle,
} from './testing/sales.ts';

const CLOSE_MS = NOW_MS - 5_000;
const { seed: SEED } = drawnBy();

/** HMAC-SHA-256 by another implementation. */
async function scoreOf(id: string): Promise<string> {
  const hash = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', SEED, hash, false, ['sign']);
  const signed = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(id));
  return Buffer.from(signed).toString('hex');
}

describe.each([
  ['the embedded Postgres', openMigratedPglite],
  ['a real Postgres', openMigratedPostgres],
])('a draw on %s', (_name, open: () => Promise<Database>) => {
  let database: Database;
  let db: Db;

  beforeAll(async () => {
    database = await open();
    db = database.db;
  });
  afterAll(() => database?.close());

  async function planned(stock: number, entrants: number) {
    const entriesCloseAt = new Date(CLOSE_MS).toISOString();
    const sale = await makeSale(db, [{ stock, limit: 1 }], { admission: 'draw', entriesCloseAt });
    const customers = await makeCustomers(db, entrants);
    const early = CLOSE_MS - 60_000;
    const entries = customers.map((customer) => enter(sale, customer, { atMs: early }));
    const settlement = await settle(sale, entries, early);
    return { sale, customers, entries, settlement };
  }

  it('takes entries without a rank before it, and behind all others after its lock', async () => {
    const { sale, settlement } = await planned(1, 2);
    expect(settlement.answers[1]).toMatchObject({ entry: { seq: 2, rank: null }, ahead: null });
    expect(settlement.queue).toEqual({ drawAtMs: NOW_MS, locksAtMs: CLOSE_MS, hasMore: false });
    const [late] = await makeCustomers(db, 1);
    if (!late) throw new Error('nobody');
    const after = await settle(sale, [enter(sale, late, { atMs: CLOSE_MS - 1 })], CLOSE_MS);
    const placed = { entry: { seq: 3, rank: 3 }, ahead: null };
    expect(after.answers[0]).toMatchObject(placed);
    const again = await settle(sale, [enter(sale, late, { atMs: CLOSE_MS })], CLOSE_MS);
    expect(again.answers[0]).toMatchObject({ ...placed, replayed: true });
    expect(after.queue).toEqual({ drawAtMs: NOW_MS, locksAtMs: null, hasMore: false });
  });

  it('sells and offers nothing until it is drawn', async () => {
    const { sale } = await planned(1, 2);
    const [other] = await makeCustomers(db, 1);
    if (!other) throw new Error('nobody');
    const settlement = await settle(sale, [reserve(sale, other)]);
    expect(outcomes(settlement)).toEqual(['queue_ahead']);
    expect(settlement.unaskedOrders).toEqual([]);
  });

  it('serves by the score of the entries, the smallest first', async () => {
    const { sale, entries } = await planned(3, 9);
    await settle(sale, [], CLOSE_MS);
    expect(await drawEntries(db, sale.eventId, drawnBy())).toBe(true);
    const { unaskedOrders, queue } = await settle(sale, []);
    expect(queue).toEqual({ drawAtMs: null, locksAtMs: null, hasMore: false });
    const scored = await Promise.all(
      entries.map(async ({ entryId, customerId }) => ({
        customerId,
        score: await scoreOf(entryId),
      })),
    );
    const first = scored.toSorted((a, b) => (a.score < b.score ? -1 : 1)).slice(0, 3);
    expect(unaskedOrders.map(({ customerId }) => customerId)).toEqual(
      first.map(({ customerId }) => customerId),
    );
    const { rows } = await db.execute<{ score: string }>(sql`
      SELECT steps -> ${sale.items[0] ?? ''} -> 0 ->> 'score' AS score
        FROM draws WHERE event_id = ${sale.eventId}`);
    expect(rows).toEqual([{ score: first[0]?.score }]);
  });

  it('ranks whom it locked, whatever became of them since, and serves who waits', async () => {
    const { sale, entries } = await planned(4, 8);
    const byScore = await Promise.all(
      entries.map(async (entry) => ({ entry, score: await scoreOf(entry.entryId) })),
    );
    const inOrder = byScore
      .toSorted((a, b) => (a.score < b.score ? -1 : 1))
      .map(({ entry }) => entry);
    const [early, first, second, third] = inOrder;
    if (!early || !first || !second || !third) throw new Error('eight entered');
    await settle(sale, [leave(early)], CLOSE_MS - 1);
    // Those who leave in the settlement that locks come behind the lock.
    await settle(sale, [leave(first)], CLOSE_MS);
    await settle(sale, [leave(second)], CLOSE_MS + 1);
    const act = { actor: 'a test', nowMs: CLOSE_MS + 2 };
    await disqualifyEntry(db, third.entryId, { ...act, reason: 'invented' });
    await drawEntries(db, sale.eventId, drawnBy());
    await settle(sale, []);
    const { rows } = await db.execute<{ id: string; rank: string | null; status: string }>(sql`
      SELECT id, rank, status FROM queue_entries WHERE event_id = ${sale.eventId}`);
    const told = new Map(rows.map(({ id, rank, status }) => [id, [rank && Number(rank), status]]));
    expect(inOrder.map(({ entryId }) => told.get(entryId))).toEqual([
      [null, 'left'],
      [1, 'left'],
      [2, 'left'],
      [3, 'skipped'],
      [4, 'offered'],
      [5, 'offered'],
      [6, 'offered'],
      [7, 'offered'],
    ]);
    const { rows: steps } = await db.execute<{ rank: number; entries: number; units: number }>(sql`
      SELECT (s ->> 'rank')::int AS rank, (s ->> 'entriesBefore')::int AS entries,
             (s ->> 'unitsBefore')::int AS units
        FROM draws d, jsonb_array_elements(d.steps -> ${sale.items[0] ?? ''}) s
       WHERE d.event_id = ${sale.eventId} ORDER BY 1`);
    const before = [0, 0, 0, 0, 1, 2, 3];
    expect(steps).toEqual(before.map((n, at) => ({ rank: at + 1, entries: n, units: n })));
  });

  it.each(['disqualified', 'deleted'])(
    'is locked before an entrant is %s behind the close',
    async (how) => {
      const { sale, customers, entries } = await planned(1, 2);
      const [entry] = entries;
      const [customer] = customers;
      if (!entry || !customer) throw new Error('nobody entered');
      const nowMs = CLOSE_MS + 1_000;
      if (how === 'disqualified') {
        await disqualifyEntry(db, entry.entryId, { actor: 'a test', reason: 'invented', nowMs });
      } else {
        await db.execute(
          sql`UPDATE users SET active = false, deleted_at = now() WHERE id = ${customer}`,
        );
        await endHoldsOfInactive(db, customer, nowMs);
      }
      await settle(sale, [], CLOSE_MS + 1_500);
      const { rows } = await db.execute(sql`
      SELECT entry_count::int AS entries, (extract(epoch FROM locked_at) * 1000)::bigint = ${nowMs} AS "isThen",
             (SELECT ended_in FROM queue_entries WHERE id = ${entry.entryId}) >= locked_in AS "isBehind"
        FROM draws WHERE event_id = ${sale.eventId}`);
      expect(rows).toEqual([{ entries: 2, isThen: true, isBehind: true }]);
      await drawEntries(db, sale.eventId, drawnBy());
      const ranked = await db.execute(
        sql`SELECT id FROM queue_entries WHERE event_id = ${sale.eventId} AND rank IS NOT NULL`,
      );
      expect(ranked.rows).toHaveLength(2);
    },
  );

  it('is drawn once, by the first seed', async () => {
    const { sale } = await planned(1, 5);
    expect(await drawEntries(db, sale.eventId, drawnBy())).toBe(false);
    await settle(sale, [], CLOSE_MS);
    await drawEntries(db, sale.eventId, drawnBy());
    const ranks = () =>
      db.execute(
        sql`SELECT id, rank FROM queue_entries WHERE event_id = ${sale.eventId} ORDER BY id`,
      );
    const before = (await ranks()).rows;
    expect(await drawEntries(db, sale.eventId, drawnBy(8))).toBe(true);
    expect((await ranks()).rows).toEqual(before);
  });

  it('goes on behind 500 offers, and lets nobody pass until then', async () => {
    const { sale } = await planned(700, 800);
    await settle(sale, [], CLOSE_MS);
    await drawEntries(db, sale.eventId, drawnBy());
    const [other] = await makeCustomers(db, 1);
    if (!other) throw new Error('nobody');
    const first = await settle(sale, [reserve(sale, other)]);
    expect(outcomes(first)).toEqual(['queue_ahead']);
    expect(first.unaskedOrders).toHaveLength(500);
    expect(first.queue?.hasMore).toBe(true);
    const second = await settle(sale, [reserve(sale, other)]);
    expect(outcomes(second)).toEqual(['sold_out']);
    expect(second.unaskedOrders).toHaveLength(200);
    expect(second.queue?.hasMore).toBe(false);
    expect(second.items[0]?.queue).toEqual({
      waiting: 100,
      waitingUnits: 100,
      servedRank: 700,
      offers: 700,
    });
  });
});
