/** Proves what counts as blocking. */
import { expect, test } from 'vitest';
import { totalBlockingMs } from './total-blocking-time.ts';

const AT = { firstPaintMs: 1_000, quietMs: 5_000 };

test('what a task takes beyond 50 ms blocks', () => {
  const tasks = [
    { startTime: 1_100, duration: 90 },
    { startTime: 1_300, duration: 250 },
  ];
  expect(totalBlockingMs(tasks, AT)).toBe(40 + 200);
  expect(totalBlockingMs([], AT)).toBe(0);
});

test('nothing blocks before there is something to be seen', () => {
  expect(totalBlockingMs([{ startTime: 100, duration: 800 }], AT)).toBe(0);
  expect(totalBlockingMs([{ startTime: 800, duration: 300 }], AT)).toBe(100);
  expect(totalBlockingMs([{ startTime: 980, duration: 100 }], AT)).toBe(50);
});

test('nor after the page has been quiet', () => {
  const first = { startTime: 1_000, duration: 150 };
  expect(totalBlockingMs([{ startTime: 6_150, duration: 500 }, first], AT)).toBe(100);
  expect(totalBlockingMs([{ startTime: 6_149, duration: 500 }, first], AT)).toBe(550);
});
