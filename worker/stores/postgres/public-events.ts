/** Events as anyone may read them, through the read cache, so that viewers cost the database nothing. */
import type {
  EventList,
  EventStatus,
  EventSummary,
  EventWithItems,
  Integrity,
} from '../../contract/events.ts';
import type { EventId } from '../../contract/ids.ts';
import type { EventQueue } from '../../contract/queue.ts';
import { LIMITS } from '../../contract/values.ts';
import { type CachedRead, TooManyReads } from '../cache/cached-read.ts';
import { FRESH_MS, type ReadCache } from '../cache/read-cache.ts';
import type { Db } from './client.ts';
import { type Place, paged } from './cursors.ts';
import { listEvents } from './event-lists.ts';
import { findEvent, recountEvent } from './events.ts';
import type { KnownIds } from './known-ids.ts';
import { findEventQueue } from './queue.ts';

export interface Sources {
  db: Db;
  readCache: ReadCache;
  known: { events: KnownIds<EventId> };
}

/** What a read needs of the request that it is for. */
export type Requester = Pick<CachedRead<unknown>, 'keepAlive' | 'admit'>;

export interface ListQuery {
  limit: number;
  /** As it was sent, and as it was read. */
  cursor?: string | undefined;
  after?: Place | undefined;
  status?: EventStatus | undefined;
  /** Words, each a part of the title, or of the name or the category of one of its items. */
  q?: string | undefined;
  /** Of one of its items. */
  category?: string | undefined;
}

/**
 * At most two seconds old, and never from before it opened or closed. It is the same object for as
 * long as the result is kept.
 *
 * @returns undefined if there is no such event, or it is not published.
 */
export function cachedEvent(
  { db, readCache, known }: Sources,
  id: EventId,
  requester: Requester,
): Promise<EventWithItems | undefined> {
  return cachedByEventId(known.events, { id, requester }, (read) =>
    readCache.get({
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
export async function cachedByEventId<Value>(
  events: KnownIds<EventId>,
  { id, requester }: { id: EventId; requester: Requester },
  get: (read: Omit<CachedRead<Value>, 'key' | 'read'>) => Promise<Value | undefined>,
): Promise<Value | undefined> {
  const { keepAlive, admit } = requester;
  const isClientKey = !events.isNoted(id);
  try {
    return await get({ keepAlive, ...(isClientKey && { isClientKey, ...(admit && { admit }) }) });
  } catch (error) {
    if (!(isClientKey && error instanceof TooManyReads)) throw error;
  }
  return (await events.has(id)) ? get({ keepAlive }) : undefined;
}

/**
 * A recount of an event's orders, which is expensive: made at most once a second, and never older
 * than that, so that whoever waits a second sees all that was sold before.
 *
 * @returns undefined if there is no such event, or it is not published.
 */
export async function cachedRecount(
  { db, readCache, known }: Sources,
  id: EventId,
  requester: Requester,
): Promise<Integrity | undefined> {
  if (!(await known.events.has(id))) return undefined;
  return readCache.get({
    key: `recount ${id}`,
    ...requester,
    ageMsMax: FRESH_MS,
    async read() {
      const found = await recountEvent(db, id);
      return found && { value: found, changesAtMs: Number.POSITIVE_INFINITY };
    },
  });
}

/** How an event's queue stands, as `cachedEvent` gives the event. */
export function cachedEventQueue(
  { db, readCache, known }: Sources,
  id: EventId,
  requester: Requester,
): Promise<Omit<EventQueue, 'serverNow'> | undefined> {
  return cachedByEventId(known.events, { id, requester }, (read) =>
    readCache.get({
      key: `queue ${id}`,
      ...read,
      async read() {
        const found = await findEventQueue(db, id);
        if (found === undefined) return undefined;
        known.events.note(id);
        return { value: found, changesAtMs: Number.POSITIVE_INFINITY };
      },
    }),
  );
}

export const FIRST_PAGE: ListQuery = { limit: LIMITS.pageSizeDefault };

/** One page of the list, as `cachedEvent` gives one event. */
export async function cachedEvents(
  { db, readCache }: Sources,
  query: ListQuery,
  { keepAlive, admit }: Requester,
): Promise<Pick<EventList, 'events' | 'nextCursor'>> {
  const { limit, cursor, after, status, q, category } = query;
  // Clients may send any words and cursors; most of them request one of a handful of lists.
  const isClientKey =
    [q, category, cursor].some((text) => text !== undefined) || limit !== LIMITS.pageSizeDefault;
  const list = await readCache.get({
    key: `events ${JSON.stringify([limit, cursor, status, q, category])}`,
    keepAlive,
    ...(isClientKey && { isClientKey, ...(admit && { admit }) }),
    async read(atMs) {
      const rows = await listEvents(db, { status, q, category, after, limit, nowMs: atMs });
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

/**
 * What a list can be narrowed to, of a read that nearly everybody makes: those of the first page of
 * all events.
 */
export async function cachedCategories(sources: Sources, requester: Requester): Promise<string[]> {
  const { events } = await cachedEvents(sources, FIRST_PAGE, requester);
  return [...new Set(events.flatMap(({ categories }) => categories))].toSorted();
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
