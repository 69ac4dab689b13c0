import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { QueueEntryId } from '../../worker/contract/ids.ts';
import type { QueueEntry } from '../../worker/contract/queue.ts';
import { LIMITS } from '../../worker/contract/values.ts';
import { anOwnEntry, aQueue, aQueueEntry, ITEM_ID, instant, NOON_MS } from '../testing/builders.ts';
import { ok, refused } from '../testing/fake-api.ts';
import { seeded } from '../testing/seeded.ts';
import { OWN_PAGE_ENTRIES, OWN_PAGES_MAX } from './queue-api.ts';
import { createQueueStore, OWN_PLACES_WAIT_MS_MAX, type QueuePorts } from './queue-store.ts';
import { FAR_SPREAD_MS, NEAR_ENTRIES, REACHED_SPREAD_MS } from './when-to-ask.ts';

const serverNow = instant(NOON_MS);
const WISH = { quantity: 1, minQuantity: 1 };
const TARGET = { eventItemId: ITEM_ID, name: 'Headphones' };
const OFFERED = aQueueEntry({ status: 'offered', ahead: null, orderId: 'ord_1' as never });

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(NOON_MS);
});
afterEach(() => void vi.useRealTimers());

const answer = (entry: QueueEntry) => ok({ entry, serverNow });

function storeWith(ports: Partial<QueuePorts> = {}) {
  const api = {
    enter: vi.fn<QueuePorts['api']['enter']>(async () => answer(aQueueEntry())),
    entry: vi.fn<QueuePorts['api']['entry']>(async () => answer(aQueueEntry())),
    leave: vi.fn<QueuePorts['api']['leave']>(async () =>
      answer(aQueueEntry({ status: 'left', ahead: null })),
    ),
    own: vi.fn<QueuePorts['api']['own']>(async () =>
      ok({ entries: [], nextCursor: null, serverNow }),
    ),
  };
  const onOffered = vi.fn<QueuePorts['onOffered']>();
  const onSessionOver = vi.fn<QueuePorts['onSessionOver']>();
  const store = createQueueStore({
    api,
    nowMs: () => Date.now(),
    random: () => 0.5,
    scoreOf: async () => null,
    onOffered,
    onSessionOver,
    ...ports,
  });
  return { store, api, onOffered, onSessionOver };
}

it('enters once however often it is pressed, and knows the place by its name', async () => {
  const { store, api } = storeWith();
  await Promise.all([store.enter(TARGET, WISH), store.enter(TARGET, WISH)]);
  expect(api.enter.mock.calls).toEqual([[ITEM_ID, WISH]]);
  expect(store.places.value.get(ITEM_ID)).toMatchObject({
    name: 'Headphones',
    entry: { status: 'waiting', ahead: { entries: 2 } },
  });
});

it('keeps why it could not enter, and looks whether it waits all the same', async () => {
  const { store, api } = storeWith();
  api.enter.mockResolvedValue(refused({ code: 'no_answer' }));
  api.own.mockResolvedValue(ok({ entries: [anOwnEntry()], nextCursor: null, serverNow }));
  await store.enter(TARGET, WISH);
  expect(store.actions.value[ITEM_ID]).toEqual({ step: null, problem: { code: 'no_answer' } });
  await vi.advanceTimersByTimeAsync(0);
  expect(store.places.value.get(ITEM_ID)?.entry.status).toBe('waiting');
});

it('leaves', async () => {
  const { store, api } = storeWith();
  await store.enter(TARGET, WISH);
  await store.leave(ITEM_ID);
  expect(api.leave).toHaveBeenCalledWith(aQueueEntry().id);
  expect(store.places.value.get(ITEM_ID)?.entry.status).toBe('left');
});

it('finds the latest place of each item after a reload, and tells of no old offer', async () => {
  const { store, api, onOffered } = storeWith();
  const id = 'ent_000000000001_000000000000000009' as QueueEntryId;
  const latest = anOwnEntry({ id, seq: 9, rank: 9 });
  const entries = [latest, anOwnEntry({ ...OFFERED })];
  api.own.mockResolvedValue(ok({ entries, nextCursor: null, serverNow }));
  await store.load();
  expect(store.places.value.get(ITEM_ID)?.entry.id).toBe(id);
  expect(store.isLoaded.value).toBe(true);
  expect(onOffered).not.toHaveBeenCalled();
});

const OTHER = anOwnEntry({
  id: 'ent_000000000002_000000000000000001' as QueueEntryId,
  eventItemId: 'evi_other' as QueueEntry['eventItemId'],
});

