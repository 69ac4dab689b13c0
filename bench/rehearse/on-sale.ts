/** What a rehearsed event sells. Must not know what became of it. */
import type { EventItemId } from '../../worker/contract/ids.ts';

/** Of each item. */
export const LIMIT_PER_CUSTOMER = 1;
/** Of every unit. */
export const PRICE_CENTS = 1_000;

export interface OnSale {
  eventItemId: EventItemId;
  /** Of a variant; null for an item without. */
  label: string | null;
  /** Units that it begins with. */
  stock: number;
}

/** An item of the catalogue: itself alone, or each of its variants. One limit counts over all of them. */
export type SoldItem = readonly OnSale[];

/** Whoever keeps what they get wants one unit of every item. */
export function unitsToBeSold(items: readonly SoldItem[], keepers: number): number {
  return items.reduce((units, item) => units + Math.min(stockOf([item]), keepers), 0);
}

export function stockOf(items: readonly SoldItem[]): number {
  return items.flat().reduce((units, { stock }) => units + stock, 0);
}
