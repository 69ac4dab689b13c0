/** Amounts in minor units as people read them. Must not do arithmetic on money. */

/** What one unit costs, in minor units of an ISO 4217 currency. */
export interface Price {
  readonly priceCents: number;
  readonly currency: string;
}

/** ISO 4217 currencies whose minor unit is not a hundredth. Intl's own table is CLDR's, not ISO's. */
const MINOR_DIGITS: Readonly<Record<string, number>> = {
  ...digits(0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'),
  ...digits(3, 'BHD IQD JOD KWD LYD OMR TND'),
  ...digits(4, 'CLF UYW'),
};

/**
 * @param minorUnits a whole number: cents, yen, fils
 * @param currency ISO 4217
 */
export function formatMoney(
  minorUnits: number,
  { currency, locale }: { currency: string; locale: string },
): string {
  const minorDigits = minorDigitsOf(currency);
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: minorDigits,
    maximumFractionDigits: minorDigits,
  }).format(minorUnits / 10 ** minorDigits);
}

/** How many decimals the currency's minor unit is behind its major one: 2 for cents, 0 for yen. */
export function minorDigitsOf(currency: string): number {
  return MINOR_DIGITS[currency] ?? 2;
}

function digits(count: number, currencies: string): Record<string, number> {
  return Object.fromEntries(currencies.split(' ').map((currency) => [currency, count]));
}
