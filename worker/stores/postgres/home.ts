/** What the console's home shows of events, orders and the outbox, each part by an index and bounded. */
import { type SQL, sql } from 'drizzle-orm';
import type { Home } from '../../contract/home.ts';
import {
  COUNT_MAX,
  HOME_LIVE_MAX,
  HOME_LOW_STOCK_MAX,
  HOME_NEXT_MAX,
  LOW_STOCK_PERCENT,
  UNSENT_DAYS,
} from '../../contract/home-limits.ts';
import { LEGAL_PAGES } from '../../contract/legal.ts';
import { SALE_MS_MAX } from '../../contract/schedule.ts';
import { withoutDirectionControls } from '../../contract/visible-text.ts';
import { instantJson } from './audit.ts';
import { type Db, guarded, instant } from './client.ts';
import { listLegalPlaces } from './legal.ts';
import { orderPart } from './order-parts.ts';
import { readPaymentAttention } from './payment-attention.ts';
import { orders } from './schema.ts';

/** Of more live events at one time no stock is looked at. */
const LIVE_LOOKED_AT_MAX = 200;
const DAY_MS = 24 * 60 * 60_000;

type LiveEvent = Home['live']['events'][number];
type NextEvent = Home['next']['events'][number];
type LowItem = Home['attention']['lowStock']['items'][number];

interface HomeRow extends Record<string, unknown> {
  live: LiveEvent[];
  next: NextEvent[];
  low: LowItem[];
  givenUp: number;
  unsent: number;
}

/** All but the reports, which are not in this store. */
export async function readHome(
  db: Db,
  nowMs: number,
): Promise<Pick<Home, 'live' | 'next'> & { attention: Omit<Home['attention'], 'reports'> }> {
  const [found, payments, places] = await Promise.all([
    guarded(() => db.execute<HomeRow>(homeQuery(nowMs))),
    readPaymentAttention(db, { nowMs }),
    listLegalPlaces(db),
  ]);
  const [row] = found.rows;
  if (row === undefined) throw new Error('the row of the home is missing');
  const there = new Set(places.map(({ page }) => page));
  return {
    live: {
      events: row.live.slice(0, HOME_LIVE_MAX).map(titled),
      hasMore: row.live.length > HOME_LIVE_MAX,
    },
    next: {
      events: row.next.slice(0, HOME_NEXT_MAX).map(titled),
      hasMore: row.next.length > HOME_NEXT_MAX,
    },
    attention: {
      givenUp: row.givenUp,
      payments,
      lowStock: {
        items: row.low.slice(0, HOME_LOW_STOCK_MAX).map((item) => ({
          ...item,
          eventTitle: withoutDirectionControls(item.eventTitle),
          name: withoutDirectionControls(item.name),
          variantLabel: item.variantLabel && withoutDirectionControls(item.variantLabel),
        })),
        hasMore: row.low.length > HOME_LOW_STOCK_MAX,
      },
      unsent: row.unsent,
      legalMissing: LEGAL_PAGES.filter((page) => !there.has(page)),
    },
  };
}

function titled<Sale extends { title: string }>(sale: Sale): Sale {
  return { ...sale, title: withoutDirectionControls(sale.title) };
}

/** Exported for its plan. */
export function homeQuery(nowMs: number): SQL {
  const now = instant(nowMs);
  return sql`
    WITH live AS MATERIALIZED (
      SELECT id, title, ends_at, coalesce(opened_at, starts_at) AS opens_at FROM events
       -- No sale is longer: an index finds what began since.
       WHERE starts_at > ${instant(nowMs - SALE_MS_MAX)} AND published AND closed_at IS NULL
         AND coalesce(opened_at, starts_at) <= ${now} AND ends_at > ${now}
       ORDER BY ends_at, id LIMIT ${LIVE_LOOKED_AT_MAX}
    ), next AS MATERIALIZED (
      SELECT id, title, starts_at, published FROM events
       WHERE starts_at > ${now} AND opened_at IS NULL AND closed_at IS NULL
       ORDER BY starts_at, id LIMIT ${HOME_NEXT_MAX + 1}
    ), low AS MATERIALIZED (
      SELECT l.ends_at, l.id AS event_id, l.title, i.id, i.position, i.stock_remaining, i.stock_total,
             i.queue_waiting, c.name, v.label
        FROM live l JOIN event_items i ON i.event_id = l.id
        JOIN item_catalog c ON c.id = i.item_id LEFT JOIN item_variants v ON v.id = i.variant_id
       WHERE i.stock_remaining > 0 AND i.stock_remaining::bigint * 100 <= i.stock_total::bigint * ${LOW_STOCK_PERCENT}::int
          OR i.stock_remaining = 0 AND i.queue_waiting > 0
       ORDER BY l.ends_at, l.id, i.position LIMIT ${HOME_LOW_STOCK_MAX + 1}
    )
    SELECT (SELECT coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'title', l.title,
                     'startsAt', ${instantJson(sql`l.opens_at`)}, 'endsAt', ${instantJson(sql`l.ends_at`)},
                     'stock', units.stock) ORDER BY l.ends_at, l.id), '[]')
              FROM (SELECT * FROM live ORDER BY ends_at, id LIMIT ${HOME_LIVE_MAX + 1}) l
             CROSS JOIN LATERAL (
               SELECT jsonb_build_object('total', coalesce(sum(stock_total), 0),
                        'remaining', coalesce(sum(stock_remaining), 0), 'held', coalesce(sum(stock_held), 0),
                        'sold', coalesce(sum(stock_sold), 0)) AS stock
                 FROM event_items WHERE event_id = l.id) AS units) AS live,
           (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'title', title,
                     'startsAt', ${instantJson(sql`starts_at`)}, 'published', published)
                     ORDER BY starts_at, id), '[]') FROM next) AS next,
           (SELECT coalesce(jsonb_agg(jsonb_build_object('eventId', event_id, 'eventItemId', id,
                     'eventTitle', title, 'name', name, 'variantLabel', label,
                     'remaining', stock_remaining, 'total', stock_total, 'waiting', queue_waiting)
                     ORDER BY ends_at, event_id, position), '[]') FROM low) AS low,
           ${counted(sql`SELECT FROM outbox WHERE outcome = 'given_up'`)} AS "givenUp",
           ${counted(lateOrders(instant(nowMs - UNSENT_DAYS * DAY_MS)))} AS unsent`;
}

/** No more than tells that there are more than COUNT_MAX. */
function counted(rows: SQL): SQL {
  return sql`(SELECT count(*)::int FROM (${rows} LIMIT ${COUNT_MAX + 1}) counted)`;
}

/** One look into orders_of_item for each item that was sold: orders of sales without delivery, which nobody sends, are not read. */
function lateOrders(before: SQL): SQL {
  return sql`
    SELECT FROM events e JOIN event_items i ON i.event_id = e.id AND i.stock_sold > 0
     CROSS JOIN LATERAL (
       SELECT FROM ${orders}
        WHERE ${orders.eventItemId} = i.id AND ${orderPart(orders)} = 'to_send' AND ${orders.reservedAt} < ${before}
        LIMIT ${COUNT_MAX + 1}) late
     WHERE e.needs_address`;
}
