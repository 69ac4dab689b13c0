import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { anEntry, anOrder, aSession, instant, NOON_MS } from '../testing/builders.ts';
import { fakeApi, ok } from '../testing/fake-api.ts';
import { type FollowHoldsPorts, followHolds } from './follow-holds.ts';
import { createHolds } from './holds.ts';
import { createOrderUpdates, type OrderUpdates } from './order-updates.ts';

beforeEach(() => void vi.useFakeTimers({ now: NOON_MS }));
afterEach(() => void vi.useRealTimers());

function follow(ports: Partial<FollowHoldsPorts> = {}) {
  const api = fakeApi();
  const history = { orders: [anEntry()], nextCursor: null, serverNow: instant(NOON_MS) };
  api.listOrders.mockResolvedValue(ok(history));
  const holds = createHolds();
  const page = { wake: () => {} };
  const end = followHolds({
    userId: aSession().user.id,
    api,
    holds,
    orderUpdates: createOrderUpdates(null),
    isAskedFor: () => false,
    onWake: (wake) => {
      page.wake = wake;
      return () => {
        page.wake = () => {};
      };
    },
    ...ports,
  });
  return { api, holds, page, end };
}

it('asks once what is held, where no screen has learnt it by itself', async () => {
  const { api, holds } = follow();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(api.listOrders).toHaveBeenCalledTimes(1);
  expect(holds.current.value).toMatchObject([{ itemName: 'Headphones' }]);
});

it('asks nothing where a screen asks, or has learnt of a hold', async () => {
  const asked = follow({ isAskedFor: () => true });
  const known = follow();
  known.holds.learn([anOrder()]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked.api.listOrders).not.toHaveBeenCalled();
  expect(known.api.listOrders).not.toHaveBeenCalled();
});

it('asks again after a sleep, while there is a hold to lose', async () => {
  const { api, holds, page, end } = follow();
  page.wake();
  expect(api.listOrders).not.toHaveBeenCalled();
  holds.learn([anOrder()]);
  page.wake();
  expect(api.listOrders).toHaveBeenCalledTimes(1);
  end();
  page.wake();
  expect(api.listOrders).toHaveBeenCalledTimes(1);
  expect(vi.getTimerCount()).toBe(0);
});

it('learns of what another window of the same shopper holds', () => {
  const listeners: Parameters<OrderUpdates['subscribe']>[1][] = [];
  const { holds } = follow({
    orderUpdates: {
      publish: () => {},
      subscribe: (_, onOrders) => {
        listeners.push(onOrders);
        return () => {};
      },
    },
  });
  for (const onOrders of listeners) onOrders([anOrder()]);
  expect(holds.current.value).toHaveLength(1);
});
