/** Which variant of each item of an event the shopper looks at. Must not know where that is kept. */
import { signal } from '@preact/signals-core';
import { heldOrder, NO_PURCHASE, type Purchase } from '../purchase/purchase.ts';
import type { LiveItem } from '../sale/live.ts';
import { together, type Variants } from '../sale/variants.ts';

export interface ChoicePorts {
  /** What the address asks for by its fragment, and, if nothing was chosen, by its path: event item ids. */
  readonly asked: { readonly first: string; readonly last: string };
  /** What was chosen on this event's pages, the latest first. */
  readChoices(): readonly string[];
  keepChoice(chosen: LiveItem, variants: Variants): void;
}

/** What a card shows: the chosen variant, or all of them together while none is. */
export interface ShownItem {
  readonly item: LiveItem;
  readonly isChosen: boolean;
}

export interface Choices {
  /** Changes with each choice and purchase. */
  shownOf(variants: Variants): ShownItem;
  choose(chosen: LiveItem, variants: Variants): void;
}

/** @param purchases of whoever is signed in, by event item id */
export function createChoices(
  { asked, readChoices, keepChoice }: ChoicePorts,
  purchases: () => Readonly<Record<string, Purchase>>,
): Choices {
  const made = signal<Readonly<Record<string, string>>>({});
  return {
    shownOf: (variants) => {
      const [first] = variants;
      // The version before leaves it out, and answers beside this one and after a rollback.
      if (!first.variant) return { item: first, isChosen: true };
      const { itemId } = first;
      const ids = [made.value[itemId], asked.first, ...readChoices(), asked.last];
      const find = (is: (purchase: Purchase) => boolean) =>
        variants.find(({ id }) => is(purchases()[id] ?? NO_PURCHASE));
      const item =
        ids.flatMap((id) => variants.find((variant) => variant.id === id) ?? [])[0] ??
        // One's own hold or its end is shown without a choice; what is only buyable is not.
        find((purchase) => heldOrder(purchase) !== null) ??
        find(({ step }) => step !== 'idle');
      return { item: item ?? together(variants), isChosen: item !== undefined };
    },
    choose: (chosen, variants) => {
      made.value = { ...made.peek(), [chosen.itemId]: chosen.id };
      keepChoice(chosen, variants);
    },
  };
}
