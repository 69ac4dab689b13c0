/** The chain of a draw, held against docs/fairness.md by the contract's bytes and Node's hashes. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import {
  openMigratedPglite,
  openMigratedPostgres,
} from '../../../local/testing/migrated-database.ts';
import type { DrawStart } from '../../contract/draw.ts';
import {
  chainRecord,
  HEAD_BYTES,
  headMessage,
  rankingMessage,
  startRecord,
} from '../../contract/draw-records.ts';
import type { Db } from '../../stores/postgres/client.ts';
import { endHoldsOfInactive } from '../../stores/postgres/inactive-holds.ts';
import { disqualifyEntry } from '../../stores/postgres/queue-administration.ts';
import type { LedgerAnswer, Settlement } from '../rules/attempts.ts';
import { drawEntries, readDraw } from './draw.ts';
import { drawnBy, enter, leave, makeCustomers, makeSale, NOW_MS, settle } from './testing/sales.ts';

const LOCKED_ANEW = new URL('../../../migrations/0079_lock_draws_anew.sql', import.meta.url);
const CLOSE_MS = NOW_MS - 5_000;
const EARLY_MS = CLOSE_MS - 60_000;

describe.each([
  ['the embedded Postgres', openMigratedPglite],
  ['a real Postgres', openMigratedPostgres],
])('the chain of a draw on %s', (_name, open: () => Promise<Database>) => {
  let database: Database;
  let db: Db;

  beforeAll(async () => {
    database = await open();
    db = database.db;
  });
  afterAll(() => database?.close());

  function plan(lines = [{ stock: 3, limit: 2 }]) {
    const entriesCloseAt = new Date(CLOSE_MS).toISOString();
    return makeSale(db, lines, { admission: 'draw', entriesCloseAt });
  }

  type Planned = Awaited<ReturnType<typeof plan>>;

  async function entered(sale: Planned, count: number, atMs = EARLY_MS) {
    const customers = await makeCustomers(db, count);
    const entries = customers.map((customer) => enter(sale, customer, { atMs, quantity: 2 }));
    return { customers, entries, settlement: await settle(sale, entries, atMs) };
  }

  async function recordsOf({ eventId }: Planned) {
    const { rows } = await db.execute<Row>(sql`
      SELECT r.seq::int, r.kind, r.entry_id AS "entryId", encode(r.head, 'hex') AS head,
             epoch_ms(r.at)::text AS at, e.event_item_id AS "eventItemId", e.quantity, e.min_quantity AS "minQuantity"
        FROM draw_records r LEFT JOIN queue_entries e ON e.id = r.entry_id
       WHERE r.event_id = ${eventId} ORDER BY r.seq`);
    return rows;
  }

  async function startOf({ eventId }: Planned): Promise<DrawStart> {
    const { rows } = await db.execute<{ start: DrawStart }>(
      sql`SELECT start FROM draw_proofs WHERE event_id = ${eventId}`,
    );
    if (!rows[0]) throw new Error('it has no number');
    return rows[0].start;
  }

  it('fixes at the first entry what the draw depends on', async () => {
    const sale = await plan([
      { stock: 3, limit: 2 },
      { stock: 5, limit: 1 },
    ]);
    await db.execute(sql`UPDATE event_items SET stock_total = 4, stock_remaining = 4
                          WHERE id = ${sale.items[0] ?? ''}`);
    const { rows } = await db.execute<{ next: number }>(
      sql`SELECT coalesce(max(number), 0)::int + 1 AS next FROM draw_proofs`,
    );
    await entered(sale, 1);
    const [item, other] = sale.items;
    expect(await startOf(sale)).toEqual({
      eventId: sale.eventId,
      number: rows[0]?.next,
      startsAtMs: NOW_MS,
      entriesCloseAtMs: CLOSE_MS,
      beacon: {
        kind: 'local',
        chain: '',
        publicKey: '',
        round: NOW_MS / 3_000 + 1,
        roundAtMs: NOW_MS,
      },
      offerSeconds: 600,
      payment: 'none',
      currency: 'EUR',
      items: [
        { eventItemId: item, stock: 4, priceMinor: 100, limitPerCustomer: 2 },
        { eventItemId: other, stock: 5, priceMinor: 100, limitPerCustomer: 1 },
      ],
    });
  });

  it('takes the round that was named when it was planned', async () => {
    const sale = await plan();
    const named = { kind: 'drand', chain: 'ab', publicKey: 'cd', round: 7, roundAtMs: NOW_MS };
    await db.execute(sql`UPDATE events SET draw_beacon = ${JSON.stringify(named)}::jsonb
                          WHERE id = ${sale.eventId}`);
    await entered(sale, 1);
    expect((await startOf(sale)).beacon).toEqual(named);
  });

  it('gives draws that begin at one time numbers without a gap', async () => {
    const sales = await Promise.all([plan(), plan(), plan(), plan()]);
    const unentered = await plan();
    await settle(unentered, [], EARLY_MS);
    const before = await db.execute<{ last: number }>(
      sql`SELECT coalesce(max(number), 0)::int AS last FROM draw_proofs`,
    );
    await Promise.all(sales.map((sale) => entered(sale, 2)));
    const starts = await Promise.all(sales.map(startOf));
    const last = before.rows[0]?.last ?? 0;
    const numbers = starts.map(({ number }) => number - last);
    expect(numbers.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4]);
    await expect(startOf(unentered)).rejects.toThrow('no number');
  });

  it('has each who enters and leaves before the lock, in their order', async () => {
    const sale = await plan();
    const { entries, customers } = await entered(sale, 4);
    const [first, second, third] = entries;
    const [, , , gone] = customers;
    if (!first || !second || !third || !gone) throw new Error('four entered');
    await settle(sale, [leave(third), leave(first)], EARLY_MS + 1);
    await settle(sale, [leave(third)], EARLY_MS + 2);
    const act = { actor: 'a test', reason: 'invented', nowMs: EARLY_MS + 3 };
    await disqualifyEntry(db, second.entryId, act);
    await db.execute(sql`UPDATE users SET active = false, deleted_at = now() WHERE id = ${gone}`);
    await endHoldsOfInactive(db, gone, EARLY_MS + 4);
    const { entries: later } = await entered(sale, 1, EARLY_MS + 5);
    const records = await recordsOf(sale);
    expect(records.map(({ kind, entryId, at }) => [kind, entryId, Number(at) - EARLY_MS])).toEqual([
      ['start', null, 0],
      ...entries.map(({ entryId }) => ['enter', entryId, 0]),
      ['leave', third.entryId, 1],
      ['leave', first.entryId, 1],
      ['leave', entries[3]?.entryId, 4],
      ['enter', later[0]?.entryId, 5],
    ]);
    expect(records.map(({ head }) => head)).toEqual(headsOf(await startOf(sale), records));
  });

  it('tells each their record, also who asks again', async () => {
    const sale = await plan();
    const { settlement, entries } = await entered(sale, 3);
    const records = (await recordsOf(sale)).slice(1);
    const told = records.map(({ seq, head }) => ({ seq, head }));
    expect(settlement.answers.map(recordIn)).toEqual(told);
    await settle(sale, [], CLOSE_MS);
    const again = await settle(sale, entries, CLOSE_MS);
    expect(again.answers.map(recordIn)).toEqual(told);
  });

  it('keeps the last head at the lock, and nothing is chained behind it', async () => {
    const sale = await plan();
    const { entries, customers } = await entered(sale, 3);
    const last = (await recordsOf(sale)).at(-1);
    const [first] = entries;
    const [, gone] = customers;
    if (!first || !gone) throw new Error('three entered');
    const [late] = await makeCustomers(db, 1);
    if (!late) throw new Error('nobody');
    const settlement: Settlement = await settle(
      sale,
      [leave(first), enter(sale, late, { atMs: CLOSE_MS - 1 })],
      CLOSE_MS,
    );
    expect(recordIn(settlement.answers[1])).toBeNull();
    await db.execute(sql`UPDATE users SET active = false, deleted_at = now() WHERE id = ${gone}`);
    await endHoldsOfInactive(db, gone, CLOSE_MS + 4);
    expect((await recordsOf(sale)).at(-1)).toEqual(last);
    expect(await readDraw(db, sale.eventId)).toMatchObject({
      head: last?.head,
      records: 3,
      entries: 3,
      lockedAtMs: CLOSE_MS,
      isDrawn: false,
    });
  });

  it('ranks who was skipped, but nobody who left, and hashes the ranking', async () => {
    const sale = await plan([
      { stock: 1, limit: 2 },
      { stock: 1, limit: 2 },
    ]);
    const { entries } = await entered(sale, 5);
    const [first, second] = entries;
    if (!first || !second) throw new Error('five entered');
    await settle(sale, [leave(first)], EARLY_MS + 1);
    const act = { actor: 'a test', reason: 'invented', nowMs: EARLY_MS + 3 };
    await disqualifyEntry(db, second.entryId, act);
    await settle(sale, [], CLOSE_MS);
    await drawEntries(db, sale.eventId, drawnBy());
    const { rows } = await db.execute<{ id: string; rank: number }>(sql`
      SELECT id, rank::int FROM queue_entries
       WHERE event_id = ${sale.eventId} AND rank IS NOT NULL ORDER BY rank`);
    const ranked = rows.map(({ id }) => id);
    expect(rows.map(({ rank }) => rank)).toEqual([1, 2, 3, 4]);
    expect(ranked).toContain(second.entryId);
    expect(ranked).not.toContain(first.entryId);
    const [item = '', other = ''] = sale.items;
    const items = [
      { eventItemId: item, entryIds: ranked },
      { eventItemId: other, entryIds: [] },
    ];
    const draw = await readDraw(db, sale.eventId);
    expect(draw?.result).toEqual({
      signature: '07'.repeat(48),
      randomness: '07'.repeat(32),
      seed: '07'.repeat(32),
      ranking: sha256(rankingMessage(items)),
      drawnAtMs: NOW_MS,
    });
  });

  it('needs the round of its beacon where somebody entered, and nothing where nobody did', async () => {
    const [sale, empty] = [await plan(), await plan()];
    await entered(sale, 1);
    await settle(sale, [], CLOSE_MS);
    await settle(empty, [], CLOSE_MS);
    const without = { ...drawnBy(), round: undefined };
    await expect(drawEntries(db, sale.eventId, without)).rejects.toThrow('postgres failed');
    expect(await drawEntries(db, empty.eventId, without)).toBe(true);
    expect(await readDraw(db, empty.eventId)).toMatchObject({ isDrawn: true, entries: 0 });
    expect((await readDraw(db, empty.eventId))?.start).toBeUndefined();
  });

  it('is begun where a draw was locked before chains were kept, by a lock of its own', async () => {
    const sale = await plan();
    const { entries } = await entered(sale, 3);
    await settle(sale, [], CLOSE_MS);
    await db.batch([
      db.execute(sql`DELETE FROM draw_records WHERE event_id = ${sale.eventId}`),
      db.execute(sql`DELETE FROM draw_proofs WHERE event_id = ${sale.eventId}`),
      db.execute(sql`UPDATE queue_entries SET record_seq = NULL WHERE event_id = ${sale.eventId}`),
    ]);
    expect(await readDraw(db, sale.eventId)).toMatchObject({ start: undefined });
    await db.execute(sql.raw(await readFile(LOCKED_ANEW, 'utf8')));
    await settle(sale, [], CLOSE_MS + 1_000);
    expect(await readDraw(db, sale.eventId)).toMatchObject({ entries: 3, records: 3 });
    expect(await drawEntries(db, sale.eventId, drawnBy())).toBe(true);
    const { rows } = await db.execute<{ rank: number }>(sql`
      SELECT rank::int FROM queue_entries WHERE event_id = ${sale.eventId} ORDER BY rank`);
    expect(rows).toEqual(entries.map((_, n) => ({ rank: n + 1 })));
  });

  it('begins with the entries that were made before chains were kept', async () => {
    const sale = await plan();
    const { entries } = await entered(sale, 3);
    const [first] = entries;
    if (!first) throw new Error('three entered');
    await settle(sale, [leave(first)], EARLY_MS + 1);
    const { customers } = await entered(sale, 1, EARLY_MS + 2);
    expect(customers).toHaveLength(1);
    for (const table of ['draw_records', 'draw_proofs']) {
      await db.execute(sql`DELETE FROM ${sql.identifier(table)} WHERE event_id = ${sale.eventId}`);
    }
    await db.execute(
      sql`UPDATE queue_entries SET record_seq = NULL WHERE event_id = ${sale.eventId}`,
    );
    await settle(sale, [], CLOSE_MS);
    const records = await recordsOf(sale);
    const chained = ['enter', 'enter', 'enter', 'leave', 'enter'];
    expect(records.map(({ kind }) => kind)).toEqual(['start', ...chained]);
    // As receipts name them, which are made of the entries.
    const { rows: made } = await db.execute<{ at: string; enteredAt: string }>(sql`
      SELECT epoch_ms(r.at)::text AS at, epoch_ms(e.entered_at)::text AS "enteredAt"
        FROM queue_entries e JOIN draw_records r ON r.event_id = e.event_id AND r.seq = e.record_seq
       WHERE e.event_id = ${sale.eventId}`);
    expect(made).toHaveLength(4);
    for (const { at, enteredAt } of made) expect(at).toBe(enteredAt);
    expect(records[4]?.at).toBe(`${EARLY_MS + 1}`);
    expect(records.map(({ head }) => head)).toEqual(headsOf(await startOf(sale), records));
    await drawEntries(db, sale.eventId, drawnBy());
    expect(await readDraw(db, sale.eventId)).toMatchObject({
      entries: 4,
      records: 5,
      isDrawn: true,
    });
  });
});

interface Row extends Record<string, unknown> {
  seq: number;
  kind: 'start' | 'enter' | 'leave';
  entryId: string | null;
  head: string;
  at: string;
  eventItemId: string;
  quantity: number;
  minQuantity: number;
}

function headsOf(start: DrawStart, records: Row[]): string[] {
  let head: Uint8Array = new Uint8Array(HEAD_BYTES);
  return records.map(({ kind, entryId, at, ...record }) => {
    const of = { ...record, entryId: entryId ?? '', atMs: Number(at) };
    const bytes = kind === 'start' ? startRecord(start) : chainRecord({ ...of, kind });
    head = createHash('sha256').update(headMessage(head, bytes)).digest();
    return Buffer.from(head).toString('hex');
  });
}

function recordIn(answer: LedgerAnswer | undefined) {
  return answer && 'entry' in answer ? answer.entry.record : undefined;
}

function sha256(message: Uint8Array): string {
  return createHash('sha256').update(message).digest('hex');
}
