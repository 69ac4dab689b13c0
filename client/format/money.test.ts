import { expect, test } from 'vitest';
import { formatMoney } from './money.ts';

test.each([
  [24_900, 'EUR', '€249.00'],
  [5, 'USD', '$0.05'],
  [49_800, 'JPY', '¥49,800'],
  [1_234, 'KWD', 'KWD 1.234'],
  [0, 'GBP', '£0.00'],
  [100_000_000, 'DKK', 'DKK 1,000,000.00'],
])('%i minor units of %s are shown as %s', (minorUnits, currency, text) => {
  const shown = formatMoney(minorUnits, { currency, locale: 'en-US' });
  expect(shown.replaceAll('\u00a0', ' ')).toBe(text);
});

test('the digits are ISO 4217 even where the language data differ', () => {
  const dinars = formatMoney(1_500, { currency: 'IQD', locale: 'en-US' });
  expect(dinars.replaceAll('\u00a0', ' ')).toBe('IQD 1.500');
});
