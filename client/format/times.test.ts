import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  clockDigits,
  durationParts,
  formatInstant,
  formatTimeOfDay,
  secondsLeft,
  spokenParts,
  untilNextTickMs,
} from './times.ts';

const HOUR_MS = 3_600_000;

test('zero is shown when the moment is there, not before', () => {
  expect(secondsLeft(1)).toBe(1);
  expect(secondsLeft(0)).toBe(0);
  expect(secondsLeft(-5_000)).toBe(0);
});

test('the digits change when the next tick is due, and not before', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10 ** 9 }), (remainingMs) => {
      const tickMs = untilNextTickMs(remainingMs);
      expect(tickMs).toBeGreaterThan(0);
      expect(tickMs).toBeLessThanOrEqual(1_000);
      expect(secondsLeft(remainingMs - tickMs)).toBe(secondsLeft(remainingMs) - 1);
    }),
  );
});

test.each([
  [300_000, '5:00'],
  [272_001, '4:33'],
  [9_000, '0:09'],
  [HOUR_MS, '1:00:00'],
  [0, '0:00'],
])('%i ms are %s on a clock', (remainingMs, digits) => {
  expect(clockDigits(remainingMs)).toBe(digits);
});

test('a long time is taken apart into days, hours, minutes and seconds', () => {
  expect(durationParts(49 * HOUR_MS + 61_000)).toEqual({
    days: 2,
    hours: 1,
    minutes: 1,
    seconds: 1,
  });
});

test('the spoken time changes seldom: five times in the last two minutes', () => {
  const said = new Set<string>();
  for (let ms = 120_000; ms >= 0; ms -= 250) said.add(JSON.stringify(spokenParts(ms)));
  expect(said.size).toBe(5);
});

test('an instant is shown in the zone and on the side of summer time of its day', () => {
  const style = { locale: 'en-GB', timeZone: 'Europe/Copenhagen' };
  expect(formatInstant('2026-10-24T16:00:00.000Z', style)).toContain('18:00');
  expect(formatInstant('2026-10-25T17:00:00.000Z', style)).toContain('18:00');
});

test('the time of day has its seconds', () => {
  const shown = formatTimeOfDay('2026-11-22T12:00:42.000Z', { locale: 'en-GB', timeZone: 'UTC' });
  expect(shown).toBe('12:00:42');
});
