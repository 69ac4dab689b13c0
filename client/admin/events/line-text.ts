/** What an event sells of an item, in one line of words. Pure. */
import { isolated } from '../../format/direction.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { type ItemDraft, isSold } from './item-lines.ts';

/** `Lamp: 19.90 × 5`, or `Shoe: 90.00 (41 × 5, 42 × 7 at 95.00)`. */
export function lineText({ name, price, stock, variants }: ItemDraft): string {
  const { at } = ADMIN_TEXTS.variants;
  if (variants.length === 0) return `${name}: ${price} × ${stock}`;
  const sold = variants.filter(isSold).map((variant) => {
    const units = `${isolated(variant.label)} × ${variant.stock}`;
    return variant.price === '' ? units : at(units, variant.price);
  });
  return `${name}: ${price} (${sold.join(', ')})`;
}
