/** The calls about queues, typed. Must not keep state or draw. */
import type { EventQueue, OwnQueue, QueueEntryAnswer } from '../../worker/contract/queue.ts';
import type { Call, ShopApi } from '../api/api.ts';

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

/** Whoever has entered more queues than these hold finds the oldest by asking for more. */
export const OWN_PAGES_MAX = 10;

/** One's own entries, page after page. What came before a page that failed is not lost. */
export async function ownEntries(api: Pick<QueueApi, 'own'>): ReturnType<QueueApi['own']> {
  const first = await api.own();
  if (!first.ok) return first;
  const { serverNow } = first.value;
  const entries = [...first.value.entries];
  let { nextCursor } = first.value;
  for (let page = 1; page < OWN_PAGES_MAX && nextCursor !== null; page++) {
    const next = await api.own({ cursor: nextCursor });
    if (!next.ok) break;
    entries.push(...next.value.entries);
    nextCursor = next.value.nextCursor;
  }
  return { ok: true, value: { entries, nextCursor, serverNow } };
}

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
    own: (query = {}) => asCaller((client, as) => client.api.v1.profile.queue.$get({ query }, as)),
    eventQueue: (id) =>
      asAnyone((client) => client.api.v1.events[':id'].queue.$get({ param: { id } })),
  };
}
