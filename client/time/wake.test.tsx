import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { NOON_MS } from '../testing/builders.ts';
import { onWake } from './wake.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: NOON_MS });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test('a laptop that slept with the page in sight is noticed, an idle one is not disturbed', () => {
  const wake = vi.fn<() => void>();
  const stop = onWake(wake);
  vi.advanceTimersByTime(60_000);
  expect(wake).not.toHaveBeenCalled();
  // In a sleep the wall clock goes on and the monotonic one stands still.
  vi.setSystemTime(NOON_MS + 3_600_000);
  vi.advanceTimersByTime(2_000);
  expect(wake).toHaveBeenCalledTimes(1);
  stop();
});

test('a page load is no waking, a return from the back-forward cache is', () => {
  const wake = vi.fn<() => void>();
  const stop = onWake(wake);
  dispatchEvent(Object.assign(new Event('pageshow'), { persisted: false }));
  expect(wake).not.toHaveBeenCalled();
  dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
  expect(wake).toHaveBeenCalledTimes(1);
  stop();
});

test('after it is stopped nothing wakes it', () => {
  const wake = vi.fn<() => void>();
  onWake(wake)();
  dispatchEvent(new Event('online'));
  document.dispatchEvent(new Event('visibilitychange'));
  vi.setSystemTime(NOON_MS + 3_600_000);
  vi.advanceTimersByTime(10_000);
  expect(wake).not.toHaveBeenCalled();
});
