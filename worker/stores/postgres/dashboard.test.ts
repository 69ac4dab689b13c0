import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import { openMigratedPostgres } from '../../../local/testing/migrated-database.ts';
import { eventDashboardSchema, SERIES_POINTS_MAX } from '../../contract/administration.ts';
import { type EventId, makeEventId, makeEventItemId, orderIdRange } from '../../contract/ids.ts';
import { addItem, addUser, fillRandom, planOf } from '../../testing/rows.ts';
import { instant } from './client.ts';
import {
  eventDashboardQuery,
  eventFiguresQuery,
  findEventDashboard,
  listEventFigures,
} from './dashboard.ts';
import { closeEvent } from './event-controls.ts';
import { insertEvent } from './event-plans.ts';

const NOW_MS = Date.UTC(2030, 0, 2);
const HOUR_MS = 3_600_000;
const ORDERS = 2_000;
const EVENTS = 4;
/** Some thousand orders on a machine that does other things too. */
const SET_UP_MS_MAX = 60_000;
/** Of every 20 orders: 12 confirmed, 4 expired, 3 cancelled, 1 pending, of which half are due. */
const STATUS = sql.raw(`CASE WHEN n % 20 < 12 THEN 'confirmed' WHEN n % 20 < 16 THEN 'expired'
  WHEN n % 20 < 19 THEN 'cancelled' ELSE 'pending' END`);

const eventIds = Array.from({ length: EVENTS }, () => makeEventId(fillRandom));

let database: Database;

beforeAll(async () => {
  database = await openMigratedPostgres();
  const { db } = database;
  const userId = await addUser(db, NOW_MS);
  const itemIds = [await addItem(db, NOW_MS, 'Item 1'), await addItem(db, NOW_MS, 'Item 2')];
  const terms = { priceCents: 100, stock: 10_000, limitPerCustomer: 100 };
  const items = itemIds.map((itemId) => ({ itemId, ...terms }));
  for (const [n, id] of eventIds.entries()) {
    const times = { startsAtMs: NOW_MS - HOUR_MS - n, endsAtMs: NOW_MS + HOUR_MS };
    const plan = planOf(times, items, `Event ${n}`);
    await insertEvent(db, id, { plan, actor: 'a test' });
    await insertOrders(id, userId);
  }
  await db.execute(sql`UPDATE event_items i SET stock_held = o.held, stock_sold = o.sold,
      stock_remaining = stock_total - o.held - o.sold
    FROM (SELECT event_item_id, coalesce(sum(quantity) FILTER (WHERE status = 'pending'), 0) AS held,
                 coalesce(sum(quantity) FILTER (WHERE status = 'confirmed'), 0) AS sold
            FROM orders GROUP BY 1) o WHERE o.event_item_id = i.id`);
  await db.execute(sql`INSERT INTO event_refusals (event_id, code, count)
    VALUES (${eventIds[0]}, 'sold_out', 5000000000), (${eventIds[0]}, 'not_open', 3)`);
  await db.execute(sql`VACUUM ANALYZE orders`);
}, SET_UP_MS_MAX);

afterAll(() => database?.close());

/** Two units each of item 1 or three of item 2, spread over the first half hour of the sale. */
async function insertOrders(id: EventId, userId: string): Promise<void> {
  const [first] = orderIdRange(id);
  const at = sql`(${instant(NOW_MS - HOUR_MS)} + n * interval '0.9 s')`;
  await database.db.execute(sql`
    INSERT INTO orders (id, event_id, event_item_id, customer_id, status, quantity,
                        unit_price_cents, currency, reserved_at, expires_at, ended_at)
    SELECT ${first.slice(0, -6)} || lpad(n::text, 6, '0'), ${id},
           CASE WHEN n % 3 = 0 THEN ${makeEventItemId(id, 1)} ELSE ${makeEventItemId(id, 2)} END,
           ${userId}, ${STATUS}, CASE WHEN n % 3 = 0 THEN 2 ELSE 3 END, 100, 'EUR', ${at},
           ${instant(NOW_MS)} + CASE WHEN n % 40 = 19 THEN interval '1 min' ELSE interval '0' END,
           CASE WHEN n % 20 < 19 THEN ${at} END
      FROM generate_series(0, ${ORDERS - 1}::int) n`);
}

function of(isIt: (n: number) => boolean): number[] {
  return Array.from({ length: ORDERS }, (_, n) => n).filter(isIt);
}

function units(ns: number[]): number {
  return ns.reduce((sum, n) => sum + (n % 3 === 0 ? 2 : 3), 0);
}

/** What the orders of any of the events come to, counted by hand. */
const COUNTED = (() => {
  const confirmed = of((n) => n % 20 < 12);
  const held = of((n) => n % 40 === 19);
  return {
    orders: {
      pending: held.length,
      confirmed: confirmed.length,
      cancelled: of((n) => n % 20 >= 16 && n % 20 < 19).length,
      expired: of((n) => n % 20 >= 12 && n % 20 < 16).length + of((n) => n % 40 === 39).length,
    },
    stock: {
      total: 20_000,
      remaining: 20_000 - units(held) - units(confirmed),
      held: units(held),
      sold: units(confirmed),
    },
    revenueCents: units(confirmed) * 100,
    unitsOfItem1: units(confirmed.filter((n) => n % 3 === 0)),
  };
})();

