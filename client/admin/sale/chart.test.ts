import { expect, test } from 'vitest';
import { chartOf, unitTicks } from './chart.ts';

const SIZE = { width: 300, height: 120, left: 40, right: 10, top: 10, bottom: 20 };

function point(second: number, units: number, unitsCumulative: number) {
  const at = new Date(Date.UTC(2026, 10, 22, 12, 0, second)).toISOString();
  return { at, units, unitsCumulative, revenueCents: 0, revenueCentsCumulative: 0 };
}

test('a line begins where the sale did and rises to what was sold', () => {
  const points = [point(0, 2, 2), point(10, 0, 2), point(20, 6, 8)];
  const chart = chartOf({ bucketSeconds: 10, points }, SIZE);
  expect(chart?.line).toBe('M40 100L123.3 77.5L206.7 77.5L290 10');
  expect(chart?.last).toEqual({ x: 290, y: 10 });
  expect(chart?.area).toBe('M40 100L123.3 77.5L206.7 77.5L290 10L290 100L40 100Z');
});

test('there is nothing to draw before the first bucket', () => {
  expect(chartOf({ bucketSeconds: 10, points: [] }, SIZE)).toBeNull();
});

test('a sale of which nothing is sold is a line along the ground', () => {
  const chart = chartOf({ bucketSeconds: 1, points: [point(0, 0, 0)] }, SIZE);
  expect(chart?.line).toBe('M40 100L290 100');
  expect(chart?.yTicks.map(({ units }) => units)).toEqual([0, 1]);
});

test('no two times on the axis are the same second', () => {
  const chart = chartOf({ bucketSeconds: 1, points: [point(0, 1, 1)] }, { ...SIZE, width: 900 });
  const seconds = (chart?.xTicks ?? []).map(({ atMs }) => Math.floor(atMs / 1_000));
  expect(new Set(seconds).size).toBe(seconds.length);
});

test('the scale has few round steps and room for all', () => {
  expect(unitTicks(0)).toEqual([0, 1]);
  expect(unitTicks(3)).toEqual([0, 1, 2, 3]);
  expect(unitTicks(8)).toEqual([0, 2, 4, 6, 8]);
  expect(unitTicks(95)).toEqual([0, 50, 100]);
  for (let most = 1; most < 2_000; most++) {
    const ticks = unitTicks(most);
    expect(ticks.length).toBeLessThanOrEqual(5);
    expect(ticks.at(-1)).toBeGreaterThanOrEqual(most);
    expect(ticks.every(Number.isInteger)).toBe(true);
  }
});
