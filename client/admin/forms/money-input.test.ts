import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { minorUnitsOf, typedMoney } from './money-input.ts';

test('an amount in major units becomes minor ones of its currency', () => {
  expect(minorUnitsOf('12', 'EUR')).toBe(1_200);
  expect(minorUnitsOf('12.5', 'EUR')).toBe(1_250);
  expect(minorUnitsOf(' 12,50 ', 'EUR')).toBe(1_250);
  expect(minorUnitsOf('0.07', 'EUR')).toBe(7);
  expect(minorUnitsOf('1200', 'JPY')).toBe(1_200);
  expect(minorUnitsOf('1.234', 'KWD')).toBe(1_234);
  expect(minorUnitsOf('19.99', 'USD')).toBe(1_999);
});

test('what would have to be rounded or guessed is refused', () => {
  expect(minorUnitsOf('1.005', 'EUR')).toBeNull();
  expect(minorUnitsOf('1,000', 'EUR')).toBeNull();
  expect(minorUnitsOf('1,000', 'KWD')).toBeNull();
  expect(minorUnitsOf('1.5', 'JPY')).toBeNull();
  for (const typed of ['', '-1', '1e3', '€5', '1.', '.5', 'NaN', '12345678901']) {
    expect(minorUnitsOf(typed, 'EUR'), typed).toBeNull();
  }
});

test('an amount in a currency of many decimals, or of little worth, is read in full', () => {
  expect(minorUnitsOf('15000000', 'IDR')).toBe(1_500_000_000);
  expect(minorUnitsOf('5000000000.00', 'LBP')).toBe(500_000_000_000);
  expect(minorUnitsOf('9999999999', 'VND')).toBe(9_999_999_999);
  expect(minorUnitsOf('9999999999.9999', 'CLF')).toBe(99_999_999_999_999);
});

test('whatever amount is shown is read as itself again', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 9_999_999_999 }),
      fc.constantFrom('EUR', 'JPY', 'KWD', 'CLF'),
      (minorUnits, currency) => {
        expect(minorUnitsOf(typedMoney(minorUnits, currency), currency)).toBe(minorUnits);
      },
    ),
  );
});
