/**
 * Keeps one's places in step with their queues while no screen does: asks for an event's public queue,
 * which is kept for a second and the same for all. Also while the page is hidden, for whoever waits looks
 * elsewhere. Must not draw.
 */
import { effect, type ReadonlySignal, untracked } from '@preact/signals-core';
import { nextPollMs } from '../time/polling.ts';
import type { QueueApi } from './queue-api.ts';
import type { QueueStore } from './queue-store.ts';

export interface FollowQueuesPorts {
  readonly api: Pick<QueueApi, 'eventQueue'>;
  readonly store: Pick<QueueStore, 'places' | 'seeAll' | 'load'>;
  readonly watched: ReadonlySignal<WatchedEvents>;
  nowMs(): number;
  random(): number;
  isVisible(): boolean;
  /** Calls back when the page comes back to life. @returns a function that stops it */
  onWake(wake: () => void): () => void;
}

/** Events whose screen is shown: it has their queues by itself, and knows when they are drawn. */
export type WatchedEvents = ReadonlyMap<string, { readonly drawAtMs: number | null }>;

/** On another screen than the event's. */
export const ELSEWHERE_POLL_MS = 10_000;
/** Browsers let a hidden page do something about once a minute anyway. */
export const HIDDEN_POLL_MS = 30_000;
/** For a draw whose time is not known on this screen, or not near. */
export const UNDRAWN_POLL_MS = 60_000;
/** While a draw is due. */
export const DRAWING_POLL_MS = 3_000;

/** @returns the end of it */
export function followQueues(ports: FollowQueuesPorts): () => void {
  const { api, store, watched, nowMs, isVisible } = ports;
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  let isStopped = false;

  function waitsOf(eventId: string) {
    const entries = [...store.places.peek().values()].map(({ entry }) => entry);
    return entries.filter((entry) => entry.eventId === eventId && entry.status === 'waiting');
  }
  function plan(eventId: string, failures: number) {
    const waits = waitsOf(eventId);
    clearTimeout(timers.get(eventId));
    timers.delete(eventId);
    if (isStopped || waits.length === 0) return;
    const drawAtMs = watched.peek().get(eventId)?.drawAtMs ?? null;
    const isUndrawn = waits.some(({ rank }) => rank === null);
    const everyMs = isUndrawn ? undrawnMs(drawAtMs, nowMs()) : calmMs(isVisible());
    const pace = { everyMs, momentsMs: isUndrawn && drawAtMs !== null ? [drawAtMs] : [] };
    const now = { nowMs: nowMs(), failures, random: ports.random() };
    const asking = setTimeout(() => void look(eventId, failures), nextPollMs(pace, now));
    timers.set(eventId, asking);
  }
  async function look(eventId: string, failures: number) {
    const isKnown = watched.peek().has(eventId) && isVisible();
    const isRanked = waitsOf(eventId).every(({ rank }) => rank !== null);
    let failed = 0;
    if (!isKnown || !isRanked) {
      const result = await api.eventQueue(eventId);
      failed = result.ok ? 0 : failures + 1;
      if (result.ok && !isStopped) await store.seeAll(result.value);
    }
    plan(eventId, failed);
  }

  void store.load();
  const stopWake = ports.onWake(() => void store.load());
  const stopPlaces = effect(() => {
    for (const { entry } of store.places.value.values()) {
      if (entry.status === 'waiting' && !timers.has(entry.eventId)) plan(entry.eventId, 0);
    }
  });
  // When a draw is due is known from now on.
  const stopWatched = effect(() => {
    for (const eventId of watched.value.keys()) {
      if (timers.has(eventId)) untracked(() => plan(eventId, 0));
    }
  });
  return () => {
    isStopped = true;
    stopWatched();
    stopWake();
    stopPlaces();
    for (const timer of timers.values()) clearTimeout(timer);
  };
}

function calmMs(isVisible: boolean): number {
  return isVisible ? ELSEWHERE_POLL_MS : HIDDEN_POLL_MS;
}

function undrawnMs(drawAtMs: number | null, nowMs: number): number {
  return drawAtMs !== null && nowMs >= drawAtMs ? DRAWING_POLL_MS : UNDRAWN_POLL_MS;
}
