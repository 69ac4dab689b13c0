/** Which totals Stripe takes: https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts. Pure. */
import type { AmountFault } from '../../contract/payments.ts';
import { stripeAmount } from './amounts.ts';

/** In which one can be charged by card. */
const CURRENCIES: ReadonlySet<string> = new Set(
  [
    'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BWP BYN BZD',
    'CAD CDF CHF CLP CNY COP CRC CVE CZK DJF DKK DOP DZD EGP ETB EUR FJD FKP GBP GEL GIP GMD GNF GTQ',
    'GYD HKD HNL HTG HUF IDR ILS INR ISK JMD JOD JPY KES KGS KHR KMF KRW KWD KYD KZT LAK LBP LKR LRD',
    'LSL MAD MDL MGA MKD MMK MNT MOP MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK',
    'PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SEK SGD SHP SLE SOS SRD STD SZL THB TJS TND TOP',
    'TRY TTD TWD TZS UAH UGX USD UYU UZS VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW',
  ].flatMap((line) => line.split(' ')),
);

/** In Stripe's smallest unit. In others about half a US dollar is asked for, at the rate of the day. */
const AMOUNT_MIN: Readonly<Record<string, number>> = {
  AED: 200,
  AUD: 50,
  BGN: 100,
  BRL: 50,
  CAD: 50,
  CHF: 50,
  CZK: 1_500,
  DKK: 250,
  EUR: 50,
  GBP: 30,
  HKD: 400,
  HUF: 17_500,
  INR: 50,
  JPY: 50,
  MXN: 1_000,
  MYR: 200,
  NOK: 300,
  NZD: 50,
  PLN: 200,
  RON: 200,
  SEK: 300,
  SGD: 50,
  THB: 1_000,
  USD: 50,
};

/** Eight digits. */
const AMOUNT_MAX = 99_999_999;

/** @param totalMinor more than 0 */
export function amountFault(totalMinor: number, currency: string): AmountFault | undefined {
  if (!CURRENCIES.has(currency)) return 'currency_not_payable';
  const amount = stripeAmount(totalMinor, currency);
  if (amount === undefined) return 'amount_not_payable';
  if (amount < (AMOUNT_MIN[currency] ?? 1)) return 'amount_too_small';
  return amount > AMOUNT_MAX ? 'amount_too_large' : undefined;
}
