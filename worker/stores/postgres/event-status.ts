/**
 * An event's status and the units that are free, as SQL and as a value. The rule is the sale's;
 * what it does not know is the draft, which is locked until it is published.
 */
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { eventStatus } from '../../contract/event-state.ts';
import type { EventStatus } from '../../contract/events.ts';
import { instant } from './client.ts';
import { eventItems, events, orders } from './schema.ts';

export type EventRow = typeof events.$inferSelect;
type EventTimes = Pick<EventRow, 'startsAt' | 'endsAt' | 'openedAt' | 'closedAt'>;

/**
 * When it opens and closes, as it is shown. One that was closed by hand before it had opened never
 * takes place: it keeps the times of its plan, since an end before its start would be none.
 */
export function timesOf(event: EventTimes): { startsAt: Date; endsAt: Date } {
  const startsAt = event.openedAt ?? event.startsAt;
  const endsAt = isCalledOff(event) ? event.endsAt : (event.closedAt ?? event.endsAt);
  return { startsAt, endsAt };
}

/** Whether it was closed by hand before it had opened. */
export function isCalledOff({ closedAt, openedAt, startsAt }: EventTimes): boolean {
  return closedAt !== null && closedAt < (openedAt ?? startsAt);
}

/** The end as `timesOf` gives it, of the row that is called `events`. */
export const shownEndSql: SQL = sql`CASE
  WHEN events.closed_at >= coalesce(events.opened_at, events.starts_at) THEN events.closed_at
  ELSE events.ends_at END`;

export function statusOf(event: EventRow, unitsFree: number, nowMs: number): EventStatus {
  const window = {
    startsAtMs: event.startsAt.getTime(),
    endsAtMs: event.endsAt.getTime(),
    openedAtMs: event.openedAt?.getTime() ?? null,
    closedAtMs: event.closedAt?.getTime() ?? null,
  };
  if (!event.published && window.closedAtMs === null) return 'locked';
  return eventStatus(window, unitsFree, nowMs);
}

/** The same as `statusOf`, for choosing rows by it. */
export function statusSql(unitsFree: SQLWrapper, nowMs: number): SQL<EventStatus> {
  const now = instant(nowMs);
  return sql<EventStatus>`CASE
    WHEN ${events.closedAt} IS NOT NULL THEN 'closed'
    WHEN NOT ${events.published} THEN 'locked'
    WHEN ${now} >= ${events.endsAt} THEN 'closed'
    WHEN ${now} < coalesce(${events.openedAt}, ${events.startsAt}) THEN 'locked'
    WHEN ${unitsFree} > 0 THEN 'live' ELSE 'sold_out' END`;
}

/** Of a hold: it has ended, and gives its units back once that is written. The first part is what an index finds. */
export function isDueSql(nowMs: number): SQL {
  const now = instant(nowMs);
  return sql`${orders.status} = 'pending' AND ${orders.expiresAt} <= ${now}
       AND (NOT ${orders.paying} OR hold_ends_at(${orders.expiresAt}, true) <= ${now})`;
}

/** Units of an event item whose hold has ended and was not written off yet. */
export function overdueUnits(nowMs: number) {
  return sql<number>`coalesce((
    SELECT sum(${orders.quantity}) FROM ${orders}
     WHERE ${orders.eventItemId} = ${eventItems.id}
       AND ${isDueSql(nowMs)}
  ), 0)::int`;
}
