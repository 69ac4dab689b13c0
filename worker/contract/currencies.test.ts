import { describe, expect, it } from 'vitest';
import { minorDigitsOf as shownDigitsOf } from '../../client/format/money.ts';
import {
  amountText,
  isCurrency,
  majorUnits,
  minorDigitsOf,
  priceMinorMax,
  SALE_VALUE_MINOR_MAX,
} from './currencies.ts';
import { LIMITS } from './values.ts';

const CURRENCIES = [...Intl.supportedValuesOf('currency'), 'CLF', 'UYI', 'UYW'];

describe('a currency', () => {
  it('is one that money is counted in, by the runtime’s list and ISO 4217', () => {
    for (const code of ['EUR', 'IDR', 'COP', 'LBP', 'VND', 'CLF', 'UYW']) {
      expect(isCurrency(code), code).toBe(true);
    }
    for (const code of ['ZZZ', 'ABC', 'DEM', 'XTS', 'eur', '']) {
      expect(isCurrency(code), code).toBe(false);
    }
  });

  it('has as many decimals here as on the page', () => {
    for (const code of CURRENCIES) expect(minorDigitsOf(code), code).toBe(shownDigitsOf(code));
  });

  it('has at least the decimals that the language data give it', () => {
    for (const currency of CURRENCIES) {
      const format = new Intl.NumberFormat('en', { style: 'currency', currency });
      const { maximumFractionDigits = 0 } = format.resolvedOptions();
      expect(minorDigitsOf(currency), currency).toBeGreaterThanOrEqual(maximumFractionDigits);
    }
  });
});

describe('the most that things may cost', () => {
  it('is a telephone in any currency', () => {
    // About a thousand dollars, in major units.
    const telephones = {
      IDR: 15e6,
      COP: 4e6,
      LBP: 90e6,
      VND: 25e6,
      IRR: 1.5e9,
      KWD: 300,
      USD: 1e3,
    };
    for (const [currency, price] of Object.entries(telephones)) {
      expect(price * 10 ** minorDigitsOf(currency)).toBeLessThan(priceMinorMax(currency));
    }
  });

  it('is an exact number for a whole order and for a whole sale, in any currency', () => {
    for (const currency of CURRENCIES) {
      expect(Number.isSafeInteger(priceMinorMax(currency) * LIMITS.quantityMax), currency).toBe(
        true,
      );
    }
    expect(Number.isSafeInteger(SALE_VALUE_MINOR_MAX)).toBe(true);
  });

  it('is written in the currency’s own decimals', () => {
    expect(amountText(priceMinorMax('IDR'), 'IDR')).toBe('5000000000.00 IDR');
    expect(amountText(priceMinorMax('VND'), 'VND')).toBe('5000000000 VND');
    expect(amountText(priceMinorMax('CLF'), 'CLF')).toBe('5000000000.0000 CLF');
    expect(amountText(SALE_VALUE_MINOR_MAX, 'KWD')).toBe('9000000000000.000 KWD');
  });
});

it.each([
  [1_990, 'EUR', '19.90'],
  [5, 'EUR', '0.05'],
  [1_990, 'JPY', '1990'],
  [1_990, 'KWD', '1.990'],
  [10_000_000_001, 'USD', '100000000.01'],
])('%i of %s are %s', (minorUnits, currency, expected) => {
  expect(majorUnits(minorUnits, currency)).toBe(expected);
});
