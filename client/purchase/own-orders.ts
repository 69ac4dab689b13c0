/** What a shopper has bought of each item of one event. Must not ask for it. */
import type { Order } from '../../worker/contract/orders.ts';

export interface OwnOrders {
  /** Nobody knows yet: the history was asked for and has not come. */
  readonly isLoading: boolean;
  /** Confirmed orders by their id. */
  readonly confirmed: ReadonlyMap<string, Order>;
}

/** @returns the very same value if the orders bring nothing new */
export function withOrders(own: OwnOrders, orders: readonly Order[]): OwnOrders {
  const added = orders.filter(({ id, status }) => status === 'confirmed' && !own.confirmed.has(id));
  if (added.length === 0) return own;
  return {
    ...own,
    confirmed: new Map([...own.confirmed, ...added.map((order) => [order.id, order] as const)]),
  };
}

/** The orders by which any of these event items was bought. */
export function boughtOf(
  { confirmed }: OwnOrders,
  items: readonly { readonly id: string }[],
): readonly Order[] {
  return [...confirmed.values()].filter(({ eventItemId }) =>
    items.some(({ id }) => id === eventItemId),
  );
}

/** Without those that were given back after they were bought. */
export function unitsOf(orders: readonly Order[]): number {
  return orders.reduce((units, order) => units + order.quantity - order.unitsReturned, 0);
}