it('finds a place page after page, and knows the first ones meanwhile', async () => {
  const { store, api } = storeWith();
  const second = Promise.withResolvers<Awaited<ReturnType<QueuePorts['api']['own']>>>();
  api.own.mockResolvedValueOnce(ok({ entries: [OTHER], nextCursor: '1', serverNow }));
  api.own.mockReturnValueOnce(second.promise);
  const loading = store.load();
  await vi.advanceTimersByTimeAsync(0);
  expect(store.places.value.has(OTHER.eventItemId)).toBe(true);
  expect(store.isLoaded.value).toBe(false);
  second.resolve(ok({ entries: [anOwnEntry()], nextCursor: null, serverNow }));
  await loading;
  expect(store.places.value.get(ITEM_ID)?.entry.status).toBe('waiting');
  expect(api.own.mock.calls).toEqual([[{}], [{ cursor: '1' }]]);
});

it('asks for as many at once as the API gives', () => {
  expect(OWN_PAGE_ENTRIES).toBe(LIMITS.pageSizeMax);
});

it('asks for no page after one on which all is over, nor for more than a few', async () => {
  const { store, api } = storeWith();
  const over = anOwnEntry({ status: 'closed', ahead: null });
  api.own.mockResolvedValue(ok({ entries: [over], nextCursor: 'next', serverNow }));
  await store.load();
  expect(api.own).toHaveBeenCalledTimes(1);
  api.own.mockResolvedValue(ok({ entries: [anOwnEntry()], nextCursor: 'next', serverNow }));
  await store.load();
  expect(api.own).toHaveBeenCalledTimes(1 + OWN_PAGES_MAX);
});

it('knows what the first page told where the next one fails', async () => {
  const { store, api } = storeWith();
  api.own.mockImplementation(async ({ cursor } = {}) =>
    cursor === undefined
      ? ok({ entries: [anOwnEntry()], nextCursor: 'next', serverNow })
      : refused({ code: 'unavailable' }),
  );
  await store.load();
  expect(store.places.value.get(ITEM_ID)?.entry.status).toBe('waiting');
});

it('lets one enter where nobody can say in time whether one waits', async () => {
  const { store, api } = storeWith();
  api.own.mockReturnValue(new Promise(() => {}));
  void store.load();
  await vi.advanceTimersByTimeAsync(OWN_PLACES_WAIT_MS_MAX - 1);
  expect(store.isLoaded.value).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(store.isLoaded.value).toBe(true);
});

it('asks for its entry when it is reached, and tells of the offer once', async () => {
  const { store, api, onOffered } = storeWith();
  await store.enter(TARGET, WISH);
  api.entry.mockResolvedValue(answer(OFFERED));
  store.see(ITEM_ID, aQueue({ servedRank: 3, offers: 3 }));
  await vi.advanceTimersByTimeAsync(REACHED_SPREAD_MS / 2 - 1);
  expect(api.entry).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(onOffered.mock.calls).toEqual([[OFFERED]]);
  store.see(ITEM_ID, aQueue({ servedRank: 9, offers: 9 }));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(api.entry).toHaveBeenCalledTimes(1);
  expect(onOffered).toHaveBeenCalledTimes(1);
});

it('asks at once when it is reached after the page was woken again and again', async () => {
  const entry = aQueueEntry({ rank: 1_000, ahead: { entries: 500, units: 500 } });
  const { store, api } = storeWith();
  const own = { entries: [anOwnEntry(entry)], nextCursor: null, serverNow };
  api.own.mockResolvedValue(ok(own));
  api.entry.mockResolvedValue(answer({ ...entry, status: 'offered', ahead: null }));
  for (let wake = 0; wake < 8; wake++) {
    await store.load();
    store.see(ITEM_ID, aQueue({ waiting: 2_000, offers: 10, servedRank: 10 }));
    await vi.advanceTimersByTimeAsync(60_000);
  }
  expect(api.entry).not.toHaveBeenCalled();
  store.see(ITEM_ID, aQueue({ waiting: 1_000, offers: 900, servedRank: 1_000 }));
  await vi.advanceTimersByTimeAsync(REACHED_SPREAD_MS);
  expect(api.entry).toHaveBeenCalledTimes(1);
});

