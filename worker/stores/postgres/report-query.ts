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
 * Two sorts of the event's orders and one reading of its entries, whatever other events there are.
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
    ), ${ordersOf(id, nowMs)}, ${soldOutMoments()}, ${entriesOf(id)}
    SELECT e.title, e.admission, e.status, ${instantJson(sql`e.opens_at`)} AS "opensAt",
           ${instantJson(sql`e.closes_at`)} AS "closesAt",
           ${instantJson(sql`e.cancelled_at`)} AS "cancelledAt",
           (SELECT ${instantJson(sql`min(at)`)} FROM moments WHERE item IS NULL) AS "soldOutAt",
           (SELECT coalesce(jsonb_agg(jsonb_build_object('eventItemId', i.id, 'name', i.name,
               'variantLabel', i.label, 'total', i.stock_total,
               'soldOutAt', (SELECT ${instantJson(sql`min(m.at)`)} FROM moments m WHERE m.item = i.id),
               'orders', o.orders, 'offersConfirmed', o.offers_confirmed, 'units', o.units,
               'entries', q.entries) ORDER BY i.position), '[]')
              FROM items i CROSS JOIN LATERAL (${orderCounts(sql`i.id`)}) o
             CROSS JOIN LATERAL (${entryCounts(sql`i.id`)}) q) AS items,
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
      SELECT n.*, greatest(0, least(n.quantity, i.stock_total - (n.held_until - n.quantity))) AS fresh
        FROM (
          SELECT o.event_item_id AS item, o.quantity, o.units_returned AS returned, o.reserved_at,
                 o.entry_id IS NOT NULL AS is_offer,
                 CASE WHEN ${isDue} THEN 'expired' ELSE o.status END AS status,
                 CASE WHEN ${isDue} THEN hold_ends_at(o.expires_at, o.paying) ELSE o.ended_at END AS ended_at,
                 sum(o.quantity) OVER (PARTITION BY o.event_item_id ORDER BY o.reserved_at, o.id) AS held_until
            FROM orders o WHERE o.id BETWEEN ${first} AND ${last}) n
        JOIN items i ON i.id = n.item)`;
}

/** `moments`: when no unit of an item was free, and, without an item, of none. What happens at one time counts together. */
function soldOutMoments(): SQL {
  return sql`changes AS MATERIALIZED (
      SELECT item, reserved_at AS at, quantity AS units FROM taken
       UNION ALL
      SELECT item, ended_at, -quantity FROM taken WHERE status IN ('expired', 'cancelled')
    ), moments AS MATERIALIZED (
      SELECT m.item, m.at
        FROM (SELECT item, at, sum(units) OVER (PARTITION BY item ORDER BY at) AS held FROM changes) m
        JOIN items i ON i.id = m.item CROSS JOIN event e
       WHERE m.held >= i.stock_total AND m.at <= e.closes_at
       UNION ALL
      SELECT NULL, m.at
        FROM (SELECT at, sum(units) OVER (ORDER BY at) AS held FROM changes) m CROSS JOIN event e
       WHERE m.held >= (SELECT sum(stock_total) FROM items) AND m.at <= e.closes_at)`;
}

function orderCounts(item: SQL): SQL {
  const kept = sql`(quantity - returned)`;
  const units = (of: SQL, which: SQL) => sql`coalesce(sum(${of}) FILTER (WHERE ${which}), 0)`;
  const orders = (which: SQL) => sql`count(*) FILTER (WHERE ${which})`;
  const isSold = sql`status = 'confirmed'`;
  return sql`
    SELECT jsonb_build_object('made', count(*), 'confirmed', ${orders(isSold)},
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
      FROM taken WHERE item = ${item}`;
}

/** `entries`: those of the queue, and how long each that was made an offer had waited. */
function entriesOf(id: EventId): SQL {
  const [first, last] = queueEntryIdRange(id);
  return sql`entries AS MATERIALIZED (
      SELECT q.event_item_id AS item, q.status, q.reason, q.rank,
             CASE WHEN q.status = 'offered'
               THEN greatest(0, epoch_ms(q.ended_at) - epoch_ms(greatest(q.entered_at, e.opens_at))) END AS waited
        FROM queue_entries q CROSS JOIN event e
       WHERE q.id BETWEEN ${first} AND ${last})`;
}

function entryCounts(item: SQL): SQL {
  const having = (status: string) => sql`count(*) FILTER (WHERE status = ${status})`;
  return sql`
    SELECT jsonb_build_object('made', count(*), 'offered', ${having('offered')},
             'left', ${having('left')}, 'waiting', ${having('waiting')},
             'servedRank', coalesce(max(rank) FILTER (WHERE status = 'offered'), 0),
             'lastRank', coalesce(max(rank), 0)) AS entries
      FROM entries WHERE item = ${item}`;
}

const boundsMs = WAITING_BOUNDS_SECONDS.map((seconds) => seconds * 1_000).join();

const waitingTimes: SQL = sql`(
  SELECT jsonb_build_object('medianMs', percentile_disc(0.5) WITHIN GROUP (ORDER BY waited),
           'p90Ms', percentile_disc(0.9) WITHIN GROUP (ORDER BY waited), 'longestMs', max(waited),
           'classes', (SELECT coalesce(jsonb_object_agg(c.class, c.count), '{}') FROM (
              SELECT width_bucket(waited, ARRAY[${sql.raw(boundsMs)}]::bigint[]) AS class, count(*) AS count
                FROM entries WHERE waited IS NOT NULL GROUP BY 1) c))
    FROM entries WHERE waited IS NOT NULL)`;
