import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { NOON_MS } from '../testing/builders.ts';
import { ok, refused } from '../testing/fake-api.ts';
import { createPolled, type Question } from './polled.ts';

const EVERY_MS = 10_000;

beforeEach(() => void vi.useFakeTimers({ now: NOON_MS }));
afterEach(() => void vi.useRealTimers());

function polledWith(question: Partial<Question<string>> = {}) {
  const load = vi.fn<Question<string>['load']>(async () => ok('asked for'));
  const keep = vi.fn<Question<string>['keep']>();
  const look = { isVisible: true, wake: () => {} };
  const polled = createPolled(
    { first: null, load, keep, pace: () => ({ everyMs: EVERY_MS, momentsMs: [] }), ...question },
    {
      nowMs: () => Date.now(),
      random: () => 0.5,
      isVisible: () => look.isVisible,
      onWake: (wake) => {
        look.wake = wake;
        return () => {};
      },
    },
  );
  return { polled, load, keep, look };
}

it('asks at once where there is no first answer, and keeps what it learns', async () => {
  const { polled, keep } = polledWith();
  expect(polled.state.value).toEqual({ value: null, problem: null, isLoading: true });
  polled.start();
  await vi.advanceTimersByTimeAsync(0);
  expect(polled.state.value).toEqual({ value: 'asked for', problem: null, isLoading: false });
  expect(keep).toHaveBeenCalledWith({ result: ok('asked for'), takenAtMs: NOON_MS });
});

it('asks at once for what is old, and shows it meanwhile', async () => {
  const first = { result: ok('of long ago'), takenAtMs: Number.NEGATIVE_INFINITY } as const;
  const { polled, load } = polledWith({ first });
  expect(polled.state.value.value).toBe('of long ago');
  polled.start();
  expect(load).toHaveBeenCalledTimes(1);
});

it('asks one question at a time', async () => {
  const { polled, load } = polledWith();
  polled.start();
  polled.refresh();
  polled.refresh();
  expect(load).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(0);
  polled.refresh();
  expect(load).toHaveBeenCalledTimes(2);
});

it('asks nothing while the page is hidden, and at once when it is shown again', async () => {
  const { polled, load, look } = polledWith();
  polled.start();
  look.isVisible = false;
  await vi.advanceTimersByTimeAsync(10 * EVERY_MS);
  expect(load).toHaveBeenCalledTimes(1);
  look.wake();
  expect(load).toHaveBeenCalledTimes(2);
});

it('does not ask again by itself what was refused for good', async () => {
  const load = vi.fn<Question<string>['load']>(async () => refused({ code: 'not_found' }));
  const { polled } = polledWith({ load });
  polled.start();
  await vi.advanceTimersByTimeAsync(10 * EVERY_MS);
  expect(load).toHaveBeenCalledTimes(1);
  expect(polled.state.value.problem).toEqual({ code: 'not_found' });
});

it('is corrected by what another answer brought, but not before there is something', async () => {
  const { polled } = polledWith();
  polled.patch(() => 'corrected');
  expect(polled.state.value.value).toBeNull();
  polled.start();
  await vi.advanceTimersByTimeAsync(0);
  polled.patch((value) => `${value}, corrected`);
  expect(polled.state.value.value).toBe('asked for, corrected');
});
