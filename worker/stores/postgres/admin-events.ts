/** Events as admins read them: also those that are not published, and with their plan. */
import { sql } from 'drizzle-orm';
import type { AdminEvent, AdminEventSummary } from '../../contract/administration.ts';
import type { EventId } from '../../contract/ids.ts';
import { localOfInstant } from '../../contract/local-time.ts';
import type { Db } from './client.ts';
import { readCancellation } from './event-cancellation.ts';
import { type EventPage, readEvents } from './event-lists.ts';
import type { EventRow } from './event-status.ts';
import { readEvent } from './events.ts';
import { eventVersion } from './versions.ts';

/** @returns undefined if there is no such event. */
export async function findAdminEvent(
  db: Db,
  id: EventId,
  nowMs: number,
): Promise<AdminEvent | undefined> {
  return (await findVersionedEvent(db, id, nowMs))?.event;
}

/** With the version of its plan, as it is read at the same moment. */
export async function findVersionedEvent(
  db: Db,
  id: EventId,
  nowMs: number,
): Promise<{ event: AdminEvent; version: string } | undefined> {
  const found = await readEvent(db, id, { nowMs, version: eventVersion(sql`events.id`) });
  if (found === undefined || found.version === null) return undefined;
  const isCancelled = found.row.cancelledAt !== null;
  const cancellation = isCancelled ? await readCancellation(db, id) : null;
  return {
    event: { ...found.event, ...planOf(found.row), cancellation },
    version: found.version,
  };
}

/** Latest planned opening first. Reads one row more than `limit`. */
export async function listAdminEvents(
  db: Db,
  page: EventPage & { published?: boolean | undefined },
): Promise<AdminEventSummary[]> {
  const found = await readEvents(db, { ...page, isCancelledApart: true });
  return found.map(({ row, event }) => ({ ...event, ...planOf(row) }));
}

function planOf(row: EventRow) {
  const { published, timeZone, startsAt, endsAt, openedAt, closedAt, hasEntries } = row;
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
    hasEntries,
  };
}
