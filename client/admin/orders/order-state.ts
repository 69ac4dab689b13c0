/** An order's state as admins have to know it: whether its units are still its customer's. Pure. */
import type { AdminOrder } from '../../../worker/contract/administration.ts';

type Units = Pick<AdminOrder, 'status' | 'quantity' | 'unitsReturned'>;

/** Confirmed, and all its units were given back since. */
export function isReturned({ status, quantity, unitsReturned }: Units): boolean {
  return status === 'confirmed' && unitsReturned >= quantity;
}

/** Confirmed, with units that are still its customer's. */
export function isKept(order: Units): boolean {
  return order.status === 'confirmed' && !isReturned(order);
}
