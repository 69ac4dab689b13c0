/** Events as anyone may read them: kept for a moment, so that viewers cost the database nothing. */
import type { EventDetail, EventList, EventStatus, EventSummary } from '../contract/events.ts';
import type { EventId } from '../contract/ids.ts';
import { type Place, paged } from './cursors.ts';
import { findEvent, listEvents } from './events.ts';
import type { Db } from './postgres.ts';
import type { Asking, RecentReads } from './recent-reads.ts';

interface Sources {
  db: Db;
  recent: RecentReads;
}

type KeepAlive = Asking<unknown>['keepAlive'];

export interface ListAsked {
  limit: number;
  /** As it was sent, and as it was read. */
  cursor?: string | undefined;
  after?: Place | undefined;
  status?: EventStatus | undefined;
  /** A part of the title. */
  q?: string | undefined;
}

/**
 * At most two seconds old, and never from before it opened or closed. The same object is given for
 * as long as the read is kept.
 *
 * @returns undefined if there is no such event, or it is not published.
 */
export function recentEvent(
  { db, recent }: Sources,
  id: EventId,
  keepAlive: KeepAlive,
): Promise<EventDetail | undefined> {
  return recent.ask({
    key: id,
    keepAlive,
    async read(atMs) {
      const found = await findEvent(db, id, atMs);
      return found && { value: found, changesAtMs: changesAtMs([found], atMs) };
    },
  });
}

/** One page of the list, as `recentEvent` gives one event. */
export async function recentEvents(
  { db, recent }: Sources,
  asked: ListAsked,
  keepAlive: KeepAlive,
): Promise<Omit<EventList, 'serverNow'>> {
  const { limit, cursor, after, status, q } = asked;
  const list = await recent.ask({
    key: `events ${JSON.stringify([limit, cursor, status, q])}`,
    keepAlive,
    async read(atMs) {
      const rows = await listEvents(db, { status, q, after, limit, nowMs: atMs });
      const { page, nextCursor } = paged(rows, limit, ({ scheduledAtMs, event }) => ({
        atMs: scheduledAtMs,
        id: event.id,
      }));
      const events = page.map(({ event }) => event);
      return { value: { events, nextCursor }, changesAtMs: changesAtMs(events, atMs) };
    },
  });
  if (list === undefined) throw new Error('a list is never missing');
  return list;
}

/** When the next of these events opens or closes: what was read before is not given after. */
function changesAtMs(
  events: readonly Pick<EventSummary, 'startsAt' | 'endsAt'>[],
  nowMs: number,
): number {
  const turns = events.flatMap(({ startsAt, endsAt }) => [
    Date.parse(startsAt),
    Date.parse(endsAt),
  ]);
  return Math.min(...turns.filter((turnMs) => turnMs > nowMs));
}
