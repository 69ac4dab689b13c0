import fc from 'fast-check';
import { expect, it } from 'vitest';
import { COUNT_STEPS_MAX, countSteps } from './draw-counts.ts';

const NOON_MS = Date.UTC(2026, 10, 27, 12);
const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

it.each([
  ['a minute', 59 * SECOND_MS, { stepSeconds: 1, count: 59 }],
  ['a second more', 61 * SECOND_MS, { stepSeconds: 5, count: 13 }],
  ['an hour', HOUR_MS, { stepSeconds: 60, count: 60 }],
  ['a day', DAY_MS, { stepSeconds: 1_800, count: 48 }],
  ['60 days', 59.5 * DAY_MS, { stepSeconds: 86_400, count: 60 }],
  ['100 days', 100 * DAY_MS, { stepSeconds: 2 * 86_400, count: 51 }],
  ['no time at all', 0, { stepSeconds: 1, count: 1 }],
])('counts %s in the shortest steps that are few enough', (_, lastsMs, steps) => {
  expect(countSteps(NOON_MS, NOON_MS + lastsMs)).toMatchObject(steps);
});

it('begins its steps at whole hours where they are hours', () => {
  const { fromMs, stepSeconds } = countSteps(NOON_MS + 17 * 60_000 + 3, NOON_MS + 50 * HOUR_MS);
  expect([stepSeconds, fromMs]).toEqual([3_600, NOON_MS]);
});

it('covers all from the first record to the end of entries in few steps', () => {
  const instant = fc.integer({ min: 0, max: 4e12 });
  fc.assert(
    fc.property(instant, instant, (one, other) => {
      const [firstMs, closeMs] = [Math.min(one, other), Math.max(one, other)];
      const { fromMs, stepSeconds, count } = countSteps(firstMs, closeMs);
      expect(count).toBeLessThanOrEqual(COUNT_STEPS_MAX);
      expect(fromMs).toBeLessThanOrEqual(firstMs);
      expect(firstMs - fromMs).toBeLessThan(stepSeconds * 1_000);
      expect(fromMs + count * stepSeconds * 1_000).toBeGreaterThanOrEqual(closeMs);
    }),
  );
});
