import { signal } from '@preact/signals-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EventDetail } from '../../worker/contract/events.ts';
import type { LiveSnapshot } from '../../worker/contract/live.ts';
import { createHolds } from '../holds/holds.ts';
import { createOrderUpdates } from '../holds/order-updates.ts';
import {
  anEvent,
  anItem,
  anOrder,
  aSession,
  EVENT_ID,
  ITEM_ID,
  instant,
  MINUTE_MS,
  NOON_MS,
} from '../testing/builders.ts';
import { fakeApi, ok, refused } from '../testing/fake-api.ts';
import { createEventStore, type EventPorts, type LiveListener } from './event-store.ts';

const USER_ID = aSession().user.id;

beforeEach(() => void vi.useFakeTimers({ now: NOON_MS }));
afterEach(() => void vi.useRealTimers());

/** A store that was started, and the world around it. */
async function startStore(ports: Partial<EventPorts> = {}) {
  const api = fakeApi();
  const userId = signal<string | undefined>(USER_ID);
  const listeners = new Set<LiveListener>();
  const wakes = new Set<() => void>();
  const askToSignIn = vi.fn<EventPorts['askToSignIn']>();
  let keys = 0;
  const store = createEventStore({
    api,
    eventId: EVENT_ID,
    userId,
    holds: createHolds(),
    orderUpdates: createOrderUpdates(null),
    first: null,
    load: () => api.getEvent(EVENT_ID),
    keep: () => {},
    nowMs: () => Date.now(),
    random: () => 0.5,
    isVisible: () => true,
    newKey: () => `key-${++keys}`,
    onWake: (wake) => {
      wakes.add(wake);
      return () => void wakes.delete(wake);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    askToSignIn,
    asked: { first: '', last: '' },
    readChoices: () => [],
    keepChoice: () => {},
    onSessionOver: () => {},
    ...ports,
  });
  const stop = store.start();
  await vi.advanceTimersByTimeAsync(0);
  const [listener] = listeners;
  if (listener === undefined) throw new Error('the store does not listen');
  const tell = (fields: Partial<LiveSnapshot> = {}) =>
    listener.onUpdate({ kind: 'snapshot', snapshot: aSnapshot(fields) });
  return { api, store, stop, userId, listeners, listener, wakes, tell, askToSignIn };
}

function aSnapshot(fields: Partial<LiveSnapshot>): LiveSnapshot {
  const stock = { total: 10, remaining: 4, held: 0, sold: 6 };
  return {
    v: 1,
    seq: 1,
    takenAtMs: NOON_MS,
    status: 'live',
    opensAtMs: NOON_MS - MINUTE_MS,
    closesAtMs: NOON_MS + 60 * MINUTE_MS,
    items: [{ id: ITEM_ID, ...stock, nextReleaseAtMs: null }],
    serverNow: instant(NOON_MS),
    ...fields,
  };
}

function firstAnswer(event: EventDetail) {
  return { result: ok(event), takenAtMs: NOON_MS } as const;
}

describe('what the page shows', () => {
  it('is what came with the page, and nothing is asked while that is young', async () => {
    const { api, store } = await startStore({ first: firstAnswer(anEvent({ title: 'Here' })) });
    expect(store.event.value?.title).toBe('Here');
    expect(api.getEvent).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(4_000);
    expect(api.getEvent).toHaveBeenCalledTimes(1);
    expect(store.event.value?.title).toBe('Sunday sound');
  });

  it('is what was asked for last, with the reason why it is out of date', async () => {
    const { api, store } = await startStore();
    expect(store.problem.value).toBeNull();
    api.getEvent.mockResolvedValue(refused({ code: 'unavailable' }));
    store.refresh();
    await vi.advanceTimersByTimeAsync(0);
    expect(store.event.value?.title).toBe('Sunday sound');
    expect(store.problem.value).toEqual({ code: 'unavailable' });
  });

  it('is the stock that the live socket sends, and then no failure to ask is shown', async () => {
    const { api, store, tell } = await startStore();
    tell();
    expect(store.event.value?.items[0]?.stock.remaining).toBe(4);
    api.getEvent.mockResolvedValue(refused({ code: 'unavailable' }));
    store.refresh();
    await vi.advanceTimersByTimeAsync(0);
    expect(store.problem.value).toBeNull();
    expect(store.live.value.isOn).toBe(true);
  });

  it('is the stock that a refusal brought, which is newer than what was polled', async () => {
    const { api, store } = await startStore();
    const stock = { total: 10, remaining: 0, held: 2, sold: 8 };
    api.reserve.mockResolvedValue(refused({ code: 'sold_out', stock }));
    store.buy(ITEM_ID, 1);
    await vi.advanceTimersByTimeAsync(0);
    expect(store.event.value?.items[0]?.stock).toEqual(stock);
  });
});

describe('when the event is asked for', () => {
  it('is every few seconds while it is on sale, and hardly while the live socket sends', async () => {
    const { api, tell } = await startStore();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(api.getEvent.mock.calls.length).toBeGreaterThanOrEqual(4);
    tell();
    await vi.advanceTimersByTimeAsync(3_000);
    const asked = api.getEvent.mock.calls.length;
    await vi.advanceTimersByTimeAsync(40_000);
    expect(api.getEvent).toHaveBeenCalledTimes(asked);
  });

  it('is after a socket was lost, and when the page comes back to life', async () => {
    const { api, listener, wakes } = await startStore();
    const asked = api.getEvent.mock.calls.length;
    listener.onUpdate({ kind: 'dropped' });
    listener.onDropped();
    await vi.advanceTimersByTimeAsync(0);
    expect(api.getEvent).toHaveBeenCalledTimes(asked + 1);
    for (const wake of wakes) wake();
    await vi.advanceTimersByTimeAsync(0);
    expect(api.getEvent).toHaveBeenCalledTimes(asked + 2);
  });

  it('is soon after the live socket sends a close by hand, to learn when that was', async () => {
    const { api, store, tell } = await startStore();
    const closedAt = instant(NOON_MS);
    api.getEvent.mockResolvedValue(ok(anEvent({ status: 'closed', closedAt })));
    const asked = api.getEvent.mock.calls.length;
    tell({ status: 'closed', closesAtMs: 0 });
    expect(api.getEvent).toHaveBeenCalledTimes(asked);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(api.getEvent).toHaveBeenCalledTimes(asked + 1);
    expect(store.event.value?.closedAt).toBe(closedAt);
  });

  it('is when a hold of the shopper ends, and after each success', async () => {
    const locked = anEvent({ status: 'locked', startsAt: instant(NOON_MS + 30 * MINUTE_MS) });
    const { api, store } = await startStore({ first: firstAnswer(locked) });
    api.getEvent.mockResolvedValue(ok(locked));
    const order = anOrder({ expiresAt: instant(NOON_MS + 5_000) });
    api.reserve.mockResolvedValue(ok({ order, serverNow: instant(NOON_MS) }));
    store.buy(ITEM_ID, 1);
    await vi.advanceTimersByTimeAsync(0);
    expect(api.getEvent).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(6_500);
    expect(api.getEvent).toHaveBeenCalledTimes(2);
    store.timeUp(ITEM_ID);
    expect(store.purchases.value.current.value[ITEM_ID]?.step).toBe('expired');
    await vi.advanceTimersByTimeAsync(0);
    expect(api.getEvent).toHaveBeenCalledTimes(3);
  });
});

describe('buying', () => {
  it('asks to sign in first, and sends nothing', async () => {
    const { api, store, userId, askToSignIn } = await startStore();
    userId.value = undefined;
    store.buy(ITEM_ID, 1);
    expect(askToSignIn).toHaveBeenCalledWith(ITEM_ID);
    expect(api.reserve).not.toHaveBeenCalled();
  });

  it('asks to sign in again where the session turns out to be over', async () => {
    const { api, store, askToSignIn } = await startStore();
    api.reserve.mockResolvedValue(refused({ code: 'token_expired' }));
    store.buy(ITEM_ID, 1);
    await vi.advanceTimersByTimeAsync(0);
    expect(askToSignIn).toHaveBeenCalledWith(ITEM_ID);
  });

  it('sends the price that is shown, and after a change the one that the refusal brought', async () => {
    const { api, store } = await startStore();
    const price = { priceCents: 19_900, currency: 'EUR' };
    api.reserve.mockResolvedValue(refused({ code: 'changed', price }));
    store.buy(ITEM_ID, 1);
    const asked = api.getEvent.mock.calls.length;
    await vi.advanceTimersByTimeAsync(0);
    expect(api.getEvent).toHaveBeenCalledTimes(asked + 1);
    store.buy(ITEM_ID, 1);
    await vi.advanceTimersByTimeAsync(0);
    const shown = api.reserve.mock.calls.map(([, , sending]) => sending.shown);
    expect(shown).toEqual([{ priceCents: anItem().priceCents, currency: 'EUR' }, price]);
  });

  it('starts from nothing when somebody else signs in, while the event stays', async () => {
    const { api, store, userId } = await startStore();
    api.reserve.mockResolvedValue(ok({ order: anOrder(), serverNow: instant(NOON_MS) }));
    store.buy(ITEM_ID, 1);
    await vi.advanceTimersByTimeAsync(0);
    expect(store.purchases.value.current.value[ITEM_ID]?.step).toBe('held');
    const asked = api.listOrders.mock.calls.length;
    userId.value = 'usr_000000000000000002';
    expect(store.purchases.value.current.value).toEqual({});
    expect(api.listOrders).toHaveBeenCalledTimes(asked + 1);
    expect(store.event.value?.title).toBe('Sunday sound');
  });
});

it('neither asks nor listens any more once it was ended', async () => {
  const { api, listeners, wakes, tell, stop } = await startStore();
  tell({ status: 'closed' });
  stop();
  expect(listeners.size).toBe(0);
  expect(wakes.size).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
  const asked = api.getEvent.mock.calls.length;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(api.getEvent).toHaveBeenCalledTimes(asked);
});
