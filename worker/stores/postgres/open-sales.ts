/** What is on sale now, for the metrics: counters only, no orders. */
import { sql } from 'drizzle-orm';
import type { Stock } from '../../contract/events.ts';
import type { EventId } from '../../contract/ids.ts';
import { type Db, guarded, instant } from './client.ts';

export interface OpenSale {
  id: EventId;
  /** As it was written last: a hold that has just ended may still be held. */
  stock: Stock;
  /** Entries that wait, the units that they wish for, and offers since the event was made. */
  queue: { waiting: number; waitingUnits: number; offers: number };
  /** How often shoppers were refused, by problem code, since the event was made. */
  refusals: Record<string, number>;
}

export interface OpenSales {
  /** All events, published or not, however many `sales` holds. */
  counts: { locked: number; open: number; closed: number };
  /** Newest opening first, planned or by hand. */
  sales: OpenSale[];
}

/** @param at `limit`: how many of the open sales are listed one by one. */
export async function readOpenSales(
  db: Db,
  at: { nowMs: number; limit: number },
): Promise<OpenSales> {
  const now = instant(at.nowMs);
  const { rows } = await guarded(() =>
    db.execute<OpenSales & Record<string, unknown>>(sql`
      WITH sales AS MATERIALIZED (
        SELECT id, coalesce(opened_at, starts_at) AS opens_at,
               CASE WHEN closed_at IS NOT NULL THEN 'closed'
                    WHEN NOT published THEN 'locked'
                    WHEN ${now} >= ends_at THEN 'closed'
                    WHEN ${now} < coalesce(opened_at, starts_at) THEN 'locked'
                    ELSE 'open' END AS status
          FROM events
      ), listed AS (
        SELECT id, opens_at FROM sales WHERE status = 'open'
         ORDER BY opens_at DESC, id DESC LIMIT ${at.limit}
      )
      SELECT (SELECT jsonb_build_object(
                'locked', count(*) FILTER (WHERE status = 'locked'),
                'open', count(*) FILTER (WHERE status = 'open'),
                'closed', count(*) FILTER (WHERE status = 'closed')) FROM sales) AS counts,
             (SELECT coalesce(jsonb_agg(jsonb_build_object('id', listed.id, 'stock', units.stock,
                       'queue', units.queue,
                       'refusals', coalesce(refused.counts, '{}'))
                       ORDER BY opens_at DESC, listed.id DESC), '[]')
                FROM listed
               CROSS JOIN LATERAL (
                 SELECT jsonb_build_object(
                          'total', coalesce(sum(stock_total), 0),
                          'remaining', coalesce(sum(stock_remaining), 0),
                          'held', coalesce(sum(stock_held), 0),
                          'sold', coalesce(sum(stock_sold), 0)) AS stock,
                        jsonb_build_object(
                          'waiting', coalesce(sum(queue_waiting), 0),
                          'waitingUnits', coalesce(sum(queue_waiting_units), 0),
                          'offers', coalesce(sum(queue_offers), 0)) AS queue
                   FROM event_items WHERE event_id = listed.id) AS units
               CROSS JOIN LATERAL (
                 SELECT jsonb_object_agg(code, count) AS counts
                   FROM event_refusals WHERE event_id = listed.id) AS refused) AS sales`),
  );
  const [row] = rows;
  return row ?? { counts: { locked: 0, open: 0, closed: 0 }, sales: [] };
}
