import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { OrderAnswer } from '../../worker/contract/orders.ts';
import type { PaymentStatus } from '../../worker/contract/payments.ts';
import type { Result } from '../api/call-problem.ts';
import { anOrder, aPayment, instant, NOON_MS } from '../testing/builders.ts';
import { ok, refused } from '../testing/fake-api.ts';
import type { PaymentApi } from './payment-api.ts';
import {
  CHECK_WAITS_MS,
  createPaymentCheck,
  isMoving,
  type PaymentCheckPorts,
} from './payment-check.ts';

const ALL_MS = CHECK_WAITS_MS.reduce<number>((sum, waitMs) => sum + waitMs, 0);

beforeEach(() => void vi.useFakeTimers({ now: NOON_MS }));
afterEach(() => void vi.useRealTimers());

const withPayment = (status: PaymentStatus): Result<OrderAnswer> =>
  ok({ order: anOrder({ payment: aPayment({ status }) }), serverNow: instant(NOON_MS) });

function setUp(first: Result<OrderAnswer>) {
  const look = vi.fn<PaymentApi['look']>(async () => first);
  const onLooked = vi.fn<PaymentCheckPorts['onLooked']>();
  const check = createPaymentCheck({ api: { look }, orderId: anOrder().id, onLooked });
  return { look, onLooked, check };
}

it('asks for about a minute with growing pauses, and then no more', async () => {
  const { look, onLooked, check } = setUp(withPayment('authorised'));
  check.start('until_known');
  await vi.advanceTimersByTimeAsync(ALL_MS - 1);
  expect(look).toHaveBeenCalledTimes(CHECK_WAITS_MS.length - 1);
  expect(check.state.value).toBe('running');
  await vi.advanceTimersByTimeAsync(ALL_MS);
  expect(look).toHaveBeenCalledTimes(CHECK_WAITS_MS.length);
  expect(onLooked).toHaveBeenCalledTimes(CHECK_WAITS_MS.length);
  expect(check.state.value).toBe('over');
  expect(ALL_MS).toBeLessThanOrEqual(60_000);
});

it('goes on where no answer comes, and ends where the answer is a refusal', async () => {
  const { look, check } = setUp(refused({ code: 'unavailable' }));
  check.start('until_known');
  await vi.advanceTimersByTimeAsync(CHECK_WAITS_MS[1]);
  expect(look).toHaveBeenCalledTimes(2);
  look.mockResolvedValue(refused({ code: 'not_found' }));
  await vi.advanceTimersByTimeAsync(ALL_MS);
  expect(look).toHaveBeenCalledTimes(3);
  expect(check.state.value).toBe('idle');
});

it('hears nothing more once it was stopped, or started anew', async () => {
  const { look, onLooked, check } = setUp(withPayment('open'));
  const late = Promise.withResolvers<Result<OrderAnswer>>();
  look.mockReturnValueOnce(late.promise);
  check.start('until_known');
  check.start('once');
  await vi.advanceTimersByTimeAsync(ALL_MS);
  late.resolve(withPayment('captured'));
  check.stop();
  await vi.advanceTimersByTimeAsync(ALL_MS);
  expect(look).toHaveBeenCalledTimes(2);
  expect(onLooked).toHaveBeenCalledTimes(1);
  expect(vi.getTimerCount()).toBe(0);
});

it('knows enough once the order is confirmed, or nothing is on its way', () => {
  const moving = (['open', 'authorised', 'captured', 'released', 'refunded'] as const).map(
    (status) => isMoving(anOrder({ status: 'expired', payment: aPayment({ status }) })),
  );
  expect(moving).toEqual([true, true, true, false, false]);
  expect(isMoving(anOrder())).toBe(false);
  const payment = aPayment({ status: 'authorised' });
  expect(isMoving(anOrder({ status: 'confirmed', payment }))).toBe(false);
});
