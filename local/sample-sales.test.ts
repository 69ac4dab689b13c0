import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EventId, makeEventId } from '../worker/contract/ids.ts';
import { closeEvent } from '../worker/stores/postgres/event-controls.ts';
import { listEvents } from '../worker/stores/postgres/event-lists.ts';
import { insertEvent } from '../worker/stores/postgres/event-plans.ts';
import { findDifferences } from '../worker/stores/postgres/reconciliation.ts';
import type { Database } from './database.ts';
import { addSampleData } from './sample-data.ts';
import { renewSampleSales } from './sample-sales.ts';
import { openMigratedPostgres } from './testing/migrated-database.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const ADDED_MS = Date.UTC(2030, 0, 1);
const NEXT_DAY_MS = ADDED_MS + DAY_MS;

const fillRandom = (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes);

let database: Database;

beforeEach(async () => {
  database = await openMigratedPostgres();
});

afterEach(() => database.close());

async function addSample(): Promise<void> {
  const scryptCost = { n: 16, r: 1, p: 1 };
  await addSampleData(database.db, { nowMs: ADDED_MS, fillRandom, scryptCost });
}

const renew = (nowMs: number) => renewSampleSales(database.db, { nowMs, fillRandom });

/** Title, status and when it opens from now on, in minutes, by id. */
async function salesAt(nowMs: number) {
  const listed = await listEvents(database.db, { after: undefined, limit: 20, nowMs });
  return new Map(
    listed.map(({ event: { id, title, status, payment, startsAt } }) => [
      id,
      { title, status, payment, inMinutes: (Date.parse(startsAt) - nowMs) / MINUTE_MS },
    ]),
  );
}

async function idOf(title: string, nowMs: number): Promise<EventId> {
  const found = [...(await salesAt(nowMs))].find(([, sale]) => sale.title === title);
  if (found === undefined) throw new Error(`there is no ${title}`);
  return found[0];
}

async function buyFrom(id: EventId): Promise<void> {
  await database.db.execute(sql`
    WITH sold AS (UPDATE event_items SET stock_remaining = stock_remaining - 1,
        stock_sold = stock_sold + 1 WHERE event_id = ${id} AND position = 1 RETURNING *)
    INSERT INTO orders (id, event_id, event_item_id, customer_id, status, quantity,
                        unit_price_cents, currency, reserved_at, expires_at, ended_at)
    SELECT 'ord_' || sold.id, sold.event_id, sold.id, u.id, 'confirmed', 1, 1, 'EUR', now(), now(),
           now() FROM sold, users u`);
}

const wanted = [
  { title: 'The listening room', status: 'locked', payment: 'none', inMinutes: expect.any(Number) },
  { title: 'Opening night', status: 'locked', payment: 'online', inMinutes: 2 },
  { title: 'The weekend drop', status: 'live', payment: 'none', inMinutes: expect.any(Number) },
];

describe('the sample sales', () => {
  it('sell a shoe in sizes, of which one is nearly and one wholly sold out, again and again', async () => {
    await addSample();
    await renew(ADDED_MS + 400 * DAY_MS);
    await buyFrom(await idOf('The weekend drop', ADDED_MS + 400 * DAY_MS));
    await renew(ADDED_MS + 800 * DAY_MS);
    const { rows } = await database.db.execute(sql`
      SELECT v.label, i.stock_remaining::int AS left FROM event_items i
        JOIN item_variants v ON v.id = i.variant_id AND v.item_id = i.item_id
       ORDER BY i.event_id, i.position`);
    const shoe = [
      { label: 'EU 40', left: 6 },
      { label: 'EU 41', left: 18 },
      { label: 'EU 42', left: 24 },
      { label: 'EU 43', left: 2 },
      { label: 'EU 44', left: 0 },
    ];
    // Of the sale that was bought from, and of its successor.
    expect(rows).toEqual([...shoe, ...shoe]);
  });

  it.each([1, 7, 400])('are live and about to open again after %i days', async (days) => {
    await addSample();
    const before = await salesAt(ADDED_MS);
    const nowMs = ADDED_MS + days * DAY_MS;
    expect(await renew(nowMs)).toBe(true);
    const after = await salesAt(nowMs);
    expect([...after.values()]).toEqual(wanted);
    // Nobody had used them, so they are the same ones.
    expect(new Set(after.keys())).toEqual(new Set(before.keys()));
  });

  it('stay as they are while they are as they should be', async () => {
    await addSample();
    const nowMs = ADDED_MS + MINUTE_MS;
    const before = await salesAt(nowMs);
    expect(await renew(nowMs)).toBe(true);
    expect(await salesAt(nowMs)).toEqual(before);
  });

  it('that somebody bought from stay with their orders, and others take their place', async () => {
    await addSample();
    const bought = await idOf('Opening night', ADDED_MS);
    await buyFrom(bought);
    const before = (await salesAt(NEXT_DAY_MS)).get(bought);
    await renew(NEXT_DAY_MS);
    const after = await salesAt(NEXT_DAY_MS);
    expect(after.get(bought)).toEqual(before);
    expect(before?.status).toBe('live');
    const others = [...after].filter(([id]) => id !== bought).map(([, sale]) => sale);
    expect(others).toEqual(wanted);
    const { rows } = await database.db.execute(sql`SELECT event_id FROM orders`);
    expect(rows).toEqual([{ event_id: bought }]);
    expect(await findDifferences(database.db)).toEqual([]);
  });

  it('that an admin changed stay so', async () => {
    await addSample();
    const closed = await idOf('The weekend drop', ADDED_MS);
    await closeEvent(database.db, closed, { actor: 'an admin', nowMs: ADDED_MS });
    const before = (await salesAt(NEXT_DAY_MS)).get(closed);
    await renew(NEXT_DAY_MS);
    const after = await salesAt(NEXT_DAY_MS);
    expect(after.get(closed)).toEqual(before);
    expect(before?.status).toBe('closed');
    expect([...after.values()].filter(({ status }) => status === 'live')).toHaveLength(1);
  });

  it('are not what an admin made, whatever its title', async () => {
    await addSample();
    const [item] = (
      await database.db.execute<{ id: string }>(sql`SELECT id FROM item_catalog LIMIT 1`)
    ).rows;
    const id = makeEventId(fillRandom);
    const description = 'Fifty robots that would rather clean. Be there when the clock runs out.';
    await insertEvent(database.db, id, {
      actor: 'an admin',
      plan: {
        title: 'Opening night',
        description,
        currency: 'EUR',
        startsAt: new Date(ADDED_MS).toISOString(),
        endsAt: new Date(ADDED_MS + DAY_MS).toISOString(),
        timeZone: 'UTC',
        holdSeconds: 60,
        published: true,
        requireVerifiedEmail: false,
        oneLimitPerMailbox: false,
        reportPublic: false,
        payment: 'none',
        needsAddress: false,
        shipping: [],
        admission: 'first_come',
        waitlist: true,
        offerSeconds: 600,
        entriesCloseAt: null,
        items: [{ itemId: item?.id as never, priceCents: 1, stock: 1, limitPerCustomer: 1 }],
      },
    });
    const before = (await salesAt(NEXT_DAY_MS)).get(id);
    await renew(NEXT_DAY_MS);
    const after = await salesAt(NEXT_DAY_MS);
    expect(after.get(id)).toEqual(before);
    expect(after.size).toBe(4);
  });

  it('do not come into a shop that has none', async () => {
    expect(await renew(NEXT_DAY_MS)).toBe(false);
    expect((await salesAt(NEXT_DAY_MS)).size).toBe(0);
  });
});
