/** Which amounts Stripe takes in which currency: https://docs.stripe.com/currencies. Pure. */
import { badParam, badState } from './api-error.ts';
import { AMOUNT_MAX } from './limits.ts';

const NO_DECIMALS = new Set(
  'bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' '),
);
const THREE_DECIMALS = new Set('bhd jod kwd omr tnd'.split(' '));
/** They have no smaller unit any more; an amount has two zeros at its end. */
const TWO_ZEROS = new Set('isk ugx'.split(' '));

/** In the smallest unit. In all others about half a US dollar is asked for; here half a unit. */
const AMOUNT_MIN: Record<string, number> = {
  aed: 200,
  aud: 50,
  brl: 50,
  cad: 50,
  chf: 50,
  czk: 1_500,
  dkk: 250,
  eur: 50,
  gbp: 30,
  hkd: 400,
  huf: 17_500,
  inr: 50,
  jpy: 50,
  mxn: 1_000,
  myr: 200,
  nok: 300,
  nzd: 50,
  pln: 200,
  ron: 200,
  sek: 300,
  sgd: 50,
  thb: 1_000,
  usd: 50,
};

const KNOWN = new Set(
  Intl.supportedValuesOf('currency')
    .map((code) => code.toLowerCase())
    .filter((code) => !code.startsWith('x') || NO_DECIMALS.has(code) || code === 'xcd'),
);

export function checkCurrency(currency: string, param: string): void {
  if (KNOWN.has(currency)) return;
  throw badParam(param, `Invalid currency: ${currency}`, 'parameter_invalid_string');
}

/** @throws ApiError where the currency has no such amount. */
export function checkAmountForm(amount: number, currency: string, param: string): void {
  const step = TWO_ZEROS.has(currency) ? 100 : THREE_DECIMALS.has(currency) ? 10 : 1;
  if (amount % step === 0) return;
  throw badParam(param, `Amounts in ${currency} must be divisible by ${step}`);
}

export function checkTotal(amount: number, currency: string): void {
  const min = AMOUNT_MIN[currency] ?? smallest(currency);
  if (amount < min) {
    throw badState(`The total amount must be at least ${min} ${currency}`, {
      code: 'amount_too_small',
    });
  }
  if (amount > AMOUNT_MAX) {
    throw badState(`The total amount must be at most ${AMOUNT_MAX} ${currency}`, {
      code: 'amount_too_large',
    });
  }
}

function smallest(currency: string): number {
  if (NO_DECIMALS.has(currency)) return 1;
  return THREE_DECIMALS.has(currency) ? 500 : 50;
}
