/** Events as calendars keep them, through the read cache as all that anyone may read. */
import { and, eq } from 'drizzle-orm';
import type { EventId } from '../../contract/ids.ts';
import { type Db, guarded } from './client.ts';
import { isCalledOff, timesOf } from './event-status.ts';
import { cachedByEventId, type Requester, type Sources } from './public-events.ts';
import { events } from './schema.ts';

export interface CalendarEntry {
  id: EventId;
  title: string;
  description: string;
  startsAtMs: number;
  endsAtMs: number;
  /** Closed by hand before it opened. */
  isCalledOff: boolean;
  /** Grows with each change of what a calendar shows. */
  sequence: number;
  changedAtMs: number;
}

/**
 * At most two seconds old.
 * @returns undefined if there is no such event, or it is not published.
 */
export function cachedCalendarEntry(
  { db, readCache, known }: Sources,
  id: EventId,
  requester: Requester,
): Promise<CalendarEntry | undefined> {
  return cachedByEventId(known.events, { id, requester }, (read) =>
    readCache.get({
      key: `calendar ${id}`,
      ...read,
      async read() {
        const entry = await findCalendarEntry(db, id);
        // The clock alone changes nothing of it.
        return entry && { value: entry, changesAtMs: Number.POSITIVE_INFINITY };
      },
    }),
  );
}

async function findCalendarEntry(db: Db, id: EventId): Promise<CalendarEntry | undefined> {
  const [event] = await guarded(() =>
    db
      .select()
      .from(events)
      .where(and(eq(events.id, id), events.published)),
  );
  if (event === undefined) return undefined;
  const { startsAt, endsAt } = timesOf(event);
  return {
    id,
    title: event.title,
    description: event.description,
    startsAtMs: startsAt.getTime(),
    endsAtMs: endsAt.getTime(),
    isCalledOff: isCalledOff(event),
    sequence: event.calendarSequence,
    changedAtMs: event.calendarChangedAt.getTime(),
  };
}
