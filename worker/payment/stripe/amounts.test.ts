import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCurrency } from '../../contract/currencies.ts';
import { minorAmount, stripeAmount } from './amounts.ts';

const CURRENCIES = Intl.supportedValuesOf('currency').filter(isCurrency);

describe('an amount', () => {
  it.each([
    ['EUR', 1_990, 1_990],
    ['JPY', 500, 500],
    ['KWD', 1_500, 1_500],
    ['KWD', 1_505, undefined],
    ['ISK', 5, 500],
    ['UGX', 5, 500],
    ['MGA', 500, 5],
    ['MGA', 550, undefined],
    ['EUR', 0, 0],
  ])('in %s of %i minor units is %s for Stripe', (currency, minor, amount) => {
    expect(stripeAmount(minor, currency)).toBe(amount);
  });

  it('comes back as it was sent, in every currency', () => {
    fc.assert(
      fc.property(fc.constantFrom(...CURRENCIES), fc.nat(99_999_999), (currency, minor) => {
        const amount = stripeAmount(minor, currency);
        fc.pre(amount !== undefined);
        expect(minorAmount(amount, currency)).toBe(minor);
      }),
    );
  });

  it('that would not be exact is none', () => {
    expect(stripeAmount(Number.MAX_SAFE_INTEGER, 'ISK')).toBeUndefined();
  });
});
