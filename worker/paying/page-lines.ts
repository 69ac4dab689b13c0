/** What the provider's page lists: the items, delivery, and a tax that is added. Their sum is the order's total. */
import type { Language } from '../contract/languages.ts';
import { MILLI, type OrderCosts } from '../contract/totals.ts';
import type { SessionPlan } from '../payment/provider.ts';

const NAMES: Record<Language, { shipping: string; tax: (percent: string) => string }> = {
  de: { shipping: 'Versand', tax: (percent) => `Steuer, ${percent} %` },
  en: { shipping: 'Delivery', tax: (percent) => `Tax, ${percent}%` },
};

interface Sold {
  name: string;
  unitMinor: number;
  quantity: number;
  language: Language;
  costs: OrderCosts | undefined;
}

export function pageLines({ costs, language, ...items }: Sold): SessionPlan['lines'] {
  const { shippingCents = null, tax = null } = costs ?? {};
  const names = NAMES[language];
  const lines = [items];
  if (shippingCents !== null && shippingCents > 0) {
    lines.push({ name: names.shipping, unitMinor: shippingCents, quantity: 1 });
  }
  if (tax !== null && !tax.included && tax.amountCents > 0) {
    const percent = new Intl.NumberFormat(language, { maximumFractionDigits: 3 });
    const name = names.tax(percent.format(tax.rateMilli / MILLI));
    lines.push({ name, unitMinor: tax.amountCents, quantity: 1 });
  }
  return lines;
}
