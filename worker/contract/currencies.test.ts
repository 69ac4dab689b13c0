import { expect, it } from 'vitest';
import { minorDigitsOf } from '../../client/state/money.ts';
import { majorUnits } from './currencies.ts';

it.each([
  [1_990, 'EUR', '19.90'],
  [5, 'EUR', '0.05'],
  [1_990, 'JPY', '1990'],
  [1_990, 'KWD', '1.990'],
  [10_000_000_001, 'USD', '100000000.01'],
])('%i of %s are %s', (minorUnits, currency, expected) => {
  expect(majorUnits(minorUnits, currency)).toBe(expected);
});

it('has as many decimals as the page shows, for every currency', () => {
  for (const currency of Intl.supportedValuesOf('currency')) {
    const [, decimals = ''] = majorUnits(1, currency).split('.');
    expect(decimals, currency).toHaveLength(minorDigitsOf(currency));
  }
});
