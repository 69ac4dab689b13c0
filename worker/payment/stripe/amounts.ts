/** Amounts in our minor units and in Stripe's: https://docs.stripe.com/currencies. Pure. */
import { minorDigitsOf } from '../../contract/currencies.ts';

/** Decimals of Stripe's amounts; in others two, also where the currency itself has none any more. */
const STRIPE_DIGITS: Readonly<Record<string, number>> = Object.fromEntries([
  ...'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'
    .split(' ')
    .map((one) => [one, 0]),
  ...'BHD JOD KWD OMR TND'.split(' ').map((one) => [one, 3]),
]);
/** With three decimals the last one must be zero. */
const THREE_DIGITS_STEP = 10;

/** Undefined where Stripe has no such amount. */
export function stripeAmount(amountMinor: number, currency: string): number | undefined {
  const digits = stripeDigits(currency);
  const amount = amountMinor * 10 ** (digits - minorDigitsOf(currency));
  const isPayable =
    Number.isSafeInteger(amount) && (digits < 3 || amount % THREE_DIGITS_STEP === 0);
  return isPayable ? amount : undefined;
}

export function minorAmount(amount: number, currency: string): number {
  return Math.round(amount * 10 ** (minorDigitsOf(currency) - stripeDigits(currency)));
}

function stripeDigits(currency: string): number {
  return STRIPE_DIGITS[currency] ?? 2;
}
