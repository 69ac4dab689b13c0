/** Currencies: which there are, how many decimals they have, and the most that things may cost in them. */

/** ISO 4217 currencies whose minor unit is not a hundredth. Intl's own table is CLDR's, not ISO's. */
const MINOR_DIGITS: Readonly<Record<string, number>> = {
  ...digits(0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'),
  ...digits(3, 'BHD IQD JOD KWD LYD OMR TND'),
  ...digits(4, 'CLF UYW'),
};

/**
 * Of the major unit, whichever it is: a telephone in the currency that is worth least costs a third of
 * it. A hundred of it are an exact number also with four decimals.
 */
const PRICE_MAJOR_MAX = 5_000_000_000;

/**
 * Minor units that all units of a sale may be worth: whatever is summed of it, in SQL or here, is an
 * exact number, which goes to 2^53, a little more than nine thousand million million.
 */
export const SALE_VALUE_MINOR_MAX = 9_000_000_000_000_000;

let known: ReadonlySet<string> | undefined;

/** Whether money is counted in it. Those that the runtime names, and ISO's units of account. */
export function isCurrency(code: string): boolean {
  known ??= new Set([...Intl.supportedValuesOf('currency'), ...Object.keys(MINOR_DIGITS)]);
  return known.has(code);
}

/** How many decimals the currency's minor unit is behind its major one: 2 for cents, 0 for yen. */
export function minorDigitsOf(currency: string): number {
  return MINOR_DIGITS[currency] ?? 2;
}

/** The most that one unit may cost, in minor units. */
export function priceMinorMax(currency: string): number {
  return PRICE_MAJOR_MAX * 10 ** minorDigitsOf(currency);
}

/** As `90000000000000.00 EUR`, for messages. */
export function amountText(minorUnits: number, currency: string): string {
  return `${majorUnits(minorUnits, currency)} ${currency}`;
}

/**
 * @param minorUnits a whole number, not negative: cents, yen, fils
 * @returns such as `19.90`, with a dot and as many decimals as the currency has; exact, as no fraction
 *   is calculated
 */
export function majorUnits(minorUnits: number, currency: string): string {
  const places = minorDigitsOf(currency);
  const text = String(minorUnits).padStart(places + 1, '0');
  return places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`;
}

function digits(count: number, currencies: string): Record<string, number> {
  return Object.fromEntries(currencies.split(' ').map((currency) => [currency, count]));
}