it('brings forward what was planned for later once it is reached', async () => {
  const entry = aQueueEntry({ rank: 100, ahead: { entries: 99, units: 99 } });
  const { store, api } = storeWith();
  api.enter.mockResolvedValue(answer(entry));
  api.entry.mockResolvedValue(answer({ ...entry, status: 'offered', ahead: null }));
  await store.enter(TARGET, WISH);
  store.see(ITEM_ID, aQueue({ waiting: 100 }));
  await vi.advanceTimersByTimeAsync(3_000);
  store.see(ITEM_ID, aQueue({ waiting: 40, offers: 60, servedRank: 60 }));
  await vi.advanceTimersByTimeAsync(REACHED_SPREAD_MS);
  expect(api.entry).not.toHaveBeenCalled();
  store.see(ITEM_ID, aQueue({ waiting: 0, offers: 100, servedRank: 100 }));
  await vi.advanceTimersByTimeAsync(REACHED_SPREAD_MS);
  expect(api.entry).toHaveBeenCalledTimes(1);
});

it('looks up its rank when the draw is over, soon or later by what its score tells', async () => {
  const score = 'c'.repeat(64);
  const { store, api } = storeWith({ scoreOf: async () => score });
  const undrawn = aQueueEntry({ rank: null, ahead: null, outlook: 'unknown' });
  api.enter.mockResolvedValue(answer(undrawn));
  await store.enter(TARGET, WISH);
  const step = { score: 'b'.repeat(64), rank: 900, entriesBefore: 899, unitsBefore: 899 };
  const queue = { eventItemId: ITEM_ID, ...aQueue({ offers: 10, servedRank: 10 }), steps: [step] };
  const document = { items: [queue], drawnAt: serverNow, seed: '00', serverNow };
  await store.seeAll({ ...document, drawn: false });
  await vi.advanceTimersByTimeAsync(FAR_SPREAD_MS);
  expect(api.entry).not.toHaveBeenCalled();
  api.entry.mockResolvedValue(
    answer(aQueueEntry({ rank: 950, ahead: { entries: 949, units: 949 } })),
  );
  await store.seeAll({ ...document, drawn: true });
  await vi.advanceTimersByTimeAsync(FAR_SPREAD_MS / 2);
  expect(api.entry).toHaveBeenCalledTimes(1);
  expect(store.places.value.get(ITEM_ID)?.entry.rank).toBe(950);
});

it('ends the session where the server says so, and asks for nothing after its end', async () => {
  const { store, api, onSessionOver } = storeWith();
  await store.enter(TARGET, WISH);
  api.entry.mockResolvedValue(refused({ code: 'unauthenticated' }));
  store.see(ITEM_ID, aQueue({ servedRank: 3, offers: 3 }));
  await vi.advanceTimersByTimeAsync(REACHED_SPREAD_MS);
  expect(onSessionOver).toHaveBeenCalledTimes(1);
  const other = storeWith();
  await other.store.enter(TARGET, WISH);
  other.store.see(ITEM_ID, aQueue({ servedRank: 3, offers: 3 }));
  other.store.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(other.api.entry).not.toHaveBeenCalled();
});

it('asks few times for each of many who wait, however fast the queue is served', async () => {
  const PEOPLE = 2_000;
  const random = seeded(17);
  let served = 0;
  const asks: number[] = [];
  const people = await Promise.all(
    Array.from({ length: PEOPLE }, async (_, n) => {
      const rank = n + 1;
      const entry = () =>
        served >= rank
          ? aQueueEntry({ rank, status: 'offered', ahead: null })
          : aQueueEntry({ rank, ahead: { entries: rank - 1 - served, units: rank - 1 - served } });
      const api = {
        enter: async () => answer(entry()),
        leave: async () => answer(entry()),
        own: async () => ok({ entries: [], nextCursor: null, serverNow }),
        entry: async () => {
          asks[n] = (asks[n] ?? 0) + 1;
          return answer(entry());
        },
      };
      const { store } = storeWith({ api, random });
      await store.enter(TARGET, WISH);
      return store;
    }),
  );
  for (; served < PEOPLE; served += 20) {
    for (const store of people) {
      store.see(ITEM_ID, aQueue({ waiting: PEOPLE - served, offers: served, servedRank: served }));
    }
    await vi.advanceTimersByTimeAsync(1_000);
  }
  for (const store of people) {
    store.see(ITEM_ID, aQueue({ waiting: 0, offers: served, servedRank: served }));
  }
  await vi.advanceTimersByTimeAsync(60_000);
  const has = (store: (typeof people)[number]) => store.places.value.get(ITEM_ID)?.entry.status;
  expect(people.filter((store) => has(store) !== 'offered')).toEqual([]);
  // Eleven halvings from two thousand to one, and a few while near.
  expect(Math.max(...asks)).toBeLessThanOrEqual(11 + NEAR_ENTRIES);
  expect(asks.reduce((sum, count) => sum + count, 0) / PEOPLE).toBeLessThan(6);
});
