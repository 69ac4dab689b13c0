/**
 * The ledger: the one call that changes stock, `settle_group` in sql/. It has the last word; whatever
 * an object believes, no unit is granted that Postgres did not have.
 */
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { EventId, UserId } from '../../contract/ids.ts';
import { type Db, guarded } from '../../stores/postgres/client.ts';
import { eventItems, orders } from '../../stores/postgres/schema.ts';
import type { RefusalCounts, Settlement, StampedAttempt } from '../rules/attempts.ts';
import { readSettlement, type WireSettlement } from './wire.ts';

/**
 * Settles a group in one transaction and one round trip, in this order: expire what is due,
 * confirms and cancels as they came, reservations as they came.
 *
 * Sending the same group again is safe: a reservation is recognised by its order id, and the
 * others find the state that they asked for.
 * @returns null if there is no such event. Throws a Fault if the outcome is unknown or refused.
 */
export function settleGroup(
  db: Db,
  eventId: EventId,
  group: { attempts: StampedAttempt[]; nowMs: number },
): Promise<Settlement | null> {
  const attempts = JSON.stringify(group.attempts);
  return guarded(async () => {
    const { rows } = await db.execute<{ settlement: WireSettlement | null }>(
      sql`SELECT settle_group(${eventId}, ${group.nowMs}::bigint, ${attempts}::jsonb) AS settlement`,
    );
    const settlement = rows[0]?.settlement ?? null;
    return settlement && readSettlement(settlement, { eventId, ...group });
  });
}

/** Everybody with a hold or a purchase in an event, without order. Throws a Fault. */
export async function readHolders(db: Db, eventId: EventId): Promise<UserId[]> {
  const rows = await guarded(() =>
    db
      .selectDistinct({ customerId: orders.customerId })
      .from(orders)
      .innerJoin(eventItems, eq(eventItems.id, orders.eventItemId))
      .where(
        and(eq(eventItems.eventId, eventId), inArray(orders.status, ['pending', 'confirmed'])),
      ),
  );
  return rows.map(({ customerId }) => customerId);
}

/** Adds to an event's counts of refusals; nothing for an event that is not there. Throws a Fault. */
export async function recordRefusals(
  db: Db,
  eventId: EventId,
  counts: RefusalCounts,
): Promise<void> {
  const added = JSON.stringify([...counts].map(([code, count]) => ({ code, count })));
  await guarded(() =>
    db.execute(sql`
      INSERT INTO event_refusals (event_id, code, count)
      SELECT e.id, a.code, a.count
        FROM events e, jsonb_to_recordset(${added}::jsonb) AS a (code text, count bigint)
       WHERE e.id = ${eventId}
      ON CONFLICT (event_id, code) DO UPDATE SET count = event_refusals.count + excluded.count`),
  );
}
