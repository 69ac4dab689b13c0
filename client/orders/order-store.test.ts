import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { anEntry, aSession, MINUTE_MS, NOON_MS } from '../testing/builders.ts';
import { ok, refused } from '../testing/fake-api.ts';
import { createOrderStore, type OrderPorts } from './order-store.ts';
import type { OrdersApi } from './orders-api.ts';

const HELD = anEntry();
const BOUGHT = anEntry({ status: 'confirmed' });

beforeEach(() => void vi.useFakeTimers({ now: NOON_MS }));
afterEach(() => void vi.useRealTimers());

const settle = (passMs = 0) => vi.advanceTimersByTimeAsync(passMs);

async function startStore(first: Awaited<ReturnType<OrdersApi['order']>>) {
  const order = vi.fn<OrdersApi['order']>(async () => first);
  const onSessionOver = vi.fn<OrderPorts['onSessionOver']>();
  const others = new Set<() => void>();
  const store = createOrderStore({
    api: { order },
    orderId: HELD.id,
    userId: aSession().user.id,
    orderUpdates: {
      subscribe: (_, onOrders) => {
        const tell = () => onOrders([]);
        others.add(tell);
        return () => void others.delete(tell);
      },
    },
    onSessionOver,
    nowMs: () => Date.now(),
    random: () => 0.5,
    isVisible: () => true,
    onWake: () => () => {},
  });
  const stop = store.start();
  await settle();
  return { store, stop, order, others, onSessionOver };
}

it('asks often for an order that is held, and rarely once it has ended', async () => {
  const { store, stop, order } = await startStore(ok(HELD));
  order.mockResolvedValue(ok(BOUGHT));
  await settle(MINUTE_MS / 2);
  expect(store.order.value).toEqual(BOUGHT);
  const asked = order.mock.calls.length;
  await settle(MINUTE_MS / 2);
  expect(order).toHaveBeenCalledTimes(asked);
  expect(new Set(order.mock.calls.flat())).toEqual(new Set([HELD.id]));
  stop();
});

it('asks anew when another window has done something', async () => {
  const { store, stop, order, others } = await startStore(ok(HELD));
  order.mockResolvedValue(ok(BOUGHT));
  for (const tell of others) tell();
  await settle();
  expect(store.order.value).toEqual(BOUGHT);
  stop();
  expect(others.size).toBe(0);
});

it('says that it is not there, and when the session is over', async () => {
  const { store, stop, order, onSessionOver } = await startStore(refused({ code: 'not_found' }));
  expect(store.problem.value?.code).toBe('not_found');
  expect(onSessionOver).not.toHaveBeenCalled();
  order.mockResolvedValue(refused({ code: 'unauthenticated' }));
  store.refresh();
  await settle();
  expect(onSessionOver).toHaveBeenCalledTimes(1);
  stop();
});
