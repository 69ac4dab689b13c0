import { expect, test } from 'vitest';
import type { EventLine } from '../../../worker/contract/commit-metrics.ts';
import { BARS, commitView } from './commit-view.ts';

function aLine(attempts: number[], reserved = attempts): EventLine {
  const none = attempts.map(() => 0);
  return {
    id: 'evt_0123456789ab' as EventLine['id'],
    serverNow: '2026-11-27T10:00:00.000Z',
    since: '2026-11-27T09:59:00.000Z',
    lineLength: 3,
    settling: 40,
    attempts: 0,
    outcomes: {},
    groups: { count: 1, sizeMean: 12.34, waitMsMean: 0, settleMsMean: 0 },
    perSecond: {
      attempts,
      reserved,
      refused: none,
      groups: none,
      waitMs: attempts.map((_, n) => n),
      lineLength: none,
    },
  };
}

test('rates are of the last ten seconds, also of an object that has just woken', () => {
  expect(commitView(aLine([1_000, ...Array.from({ length: 10 }, () => 7)])).attemptsPerSecond).toBe(
    7,
  );
  expect(commitView(aLine([25])).attemptsPerSecond).toBe(2.5);
  expect(commitView(aLine([]))).toMatchObject({ attemptsPerSecond: 0, longestWaitMs: 0 });
});

test('whoever is being served still waits', () => {
  expect(commitView(aLine([])).waiting).toBe(43);
});

test('the last minute is drawn from the right, as tall as its busiest second', () => {
  const { bars, attemptsMax } = commitView(aLine([4, 8], [4, 2]));
  expect(bars).toHaveLength(BARS);
  expect(attemptsMax).toBe(8);
  expect(bars.slice(-3)).toEqual([
    { attempts: 0, reserved: 0 },
    { attempts: 0.5, reserved: 0.5 },
    { attempts: 1, reserved: 0.25 },
  ]);
  const long = commitView(aLine([99, ...Array.from({ length: BARS }, () => 1)]));
  expect(long.attemptsMax).toBe(1);
});
