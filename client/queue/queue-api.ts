/** The calls about queues, typed. Must not keep state or draw. */
import type {
  EventQueue,
  OwnQueue,
  QueueEntry,
  QueueEntryAnswer,
} from '../../worker/contract/queue.ts';
import type { Call, ShopApi } from '../api/api.ts';
import type { CallProblem, Result } from '../api/call-problem.ts';

export interface Wish {
  readonly quantity: number;
  /** A smaller offer is not made. */
  readonly minQuantity: number;
}

export interface QueueApi {
  /** Whoever waits already is given their entry again. */
  enter(eventItemId: string, wish: Wish): Call<QueueEntryAnswer>;
  entry(id: string): Call<QueueEntryAnswer>;
  leave(id: string): Call<QueueEntryAnswer>;
  /** One's own entries, the newest first. */
  own(of?: { eventId?: string; cursor?: string }): Call<OwnQueue>;
  /** What everybody may know of an event's queue. */
  eventQueue(eventId: string): Call<EventQueue>;
}

/** The most that the API gives at once. */
export const OWN_PAGE_ENTRIES = 100;
/** Whoever has entered more queues than these hold finds the oldest by asking for more. */
export const OWN_PAGES_MAX = 10;

/**
 * One's own entries, the newest first, page after page, until one has none of which something may still
 * become. An older one that still waits is found by entering its queue again.
 *
 * @param take what a page holds, as soon as it is there
 * @returns what the last call gave, where it failed
 */
export async function readOwnEntries(
  api: Pick<QueueApi, 'own'>,
  take: (entries: OwnQueue['entries']) => void,
): Promise<CallProblem | null> {
  let cursor: string | null = null;
  for (let page = 0; page < OWN_PAGES_MAX; page++) {
    const result: Result<OwnQueue> = await api.own(cursor === null ? {} : { cursor });
    if (!result.ok) return result.problem;
    const { entries, nextCursor } = result.value;
    take(entries);
    if (nextCursor === null || !entries.some(({ status }) => OPEN.has(status))) return null;
    cursor = nextCursor;
  }
  return null;
}

const OPEN: ReadonlySet<QueueEntry['status']> = new Set(['waiting', 'offered']);

export function createQueueApi({
  asCaller,
  asAnyone,
}: Pick<ShopApi, 'asCaller' | 'asAnyone'>): QueueApi {
  return {
    enter: (id, json) =>
      asCaller((client, as) => client.api.v1.queue[':id'].$post({ param: { id }, json }, as)),
    entry: (id) => asCaller((client, as) => client.api.v1.queue[':id'].$get({ param: { id } }, as)),
    leave: (id) =>
      asCaller((client, as) => client.api.v1.queue[':id'].leave.$post({ param: { id } }, as)),
    own: (of = {}) => {
      const query = { ...of, limit: `${OWN_PAGE_ENTRIES}` };
      return asCaller((client, as) => client.api.v1.profile.queue.$get({ query }, as));
    },
    eventQueue: (id) =>
      asAnyone((client) => client.api.v1.events[':id'].queue.$get({ param: { id } })),
  };
}
