import { expect, it } from 'vitest';
import {
  CROWDED_EVERY_MS,
  everyMsFor,
  UNWATCHED_EVERY_MS,
  WATCHED_EVERY_MS,
  waitMs,
} from './throttle.ts';

it('sends at once what is first or late, and else waits for the rest of the period', () => {
  expect(waitMs({ shard: 0, sentAtMs: undefined, everyMs: 250 }, 1_000)).toBe(0);
  expect(waitMs({ shard: 0, sentAtMs: 1_000, everyMs: 250 }, 1_000)).toBe(250);
  expect(waitMs({ shard: 0, sentAtMs: 1_000, everyMs: 250 }, 1_249)).toBe(1);
  expect(waitMs({ shard: 0, sentAtMs: 1_000, everyMs: 250 }, 1_250)).toBe(0);
  expect(waitMs({ shard: 0, sentAtMs: 1_000, everyMs: 250 }, 9_000)).toBe(0);
});

it('waits no longer than usual after the clock was set back', () => {
  expect(waitMs({ shard: 0, sentAtMs: 90_000, everyMs: 250 }, 1_000)).toBe(250);
});

it('sends to a crowd less often than to a few, but at least once a second', () => {
  expect(everyMsFor(0)).toBe(UNWATCHED_EVERY_MS);
  expect(everyMsFor(1)).toBe(WATCHED_EVERY_MS);
  expect(everyMsFor(125)).toBe(WATCHED_EVERY_MS);
  expect(everyMsFor(250)).toBe(500);
  expect(everyMsFor(500)).toBe(CROWDED_EVERY_MS);
  expect(everyMsFor(8_000)).toBe(CROWDED_EVERY_MS);
});

it('sends to the crowds of different objects one after the other', () => {
  const turns = [0, 1, 2, 3].map(
    (shard) => 10_000 + waitMs({ shard, sentAtMs: 9_990, everyMs: 1_000 }, 10_000),
  );
  expect(turns).toEqual([11_000, 11_250, 10_500, 10_750]);
  for (const [shard, sentAtMs] of turns.entries()) {
    for (const lateMs of [-3, 0, 3]) {
      const again = waitMs({ shard, sentAtMs: sentAtMs + lateMs, everyMs: 1_000 }, sentAtMs + 20);
      expect(sentAtMs + 20 + again).toBe(sentAtMs + 1_000);
    }
  }
});
