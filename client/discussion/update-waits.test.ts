import { expect, it } from 'vitest';
import { pollWaitMs, UPDATE_WAIT_MS_MIN, updateWaitMs } from './update-waits.ts';

it('is asked for when nothing from before the change is given any more, not by all at once', () => {
  // AGE_MS_MAX of the API: how old a page may be that it gives.
  expect(UPDATE_WAIT_MS_MIN).toBeGreaterThanOrEqual(2_000);
  const waits = Array.from({ length: 1_000 }, (_, n) => updateWaitMs(n / 1_000));
  expect(Math.min(...waits)).toBe(UPDATE_WAIT_MS_MIN);
  const perHalfSecond = Map.groupBy(waits, (ms) => Math.floor(ms / 500));
  expect(Math.max(...Array.from(perHalfSecond.values(), ({ length }) => length))).toBeLessThan(200);
});

it('is polled where there is no live socket', () => {
  expect(pollWaitMs(0)).toBeGreaterThanOrEqual(20_000);
  expect(pollWaitMs(1)).toBeLessThanOrEqual(40_000);
});
