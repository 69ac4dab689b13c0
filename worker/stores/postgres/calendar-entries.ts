/** Events as calendars keep them: kept for a moment, as everything that anyone may read. */
import { and, eq } from 'drizzle-orm';
import type { EventId } from '../../contract/ids.ts';
import { type Db, guarded } from './client.ts';
import { isCalledOff, timesOf } from './event-status.ts';
import { type Asker, askForEvent, type Sources } from './public-events.ts';
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
export function recentCalendarEntry(
  { db, recent, known }: Sources,
  id: EventId,
  asker: Asker,
): Promise<CalendarEntry | undefined> {
  return askForEvent(known.events, { id, asker }, (asking) =>
    recent.ask({
      key: `calendar ${id}`,
      ...asking,
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
