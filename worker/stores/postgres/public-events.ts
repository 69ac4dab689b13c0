/** Events as anyone may read them: kept for a moment, so that viewers cost the database nothing. */
import type {
  EventDetail,
  EventList,
  EventStatus,
  EventSummary,
  Integrity,
} from '../../contract/events.ts';
import type { EventId } from '../../contract/ids.ts';
import { LIMITS } from '../../contract/values.ts';
import { type Asking, TooManyReads } from '../cache/asking.ts';
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
export type Asker = Pick<Asking<unknown>, 'keepAlive' | 'admit'>;

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
  { db, recent, known }: Sources,
  id: EventId,
  asker: Asker,
): Promise<EventDetail | undefined> {
  return askForEvent(known.events, { id, asker }, (asking) =>
    recent.ask({
      key: id,
      ...asking,
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
 * An id that may be invented is read as other free keys are, few at one time; past those it is looked
 * up together with all others, so that a flood of inventions hides no event.
 */
export async function askForEvent<Value>(
  events: KnownIds<EventId>,
  { id, asker }: { id: EventId; asker: Asker },
  ask: (asking: Omit<Asking<Value>, 'key' | 'read'>) => Promise<Value | undefined>,
): Promise<Value | undefined> {
  const { keepAlive, admit } = asker;
  const isFree = !events.isNoted(id);
  try {
    return await ask({ keepAlive, ...(isFree && { isFree, ...(admit && { admit }) }) });
  } catch (error) {
    if (!(isFree && error instanceof TooManyReads)) throw error;
  }
  return (await events.has(id)) ? ask({ keepAlive }) : undefined;
}

/**
 * A recount of an event's orders, which is dear: made at most once a second, and never older than
 * that, so that whoever waits a second is told of all that was sold before.
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
  // Words and places are whatever a client likes; what most are shown is a handful of lists.
  const isFree = q !== undefined || cursor !== undefined || limit !== LIMITS.pageSizeDefault;
  const list = await recent.ask({
    key: `events ${JSON.stringify([limit, cursor, status, q])}`,
    keepAlive,
    ...(isFree && { isFree, ...(admit && { admit }) }),
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