describe('the figures of an event', () => {
  it('are what its orders come to, and its points add up to them', async () => {
    const [id] = eventIds;
    if (!id) throw new Error('events were made');
    const found = await findEventDashboard(database.db, id, NOW_MS);
    const { sellThrough, topByUnits, topByRevenue, ...dashboard } =
      eventDashboardSchema.parse(found);
    const { orders, stock, revenueCents, unitsOfItem1 } = COUNTED;
    expect(dashboard).toMatchObject({
      title: 'Event 0',
      status: 'live',
      orders,
      stock,
      revenueCents,
    });
    expect(dashboard.refusals).toEqual({ sold_out: 5_000_000_000, not_open: 3 });
    const { points, bucketSeconds } = sellThrough;
    // An hour of a live sale: 60 s would be 60 points, 30 s would be 121.
    expect([bucketSeconds, points.length]).toEqual([60, 61]);
    expect(points[0]?.at).toBe(dashboard.startsAt);
    expect(points.at(-1)).toMatchObject({
      units: 0,
      unitsCumulative: stock.sold,
      revenueCentsCumulative: revenueCents,
    });
    const items = [
      { name: 'Item 2', units: stock.sold - unitsOfItem1 },
      { name: 'Item 1', units: unitsOfItem1, revenueCents: unitsOfItem1 * 100 },
    ];
    expect(topByUnits).toMatchObject(items);
    expect(topByRevenue).toMatchObject(items);
  });

  it('end with the last sale once it is over, and have at most so many points', async () => {
    const id = eventIds[1];
    if (!id) throw new Error('events were made');
    const { db } = database;
    await closeEvent(db, id, { actor: 'a test', nowMs: NOW_MS });
    const closed = await findEventDashboard(db, id, NOW_MS);
    const { bucketSeconds, points } = closed?.sellThrough ?? { bucketSeconds: 0, points: [] };
    expect(closed?.status).toBe('closed');
    // Just under half an hour.
    expect([bucketSeconds, points.length]).toEqual([15, SERIES_POINTS_MAX]);
    expect(points.at(-1)?.units).toBeGreaterThan(0);
    expect(points.at(-1)?.unitsCumulative).toBe(COUNTED.stock.sold);
  });

  it('take in sales whose clock was behind the opening’s', async () => {
    const id = eventIds[2];
    if (!id) throw new Error('events were made');
    const { db } = database;
    const openedAt = instant(NOW_MS - HOUR_MS / 2);
    await db.execute(sql`UPDATE events SET opened_at = ${openedAt} WHERE id = ${id}`);
    const found = await findEventDashboard(db, id, NOW_MS);
    expect(found?.sellThrough.points.at(-1)?.unitsCumulative).toBe(COUNTED.stock.sold);
  });

  it('of one that nobody has are none', async () => {
    const id = makeEventId(fillRandom);
    expect(await findEventDashboard(database.db, id, NOW_MS)).toBeUndefined();
  });
});

describe('the list of figures', () => {
  it('has every event once, latest opening first, with the same figures', async () => {
    const { db } = database;
    const rows = await listEventFigures(db, { after: undefined, limit: 2, nowMs: NOW_MS });
    expect(rows.map(({ figures }) => figures.id)).toEqual(eventIds.slice(0, 3));
    const [one, two] = rows;
    const { orders, stock, revenueCents } = COUNTED;
    expect(one?.figures).toMatchObject({ orders, stock, revenueCents, status: 'live' });
    const after = { atMs: two?.scheduledAtMs ?? 0, id: two?.figures.id ?? '' };
    const rest = await listEventFigures(db, { after, limit: 10, nowMs: NOW_MS });
    expect(rest.map(({ figures }) => figures.id)).toEqual(eventIds.slice(2));
  });
});

describe('the plan', () => {
  it.each([
    ['of one event', () => eventDashboardQuery(eventIds[0] as EventId, NOW_MS)],
    ['of a page', () => eventFiguresQuery({ after: undefined, limit: 2, nowMs: NOW_MS })],
  ])(
    '%s reads confirmed orders from an index alone, and never all orders',
    async (_what, query) => {
      const { rows } = await database.db.execute<Record<'QUERY PLAN', string>>(
        sql`EXPLAIN (COSTS OFF) ${query()}`,
      );
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      expect(plan).toContain('Index Only Scan using orders_revenue');
      expect(plan).toContain('Index Only Scan using orders_unsold');
      expect(plan).toMatch(/Scan (using|on) orders_holds/);
      expect(plan).not.toMatch(/Seq Scan on orders/);
    },
  );
});

describe('of an event that was cancelled', () => {
  it('the course of its units stays, and its revenue is none', async () => {
    const { db } = database;
    const [, , , id] = eventIds;
    if (!id) throw new Error('events were made');
    const before = await findEventDashboard(db, id, NOW_MS);
    await db.execute(sql`UPDATE orders SET units_returned = quantity
      WHERE event_id = ${id} AND status = 'confirmed'`);
    await db.execute(sql`UPDATE events SET closed_at = ${instant(NOW_MS)}, cancelled_at = ${instant(NOW_MS)},
      cancel_reason = 'flooded', cancelled_by = 'an admin' WHERE id = ${id}`);
    const after = await findEventDashboard(db, id, NOW_MS);
    expect(after?.revenueCents).toBe(0);
    const sold = before?.sellThrough.points.at(-1)?.unitsCumulative;
    expect(sold).toBeGreaterThan(0);
    expect(after?.sellThrough.points.at(-1)?.unitsCumulative).toBe(sold);
    const [listed] = await listEventFigures(db, {
      after: undefined,
      limit: EVENTS,
      nowMs: NOW_MS,
    }).then((all) => all.filter(({ figures }) => figures.id === id));
    expect(listed?.figures.revenueCents).toBe(0);
  });
});
