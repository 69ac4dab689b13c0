/** What waits before an entry of a queue that is too long to count it for each who asks. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import {
  openMigratedPglite,
  openMigratedPostgres,
} from '../../../local/testing/migrated-database.ts';
import type { QueueEntryId, UserId } from '../../contract/ids.ts';
import {
  enter,
  makeCrowd,
  makeSale,
  NOW_MS,
  type Sale,
  settle,
} from '../../sale/ledger/testing/sales.ts';
import { createReadCache } from '../cache/read-cache.ts';
import type { Db } from './client.ts';
import { findOwnEntry, listOwnEntries } from './queue-entries.ts';

const WAITING = 2_600;

/** Puts all of them into the queue at once, which takes a settlement far longer; with wishes that differ. */
async function waitAll({ db, eventId, items: [itemId] }: Sale, crowd: UserId[]) {
  const [, key] = eventId.split('_');
  const waiting = crowd.map((customerId, n) => ({
    id: `ent_${key}_${customerId.slice(4)}` as QueueEntryId,
    customerId,
    quantity: 1 + (n % 3),
    min: n % 6 === 1 ? 2 : 1,
  }));
  await db.execute(sql`
    INSERT INTO queue_entries (id, event_id, event_item_id, customer_id, quantity, min_quantity,
                               entered_at, seq, rank, entered_in)
    SELECT id, ${eventId}, ${itemId}, customer, quantity, min, now(), n, n, 1
      FROM ROWS FROM (jsonb_to_recordset(${JSON.stringify(waiting)}::jsonb) AS (
             id text, "customerId" text, quantity int, min int))
           WITH ORDINALITY AS e (id, customer, quantity, min, n)`);
  await db.execute(sql`
    INSERT INTO event_queues (event_id, settlement, settled_at, last_seq)
    VALUES (${eventId}, 1, ${new Date(NOW_MS).toISOString()}, ${crowd.length})`);
  await db.execute(sql`UPDATE events SET has_entries = true WHERE id = ${eventId}`);
  await db.execute(sql`
    UPDATE event_items
       SET (queue_waiting, queue_waiting_units) = (
             SELECT count(*), sum(quantity) FROM queue_entries WHERE event_item_id = ${itemId})
     WHERE id = ${itemId}`);
  return waiting;
}

describe.each([
  ['the embedded Postgres', openMigratedPglite],
  ['a real Postgres', openMigratedPostgres],
])('a long queue on %s', (_name, open: () => Promise<Database>) => {
  let database: Database;
  let db: Db;
  let sale: Sale;
  let crowd: UserId[];
  let entries: { id: QueueEntryId; customerId: UserId }[];

  beforeAll(async () => {
    database = await open();
    db = database.db;
    sale = await makeSale(db, [{ stock: 0, limit: 3 }]);
    crowd = await makeCrowd(db, WAITING);
    entries = await waitAll(sale, crowd);
  });
  afterAll(() => database?.close());

  function openShop() {
    const clock = { nowMs: NOW_MS };
    const sources = { db, readCache: createReadCache({ nowMs: () => clock.nowMs, shares: true }) };
    const requester = { keepAlive: () => {} };
    const read = async (n: number) => {
      const wanted = { ...entries[n], nowMs: NOW_MS } as Parameters<typeof findOwnEntry>[1];
      return (await findOwnEntry(sources, wanted, requester))?.ahead;
    };
    return { clock, sources, requester, read };
  }

  async function exactly(n: number) {
    const { rows } = await db.execute<{ ahead: unknown }>(
      sql`SELECT queue_ahead_of(e) AS ahead FROM queue_entries e WHERE e.id = ${entries[n]?.id}`,
    );
    return rows[0]?.ahead;
  }

  it('tells each what is before it, from the first to the last', async () => {
    const { read } = openShop();
    for (const n of [0, 1, 499, 500, 501, 1_234, WAITING - 1]) {
      expect(await read(n)).toEqual(await exactly(n));
    }
    expect(await read(WAITING - 1)).toMatchObject({ entries: WAITING - 1 });
  });

  it('tells the same in a list', async () => {
    const { sources, requester } = openShop();
    const { customerId } = entries[1_999] ?? {};
    if (customerId === undefined) throw new Error('nobody waits');
    const page = { customerId, eventId: undefined, after: undefined, limit: 20, nowMs: NOW_MS };
    const own = await listOwnEntries(sources, page, requester);
    expect(own.map(({ ahead }) => ahead)).toEqual([await exactly(1_999)]);
  });

  it('takes off what was offered since it was counted', async () => {
    const { read } = openShop();
    await read(0);
    await db.execute(
      sql`UPDATE event_items SET stock_total = stock_total + 700, stock_remaining = 700 WHERE id = ${sale.items[0]}`,
    );
    await settle(sale, []);
    const told = await read(2_000);
    const exact = (await exactly(2_000)) as { entries: number; units: number };
    expect(told?.entries).toBe(exact.entries);
    expect(Math.abs((told?.units ?? 0) - exact.units)).toBeLessThan(10);
  });

  it('is told to nobody until a draw is drawn, in which others are put before them', async () => {
    const { read } = openShop();
    const n = WAITING - 1;
    await db.execute(sql`
      INSERT INTO draws (event_id, locked_at, locked_in, entry_count)
      VALUES (${sale.eventId}, ${new Date(NOW_MS).toISOString()}, 1, 0)`);
    expect([await read(n), await exactly(n)]).toEqual([null, null]);
    await db.execute(sql`
      UPDATE draws SET seed = '', drawn_at = locked_at WHERE event_id = ${sale.eventId}`);
    expect(await read(n)).toMatchObject((await exactly(n)) as object);
  });

  it('is not counted in the settlement that gives an entry again', async () => {
    const n = WAITING - 1;
    const again = await settle(sale, [enter(sale, crowd[n] as UserId)]);
    expect(again.answers).toMatchObject([{ entry: { id: entries[n]?.id }, ahead: null }]);
  });
});
