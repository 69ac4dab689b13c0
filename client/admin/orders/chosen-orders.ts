/** Which orders of the list are chosen, to do one thing with all of them. Pure. */
import type { AdminOrder } from '../../../worker/contract/administration.ts';

/** As many as one call takes, as the contract has it. */
export const CHOSEN_MAX = 100;

/** What is shown of an order that is chosen, also when it is not listed any more. */
export type ChosenOrder = Pick<
  AdminOrder,
  'id' | 'number' | 'customerName' | 'itemName' | 'variantLabel'
>;

/** In the order in which they were chosen; never more than CHOSEN_MAX. */
export type Choice = readonly ChosenOrder[];

/** @param orders that are chosen too from now on, as far as there is room, or no longer */
export function choiceWith(
  chosen: Choice,
  orders: readonly ChosenOrder[],
  isChosen: boolean,
): Choice {
  const ids = new Set(orders.map(({ id }) => id));
  if (!isChosen) return chosen.filter(({ id }) => !ids.has(id));
  const before = new Set(chosen.map(({ id }) => id));
  const more = orders.filter(({ id }) => !before.has(id)).map(shownOf);
  return [...chosen, ...more].slice(0, CHOSEN_MAX);
}

/** How many of the orders that are listed are chosen. */
export function countChosen(chosen: Choice, listed: readonly ChosenOrder[]): number {
  const ids = new Set(chosen.map(({ id }) => id));
  return listed.filter(({ id }) => ids.has(id)).length;
}

function shownOf({ id, number, customerName, itemName, variantLabel }: ChosenOrder): ChosenOrder {
  return { id, number, customerName, itemName, variantLabel };
}
