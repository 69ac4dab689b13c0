import { signal } from '@preact/signals-core';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  aQueueEntry,
  EVENT_ID,
  ITEM_ID,
  instant,
  MINUTE_MS,
  NOON_MS,
} from '../testing/builders.ts';
import { ok, refused } from '../testing/fake-api.ts';
import {
  DRAWING_POLL_MS,
  ELSEWHERE_POLL_MS,
  type FollowQueuesPorts,
  followQueues,
  HIDDEN_POLL_MS,
  UNDRAWN_POLL_MS,
  type WatchedEvents,
} from './follow-queues.ts';
import { type Place, takeEntry } from './place.ts';

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(NOON_MS);
});
afterEach(() => void vi.useRealTimers());

const DOCUMENT = {
  items: [],
  drawn: true,
  drawnAt: null,
  seed: null,
  serverNow: instant(NOON_MS),
};

function follow(entry = aQueueEntry(), ports: Partial<FollowQueuesPorts> = {}) {
  const place = takeEntry(undefined, entry, { nowMs: NOON_MS });
  const places = signal<ReadonlyMap<string, Place>>(new Map([[ITEM_ID, place]]));
  const store = {
    places,
    load: vi.fn<FollowQueuesPorts['store']['load']>(async () => {}),
    seeAll: vi.fn<FollowQueuesPorts['store']['seeAll']>(async () => {}),
  };
  const eventQueue = vi.fn<FollowQueuesPorts['api']['eventQueue']>(async () => ok(DOCUMENT));
  const end = followQueues({
    api: { eventQueue },
    store,
    watched: signal(new Map()),
    nowMs: () => Date.now(),
    random: () => 0.5,
    isVisible: () => true,
    onWake: () => () => {},
    ...ports,
  });
  return { store, eventQueue, end };
}

it('asks for the public queue now and then while one waits on another screen', async () => {
  const { store, eventQueue, end } = follow();
  await vi.advanceTimersByTimeAsync(3 * ELSEWHERE_POLL_MS);
  expect(eventQueue.mock.calls).toEqual([[EVENT_ID], [EVENT_ID], [EVENT_ID]]);
  expect(store.seeAll).toHaveBeenCalledWith(DOCUMENT);
  expect(store.load).toHaveBeenCalledTimes(1);
  end();
  await vi.advanceTimersByTimeAsync(MINUTE_MS);
  expect(eventQueue).toHaveBeenCalledTimes(3);
});

it('leaves it to the event’s screen while that is shown, and not while the page is hidden', async () => {
  const watched = signal(new Map([[EVENT_ID as string, { drawAtMs: null }]]));
  let isVisible = true;
  const { eventQueue } = follow(aQueueEntry(), { watched, isVisible: () => isVisible });
  await vi.advanceTimersByTimeAsync(6 * ELSEWHERE_POLL_MS);
  expect(eventQueue).not.toHaveBeenCalled();
  isVisible = false;
  await vi.advanceTimersByTimeAsync(ELSEWHERE_POLL_MS + 2 * HIDDEN_POLL_MS);
  expect(eventQueue).toHaveBeenCalledTimes(3);
});

it('asks seldom before a draw, and often once it is due', async () => {
  const undrawn = aQueueEntry({ rank: null, ahead: null });
  const watched = signal(new Map([[EVENT_ID as string, { drawAtMs: NOON_MS + 5 * MINUTE_MS }]]));
  const { eventQueue } = follow(undrawn, { watched });
  await vi.advanceTimersByTimeAsync(4 * UNDRAWN_POLL_MS);
  expect(eventQueue).toHaveBeenCalledTimes(4);
  await vi.advanceTimersByTimeAsync(MINUTE_MS);
  const before = eventQueue.mock.calls.length;
  await vi.advanceTimersByTimeAsync(10 * DRAWING_POLL_MS);
  expect(eventQueue.mock.calls.length - before).toBeGreaterThanOrEqual(9);
});

it('asks often at once where the screen of a draw that is due is opened', async () => {
  const watched = signal<WatchedEvents>(new Map());
  const { eventQueue } = follow(aQueueEntry({ rank: null, ahead: null }), { watched });
  await vi.advanceTimersByTimeAsync(1_000);
  watched.value = new Map([[EVENT_ID, { drawAtMs: NOON_MS }]]);
  await vi.advanceTimersByTimeAsync(2 * DRAWING_POLL_MS);
  expect(eventQueue).toHaveBeenCalledTimes(2);
});

it('asks less often after failures', async () => {
  const { eventQueue } = follow();
  eventQueue.mockResolvedValue(refused({ code: 'unavailable' }));
  await vi.advanceTimersByTimeAsync(10 * ELSEWHERE_POLL_MS);
  expect(eventQueue.mock.calls.length).toBeLessThanOrEqual(4);
});

it('asks for nothing where one waits nowhere', async () => {
  const { eventQueue } = follow(aQueueEntry({ status: 'left', ahead: null }));
  await vi.advanceTimersByTimeAsync(5 * MINUTE_MS);
  expect(eventQueue).not.toHaveBeenCalled();
});
