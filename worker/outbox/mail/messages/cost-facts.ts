/** What an order cost, line by line, as its mail lists it. Pure. */
import type { Language } from '../../../contract/languages.ts';
import { MILLI, type OrderCosts, totalCentsOf } from '../../../contract/totals.ts';
import { money } from './values.ts';

interface Words {
  shipping: string;
  tax: (percent: string, isIncluded: boolean) => string;
  total: string;
}

const WORDS: Record<Language, Words> = {
  de: {
    shipping: 'Versand',
    tax: (percent, isIncluded) =>
      isIncluded ? `Darin ${percent} % Steuer` : `${percent} % Steuer`,
    total: 'Summe',
  },
  en: {
    shipping: 'Delivery',
    tax: (percent, isIncluded) => (isIncluded ? `Of it tax, ${percent}%` : `Tax, ${percent}%`),
    total: 'Total',
  },
};

interface Sold {
  unitPriceMinor: number;
  quantity: number;
  currency: string;
  /** Beside its items; undefined where there are none. */
  costs?: OrderCosts | undefined;
}

/** Delivery, a tax that is added, the total, and a tax that is in it. */
export function costFacts(order: Sold, language: Language): [name: string, value: string][] {
  const { unitPriceMinor, quantity, currency } = order;
  const { costs = { shippingCents: null, tax: null, country: null } } = order;
  const { shippingCents, tax } = costs;
  const words = WORDS[language];
  const amount = (minor: number) => money(minor, currency, language);
  const total = totalCentsOf(unitPriceMinor * quantity, costs);
  const percent = new Intl.NumberFormat(language, { maximumFractionDigits: 3 });
  const taxed: [string, string][] =
    tax === null
      ? []
      : [[words.tax(percent.format(tax.rateMilli / MILLI), tax.included), amount(tax.amountCents)]];
  return [
    ...(shippingCents === null
      ? []
      : ([[words.shipping, amount(shippingCents)]] satisfies [string, string][])),
    ...(tax?.included === false ? taxed : []),
    [words.total, amount(total)],
    ...(tax?.included === true ? taxed : []),
  ];
}
