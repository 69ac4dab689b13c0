import { afterEach, expect, it } from 'vitest';
import { countIn, number, percent, plural } from './numbers.ts';

afterEach(() => countIn('en'));

it('writes numbers as the region of whoever reads does', () => {
  const written = ['en', 'de', 'de-CH', 'en-IN'].map((locale) => {
    countIn(locale);
    // Which apostrophe is meant differs by the version of the tables.
    return number(1_234_567).replaceAll('’', "'");
  });
  expect(written).toEqual(['1,234,567', '1.234.567', "1'234'567", '12,34,567']);
});

it('writes shares with at most one decimal', () => {
  expect(percent(0.12345)).toBe('12.3%');
  countIn('de');
  expect(percent(0.12345)).toBe('12,3\u00a0%');
});

it('takes the form that a language has for a count', () => {
  expect([0, 1, 2].map((count) => plural(count, 'item', 'items'))).toEqual([
    '0 items',
    '1 item',
    '2 items',
  ]);
  countIn('cs');
  const forms = { few: 'kusy', other: 'kusů' };
  expect([1, 3, 5].map((count) => plural(count, 'kus', forms))).toEqual([
    '1 kus',
    '3 kusy',
    '5 kusů',
  ]);
});
