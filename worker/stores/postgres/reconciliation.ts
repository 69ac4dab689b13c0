/**
 * Counters against orders, over all events: finds where they differ, and mends it by believing the
 * orders, which are what shoppers were promised.
 */
import { sql } from 'drizzle-orm';
import type { EventId, EventItemId } from '../../contract/ids.ts';
import { type Db, guarded } from './client.ts';
import { repairQueueStatements } from './queue-reconciliation.ts';

interface Counters {
  total: number;
  remaining: number;
  held: number;
  sold: number;
}

/** One event item whose counters are not what its orders say. */
export interface Difference {
  eventItemId: EventItemId;
  eventId: EventId;
  counted: Counters;
  /** `total` is raised where more is held and sold than there was; that is an oversell. */
  recounted: Counters;
}

/** Each event item with its counters beside what its orders add up to. */
const RECOUNT = sql`
  SELECT i.id, i.event_id,
         jsonb_build_object('total', i.stock_total, 'remaining', i.stock_remaining,
                            'held', i.stock_held, 'sold', i.stock_sold) AS counted,
         jsonb_build_object('total', greatest(i.stock_total, o.held + o.sold),
                            'remaining', greatest(i.stock_total, o.held + o.sold) - o.held - o.sold,
                            'held', o.held, 'sold', o.sold) AS recounted
    FROM event_items i
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(quantity) FILTER (WHERE status = 'pending'), 0)::int AS held,
             coalesce(sum(quantity - units_returned) FILTER (WHERE status = 'confirmed'), 0)::int AS sold
        FROM orders WHERE event_item_id = i.id AND status IN ('pending', 'confirmed')) o`;

/** Every difference at one moment. None is what it should find. */
export async function findDifferences(db: Db): Promise<Difference[]> {
  const { rows } = await guarded(() =>
    db.execute<{ [name in keyof Difference]: Difference[name] }>(
      sql`SELECT id AS "eventItemId", event_id AS "eventId", counted, recounted
            FROM (${RECOUNT}) r WHERE counted <> recounted ORDER BY id`,
    ),
  );
  return rows;
}

/**
 * Mends every difference, also of the queues' counters, in one transaction, each with an entry in the audit log. Takes the
 * events' locks first, so it is safe in a running sale: groups wait for it.
 */
export async function repairDifferences(db: Db, actor: string): Promise<void> {
  await guarded(() =>
    db.batch([
      db.execute(sql`SELECT FROM events WHERE id IN (SELECT event_id FROM event_items)
                      ORDER BY id FOR NO KEY UPDATE`),
      db.execute(sql`INSERT INTO audit_log (actor, action, subject, before, after)
                     SELECT ${actor}, 'stock.repair', id, counted, recounted
                       FROM (${RECOUNT}) r WHERE counted <> recounted ORDER BY id`),
      db.execute(sql`UPDATE event_items i
                        SET stock_total = (recounted ->> 'total')::int,
                            stock_remaining = (recounted ->> 'remaining')::int,
                            stock_held = (recounted ->> 'held')::int,
                            stock_sold = (recounted ->> 'sold')::int
                       FROM (${RECOUNT}) r WHERE r.id = i.id AND counted <> recounted`),
      ...repairQueueStatements(db, actor),
    ]),
  );
}
