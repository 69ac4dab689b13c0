/**
 * Holds of customers who may not act any more, since they were deactivated, and queue entries of those whose
 * account was deleted. They end by `end_holds_of_inactive` in sale/ledger/sql, under the locks of a group of
 * purchases.
 */
import { sql } from 'drizzle-orm';
import type { EventId, UserId } from '../../contract/ids.ts';
import { type Db, guarded, instant } from './client.ts';

/**
 * Ends what a deactivated customer holds in any event, and takes one whose account was deleted out of every
 * queue; nothing for one who is active.
 * @returns the events whose stock or queue it changed.
 */
export async function endHoldsOfInactive(
  db: Db,
  customerId: UserId,
  nowMs: number,
): Promise<EventId[]> {
  const { rows } = await guarded(() => endHoldsStatement(db, customerId, nowMs));
  return rows[0]?.eventIds ?? [];
}

/** As a statement, so that it can stand in the transaction that deactivates. */
export function endHoldsStatement(db: Db, customerId: UserId, nowMs: number) {
  return db.execute<{ eventIds: EventId[] }>(
    sql`SELECT end_holds_of_inactive(${customerId}, ${nowMs}::bigint) AS "eventIds"`,
  );
}

/**
 * Takes the locks of the events in which a customer holds something or waits, in the order of their ids. Goes
 * first in a transaction, since whoever locks events and accounts locks the events first.
 */
export function lockHeldEventsStatement(db: Db, customerId: UserId) {
  return db.execute(sql`
    SELECT id FROM events
     WHERE id IN (SELECT event_id FROM orders WHERE customer_id = ${customerId} AND status = 'pending'
                  UNION ALL SELECT event_id FROM queue_entries
                             WHERE customer_id = ${customerId} AND status = 'waiting')
     ORDER BY id FOR NO KEY UPDATE`);
}

/** Customers who are deactivated and hold something all the same, at most `limit`. */
export async function findInactiveHolders(db: Db, limit: number): Promise<UserId[]> {
  const { rows } = await guarded(() =>
    db.execute<{ id: UserId }>(sql`
      SELECT DISTINCT u.id FROM orders o JOIN users u ON u.id = o.customer_id
       WHERE o.status = 'pending' AND NOT u.active LIMIT ${limit}`),
  );
  return rows.map(({ id }) => id);
}

/**
 * Sales in which a group is being settled at this moment, among those in which something could be
 * reserved since `sinceMs`, or a draw be entered, the newest opening first. It takes the locks of those that nobody has
 * for as long as it runs, which is how it tells them apart.
 */
export async function findSettlingEvents(
  db: Db,
  onSale: { sinceMs: number; nowMs: number; limit: number },
): Promise<EventId[]> {
  const isOnSale = sql`published
    AND (admission = 'draw' OR coalesce(opened_at, starts_at) <= ${instant(onSale.nowMs)})
    AND least(ends_at, closed_at) > ${instant(onSale.sinceMs)}`;
  const { rows } = await guarded(() =>
    db.execute<{ id: EventId }>(sql`
      WITH resting AS MATERIALIZED (
        SELECT id FROM events WHERE ${isOnSale} FOR NO KEY UPDATE SKIP LOCKED
      )
      SELECT id FROM events WHERE ${isOnSale} AND id NOT IN (SELECT id FROM resting)
       ORDER BY coalesce(opened_at, starts_at) DESC, id DESC LIMIT ${onSale.limit}`),
  );
  return rows.map(({ id }) => id);
}
