/** Queues recounted from their entries and offers: their counters, and what an offer must be. */
import { type SQL, sql } from 'drizzle-orm';
import { type EventId, type EventItemId, queueEntryIdRange } from '../../contract/ids.ts';
import { EMPTY_QUEUE, type ItemQueue } from '../../contract/queue.ts';
import type { QueueIntegrity } from '../../contract/queue-integrity.ts';

/** An admin's clock that closed an event may be behind the one of its object. */
const CLOCKS_APART_SECONDS = 5;

/** What a queue entry `q` counts for in its item's counters, once grouped by item. */
export const QUEUE_COUNTS: SQL = sql`jsonb_build_object(
  'waiting', count(*) FILTER (WHERE q.status = 'waiting'),
  'waitingUnits', coalesce(sum(q.quantity) FILTER (WHERE q.status = 'waiting'), 0),
  'servedRank', coalesce(max(q.rank) FILTER (WHERE q.status = 'offered'), 0),
  'offers', count(*) FILTER (WHERE q.status = 'offered'))`;

/** Whether the offer `o` and the entry `q`, either of which may be missing, do not belong together. */
export const IS_UNMATCHED: SQL = sql`(q.id IS NULL OR o.id IS NULL OR q.status <> 'offered'
  OR q.order_id IS DISTINCT FROM o.id OR q.customer_id <> o.customer_id
  OR q.event_item_id <> o.event_item_id OR o.quantity NOT BETWEEN q.min_quantity AND q.quantity)`;

/**
 * Events with what an offer's time is compared with. One that was unpublished and opened again has forgotten
 * when it opened first; the audit log has not.
 */
export const TIMED_EVENTS: SQL = sql`
  SELECT e.id, e.ends_at, e.closed_at, e.admission = 'draw' AS is_draw,
         CASE WHEN e.admission = 'draw' THEN e.starts_at ELSE least(e.starts_at, e.opened_at, (
           SELECT min((a.after ->> 'openedAt')::timestamptz) FROM audit_log a
            WHERE a.subject = e.id AND a.action = 'event.open')) END AS first_opened_at,
         (SELECT d.locked_in FROM draws d WHERE d.event_id = e.id AND d.drawn_at IS NOT NULL)
           AS drawn_behind
    FROM events e WHERE e.has_entries`;

/** Whether the offer `o` was made when the event `e` of TIMED_EVENTS could offer nothing. */
export const IS_UNTIMELY: SQL = sql`(o.reserved_at < e.first_opened_at OR o.reserved_at >= e.ends_at
  OR o.reserved_at > e.closed_at + make_interval(secs => ${CLOCKS_APART_SECONDS}::int)
  OR (e.is_draw AND coalesce(o.made_in <= e.drawn_behind, true)))`;

export interface QueueRecount {
  counts: Record<EventItemId, ItemQueue>;
  /** Offers that belong to their entry, and that do not; entries that were offered are in the counts. */
  matched: number;
  unmatched: number;
  untimely: number;
}

/** A QueueRecount of an event as JSON; null where nobody ever entered. */
export function queueRecountSql(id: EventId): SQL<QueueRecount | null> {
  const [first, last] = queueEntryIdRange(id);
  return sql<QueueRecount | null>`(
    WITH e AS MATERIALIZED (SELECT * FROM (${TIMED_EVENTS}) t WHERE t.id = ${id})
    SELECT jsonb_build_object('matched', s.matched, 'unmatched', s.unmatched, 'untimely', s.untimely,
      'counts', (SELECT coalesce(jsonb_object_agg(c.event_item_id, c.counts), '{}') FROM (
          SELECT q.event_item_id, ${QUEUE_COUNTS} AS counts
            FROM queue_entries q WHERE q.id BETWEEN ${first} AND ${last}
           GROUP BY q.event_item_id) c))
      FROM e CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE NOT ${IS_UNMATCHED}) AS matched,
               count(*) FILTER (WHERE ${IS_UNMATCHED}) AS unmatched,
               count(*) FILTER (WHERE ${IS_UNTIMELY}) AS untimely
          FROM orders o LEFT JOIN queue_entries q ON q.id = o.entry_id
         WHERE o.entry_id BETWEEN ${first} AND ${last}) s)`;
}

/** @param items with their queue's counters. */
export function queueIntegrityOf(
  items: { eventItemId: EventItemId; queue: ItemQueue }[],
  recount: QueueRecount | null,
): QueueIntegrity {
  const { matched = 0, unmatched = 0, untimely: untimelyOffers = 0 } = recount ?? {};
  const compared = items.map(({ eventItemId, queue }) => {
    const recounted = recount?.counts[eventItemId] ?? EMPTY_QUEUE;
    return { eventItemId, ...queue, recounted, ok: isSameQueue(queue, recounted) };
  });
  const offered = compared.reduce((sum, { recounted }) => sum + recounted.offers, 0);
  const unmatchedOffers = Math.max(unmatched, offered - matched);
  const ok = compared.every((item) => item.ok) && unmatchedOffers + untimelyOffers === 0;
  return { ok, items: compared, unmatchedOffers, untimelyOffers };
}

function isSameQueue(one: ItemQueue, other: ItemQueue): boolean {
  return (
    one.waiting === other.waiting &&
    one.waitingUnits === other.waitingUnits &&
    one.servedRank === other.servedRank &&
    one.offers === other.offers
  );
}
