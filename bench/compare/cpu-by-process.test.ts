/** Proves how CPU is split, and how many reservations are offered for it. */
import { expect, test } from 'vitest';
import { allOf, type CpuByPart, offeredPerSecond, usedEach } from './cpu-by-process.ts';

const NONE: CpuByPart = { shop: 0, endpoint: 0, postgres: 0, provider: 0, payers: 0, buyers: 0 };

test('what was used between two readings is split by process, and is never negative', () => {
  const before = { ...NONE, shop: 10, postgres: 3, payers: 1 };
  const after = { ...NONE, shop: 12, postgres: 4, provider: 1, payers: 0.5 };
  const each = usedEach(before, after, 2);
  expect(each).toEqual({ ...NONE, shop: 1, postgres: 0.5, provider: 0.5 });
  expect(allOf(each)).toBe(2);
  expect(usedEach(before, after, 0)).toEqual(NONE);
});

test('what is offered leaves to the provider and the payers what they take of the machine', () => {
  const alone = { perSecond: 2_000, cpu: { ...NONE, shop: 1, buyers: 0.5, postgres: 0.5 } };
  expect(offeredPerSecond(alone, { provider: 0, payers: 0 }, 0.5)).toBe(1_000);
  expect(offeredPerSecond(alone, { provider: 0.3, payers: 0.1 }, 0.5)).toBe(800);
});

test('something is offered where they take all, or where no CPU is known', () => {
  const alone = { perSecond: 2_000, cpu: { ...NONE, shop: 1 } };
  expect(offeredPerSecond(alone, { provider: 2, payers: 0 }, 0.5)).toBe(1);
  expect(offeredPerSecond({ ...alone, cpu: NONE }, { provider: 1, payers: 0 }, 0.5)).toBe(1_000);
});
