/** Proves that roles follow the seed and the shares. */
import { expect, test } from 'vitest';
import { countKeepers, drawRoles } from './roles.ts';
import { between, seededRandom, shuffledIndexes } from './seeded-random.ts';
import { TIMING } from './timing.ts';

const CAST = { shoppers: 200, cancelPercent: 10, leavePercent: 5 };

test('the same seed casts the same roles', () => {
  expect(drawRoles(CAST, TIMING, seededRandom(7))).toEqual(
    drawRoles(CAST, TIMING, seededRandom(7)),
  );
});

test('another seed casts other roles', () => {
  expect(drawRoles(CAST, TIMING, seededRandom(7))).not.toEqual(
    drawRoles(CAST, TIMING, seededRandom(8)),
  );
});

test('the shares are exact, whatever the seed', () => {
  for (let seed = 0; seed < 50; seed++) {
    const roles = drawRoles(CAST, TIMING, seededRandom(seed));
    expect(roles.filter((role) => role.ending === 'cancel')).toHaveLength(20);
    expect(roles.filter((role) => role.ending === 'leave')).toHaveLength(10);
    expect(countKeepers(roles)).toBe(170);
    expect(roles.filter((role) => role.doubleClicks)).toHaveLength(20);
    expect(roles.filter((role) => role.earlyMs > 0)).toHaveLength(4);
  }
});

test('who thinks and who is early stays within the pace', () => {
  const roles = drawRoles(CAST, TIMING, seededRandom(3));
  const earlyMs = roles.map((role) => role.earlyMs).filter((ms) => ms > 0);
  expect(Math.max(...roles.map((role) => role.thinkMs))).toBeLessThan(TIMING.thinkMsMax);
  expect(Math.min(...earlyMs)).toBeGreaterThanOrEqual(TIMING.earlyMsMin);
  expect(Math.max(...earlyMs)).toBeLessThan(TIMING.earlyMsMax);
});

test('a single shopper without shares is a keeper', () => {
  const shares = { shoppers: 1, cancelPercent: 0, leavePercent: 0 };
  expect(drawRoles(shares, TIMING, seededRandom(1))[0]?.ending).toBe('keep');
});

test('a shuffle keeps every index once', () => {
  const shuffled = shuffledIndexes(100, seededRandom(5));
  expect(shuffled).not.toEqual(shuffled.toSorted((a, b) => a - b));
  expect(new Set(shuffled).size).toBe(100);
});

test('streams of one seed differ, and stay within their bounds', () => {
  const first = seededRandom(9, 0);
  const second = seededRandom(9, 1);
  const drawn = Array.from({ length: 1_000 }, () => between(first, 10, 20));
  expect(Math.min(...drawn)).toBeGreaterThanOrEqual(10);
  expect(Math.max(...drawn)).toBeLessThan(20);
  expect(drawn.reduce((sum, value) => sum + value, 0) / 1_000).toBeCloseTo(15, 0);
  expect(second()).not.toBe(seededRandom(9, 0)());
});
