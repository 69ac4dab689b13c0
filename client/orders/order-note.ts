/** What is said of an order: one that a queue offered has its own words. */
import type { Order, OrderStatus } from '../../worker/contract/orders.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';

/** @param status as of now: a hold whose time is over has expired */
export function noteOf(
  { entryId, quantity, unitsReturned }: Pick<Order, 'entryId' | 'quantity' | 'unitsReturned'>,
  status: OrderStatus,
): string {
  const { allReturned, partlyReturned } = LAZY_TEXTS.payment;
  if (unitsReturned === quantity) return allReturned;
  if (unitsReturned > 0) return partlyReturned(quantity - unitsReturned);
  const isOffer = entryId && status !== 'confirmed';
  return isOffer ? LAZY_TEXTS.queue.offerNote[status] : LAZY_TEXTS.orderNotes[status];
}
