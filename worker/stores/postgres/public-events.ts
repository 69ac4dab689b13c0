/** Events as anyone may read them, through the read cache, so that viewers cost the database nothing. */
import type {
  EventDetail,
  EventList,
  EventStatus,
  EventSummary,
  Integrity,
} from '../../contract/events.ts';
import type { EventId } from '../../contract/ids.ts';
import { LIMITS } from '../../contract/values.ts';
import { type CachedRead, TooManyReads } from '../cache/asking.ts';
import { FRESH_MS, type RecentReads } from '../cache/read-cache.ts';
import type { Db } from './client.ts';
import { type Place, paged } from './cursors.ts';
import { findEvent, listEvents, recountEvent } from './events.ts';
import type { KnownIds } from './known-ids.ts';

export interface Sources {
  db: Db;
  recent: RecentReads;
  known: { events: KnownIds<EventId> };
}

/** The request that asks. */
export type Asker = Pick<CachedRead<unknown>, 'keepAlive' | 'admit'>;

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
 * At most two seconds old, and never from before it opened or closed. It is the same object for as
 * long as the result is kept.
 *
 * @returns undefined if there is no such event, or it is not published.
 */
export function recentEvent(
  { db, recent, known }: Sources,
  id: EventId,
  asker: Asker,
): Promise<EventDetail | undefined> {
  return askForEvent(known.events, { id, asker }, (read) =>
    recent.ask({
      key: id,
      ...read,
      async read(atMs) {
        const found = await findEvent(db, id, atMs);
        if (found === undefined) return undefined;
        known.events.note(id);
        return { value: found, changesAtMs: changesAtMs([found], atMs) };
      },
    }),
  );
}

/**
 * Few ids that may be invented are read at one time; beyond those, an id is first looked up together
 * with all others that wait, so that a flood of invented ids hides no event.
 */
export async function askForEvent<Value>(
  events: KnownIds<EventId>,
  { id, asker }: { id: EventId; asker: Asker },
  ask: (read: Omit<CachedRead<Value>, 'key' | 'read'>) => Promise<Value | undefined>,
): Promise<Value | undefined> {
  const { keepAlive, admit } = asker;
  const isClientKey = !events.isNoted(id);
  try {
    return await ask({ keepAlive, ...(isClientKey && { isClientKey, ...(admit && { admit }) }) });
  } catch (error) {
    if (!(isClientKey && error instanceof TooManyReads)) throw error;
  }
  return (await events.has(id)) ? ask({ keepAlive }) : undefined;
}

/**
 * A recount of an event's orders, which is expensive: made at most once a second, and never older
 * than that, so that whoever waits a second sees all that was sold before.
 *
 * @returns undefined if there is no such event, or it is not published.
 */
export async function recentRecount(
  { db, recent, known }: Sources,
  id: EventId,
  asker: Asker,
): Promise<Integrity | undefined> {
  if (!(await known.events.has(id))) return undefined;
  return recent.ask({
    key: `recount ${id}`,
    ...asker,
    ageMsMax: FRESH_MS,
    async read() {
      const found = await recountEvent(db, id);
      return found && { value: found, changesAtMs: Number.POSITIVE_INFINITY };
    },
  });
}

/** One page of the list, as `recentEvent` gives one event. */
export async function recentEvents(
  { db, recent }: Sources,
  asked: ListAsked,
  { keepAlive, admit }: Asker,
): Promise<Omit<EventList, 'serverNow'>> {
  const { limit, cursor, after, status, q } = asked;
  // Clients may send any words and cursors; most of them request one of a handful of lists.
  const isClientKey = q !== undefined || cursor !== undefined || limit !== LIMITS.pageSizeDefault;
  const list = await recent.ask({
    key: `events ${JSON.stringify([limit, cursor, status, q])}`,
    keepAlive,
    ...(isClientKey && { isClientKey, ...(admit && { admit }) }),
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

/** When the next of these events opens or closes: a result from before is not used after. */
function changesAtMs(
  events: readonly Pick<EventSummary, 'startsAt' | 'endsAt'>[],
  nowMs: number,
): number {
  const changes = events.flatMap(({ startsAt, endsAt }) => [
    Date.parse(startsAt),
    Date.parse(endsAt),
  ]);
  return Math.min(...changes.filter((atMs) => atMs > nowMs));
}
