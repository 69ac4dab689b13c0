/** Events in which something is due that the sweep sees to. */
import { and, asc, sql } from 'drizzle-orm';
import type { EventId } from '../../contract/ids.ts';
import { type Db, guarded, instant } from './client.ts';
import { isDueSql } from './event-status.ts';
import { events, orders } from './schema.ts';

/** Events with holds that ended before `beforeMs` and are still pending, at most `limit`. */
export async function findOverdueEvents(
  db: Db,
  overdue: { beforeMs: number; limit: number },
): Promise<EventId[]> {
  const rows = await guarded(() =>
    db
      .selectDistinct({ id: orders.eventId })
      .from(orders)
      .where(isDueSql(overdue.beforeMs))
      .limit(overdue.limit),
  );
  return rows.map(({ id }) => id);
}

/** Published events that open by the clock between two moments, the first ones first. */
export async function findOpeningEvents(
  db: Db,
  opening: { afterMs: number; byMs: number; limit: number },
): Promise<EventId[]> {
  const { afterMs, byMs, limit } = opening;
  const rows = await guarded(() =>
    db
      .select({ id: events.id })
      .from(events)
      .where(
        and(
          sql`${events.startsAt} > ${instant(afterMs)} AND ${events.startsAt} <= ${instant(byMs)}`,
          sql`${events.openedAt} IS NULL AND ${events.closedAt} IS NULL`,
          events.published,
        ),
      )
      .orderBy(asc(events.startsAt), asc(events.id))
      .limit(limit),
  );
  return rows.map(({ id }) => id);
}
