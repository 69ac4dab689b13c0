/** Where an order's item is on sale. */
import type { Order } from '../../worker/contract/orders.ts';

/** The fragment asks for its variant, whichever was looked at there last. */
export function itemHref({ eventId, eventItemId, variantLabel }: Order): string {
  const path = `/events/${eventId}/items/${eventItemId}`;
  return variantLabel === null ? path : `${path}#${eventItemId}`;
}
