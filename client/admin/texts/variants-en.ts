/** What the console says of variants, in English. */
import { number } from '../../texts/numbers.ts';

export const VARIANTS_EN = {
  title: 'Variants',
  hint: 'Sizes or colours, in the order in which shoppers see them. An item without any is sold as it is.',
  nth: (n: number) => `Variant ${number(n)}`,
  up: (label: string) => `Move ${label} up`,
  down: (label: string) => `Move ${label} down`,
  remove: (label: string) => `Remove ${label}`,
  more: 'More variants',
  moreHint: 'Several at once with commas between them, or one in each line of what you paste.',
  add: 'Add',
  added: (count: number) => (count === 1 ? 'One was added.' : `${number(count)} were added.`),
  there: (labels: string) => `Here already: ${labels}.`,
  full: (max: number, left: number) =>
    `An item has at most ${number(max)} variants: ${number(left)} more did not fit.`,
  removed: (labels: string) => `You removed: ${labels}.`,
  putBack: 'Put them back',
  count: (count: number) => (count === 1 ? 'One variant' : `${number(count)} variants`),
  name: 'Variant',
  stockOf: (label: string) => `Stock: ${label}`,
  priceOf: (label: string) => `Price: ${label}`,
  own: 'Price, if another',
  sameStock: 'Same stock for all',
  setAll: 'Set for all',
  sum: (units: number) => `Units in all: ${number(units)}`,
  sold: 'A variant without a stock is not sold.',
  limit: 'Limit per customer, over all variants',
  at: (line: string, price: string) => `${line} at ${price}`,
};
