/** Proves the arithmetic of percentiles and rates. */
import { expect, test } from 'vitest';
import { peakPerSecond, percentile, ratePerSecond, spread } from './statistics.ts';

const ONE_TO_HUNDRED = Array.from({ length: 100 }, (_, index) => index + 1);

test('a percentile is the nearest rank', () => {
  expect(percentile(ONE_TO_HUNDRED, 50)).toBe(50);
  expect(percentile(ONE_TO_HUNDRED, 99)).toBe(99);
  expect(percentile([5], 99)).toBe(5);
  expect(percentile([1, 9], 50)).toBe(1);
});

test('nothing measured is zero, not NaN', () => {
  expect(spread([])).toEqual({ p50: 0, p95: 0, p99: 0, max: 0 });
  expect(peakPerSecond([])).toBe(0);
});

test('a spread does not need its values in order', () => {
  expect(spread(ONE_TO_HUNDRED.toReversed())).toEqual({ p50: 50, p95: 95, p99: 99, max: 100 });
});

test('the busiest second is found across the boundary of whole seconds', () => {
  expect(peakPerSecond([100, 900, 950, 1_050, 1_100, 2_500])).toBe(4);
});

test('answers exactly a second apart are not in one second', () => {
  expect(peakPerSecond([0, 1_000, 2_000])).toBe(1);
});

test('the rate counts the rush alone', () => {
  const answered = [900, 1_100, 1_200, 1_300, 1_500, 9_000];
  expect(ratePerSecond(answered, { fromMs: 1_000, untilMs: 1_500 })).toBe(8);
});
