/** The places of whoever is signed in, the same on every screen of one page. Must not decide anything. */
import { type Signal, signal } from '@preact/signals-core';
import { useEffect, useMemo } from 'preact/hooks';
import { type Shop, useShop } from '../shop/shop.ts';
import { scoreOf } from './draw-score.ts';
import type { WatchedEvents } from './follow-queues.ts';
import { createQueueApi, type QueueApi } from './queue-api.ts';
import { createQueueStore, type QueueStore } from './queue-store.ts';

export interface OwnQueue {
  readonly api: QueueApi;
  readonly store: QueueStore;
  readonly watched: Signal<WatchedEvents>;
}

interface Kept extends OwnQueue {
  readonly userId: string;
}

/** By shop, of which a page has one; the first load does not carry what makes it. */
const kept = new WeakMap<Shop, Kept>();

/** Null while nobody is signed in. */
export function useQueue(): OwnQueue | null {
  const shop = useShop();
  const userId = shop.session.current.value?.user.id;
  return useMemo(() => (userId === undefined ? null : queueOf(shop, userId)), [shop, userId]);
}

/** While an event's screen is shown: it sees the queues of its items. */
export function useWatched(
  queue: OwnQueue | null,
  { eventId, drawAtMs }: { eventId: string; drawAtMs: number | null },
) {
  useEffect(() => {
    if (queue === null) return undefined;
    const { watched } = queue;
    if (watched.peek().get(eventId)?.drawAtMs !== drawAtMs) {
      watched.value = new Map(watched.peek()).set(eventId, { drawAtMs });
    }
    return () => {
      const others = [...watched.peek()].filter(([id]) => id !== eventId);
      if (others.length < watched.peek().size) watched.value = new Map(others);
    };
  }, [queue, eventId, drawAtMs]);
}

/** Somebody else is signed in, or nobody. */
export function endQueue(shop: Shop, queue: OwnQueue) {
  queue.store.stop();
  if (kept.get(shop) === queue) kept.delete(shop);
}

function queueOf(shop: Shop, userId: string): OwnQueue {
  const before = kept.get(shop);
  if (before?.userId === userId) return before;
  const api = createQueueApi(shop.api);
  const store = createQueueStore({
    api,
    nowMs: shop.clock.nowMs,
    random: shop.random,
    scoreOf: (draw) => scoreOf(globalThis.crypto?.subtle, draw),
    onOffered: ({ eventId }) => void findOffer(shop, eventId),
    onSessionOver: shop.session.end,
  });
  const made: Kept = { userId, api, store, watched: signal(new Map()) };
  kept.set(shop, made);
  return made;
}

/** The order of an offer is shown on every screen, and in the shopper's other windows. */
async function findOffer({ api, holds, orderUpdates, session }: Shop, eventId: string) {
  const history = await api.listOrders({ eventId });
  const user = session.current.peek()?.user;
  if (!history.ok || user === undefined) return;
  holds.learn(history.value.orders);
  orderUpdates.publish(user.id, history.value.orders);
}
