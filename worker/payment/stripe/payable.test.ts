import { describe, expect, it } from 'vitest';
import { amountFault } from './payable.ts';

describe('a total', () => {
  it('is payable from the least that Stripe takes in its currency to eight digits', () => {
    expect([49, 50, 99_999_999].map((total) => amountFault(total, 'EUR'))).toEqual([
      'amount_too_small',
      undefined,
      undefined,
    ]);
    expect(amountFault(100_000_000, 'EUR')).toBe('amount_too_large');
    expect(amountFault(17_499, 'HUF')).toBe('amount_too_small');
    expect([49, 50].map((total) => amountFault(total, 'JPY'))).toEqual([
      'amount_too_small',
      undefined,
    ]);
  });

  it('is counted in Stripe’s units, where they are not the currency’s own', () => {
    // Of no decimals, which Stripe writes with two.
    expect(amountFault(999_999, 'ISK')).toBeUndefined();
    expect(amountFault(1_000_000, 'ISK')).toBe('amount_too_large');
    expect(amountFault(1_500, 'KWD')).toBeUndefined();
    expect(amountFault(1_505, 'KWD')).toBe('amount_not_payable');
  });

  it('is not payable in a currency that Stripe does not have', () => {
    for (const currency of ['IQD', 'CLF', 'DEM']) {
      expect(amountFault(5_000, currency)).toBe('currency_not_payable');
    }
  });
});
