import { expect, it } from 'vitest';
import { sellThroughOf } from './sell-through.ts';

const OPENS_AT_MS = Date.UTC(2030, 0, 1);

it('a series has a point for every bucket, also where nothing was sold, and adds up', () => {
  const buckets = [
    { n: 3, units: 1, revenueCents: 50 },
    { n: 0, units: 2, revenueCents: 100 },
  ];
  const span = { opensAtMs: OPENS_AT_MS, bucketSeconds: 10, lastBucket: 4 };
  const { points, bucketSeconds } = sellThroughOf(buckets, span);
  expect(bucketSeconds).toBe(10);
  expect(points.map(({ at }) => Date.parse(at) - OPENS_AT_MS)).toEqual([0, 1e4, 2e4, 3e4, 4e4]);
  expect(points.map(({ units }) => units)).toEqual([2, 0, 0, 1, 0]);
  expect(points.map(({ unitsCumulative }) => unitsCumulative)).toEqual([2, 2, 2, 3, 3]);
  const revenue = points.map(({ revenueCentsCumulative }) => revenueCentsCumulative);
  expect(revenue).toEqual([100, 100, 100, 150, 150]);
});

it('a series of a sale that has sold nothing is one point of nothing', () => {
  const span = { opensAtMs: OPENS_AT_MS, bucketSeconds: 1, lastBucket: 0 };
  expect(sellThroughOf([], span).points).toMatchObject([{ units: 0, unitsCumulative: 0 }]);
});
