/** Proves how a phase becomes a sample, and the samples of a row become one. */
import { expect, test } from 'vitest';
import { median, mediansOf, type Readings, sampleOf } from './samples.ts';

function readings(cpuSeconds: number): Readings {
  const usage = { cpuSeconds, rssBytes: 5 };
  return { runtime: usage, endpoint: usage, postgres: usage, load: usage };
}

const row = { name: 'reserve', connections: 32, round: 0 } as const;

test('a sample has rates by the second, and the CPU of one unit', () => {
  const counted = {
    units: 2_000,
    unitsInAll: 2_500,
    ms: 2_000,
    tookMs: [3, 1, 2],
    errors: { '503 busy': 1 },
    before: readings(1),
    after: readings(2),
  };
  expect(sampleOf(row, counted)).toEqual({
    ...row,
    perSecond: 1_000,
    p50Ms: 2,
    p99Ms: 3,
    slowestMs: 3,
    errors: { '503 busy': 1 },
    cpu: { runtime: 0.5, endpoint: 0.5, postgres: 0.5, load: 0.5 },
    runtimeUsEach: 500,
    rssBytes: 5,
  });
});

test('a phase in which nothing was done costs nothing each', () => {
  const nothing = { units: 0, unitsInAll: 0, ms: 100, tookMs: [], errors: {} };
  const sample = sampleOf(row, { ...nothing, before: readings(1), after: readings(2) });
  expect(sample).toMatchObject({ perSecond: 0, p50Ms: 0, runtimeUsEach: 0 });
});

test('the rounds of a row become their medians, and their errors add up', () => {
  const counted = { unitsInAll: 0, ms: 1_000, tookMs: [1], errors: { '500': 1 } };
  const edges = { before: readings(0), after: readings(0) };
  const samples = [10, 90, 30].map((units) => sampleOf(row, { ...counted, ...edges, units }));
  const other = sampleOf({ ...row, connections: 256 }, { ...counted, ...edges, units: 7 });
  expect(mediansOf([...samples, other])).toMatchObject([
    { connections: 32, perSecond: 30, errors: { '500': 3 } },
    { connections: 256, perSecond: 7, errors: { '500': 1 } },
  ]);
});

test('the median of an even number is the mean of the two in the middle', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([])).toBe(0);
});
