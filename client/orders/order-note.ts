/** What is said of an order: one that a queue offered has its own words. */
import type { Order, OrderStatus } from '../../worker/contract/orders.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';

/** @param status as of now: a hold whose time is over has expired */
export function noteOf(
  { entryId, quantity, unitsReturned }: Pick<Order, 'entryId' | 'quantity' | 'unitsReturned'>,
  status: OrderStatus,
): string {
  if (unitsReturned === quantity) return LAZY_TEXTS.payment.allReturned;
  const isOffer = entryId && status !== 'confirmed';
  return isOffer ? LAZY_TEXTS.queue.offerNote[status] : LAZY_TEXTS.orderNotes[status];
}
