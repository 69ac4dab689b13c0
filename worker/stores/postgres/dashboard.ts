/**
 * Figures of sales, one query each. Units come from the counters, which are exact; money and its
 * course over time from confirmed orders only, by indexes that hold nothing else.
 */
import { type SQL, sql } from 'drizzle-orm';
import {
  type EventDashboard,
  type EventFigures,
  type OrderCounts,
  SERIES_POINTS_MAX,
  TOP_ITEMS_MAX,
  type TopItem,
} from '../../contract/administration.ts';
import type { Stock } from '../../contract/events.ts';
import type { EventId } from '../../contract/ids.ts';
import { withoutDirectionControls } from '../../contract/visible-text.ts';
import { instantJson } from './audit.ts';
import { type Db, guarded, instant } from './client.ts';
import type { Place } from './cursors.ts';
import { shownEndSql, statusSql } from './event-status.ts';
import { type SoldBucket, sellThroughOf } from './sell-through.ts';

/** Widths that a chart can put words to, from a second to a month. */
// biome-ignore format: a table
const BUCKET_SECONDS = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800,
  3_600, 7_200, 14_400, 21_600, 43_200, 86_400, 604_800, 2_592_000,
];

/** Of an order; older ones have it in the narrow column alone. */
const UNIT_PRICE = sql`coalesce(unit_price_minor, unit_price_cents)`;

interface FigureRow extends Record<string, unknown> {
  id: EventId;
  title: string;
  status: EventFigures['status'];
  published: boolean;
  startsAt: string;
  endsAt: string;
  currency: string;
  stock: Stock;
  orders: OrderCounts;
  revenueCents: number;
}

interface DashboardRow extends FigureRow {
  refusals: Record<string, number> | null;
  bucketSeconds: number;
  lastBucket: number;
  buckets: SoldBucket[] | null;
  items: TopItem[] | null;
}

/** Latest planned opening first. Reads one row more than `limit`, to learn whether there is more. */
export async function listEventFigures(
  db: Db,
  page: { after: Place | undefined; limit: number; nowMs: number },
): Promise<{ figures: EventFigures; scheduledAtMs: number }[]> {
  const { rows } = await guarded(() =>
    db.execute<FigureRow & { scheduledAt: string }>(eventFiguresQuery(page)),
  );
  return rows.map(({ scheduledAt, ...figures }) => ({
    figures: { ...figures, title: withoutDirectionControls(figures.title) },
    scheduledAtMs: Date.parse(scheduledAt),
  }));
}

/** @returns undefined without such an event. */
export async function findEventDashboard(
  db: Db,
  id: EventId,
  nowMs: number,
): Promise<EventDashboard | undefined> {
  const { rows } = await guarded(() => db.execute<DashboardRow>(eventDashboardQuery(id, nowMs)));
  const [row] = rows;
  if (row === undefined) return undefined;
  const { refusals, bucketSeconds, lastBucket, buckets, items: named, ...figures } = row;
  const items = named?.map((item) => ({ ...item, name: withoutDirectionControls(item.name) }));
  return {
    ...figures,
    title: withoutDirectionControls(figures.title),
    serverNow: new Date(nowMs).toISOString(),
    refusals: refusals ?? {},
    sellThrough: sellThroughOf(buckets ?? [], {
      opensAtMs: Date.parse(figures.startsAt),
      bucketSeconds,
      lastBucket,
    }),
    topByUnits: topBy(items ?? [], ({ units }) => units),
    topByRevenue: topBy(items ?? [], ({ revenueCents }) => revenueCents),
  };
}

export function eventFiguresQuery(page: {
  after: Place | undefined;
  limit: number;
  nowMs: number;
}): SQL {
  const { after, limit, nowMs } = page;
  const behind = after && sql`WHERE (starts_at, id) < (${instant(after.atMs)}, ${after.id})`;
  return sql`
    WITH events AS (
      SELECT * FROM events ${behind ?? sql``} ORDER BY starts_at DESC, id DESC LIMIT ${limit + 1}
    )
    SELECT ${figureColumns(nowMs)}, ${instantJson(sql`events.starts_at`)} AS "scheduledAt",
           ${orderCounts(sql`sold.orders`)} AS orders, sold."revenueCents"
      FROM events CROSS JOIN LATERAL (${countersOf(nowMs)}) AS counters
     CROSS JOIN LATERAL (
       SELECT count(*) AS orders,
              (coalesce(sum(quantity * ${UNIT_PRICE}), 0) - (
                SELECT coalesce(sum(units_returned * ${UNIT_PRICE}), 0) FROM orders
                 WHERE event_id = events.id AND units_returned > 0))::float8 AS "revenueCents"
         FROM orders WHERE event_id = events.id AND status = 'confirmed') AS sold
     ORDER BY events.starts_at DESC, events.id DESC`;
}

