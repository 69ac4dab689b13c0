/** Queues that their events' objects should have worked off, for the sweep. */
import { sql } from 'drizzle-orm';
import type { EventId } from '../../contract/ids.ts';
import { SALE_MS_MAX } from '../../contract/schedule.ts';
import { type Db, guarded, instant } from './client.ts';

/**
 * Events that are not over, where since `beforeMs` or longer the entries of a draw should be locked, it should
 * be drawn, or a free unit is enough for somebody who waits. The first to end first, at most `limit`.
 */
export async function findDueQueues(
  db: Db,
  due: { nowMs: number; beforeMs: number; limit: number },
): Promise<EventId[]> {
  const { nowMs, beforeMs, limit } = due;
  const before = instant(beforeMs);
  const isDrawn = sql`EXISTS (SELECT FROM draws d WHERE d.event_id = e.id AND d.drawn_at IS NOT NULL)`;
  // The lowest minimum is the first in the index, so one entry is looked at.
  const isServable = sql`EXISTS (
    SELECT FROM event_items i
     WHERE i.event_id = e.id AND i.queue_waiting > 0 AND i.stock_remaining > 0
       AND EXISTS (SELECT FROM queue_places q
                    WHERE q.event_item_id = i.id
                      AND q.min_quantity <= least(i.stock_remaining, i.limit_per_customer)))`;
  const { rows } = await guarded(() =>
    db.execute<{ id: EventId }>(sql`
      SELECT e.id FROM events e
       WHERE e.starts_at > ${instant(nowMs - SALE_MS_MAX)} AND e.ends_at > ${instant(nowMs)}
         AND e.published AND e.closed_at IS NULL
         AND CASE
           WHEN e.admission = 'draw' AND e.entries_close_at <= ${before}
                AND NOT EXISTS (SELECT FROM draws d WHERE d.event_id = e.id) THEN true
           WHEN e.admission = 'draw' AND NOT ${isDrawn} THEN e.starts_at <= ${before}
           ELSE e.has_entries AND coalesce(e.opened_at, e.starts_at) <= ${before} AND ${isServable} END
       ORDER BY e.ends_at, e.id LIMIT ${limit}`),
  );
  return rows.map(({ id }) => id);
}

/**
 * Events with a draw that somebody entered and of which something is left to be done since `beforeMs`, also where
 * their sale is over: to lock it, to draw it or give it up, to sign what became of it. At most `limit`.
 */
export async function findLeftDraws(
  db: Db,
  due: { beforeMs: number; limit: number },
): Promise<EventId[]> {
  const before = instant(due.beforeMs);
  const { rows } = await guarded(() =>
    db.execute<{ id: EventId }>(sql`
      SELECT e.id FROM draw_proofs p JOIN events e ON e.id = p.event_id
       WHERE CASE
         WHEN p.head IS NULL THEN p.given_up_at IS NULL AND e.entries_close_at <= ${before}
         WHEN p.given_up_at IS NOT NULL THEN p.given_up_statement IS NULL
         WHEN p.signature IS NOT NULL THEN p.drawn_statement IS NULL
         ELSE p.locked_statement IS NULL OR e.starts_at <= ${before} END
       ORDER BY p.number LIMIT ${due.limit}`),
  );
  return rows.map(({ id }) => id);
}
