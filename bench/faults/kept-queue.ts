/**
 * A queue that is served while something breaks, and its recount: nobody is skipped or served twice, the
 * order of the ranks is kept, and every unit has an owner in the end. The wire is slow until it breaks, so
 * that it breaks in the midst.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { expect } from 'vitest';
import type { EventItemId, ItemId } from '../../worker/contract/ids.ts';
import { findDifferences } from '../../worker/stores/postgres/reconciliation.ts';
import { openSale } from '../speed/fixtures.ts';
import { insertEntries, insertHolds, readQueue } from '../speed/queue-sql.ts';
import { withClient } from '../speed/sql-client.ts';
import { type Caller, enrol } from './api-caller.ts';
import type { FaultyShop } from './faulty-shop.ts';
import { brokenLaws, wronglyRanked } from './queue-laws.ts';

const LOOK_MS = 20;
const SERVED_MS_MAX = 60_000;
const MINUTE_MS = 60_000;
const LIMIT = 3;
/** Three settlements and more. */
const DRAW = { entries: 2_500, stock: 3_000 };
const WAITLIST = { entries: 120, stock: 60, lapseEveryMs: 100, leadMs: 1_500 };
const PRESSERS = 5;
const PRESS_EVERY_MS = 150;

export interface QueueDrill {
  shop: FaultyShop;
  itemId: ItemId;
  /** The number of the first of `SHOPPERS_PER_DRILL` who are nobody else's. */
  firstShopper: number;
  /** Breaks something, and heals it. */
  breaking(shop: FaultyShop): Promise<void>;
}

export const SHOPPERS_PER_DRILL = DRAW.entries;

/** A draw, for which one request wakes the object; nobody asks for anything after that. */
export async function expectDrawKept({ shop, ...drill }: QueueDrill): Promise<void> {
  const draw = { startsAtMs: Date.now() - MINUTE_MS, locksAtMs: Date.now() - 2 * MINUTE_MS };
  const { entries, stock } = DRAW;
  const sale = { itemId: drill.itemId, stock, limitPerCustomer: LIMIT, draw };
  const id = await openSale(shop, sale);
  await withClient({ postgresUrl: shop.databaseUrl }, async (client) => {
    const queue = { first: drill.firstShopper, count: entries, isRanked: false };
    await insertMixedEntries(client, id, queue);
    shop.wire.setMode('delay');
    expect(await press(await enrol(shop.url), id)).toBe('queue_ahead');
    await breakInTheMidst(client, id, () => drill.breaking(shop));
    await untilServed(client, id);
    expect(await wronglyRanked(client, id)).toEqual([]);
    expect(await brokenLaws(client, id)).toEqual([]);
  });
  expect(await findDifferences(shop.db)).toEqual([]);
}

/** A sold-out sale whose holds end one after another, while some ask for a unit all the time. */
export async function expectWaitlistKept({ shop, ...drill }: QueueDrill): Promise<void> {
  const { entries, stock, lapseEveryMs, leadMs } = WAITLIST;
  const id = await openSale(shop, { itemId: drill.itemId, stock, limitPerCustomer: LIMIT });
  await withClient({ postgresUrl: shop.databaseUrl }, async (client) => {
    const queue = { first: drill.firstShopper, count: entries, isRanked: true };
    await insertMixedEntries(client, id, queue);
    const fromMs = Date.now() + leadMs;
    const endsAtMs = Array.from({ length: stock }, (_, n) => fromMs + n * lapseEveryMs);
    await insertHolds(client, id, { first: drill.firstShopper + entries, endsAtMs });
    shop.wire.setMode('delay');
    const pressing = new AbortController();
    const pressed = pressAll(shop.url, id, pressing.signal);
    await breakInTheMidst(client, id, () => drill.breaking(shop));
    await untilServed(client, id);
    pressing.abort();
    expect(await pressed).not.toContain('granted');
    expect(await brokenLaws(client, id)).toEqual([]);
  });
  expect(await findDifferences(shop.db)).toEqual([]);
}

/** Wishes for one to three units, some of which may not be less, of some who are deactivated. */
async function insertMixedEntries(
  client: pg.Client,
  id: EventItemId,
  queue: { first: number; count: number; isRanked: boolean },
): Promise<void> {
  await insertEntries(client, id, queue);
  await client.query(
    `UPDATE queue_entries SET quantity = 1 + seq % 3, min_quantity = 1 + (seq % 3) * (seq / 3 % 2)
      WHERE event_item_id = $1`,
    [id],
  );
  await client.query(
    `UPDATE event_items SET queue_waiting_units =
       (SELECT sum(quantity) FROM queue_entries WHERE event_item_id = $1) WHERE id = $1`,
    [id],
  );
  await client.query(
    `UPDATE users u SET active = false FROM queue_entries e
      WHERE e.customer_id = u.id AND e.event_item_id = $1 AND e.seq % 50 = 7`,
    [id],
  );
}

/** Once some offers were made, of more that are to come. The wire passes everything afterwards. */
async function breakInTheMidst(
  client: pg.Client,
  id: EventItemId,
  breaking: () => Promise<void>,
): Promise<void> {
  await until(async () => (await readQueue(client, id)).offers > 0);
  expect(await unitsFreeOrHeldByOthers(client, id)).toBeGreaterThan(0);
  await breaking();
}

/** Until no unit is left that did not come to somebody who waited. */
async function untilServed(client: pg.Client, id: EventItemId): Promise<void> {
  await until(async () => (await unitsFreeOrHeldByOthers(client, id)) === 0);
}

async function unitsFreeOrHeldByOthers(client: pg.Client, id: EventItemId): Promise<number> {
  const { rows } = await client.query<{ units: number }>(
    `SELECT stock_total - (SELECT coalesce(sum(quantity), 0)::int FROM orders
                            WHERE event_item_id = $1 AND entry_id IS NOT NULL
                              AND status = 'pending') AS units
       FROM event_items WHERE id = $1`,
    [id],
  );
  return rows[0]?.units ?? 0;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const giveUpAtMs = performance.now() + SERVED_MS_MAX;
  while (!(await isSo())) {
    if (performance.now() > giveUpAtMs) throw new Error('the queue was not served in time');
    await delay(LOOK_MS);
  }
}

/** @returns what everybody was told. */
async function pressAll(url: string, id: EventItemId, stop: AbortSignal): Promise<string[]> {
  const told = Array.from({ length: PRESSERS }, async () => {
    const customer = await enrol(url);
    const heard: string[] = [];
    while (!stop.aborted) {
      heard.push(await press(customer, id));
      await delay(PRESS_EVERY_MS);
    }
    return heard;
  });
  return (await Promise.all(told)).flat();
}

async function press(customer: Caller, id: EventItemId): Promise<string> {
  try {
    const { status, code } = await customer.ask(`/purchase/${id}`, { json: { quantity: 1 } });
    return status === 201 ? 'granted' : `${code}`;
  } catch {
    return 'no answer';
  }
}