export function eventDashboardQuery(id: EventId, nowMs: number): SQL {
  const isSold = sql`event_id = ${id} AND status = 'confirmed'`;
  return sql`
    WITH event AS MATERIALIZED (
      SELECT ${figureColumns(nowMs)}, coalesce(events.opened_at, events.starts_at) AS opens_at,
             ${orderCounts(sql`NULL`)} AS orders, events.cancelled_at IS NOT NULL AS cancelled
        FROM events CROSS JOIN LATERAL (${countersOf(nowMs)}) AS counters
       WHERE events.id = ${id}
    ), span AS MATERIALIZED (
      SELECT opens_at, greatest(opens_at, (SELECT max(ended_at) FROM orders WHERE ${isSold}),
               CASE WHEN status = 'live' THEN ${instant(nowMs)} END) - opens_at AS length
        FROM event
    ), series AS MATERIALIZED (
      SELECT opens_at, seconds, make_interval(secs => seconds) AS width,
             floor(extract(epoch FROM length) / seconds)::int AS last
        FROM span CROSS JOIN LATERAL (
          SELECT min(s) AS seconds FROM unnest(ARRAY[${sql.raw(BUCKET_SECONDS.join())}]) s
           WHERE make_interval(secs => s) * ${SERIES_POINTS_MAX}::int > length) AS bucket
    ), sold AS MATERIALIZED (
      -- A range of the index for each bucket: twice as fast as telling each row its bucket.
      SELECT n, part.* FROM series CROSS JOIN generate_series(0, last) AS n CROSS JOIN LATERAL (
        SELECT event_item_id, sum(o.orders) AS orders, sum(units) AS units,
               sum(units * ${UNIT_PRICE}) AS revenue
          -- Apart, since the index has no more than what was sold, and seldom is anything given back.
          FROM (SELECT 1 AS orders, quantity AS units, event_item_id, ended_at, unit_price_minor, unit_price_cents
                  FROM orders WHERE ${isSold}
                 UNION ALL
                SELECT 0, -units_returned, event_item_id, ended_at, unit_price_minor, unit_price_cents
                  FROM orders WHERE event_id = ${id} AND units_returned > 0
                   AND NOT (SELECT cancelled FROM event)) o
           -- The ends take in what clocks that differ have put outside.
         WHERE ended_at >= CASE WHEN n = 0 THEN '-infinity' ELSE opens_at + n * width END
           AND ended_at < CASE WHEN n = last THEN 'infinity' ELSE opens_at + (n + 1) * width END
         GROUP BY event_item_id) AS part
    )
    SELECT id, title, status, published, "startsAt", "endsAt", currency, stock,
           orders || jsonb_build_object(
             'confirmed', (SELECT coalesce(sum(orders), 0) FROM sold)) AS orders,
           -- All of it was given back; its course until then stays.
           CASE WHEN cancelled THEN 0 ELSE (SELECT coalesce(sum(revenue), 0) FROM sold) END::float8 AS "revenueCents",
           (SELECT jsonb_object_agg(code, count) FROM event_refusals
             WHERE event_id = ${id}) AS refusals,
           seconds AS "bucketSeconds", last AS "lastBucket",
           (SELECT jsonb_agg(jsonb_build_object('n', n, 'units', units, 'revenueCents', revenue))
              FROM (SELECT n, sum(units) AS units, sum(revenue) AS revenue
                      FROM sold GROUP BY n) s) AS buckets,
           (SELECT jsonb_agg(jsonb_build_object('eventItemId', i.id, 'itemId', i.item_id,
                     'name', c.name, 'variantLabel', v.label, 'units', units,
                     'revenueCents', revenue) ORDER BY i.position)
              FROM (SELECT event_item_id, sum(units) AS units, sum(revenue) AS revenue
                      FROM sold GROUP BY event_item_id) s
              JOIN event_items i ON i.id = event_item_id
              JOIN item_catalog c ON c.id = i.item_id
              LEFT JOIN item_variants v ON v.id = i.variant_id) AS items
      FROM event CROSS JOIN series`;
}

/** Of a row of events beside its counters. */
function figureColumns(nowMs: number): SQL {
  return sql`events.id, events.title, ${statusSql(sql`counters.free`, nowMs)} AS status,
    events.published, events.currency, counters.stock,
    ${instantJson(sql`coalesce(events.opened_at, events.starts_at)`)} AS "startsAt",
    ${instantJson(shownEndSql)} AS "endsAt"`;
}

/** An event's units, and its orders that were not sold. A hold that is due counts as expired. */
function countersOf(nowMs: number): SQL {
  const now = instant(nowMs);
  return sql`
    SELECT coalesce(sum(i.stock_remaining + due.units), 0) AS free,
           jsonb_build_object('total', coalesce(sum(i.stock_total), 0),
             'remaining', coalesce(sum(i.stock_remaining + due.units), 0),
             'held', coalesce(sum(i.stock_held - due.units), 0),
             'sold', coalesce(sum(i.stock_sold), 0)) AS stock,
           coalesce(sum(held.orders), 0) AS pending,
           coalesce(sum(due.orders), 0) + ${countUnsold('expired')} AS expired,
           ${countUnsold('cancelled')} AS cancelled
      FROM event_items i
     CROSS JOIN LATERAL (
       SELECT count(*) AS orders FROM orders
        WHERE event_item_id = i.id AND status = 'pending'
          AND hold_ends_at(expires_at, paying) > ${now}) AS held
     CROSS JOIN LATERAL (
       SELECT count(*) AS orders, coalesce(sum(quantity), 0) AS units FROM orders
        WHERE event_item_id = i.id AND status = 'pending' AND expires_at <= ${now}
          AND (NOT paying OR hold_ends_at(expires_at, true) <= ${now})) AS due
     WHERE i.event_id = events.id`;
}

function countUnsold(status: 'cancelled' | 'expired'): SQL {
  return sql`(SELECT count(*) FROM orders WHERE event_id = events.id
    AND status = ${sql.raw(`'${status}'`)})`;
}

function orderCounts(confirmed: SQL): SQL {
  return sql`jsonb_build_object('pending', pending, 'confirmed', ${confirmed},
    'cancelled', cancelled, 'expired', expired)`;
}

function topBy(items: TopItem[], measure: (item: TopItem) => number): TopItem[] {
  return items.toSorted((a, b) => measure(b) - measure(a)).slice(0, TOP_ITEMS_MAX);
}
