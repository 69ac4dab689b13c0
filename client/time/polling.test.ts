import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextPollMs } from './polling.ts';

const PACE = { everyMs: 3_000, momentsMs: [] };

test('the wait is the pace, stretched or shrunk by a fifth at most', () => {
  expect(nextPollMs(PACE, { nowMs: 0, failures: 0, random: 0 })).toBe(2_400);
  expect(nextPollMs(PACE, { nowMs: 0, failures: 0, random: 0.5 })).toBe(3_000);
  expect(nextPollMs(PACE, { nowMs: 0, failures: 0, random: 1 })).toBeCloseTo(3_600);
});

test('each failure in a row doubles the wait, up to a minute', () => {
  const waits = [1, 2, 3, 9].map((failures) =>
    nextPollMs(PACE, { nowMs: 0, failures, random: 0.5 }),
  );
  expect(waits).toEqual([6_000, 12_000, 24_000, 60_000]);
});

test('a known moment cuts the wait short, spread so that pages do not ask as one', () => {
  const pace = { everyMs: 20_000, momentsMs: [105_000] };
  expect(nextPollMs(pace, { nowMs: 100_000, failures: 0, random: 0 })).toBe(5_000);
  expect(nextPollMs(pace, { nowMs: 100_000, failures: 0, random: 1 })).toBe(6_500);
});

test('a moment that is over does not matter', () => {
  const pace = { everyMs: 20_000, momentsMs: [99_000] };
  expect(nextPollMs(pace, { nowMs: 100_000, failures: 0, random: 0.5 })).toBe(20_000);
});

test('whatever the pace, nobody asks more than once a second', () => {
  const any = fc.record({
    everyMs: fc.integer({ min: 0, max: 1e9 }),
    momentsMs: fc.array(fc.integer({ min: 0, max: 1e6 })),
  });
  const at = fc.record({
    nowMs: fc.integer({ min: 0, max: 1e6 }),
    failures: fc.nat(),
    random: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(any, at, (pace, when) => {
      const waitMs = nextPollMs(pace, when);
      expect(waitMs).toBeGreaterThanOrEqual(1_000);
      expect(waitMs).toBeLessThanOrEqual(60_000);
    }),
  );
});
