/** What the report of a sale is made of, recounted from its orders, entries and refusals by one statement. */
import { type SQL, sql } from 'drizzle-orm';
import { type EventId, orderIdRange, queueEntryIdRange } from '../../contract/ids.ts';
import type { SkipReason } from '../../contract/queue.ts';
import { WAITING_BOUNDS_SECONDS } from '../../contract/report.ts';
import { instantJson } from './audit.ts';
import { instant } from './client.ts';
import { shownEndSql, statusSql } from './event-status.ts';

/** As the statement answers it; counts of units and orders are of one event item. */
export interface ReportRow extends Record<string, unknown> {
  title: string;
  admission: 'draw' | 'first_come';
  status: 'closed' | 'live' | 'locked' | 'sold_out';
  opensAt: string;
  closesAt: string;
  cancelledAt: string | null;
  soldOutAt: string | null;
  items: ReportItemRow[];
  refusals: { code: string; count: number }[];
  skipped: { reason: SkipReason; count: number }[];
  waiting: {
    medianMs: number | null;
    p90Ms: number | null;
    longestMs: number | null;
    /** By the number of the class, from 0. */
    classes: Record<string, number>;
  };
}

export interface ReportItemRow {
  eventItemId: string;
  name: string;
  variantLabel: string | null;
  total: number;
  soldOutAt: string | null;
  /** Orders by how they ended. */
  orders: { made: number; confirmed: number; expired: number; cancelled: number; lasting: number };
  offersConfirmed: number;
  /** Units by what became of them; `firstHeld` are those that had not been held before. */
  units: {
    soldAtOnce: number;
    sold: number;
    held: number;
    expired: number;
    cancelled: number;
    givenBack: number;
    firstHeld: number;
    takenAgainByQueue: number;
    takenAgainByOthers: number;
  };
  entries: {
    made: number;
    offered: number;
    left: number;
    waiting: number;
    servedRank: number;
    lastRank: number;
  };
}

/**
 * Reads the event's orders and entries once each, whatever other events there are, and sorts the orders three
 * times. Items are told apart by their position, which sorts faster than their id.
 * @param nowMs a hold that has ended by then counts as expired, whether or not that is written down
 */
export function reportQuery(id: EventId, nowMs: number): SQL {
  return sql`
    WITH event AS MATERIALIZED (
      SELECT events.id, events.title, events.admission, events.cancelled_at,
             ${statusSql(sql`1`, nowMs)} AS status, ${shownEndSql} AS closes_at,
             coalesce(events.opened_at, events.starts_at) AS opens_at
        FROM events WHERE events.id = ${id}
    ), items AS MATERIALIZED (
      SELECT i.id, i.position, i.stock_total, c.name, v.label
        FROM event_items i JOIN item_catalog c ON c.id = i.item_id
        LEFT JOIN item_variants v ON v.id = i.variant_id
       WHERE i.event_id = ${id}
    ), ${ordersOf(id, nowMs)}, ${soldOutMoments}, ${entriesOf(id)}, ${orderCounts}, ${entryCounts}
    SELECT e.title, e.admission, e.status, ${instantJson(sql`e.opens_at`)} AS "opensAt",
           ${instantJson(sql`e.closes_at`)} AS "closesAt",
           ${instantJson(sql`e.cancelled_at`)} AS "cancelledAt",
           (SELECT ${instantJson(sql`at`)} FROM moments WHERE position IS NULL) AS "soldOutAt",
           (SELECT coalesce(jsonb_agg(jsonb_build_object('eventItemId', i.id, 'name', i.name,
               'variantLabel', i.label, 'total', i.stock_total, 'soldOutAt', ${instantJson(sql`m.at`)},
               'orders', o.orders, 'offersConfirmed', o.offers_confirmed, 'units', o.units,
               'entries', q.entries) ORDER BY i.position), '[]')
              FROM items i JOIN order_counts o USING (position) JOIN entry_counts q USING (position)
              LEFT JOIN moments m USING (position)) AS items,
           (SELECT coalesce(jsonb_agg(jsonb_build_object('code', code, 'count', count)
                     ORDER BY count DESC, code), '[]')
              FROM event_refusals WHERE event_id = ${id}) AS refusals,
           (SELECT coalesce(jsonb_agg(jsonb_build_object('reason', reason, 'count', count)
                     ORDER BY count DESC, reason), '[]')
              FROM (SELECT reason, count(*) AS count FROM entries
                     WHERE status = 'skipped' GROUP BY reason) s) AS skipped,
           ${waitingTimes} AS waiting
      FROM event e`;
}

/**
 * `taken`: the orders, each with how many of its units nobody had held before. Those that nobody held count as
 * taken first: so they are the first `stock_total` units that were held, in the order of the holds.
 */
function ordersOf(id: EventId, nowMs: number): SQL {
  const [first, last] = orderIdRange(id);
  const isDue = sql`o.status = 'pending' AND hold_ends_at(o.expires_at, o.paying) <= ${instant(nowMs)}`;
  return sql`taken AS MATERIALIZED (
      SELECT n.*, greatest(0, least(n.quantity, n.stock_total - (n.held_until - n.quantity))) AS fresh
        FROM (
          SELECT i.position, i.stock_total, o.quantity, o.units_returned AS returned, o.reserved_at,
                 o.entry_id IS NOT NULL AS is_offer,
                 CASE WHEN ${isDue} THEN 'expired' ELSE o.status END AS status,
                 CASE WHEN ${isDue} THEN hold_ends_at(o.expires_at, o.paying) ELSE o.ended_at END AS ended_at,
                 sum(o.quantity) OVER (PARTITION BY i.position
                   ORDER BY o.reserved_at, o.made_in NULLS FIRST, o.id) AS held_until
            FROM orders o JOIN items i ON i.id = o.event_item_id
           WHERE o.id BETWEEN ${first} AND ${last}) n)`;
}

