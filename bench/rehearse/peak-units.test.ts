/** Proves the count of units promised at once. */
import { expect, test } from 'vitest';
import { peakUnitsOf } from './peak-units.ts';

test('spans that overlap add up', () => {
  const spans = [
    { fromMs: 0, untilMs: 10, units: 1 },
    { fromMs: 5, untilMs: 15, units: 2 },
    { fromMs: 9, untilMs: Number.POSITIVE_INFINITY, units: 1 },
  ];
  expect(peakUnitsOf(spans, 3)).toEqual({ peakUnits: 4, reachedAtMs: 5 });
});

test('a unit that comes back at an instant may go out again at that instant', () => {
  const spans = [
    { fromMs: 0, untilMs: 10, units: 1 },
    { fromMs: 10, untilMs: 20, units: 1 },
  ];
  expect(peakUnitsOf(spans, 2)).toEqual({ peakUnits: 1, reachedAtMs: null });
});

test('an empty span counts for nothing', () => {
  expect(peakUnitsOf([{ fromMs: 5, untilMs: 5, units: 9 }], 1).peakUnits).toBe(0);
  const backwards = { fromMs: 6, untilMs: 2, units: 9 };
  const plain = { fromMs: 3, untilMs: 5, units: 2 };
  expect(peakUnitsOf([backwards, plain], 1).peakUnits).toBe(2);
});
