/** What a packing slip says, in every language: its own is the customer's, whatever the console speaks. */
import type { Language } from '../../texts/language.ts';

interface SlipWords {
  readonly title: string;
  readonly order: string;
  readonly bought: string;
  readonly to: string;
  readonly item: string;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly items: string;
  readonly shipping: string;
  readonly shippingTo: (country: string) => string;
  readonly taxAdded: (percent: string) => string;
  readonly taxIncluded: (percent: string) => string;
  readonly total: string;
}

export const SLIP_WORDS: Readonly<Record<Language, SlipWords>> = {
  en: {
    title: 'Packing slip',
    order: 'Order',
    bought: 'Bought',
    to: 'To',
    item: 'Item',
    quantity: 'Quantity',
    unitPrice: 'Price each',
    items: 'Items',
    shipping: 'Shipping',
    shippingTo: (country) => `Shipping to ${country}`,
    taxAdded: (percent) => `Plus ${percent} tax`,
    taxIncluded: (percent) => `Including ${percent} tax`,
    total: 'Total of the order',
  },
  de: {
    title: 'Packzettel',
    order: 'Bestellung',
    bought: 'Gekauft',
    to: 'An',
    item: 'Artikel',
    quantity: 'Menge',
    unitPrice: 'Einzelpreis',
    items: 'Warenwert',
    shipping: 'Versand',
    shippingTo: (country) => `Versand nach: ${country}`,
    taxAdded: (percent) => `Zuzüglich ${percent} Umsatzsteuer`,
    taxIncluded: (percent) => `Darin ${percent} Umsatzsteuer`,
    total: 'Gesamtpreis der Bestellung',
  },
};
