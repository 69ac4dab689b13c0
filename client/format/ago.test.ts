import { expect, it } from 'vitest';
import { instant, NOON_MS } from '../testing/builders.ts';
import { formatAgo } from './ago.ts';

const ago = (ms: number, locale = 'en-GB') =>
  formatAgo(instant(NOON_MS - ms), { nowMs: NOON_MS, locale });

it('is written in the largest unit that fits, and after a week as a date', () => {
  const said = [59_999, 60_000, 3_599_999, 3_600_000, 86_400_000, 6.9 * 86_400_000].map((ms) =>
    ago(ms),
  );
  expect(said).toEqual([
    'now',
    '1 minute ago',
    '59 minutes ago',
    '1 hour ago',
    'yesterday',
    '6 days ago',
  ]);
  expect(ago(7 * 86_400_000)).toBe('15 Nov 2026');
});

it('is now where clocks differ, and in the reader’s language', () => {
  expect(ago(-5_000)).toBe('now');
  expect(ago(120_000, 'de')).toBe('vor 2 Minuten');
});
