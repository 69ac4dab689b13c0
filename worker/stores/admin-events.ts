/** Events as admins read them: also those that are not published, and with their plan. */
import type { AdminEvent, AdminEventSummary } from '../contract/administration.ts';
import type { EventId } from '../contract/ids.ts';
import { localOfInstant } from '../contract/local-time.ts';
import type { EventRow } from './event-status.ts';
import { type EventPage, readEvent, readEvents } from './events.ts';
import type { Db } from './postgres.ts';

/** @returns undefined if there is no such event. */
export async function findAdminEvent(
  db: Db,
  id: EventId,
  nowMs: number,
): Promise<AdminEvent | undefined> {
  const found = await readEvent(db, id, nowMs);
  return found && { ...found.event, ...planOf(found.row) };
}

/** Latest planned opening first. Reads one row more than `limit`. */
export async function listAdminEvents(
  db: Db,
  page: EventPage & { published?: boolean | undefined },
): Promise<AdminEventSummary[]> {
  const found = await readEvents(db, page);
  return found.map(({ row, event }) => ({ ...event, ...planOf(row) }));
}

function planOf(row: EventRow) {
  const { published, timeZone, startsAt, endsAt, openedAt, closedAt } = row;
  return {
    published,
    timeZone,
    planned: {
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
      startsAtLocal: localOfInstant(startsAt.getTime(), timeZone),
      endsAtLocal: localOfInstant(endsAt.getTime(), timeZone),
    },
    openedAt: openedAt?.toISOString() ?? null,
    closedAt: closedAt?.toISOString() ?? null,
  };
}
