/** Who buys: enough shoppers that each request of a phase is another one's. */
import type { Shoppers } from './rows.ts';
import { signTokens } from './tokens.ts';

/** Takes turns: whoever is taken again buys in another event by then. */
export function createShoppers(count: number, secret: string): Shoppers {
  const tokens = signTokens(count, secret, Date.now());
  let next = 0;
  return {
    take(wanted) {
      if (next + wanted > count) next = 0;
      const first = next;
      next += wanted;
      return first;
    },
    token: (number) => tokens[number] ?? '',
  };
}
