import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { OwnOrder } from '../../worker/contract/own-order.ts';
import { createHolds } from '../holds/holds.ts';
import type { PaymentApi } from '../payment/payment-api.ts';
import { CHECK_WAITS_MS } from '../payment/payment-check.ts';
import {
  anOwnOrder,
  aPayment,
  aSession,
  instant,
  MINUTE_MS,
  NOON_MS,
} from '../testing/builders.ts';
import { ok, refused } from '../testing/fake-api.ts';
import { createOrderStore, type OrderPorts } from './order-store.ts';
import type { OrdersApi } from './orders-api.ts';

const HELD = anOwnOrder();
const BOUGHT = anOwnOrder({ status: 'confirmed' });
const BEGUN = anOwnOrder({ payOnline: true, payment: aPayment() });
const PAID = anOwnOrder({
  payOnline: true,
  status: 'confirmed',
  payment: aPayment({ status: 'authorised' }),
});

beforeEach(() => void vi.useFakeTimers({ now: NOON_MS }));
afterEach(() => void vi.useRealTimers());

const settle = (passMs = 0) => vi.advanceTimersByTimeAsync(passMs);

async function startStore(
  first: Awaited<ReturnType<OrdersApi['order']>>,
  cameBack?: OrderPorts['cameBack'],
) {
  const order = vi.fn<OrdersApi['order']>(async () => first);
  const look = vi.fn<PaymentApi['look']>(async () => refused({ code: 'unavailable' }));
  const publish = vi.fn<OrderPorts['orderUpdates']['publish']>();
  const holds = createHolds();
  const page = { wake: () => {} };
  const onSessionOver = vi.fn<OrderPorts['onSessionOver']>();
  const others = new Set<() => void>();
  const store = createOrderStore({
    api: { order, look },
    orderId: HELD.id,
    userId: aSession().user.id,
    cameBack,
    holds,
    orderUpdates: {
      publish,
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
    onWake: (wake) => {
      page.wake = wake;
      return () => {};
    },
  });
  const stop = store.start();
  await settle();
  return { store, stop, order, look, publish, holds, page, others, onSessionOver };
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

const answered = (order: OwnOrder) => ok({ order, serverNow: instant(NOON_MS) });

it('asks again and again what became of a payment, and tells as soon as it is known', async () => {
  const { store, stop, order, look, publish, holds } = await startStore(ok(BEGUN), 'returned');
  expect(store.check.value).toBe('running');
  expect(holds.current.value).toMatchObject([{ itemName: 'Headphones' }]);
  look.mockResolvedValue(answered(PAID));
  order.mockResolvedValue(ok(PAID));
  await settle(CHECK_WAITS_MS[1]);
  expect(look.mock.calls).toEqual([[BEGUN.id], [BEGUN.id]]);
  expect([store.order.value, store.check.value]).toEqual([PAID, 'idle']);
  // Where else the shopper looks, too.
  expect(publish.mock.calls[0]?.[1]).toMatchObject([{ id: PAID.id, status: 'confirmed' }]);
  expect(holds.current.value).toEqual([]);
  await settle(MINUTE_MS);
  expect(look).toHaveBeenCalledTimes(2);
  stop();
});

it('asks once what became of a payment that its customer left, and again when they are back', async () => {
  const { store, stop, look, page } = await startStore(ok(BEGUN), 'cancelled');
  await settle(MINUTE_MS);
  expect(look).toHaveBeenCalledTimes(1);
  expect(store.check.value).toBe('over');
  page.wake();
  await settle();
  expect(look).toHaveBeenCalledTimes(2);
  store.look();
  await settle(2 * MINUTE_MS);
  expect(look).toHaveBeenCalledTimes(2 + CHECK_WAITS_MS.length);
  stop();
});

it('asks nothing about the money of an order without a payment, or whose end is known', async () => {
  const released = aPayment({ status: 'released' });
  for (const order of [HELD, BOUGHT, anOwnOrder({ status: 'expired', payment: released })]) {
    const { stop, look } = await startStore(ok(order), 'returned');
    expect(look).not.toHaveBeenCalled();
    stop();
  }
});
