/** Amounts in minor units, as the wire has them, in major units for files that people open. */

/** ISO 4217 currencies whose minor unit is not a hundredth; client/state/money.ts has the same. */
const MINOR_DIGITS: Readonly<Record<string, number>> = {
  ...digits(0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'),
  ...digits(3, 'BHD IQD JOD KWD LYD OMR TND'),
  ...digits(4, 'CLF UYW'),
};

/**
 * @param minorUnits a whole number: cents, yen, fils
 * @returns such as `19.90`, with a dot and as many decimals as the currency has
 */
export function majorUnits(minorUnits: number, currency: string): string {
  const places = MINOR_DIGITS[currency] ?? 2;
  return (minorUnits / 10 ** places).toFixed(places);
}

function digits(count: number, currencies: string): Record<string, number> {
  return Object.fromEntries(currencies.split(' ').map((currency) => [currency, count]));
}
