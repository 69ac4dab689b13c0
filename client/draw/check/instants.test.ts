import { expect, test } from 'vitest';
import { instantMs } from './instants.ts';

/** What the language itself says of a text that it would write the same. */
function plainly(text: string): number {
  const ms = Date.parse(text);
  return !Number.isNaN(ms) && new Date(ms).toISOString() === text ? ms : Number.NaN;
}

const TEXTS = [
  '2026-12-01T10:00:00.000Z',
  '2026-12-01T10:00:59.999Z',
  '2026-12-01T10:01:00.000Z',
  '2024-02-29T23:59:59.007Z',
  '0000-01-01T00:00:00.000Z',
  '-000001-01-01T00:00:00.000Z',
  '+012026-12-01T10:00:00.000Z',
  '2026-02-30T10:00:00.000Z',
  '2025-02-29T10:00:30.000Z',
  '2026-12-01T24:00:00.000Z',
  '2026-12-01T10:00:60.000Z',
  '2026-12-01T10:60:00.000Z',
  '2026-12-01T10:00:00.00Z',
  '2026-12-01T10:00:00Z',
  '2026-12-01T10:00:0x.000Z',
  '2026-12-01T10:00:00.0:0Z',
  '2026-12-01T10:00:00,000Z',
  '2026-12-01T10:00-00.000Z',
  '2026-12-01T10:00:00.000z',
  '2026-12-01 10:00:00.000Z',
  '2026-12-01T10:00:00+0000',
  'now',
  '',
];

test.each(TEXTS)('"%s" is read as the language reads it', (text) => {
  expect(instantMs(text)).toBe(plainly(text));
  // Of the minute before, and of one that is none.
  for (const other of ['2026-12-01T10:00:30.000Z', '2026-02-30T10:00:30.000Z']) {
    instantMs(other);
    expect(instantMs(text)).toBe(plainly(text));
  }
});

test('a minute that is none has no seconds', () => {
  expect(instantMs('2026-02-30T10:00:00.000Z')).toBeNaN();
  expect(instantMs('2026-02-30T10:00:01.000Z')).toBeNaN();
});
