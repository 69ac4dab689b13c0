import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { OrderHistoryEntry } from '../../worker/contract/orders.ts';
import { createHolds } from '../holds/holds.ts';
import { anEntry, aSession, instant, MINUTE_MS, NOON_MS } from '../testing/builders.ts';
import { fakeApi, ok, refused } from '../testing/fake-api.ts';
import { createOrdersStore, type OrdersPorts } from './orders-store.ts';

const USER_ID = aSession().user.id;
const HELD = anEntry();
const BOUGHT = anEntry({ id: 'ord_2' as OrderHistoryEntry['id'], status: 'confirmed' });

beforeEach(() => void vi.useFakeTimers({ now: NOON_MS }));
afterEach(() => void vi.useRealTimers());

const settle = (passMs = 0) => vi.advanceTimersByTimeAsync(passMs);
const history = (orders: OrderHistoryEntry[], nextCursor: string | null = null) =>
  ok({ orders, nextCursor, serverNow: instant(NOON_MS) });

/** A store that was started, and the world around it. */
async function startStore({ kept = new Map<string, unknown>(), api = fakeApi() } = {}) {
  const holds = createHolds();
  const onSessionOver = vi.fn<OrdersPorts['onSessionOver']>();
  const others = new Set<() => void>();
  const store = createOrdersStore({
    api,
    userId: USER_ID,
    holds,
    orderUpdates: {
      subscribe: (_, onOrders) => {
        const tell = () => onOrders([]);
        others.add(tell);
        return () => void others.delete(tell);
      },
    },
    memory: { read: (name) => kept.get(name), write: (name, value) => void kept.set(name, value) },
    onSessionOver,
    nowMs: () => Date.now(),
    random: () => 0.5,
    isVisible: () => true,
    onWake: () => () => {},
  });
  const stop = store.start();
  await settle();
  const ids = () => store.orders.value?.entries.map(({ id }) => id);
  return { store, stop, api, holds, others, kept, ids, onSessionOver };
}

it('has the orders, and reports those that are held', async () => {
  const api = fakeApi();
  api.listOrders.mockResolvedValue(history([HELD, BOUGHT]));
  const { ids, holds } = await startStore({ api });
  expect(ids()).toEqual([HELD.id, BOUGHT.id]);
  expect(holds.current.value).toEqual([HELD]);
});

it('asks often while a unit is held, and again when its time is over', async () => {
  const api = fakeApi();
  api.listOrders.mockResolvedValue(history([HELD]));
  const { stop } = await startStore({ api });
  await settle(MINUTE_MS);
  const whileHeld = api.listOrders.mock.calls.length;
  expect(whileHeld).toBeGreaterThan(10);
  api.listOrders.mockResolvedValue(history([BOUGHT]));
  await settle(MINUTE_MS);
  expect(api.listOrders.mock.calls.length).toBeLessThan(whileHeld + 4);
  stop();
  const afterStop = api.listOrders.mock.calls.length;
  await settle(10 * MINUTE_MS);
  expect(api.listOrders).toHaveBeenCalledTimes(afterStop);
});

it('asks at once when another window of the shopper ordered, until it ends', async () => {
  const { api, others, stop } = await startStore();
  for (const tell of others) tell();
  expect(api.listOrders).toHaveBeenCalledTimes(2);
  stop();
  expect(others.size).toBe(0);
});

it('adds older orders on request, and has all of them again after the browser’s Back', async () => {
  const api = fakeApi();
  api.listOrders.mockImplementation(async ({ cursor } = {}) =>
    cursor ? history([BOUGHT]) : history([HELD], 'older'),
  );
  const { store, kept, ids, stop } = await startStore({ api });
  store.orders.value?.load();
  await settle();
  expect(ids()).toEqual([HELD.id, BOUGHT.id]);
  stop();
  const back = await startStore({ kept });
  expect(back.ids()).toEqual([HELD.id, BOUGHT.id]);
});

it('keeps what it has while asking fails', async () => {
  const api = fakeApi();
  api.listOrders.mockResolvedValueOnce(history([HELD]));
  api.listOrders.mockResolvedValue(refused({ code: 'unavailable' }));
  const { store, ids, onSessionOver } = await startStore({ api });
  store.refresh();
  await settle();
  expect(ids()).toEqual([HELD.id]);
  expect(store.problem.value).toEqual({ code: 'unavailable' });
  expect(onSessionOver).not.toHaveBeenCalled();
});

it('reports once that the session is over', async () => {
  const api = fakeApi();
  api.listOrders.mockResolvedValue(refused({ code: 'unauthenticated' }));
  const { onSessionOver } = await startStore({ api });
  await settle(10 * MINUTE_MS);
  expect(onSessionOver).toHaveBeenCalledTimes(1);
});
