/** The variants of one item of a sale, such as sizes: each an event item of its own. Pure. */
import type { EventItem, Stock } from '../../worker/contract/events.ts';
import type { EventItemId } from '../../worker/contract/ids.ts';
import { TEXTS } from '../texts/texts.ts';
import type { LiveItem } from './live.ts';

/** The event items of one catalogue item in their order: its variants, or it alone where it has none. */
export type Variants<Item extends EventItem = LiveItem> = readonly [Item, ...Item[]];

/** @returns the catalogue items of an event, each as its variants, in the order of their first ones */
export function byItem<Item extends EventItem>(items: readonly Item[]): Variants<Item>[] {
  const groups = Object.groupBy(items, ({ itemId }) => itemId);
  return Object.values(groups) as unknown as Variants<Item>[];
}

/** All variants as one item without a label: their stock added up, the lowest price, the earliest release. */
export function together(variants: Variants): LiveItem {
  const [first] = variants;
  const sum = (of: keyof Stock) => variants.reduce((units, { stock }) => units + stock[of], 0);
  const releases = variants.flatMap(({ nextReleaseAtMs }) => nextReleaseAtMs ?? []);
  return {
    ...first,
    // No event item has it, so that nothing is known of a purchase of it.
    id: first.itemId as string as EventItemId,
    variant: first.variant && { ...first.variant, label: '' },
    priceCents: Math.min(...variants.map(({ priceCents }) => priceCents)),
    stock: {
      total: sum('total'),
      remaining: sum('remaining'),
      held: sum('held'),
      sold: sum('sold'),
    },
    nextReleaseAtMs: releases.length > 0 ? Math.min(...releases) : null,
  };
}

/** What asks for a choice among them. Sizes, such as `42`, `EU 42` or `XL`, are told by nothing but their labels. */
export function chooseWords(variants: Variants): string {
  const areSizes = variants.every(({ variant }) => SIZE.test(variant?.label ?? ''));
  return areSizes ? TEXTS.chooseSize : TEXTS.chooseVariant;
}

const SIZE = /^([EU][UKS] )?[\d.,/½-]+$|^\d?X*[SML]$/i;