/**
 * `moments`: when for the first time no unit of an item was free, and, without a position, none of any. What
 * happens at one time counts together.
 */
const soldOutMoments: SQL = sql`changes AS MATERIALIZED (
      SELECT position, stock_total, reserved_at AS at, quantity AS units FROM taken
       UNION ALL
      SELECT position, stock_total, ended_at, -quantity FROM taken WHERE status IN ('expired', 'cancelled')
    ), moments AS MATERIALIZED (
      SELECT position, min(at) AS at
        FROM (SELECT position, stock_total, at, sum(units) OVER (PARTITION BY position ORDER BY at) AS held
                FROM changes) m
       WHERE held >= stock_total AND at <= (SELECT closes_at FROM event) GROUP BY position
       UNION ALL
      SELECT NULL, min(at) FROM (SELECT at, sum(units) OVER (ORDER BY at) AS held FROM changes) m
       WHERE held >= (SELECT sum(stock_total) FROM items) AND at <= (SELECT closes_at FROM event))`;

const kept = sql`(quantity - returned)`;
const isSold = sql`status = 'confirmed'`;

/** `order_counts`: orders and units of each item, in the shape of ReportItemRow. */
const orderCounts: SQL = sql`order_counts AS MATERIALIZED (
      SELECT i.position,
             jsonb_build_object('made', count(t.status), 'confirmed', ${orders(isSold)},
               'expired', ${orders(sql`status = 'expired'`)},
               'cancelled', ${orders(sql`status = 'cancelled'`)},
               'lasting', ${orders(sql`status = 'pending'`)}) AS orders,
             ${orders(sql`${isSold} AND is_offer`)} AS offers_confirmed,
             jsonb_build_object('soldAtOnce', ${units(sql`least(fresh, ${kept})`, isSold)},
               'sold', ${units(kept, isSold)}, 'held', ${units(sql`quantity`, sql`status = 'pending'`)},
               'expired', ${units(sql`quantity`, sql`status = 'expired'`)},
               'cancelled', ${units(sql`quantity`, sql`status = 'cancelled'`)},
               'givenBack', ${units(sql`returned`, isSold)}, 'firstHeld', coalesce(sum(fresh), 0),
               'takenAgainByQueue', ${units(sql`quantity - fresh`, sql`is_offer`)},
               'takenAgainByOthers', ${units(sql`quantity - fresh`, sql`NOT is_offer`)}) AS units
        FROM items i LEFT JOIN taken t USING (position) GROUP BY i.position)`;

function orders(which: SQL): SQL {
  return sql`count(*) FILTER (WHERE ${which})`;
}

function units(of: SQL, which: SQL): SQL {
  return sql`coalesce(sum(${of}) FILTER (WHERE ${which}), 0)`;
}

/** `entries`: those of the queue, and how long each that was made an offer had waited, in milliseconds. */
function entriesOf(id: EventId): SQL {
  const [first, last] = queueEntryIdRange(id);
  return sql`entries AS MATERIALIZED (
      SELECT q.event_item_id AS item, q.status, q.reason, q.rank,
             CASE WHEN q.status = 'offered' THEN greatest(0, epoch_ms(q.ended_at)
               - epoch_ms(greatest(q.entered_at, (SELECT opens_at FROM event)))) END AS waited
        FROM queue_entries q WHERE q.id BETWEEN ${first} AND ${last})`;
}

/** `entry_counts`: entries of each item, in the shape of ReportItemRow. */
const entryCounts: SQL = sql`entry_counts AS MATERIALIZED (
      SELECT i.position,
             jsonb_build_object('made', count(q.status), 'offered', ${orders(sql`status = 'offered'`)},
               'left', ${orders(sql`status = 'left'`)}, 'waiting', ${orders(sql`status = 'waiting'`)},
               'servedRank', coalesce(max(rank) FILTER (WHERE status = 'offered'), 0),
               'lastRank', coalesce(max(rank), 0)) AS entries
        FROM items i LEFT JOIN entries q ON q.item = i.id GROUP BY i.position)`;

const boundsMs = WAITING_BOUNDS_SECONDS.map((seconds) => seconds * 1_000).join();

const waitingTimes: SQL = sql`(
  SELECT jsonb_build_object('medianMs', percentile_disc(0.5) WITHIN GROUP (ORDER BY waited),
           'p90Ms', percentile_disc(0.9) WITHIN GROUP (ORDER BY waited), 'longestMs', max(waited),
           'classes', (SELECT coalesce(jsonb_object_agg(c.class, c.count), '{}') FROM (
              SELECT width_bucket(waited, ARRAY[${sql.raw(boundsMs)}]::bigint[]) AS class, count(*) AS count
                FROM entries WHERE waited IS NOT NULL GROUP BY 1) c))
    FROM entries WHERE waited IS NOT NULL)`;
