/** The report of sales that are played at the ledger, held against units that are followed one by one. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import {
  openMigratedPglite,
  openMigratedPostgres,
} from '../../../local/testing/migrated-database.ts';
import { type EventItemId } from '../../contract/ids.ts';
import type { Report } from '../../contract/report.ts';
import {
  cancel,
  confirm,
  enter,
  HOLD_MS,
  leave,
  makeCustomers,
  makeSale,
  NOW_MS,
  reserve,
  type Sale,
  settle,
} from '../../sale/ledger/testing/sales.ts';
import type { StampedEnter, StampedReserve } from '../../sale/rules/attempts.ts';
import { followUnits } from '../../testing/followed-units.ts';
import type { Db } from './client.ts';
import { findReport } from './report.ts';

const STEPS = 80;
const OFFER_MS = 30_000;
const CLOSED_MS = NOW_MS + 3_600_000;

/** The same numbers for the same seed, from 0 to below 1. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe.each([
  ['the embedded Postgres', openMigratedPglite],
  ['a real Postgres', openMigratedPostgres],
])('the report on %s', (_name, open: () => Promise<Database>) => {
  let database: Database;
  let db: Db;

  beforeAll(async () => {
    database = await open();
    db = database.db;
  });
  afterAll(() => database?.close());

  /**
   * Customers who hold, confirm in time, cancel, wait and leave as chance has it. A unit whose hold was confirmed late
   * cannot be followed: nothing says that it was free meanwhile.
   * @returns when the last one did.
   */
  async function play(sale: Sale, random: () => number): Promise<number> {
    const customers = await makeCustomers(db, 12);
    const holds: StampedReserve[] = [];
    const entries: StampedEnter[] = [];
    const one = <Value>(all: readonly Value[]) => all[Math.floor(random() * all.length)];
    let nowMs = NOW_MS;
    for (let step = 0; step < STEPS; step++) {
      nowMs += 1_000 + Math.floor(random() * 3_000);
      const [customer, eventItemId] = [one(customers), one(sale.items)];
      if (customer === undefined || eventItemId === undefined) throw new Error('nobody is there');
      const wish = { eventItemId, quantity: 1 + Math.floor(random() * 3), atMs: nowMs };
      const [hold, entry] = [one(holds), one(entries)];
      const what = random();
      if (what < 0.4) {
        const attempt = reserve(sale, customer, wish);
        holds.push(attempt);
        await settle(sale, [attempt], nowMs);
      } else if (what < 0.6) {
        const attempt = enter(sale, customer, wish);
        entries.push(attempt);
        await settle(sale, [attempt], nowMs);
      } else if (what < 0.75 && hold) await settle(sale, [cancel(hold, nowMs)], nowMs);
      else if (what < 0.9 && hold && nowMs < hold.atMs + HOLD_MS)
        await settle(sale, [confirm(hold, nowMs)], nowMs);
      else if (entry) await settle(sale, [{ ...leave(entry), atMs: nowMs }], nowMs);
      await confirmSomeOffer(sale, { random, nowMs });
    }
    return nowMs;
  }

  async function confirmSomeOffer(sale: Sale, at: { random: () => number; nowMs: number }) {
    const { rows } = await db.execute<{ id: string; entryId: string; customerId: string }>(sql`
      SELECT id, entry_id AS "entryId", customer_id AS "customerId" FROM orders
       WHERE event_id = ${sale.eventId} AND status = 'pending' AND entry_id IS NOT NULL
         AND expires_at > to_timestamp(${at.nowMs}::bigint / 1000.0) ORDER BY id LIMIT 1`);
    const [offer] = rows;
    if (offer === undefined || at.random() < 0.7) return;
    const attempt = { ...offer, kind: 'confirm', sessionEpoch: 0, key: null, atMs: at.nowMs };
    await settle(sale, [{ ...attempt, orderId: offer.id } as never], at.nowMs);
  }

  async function reportOf(sale: Sale, nowMs: number): Promise<Report> {
    const report = await findReport(db, sale.eventId, nowMs);
    if (report === undefined) throw new Error('there is no such sale');
    return report;
  }

  it.each([1, 2, 3, 4, 5, 6])('counts what each unit went through, in sale %i', async (seed) => {
    const random = seeded(seed);
    const lines = [
      { stock: 6, limit: 5 },
      { stock: 4, limit: 5 },
    ];
    const sale = await makeSale(db, lines, { offerSeconds: OFFER_MS / 1_000 });
    const lastMs = await play(sale, random);
    // Of two orders some units come back, as a refund has it.
    await db.execute(sql`
      UPDATE orders SET units_returned = 1 WHERE id IN (
        SELECT id FROM orders WHERE event_id = ${sale.eventId} AND status = 'confirmed' ORDER BY id LIMIT 2)`);
    for (const nowMs of [lastMs, CLOSED_MS]) {
      const report = await reportOf(sale, nowMs);
      const followed = await followUnits(db, sale.eventId, nowMs);
      for (const item of report.items) {
        const { units, soldOutAt, cameBack } = item;
        expect({ units, soldOutAt, cameBack }).toEqual(followed.items[item.eventItemId]);
        const { total, ...parts } = units;
        expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBe(total);
      }
      expect(report.sellOut.soldOutAt).toBe(followed.soldOutAt);
      expect(report.entries).toMatchObject(followed.entries);
      const { waiting } = report;
      expect([waiting.medianMs, waiting.longestMs]).toEqual(followed.waited);
      const classed = waiting.classes.reduce((sum, { count }) => sum + count, 0);
      expect(classed).toBe(report.entries.offered);
      expect(report.isFinal).toBe(nowMs === CLOSED_MS);
    }
  });

  it('of a sale that nobody came to counts nothing and finds no moment', async () => {
    const sale = await makeSale(db, [{ stock: 7, limit: 1 }]);
    const report = await reportOf(sale, CLOSED_MS);
    expect(report.units).toMatchObject({ total: 7, neverHeld: 7, soldAtOnce: 0, held: 0 });
    expect(report.sellOut).toMatchObject({ soldOutAt: null, soldOutAfterMs: null });
    expect(report.waiting).toMatchObject({ medianMs: null, p90Ms: null, longestMs: null });
    expect(report.refusals.byReason).toEqual([]);
    expect(report.isFinal).toBe(true);
  });

  it('names each item with its variant, and counts each for itself', async () => {
    const sale = await makeSale(db, [{ stock: 1, limit: 2, sizes: 2 }]);
    const [customer] = await makeCustomers(db, 1);
    if (customer === undefined) throw new Error('nobody is there');
    const [small] = sale.items;
    const bought = reserve(sale, customer, { eventItemId: small as EventItemId });
    await settle(sale, [bought]);
    await settle(sale, [confirm(bought, NOW_MS + 1_000)], NOW_MS + 1_000);
    const report = await reportOf(sale, CLOSED_MS);
    expect(report.items.map(({ variantLabel, units }) => [variantLabel, units.soldAtOnce])).toEqual(
      [
        ['S1', 1],
        ['S2', 0],
      ],
    );
    // Sold out is the whole sale only once both are.
    expect(report.items.map(({ soldOutAfterMs }) => soldOutAfterMs)).toEqual([0, null]);
    expect(report.sellOut.soldOutAt).toBeNull();
  });

  it('is not there for an event that is not', async () => {
    expect(await findReport(db, 'evt_000000000000' as never, NOW_MS)).toBeUndefined();
  });
});
