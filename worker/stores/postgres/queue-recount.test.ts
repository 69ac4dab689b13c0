/** What is recounted of queues: right where all is well, and each fault found that the rows can tell. */
import { type SQL, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import {
  openMigratedPglite,
  openMigratedPostgres,
} from '../../../local/testing/migrated-database.ts';
import { drawEntries } from '../../sale/ledger/draw.ts';
import {
  drawnBy,
  enter,
  HOLD_MS,
  leave,
  makeCrowd,
  makeCustomers,
  makeSale,
  NOW_MS,
  reserve,
  type Sale,
  settle,
} from '../../sale/ledger/testing/sales.ts';
import type { Db } from './client.ts';
import { closeEvent, openEvent, setStock, unpublishEvent } from './event-controls.ts';
import { recountEvent } from './events.ts';
import { disqualifyEntry } from './queue-administration.ts';
import { findBrokenLaws, findQueueDifferences } from './queue-reconciliation.ts';
import { repairDifferences } from './reconciliation.ts';

const MINUTE_MS = 60_000;

describe.each([
  ['the embedded Postgres', openMigratedPglite],
  ['a real Postgres', openMigratedPostgres],
])('a recount on %s', (_name, open: () => Promise<Database>) => {
  let database: Database;
  let db: Db;

  beforeAll(async () => {
    database = await open();
    db = database.db;
  });
  afterAll(() => database?.close());

  /** Two units, which were held and came back; four who waited, of whom the first wants at least two. */
  async function served() {
    const sale = await makeSale(db, [{ stock: 2, limit: 9 }]);
    const customers = await makeCustomers(db, 6);
    const [one, other, ...waiting] = customers;
    if (!one || !other) throw new Error('too few customers');
    const holds = [reserve(sale, one), reserve(sale, other)];
    await settle(sale, holds);
    const entries = waiting.map((customer, n) =>
      enter(sale, customer, n === 0 ? { quantity: 3, minQuantity: 2 } : {}),
    );
    await settle(sale, entries);
    // One unit comes back: the first, who needs two, is passed over.
    const [hold] = holds;
    if (!hold) throw new Error('nobody holds');
    await settle(sale, [{ ...hold, kind: 'cancel', key: null, atMs: NOW_MS + 1 }], NOW_MS + 1);
    return { sale, entries, customers };
  }

  async function lawsOf(sale: Sale): Promise<string[]> {
    const broken = await findBrokenLaws(db);
    return broken
      .filter(({ eventId }) => eventId === sale.eventId)
      .map(({ law, count }) => `${law} ${count}`);
  }

  /** What a change by hand breaks, which is undone afterwards. */
  async function brokenBy(sale: Sale, change: SQL, undo: SQL) {
    await db.execute(change);
    const found = { laws: await lawsOf(sale), integrity: await recountEvent(db, sale.eventId) };
    await db.execute(undo);
    expect(await lawsOf(sale)).toEqual([]);
    expect(await recountEvent(db, sale.eventId)).toMatchObject({ ok: true });
    return found;
  }

  it('finds nothing in a queue in which everything happened that may', async () => {
    const { sale, entries, customers } = await served();
    const [first, second, third, fourth] = entries;
    const [stranger, , ...waiting] = customers;
    if (!first || !second || !third || !fourth || !stranger) throw new Error('too few');
    await settle(sale, [reserve(sale, stranger), leave(third)], NOW_MS + 2);
    const act = { actor: 'a test', nowMs: NOW_MS + 3 };
    await disqualifyEntry(db, fourth.entryId, { ...act, reason: 'invented' });
    const [item = ''] = sale.items;
    const stock = { eventId: sale.eventId, eventItemId: item as never, total: 8 };
    await setStock(db, stock, act);
    await settle(sale, [], NOW_MS + 4);
    // Nobody waits any more: who buys is not before anybody.
    await settle(sale, [reserve(sale, stranger)], NOW_MS + HOLD_MS + 5);
    await settle(sale, [enter(sale, waiting[1] ?? stranger)], NOW_MS + HOLD_MS + 6);
    await closeEvent(db, sale.eventId, { ...act, nowMs: NOW_MS + MINUTE_MS });
    await openEvent(db, sale.eventId, { ...act, nowMs: NOW_MS + 2 * MINUTE_MS });
    await settle(sale, [], NOW_MS + 2 * MINUTE_MS);
    expect(await lawsOf(sale)).toEqual([]);
    expect(await recountEvent(db, sale.eventId)).toMatchObject({
      ok: true,
      queue: { ok: true, unmatchedOffers: 0, untimelyOffers: 0, items: [{ offers: 2, ok: true }] },
    });
  });

  it('finds counters that are not what the entries say, and mends them', async () => {
    const { sale } = await served();
    const [item = ''] = sale.items;
    await db.execute(sql`UPDATE event_items SET queue_waiting = queue_waiting + 2, queue_offers = 0
      WHERE id = ${item}`);
    const counted = { waiting: 5, waitingUnits: 5, servedRank: 2, offers: 0 };
    const recounted = { ...counted, waiting: 3, offers: 1 };
    expect(await findQueueDifferences(db)).toEqual([{ eventItemId: item, counted, recounted }]);
    expect(await recountEvent(db, sale.eventId)).toMatchObject({
      ok: false,
      items: [{ ok: true }],
      queue: { ok: false, items: [{ ...counted, recounted, ok: false }] },
    });
    await repairDifferences(db, 'a test');
    expect(await findQueueDifferences(db)).toEqual([]);
    expect(await recountEvent(db, sale.eventId)).toMatchObject({ ok: true });
  });

  it('finds an offer that passed over somebody whom it would have served', async () => {
    const { sale, entries } = await served();
    const [first] = entries;
    const needs = (units: number) =>
      sql`UPDATE queue_entries SET min_quantity = ${units}::int WHERE id = ${first?.entryId ?? ''}`;
    expect((await brokenBy(sale, needs(1), needs(2))).laws).toEqual(['passed over 1']);
  });

  it('finds offers of one settlement that were made in another order than that of the ranks', async () => {
    const sale = await makeSale(db, [{ stock: 0, limit: 1 }]);
    const entries = (await makeCustomers(db, 3)).map((customer) => enter(sale, customer));
    await settle(sale, entries);
    const [eventItemId] = sale.items;
    if (!eventItemId) throw new Error('it has an item');
    const stock = { eventId: sale.eventId, eventItemId, total: 2 };
    await setStock(db, stock, { actor: 'a test', nowMs: NOW_MS });
    await settle(sale, []);
    expect(await lawsOf(sale)).toEqual([]);
    const swapped = sql`UPDATE queue_entries SET free_found = 3 - free_found
      WHERE event_id = ${sale.eventId} AND status = 'offered'`;
    expect((await brokenBy(sale, swapped, swapped)).laws).toEqual(['passed over 1']);
  });

  it('finds units that were sold to somebody else while who needed no more of them waited', async () => {
    const { sale, entries, customers } = await served();
    const [stranger] = customers;
    const [offered] = entries.slice(1);
    if (!stranger) throw new Error('too few customers');
    const offer = sql`entry_id = ${offered?.entryId ?? ''}`;
    // As if the unit that came back had been reserved, and its entry had waited on.
    const { laws, integrity } = await brokenBy(
      sale,
      sql`WITH o AS (UPDATE orders SET entry_id = NULL WHERE ${offer} RETURNING id)
        UPDATE queue_entries SET status = 'waiting', order_id = NULL, ended_at = NULL, ended_in = NULL
         WHERE order_id IN (SELECT id FROM o)`,
      sql`WITH o AS (SELECT id, made_in, reserved_at FROM orders
                     WHERE event_id = ${sale.eventId} AND made_in IS NOT NULL
                     ORDER BY made_in DESC LIMIT 1),
          e AS (UPDATE queue_entries q SET status = 'offered', order_id = o.id,
                       ended_at = o.reserved_at, ended_in = o.made_in
                  FROM o WHERE q.id = ${offered?.entryId ?? ''} RETURNING q.id)
        UPDATE orders SET entry_id = ${offered?.entryId ?? ''} FROM o WHERE orders.id = o.id`,
    );
    expect(laws).toEqual(['sold past the queue 1']);
    expect(integrity).toMatchObject({ ok: false, queue: { items: [{ ok: false }] } });
  });

  it('finds units that were left free though somebody waited for them', async () => {
    const { sale } = await served();
    const [item = ''] = sale.items;
    // As if one more had been free when the offer was made, and was taken away in the settlement behind it.
    const { laws } = await brokenBy(
      sale,
      sql`INSERT INTO queue_stock_changes (event_item_id, settlement, units) VALUES (${item}, 3, -1)`,
      sql`DELETE FROM queue_stock_changes WHERE event_item_id = ${item}`,
    );
    expect(laws).toEqual(['left unserved 1']);
  });

  it('leaves units to the next settlement where one serves as many as it may', async () => {
    const sale = await makeSale(db, [{ stock: 0, limit: 1 }]);
    const crowd = await makeCrowd(db, 502);
    await settle(
      sale,
      crowd.map((customer) => enter(sale, customer)),
    );
    const [eventItemId] = sale.items;
    if (!eventItemId) throw new Error('it has an item');
    const stock = { eventId: sale.eventId, eventItemId, total: 501 };
    await setStock(db, stock, { actor: 'a test', nowMs: NOW_MS });
    expect((await settle(sale, [])).queue?.hasMore).toBe(true);
    expect(await lawsOf(sale)).toEqual([]);
    await settle(sale, []);
    expect(await lawsOf(sale)).toEqual([]);
  });

  it('finds an offer that is nobody’s, and one that is larger than the wish', async () => {
    const { sale } = await served();
    const ofSale = sql`event_id = ${sale.eventId}`;
    const { laws, integrity } = await brokenBy(
      sale,
      sql`INSERT INTO orders (id, event_id, event_item_id, customer_id, status, quantity,
            unit_price_cents, currency, reserved_at, expires_at, ended_at, entry_id, made_in)
          SELECT id || 'x', event_id, event_item_id, customer_id, 'cancelled', quantity,
                 unit_price_cents, currency, reserved_at, expires_at, now(), entry_id || 'x', made_in
            FROM orders WHERE ${ofSale} AND entry_id IS NOT NULL`,
      sql`DELETE FROM orders WHERE ${ofSale} AND status = 'cancelled'`,
    );
    expect(laws).toEqual(['offered twice 1']);
    expect(integrity).toMatchObject({ ok: false, queue: { ok: false, unmatchedOffers: 1 } });
    const more = (units: number) => sql`UPDATE orders SET quantity = quantity + ${units}::int
      WHERE ${ofSale} AND entry_id IS NOT NULL`;
    await db.execute(more(1));
    expect((await recountEvent(db, sale.eventId))?.queue.unmatchedOffers).toBe(1);
    await db.execute(more(-1));
  });

  it('finds offers from before the opening and from after the close', async () => {
    const { sale } = await served();
    const at = (
      ms: number,
    ) => sql`UPDATE orders SET reserved_at = ${new Date(ms).toISOString()}::timestamptz
      WHERE event_id = ${sale.eventId} AND entry_id IS NOT NULL`;
    for (const ms of [NOW_MS - 1, NOW_MS + 60 * MINUTE_MS]) {
      const { laws, integrity } = await brokenBy(sale, at(ms), at(NOW_MS + 1));
      expect(laws).toEqual(['untimely offer 1']);
      expect(integrity).toMatchObject({ ok: false, queue: { untimelyOffers: 1 } });
    }
    await closeEvent(db, sale.eventId, { actor: 'a test', nowMs: NOW_MS + MINUTE_MS });
    const { laws } = await brokenBy(sale, at(NOW_MS + 2 * MINUTE_MS), at(NOW_MS + 1));
    expect(laws).toEqual(['untimely offer 1']);
  });

  it('knows when a sale opened first that was taken off the lists and opened again', async () => {
    const { sale } = await served();
    const act = { actor: 'a test', nowMs: NOW_MS + MINUTE_MS };
    await db.execute(sql`UPDATE events SET opened_at = starts_at, starts_at = ends_at - interval '1 minute'
      WHERE id = ${sale.eventId}`);
    await db.execute(sql`INSERT INTO audit_log (actor, action, subject, after)
      SELECT 'a test', 'event.open', id, jsonb_build_object('openedAt', opened_at)
        FROM events WHERE id = ${sale.eventId}`);
    await unpublishEvent(db, sale.eventId, act);
    await openEvent(db, sale.eventId, { ...act, nowMs: NOW_MS + 2 * MINUTE_MS });
    expect(await lawsOf(sale)).toEqual([]);
    expect(await recountEvent(db, sale.eventId)).toMatchObject({ ok: true });
  });

  it('finds an offer of a draw from before it was locked, or that never was drawn', async () => {
    const entriesCloseAt = new Date(NOW_MS - 5_000).toISOString();
    const sale = await makeSale(db, [{ stock: 2, limit: 1 }], {
      admission: 'draw',
      entriesCloseAt,
    });
    const entries = (await makeCustomers(db, 4)).map((one) =>
      enter(sale, one, { atMs: NOW_MS - MINUTE_MS }),
    );
    await settle(sale, entries, NOW_MS - MINUTE_MS);
    await settle(sale, [], NOW_MS - 5_000);
    await drawEntries(db, sale.eventId, drawnBy());
    await settle(sale, []);
    expect(await lawsOf(sale)).toEqual([]);
    const ofSale = sql`event_id = ${sale.eventId}`;
    const { laws } = await brokenBy(
      sale,
      sql`UPDATE draws SET locked_in = locked_in + 1 WHERE ${ofSale}`,
      sql`UPDATE draws SET locked_in = locked_in - 1 WHERE ${ofSale}`,
    );
    expect(laws).toEqual(['untimely offer 2']);
    const undrawn = await brokenBy(
      sale,
      sql`UPDATE draws SET seed = NULL, drawn_at = NULL WHERE ${ofSale}`,
      sql`UPDATE draws SET seed = '00', drawn_at = now() WHERE ${ofSale}`,
    );
    expect(undrawn.integrity).toMatchObject({ ok: false, queue: { untimelyOffers: 2 } });
  });
});
