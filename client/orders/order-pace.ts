/** The order history over time. Must not fetch it. */
import type { Order } from '../../worker/contract/orders.ts';
import { isMoving } from '../payment/payment-check.ts';
import type { Pace } from '../time/polling.ts';

const HOLDING_POLL_MS = 5_000;
const SETTLED_POLL_MS = 60_000;

/** Often while a hold is open (another tab may settle it) or money is on its way, rarely once nothing can change. */
export function paceOfOrders(orders: readonly Order[]): Pace {
  const holds = orders.filter((order) => order.status === 'pending');
  // What was approved is charged soon.
  const isOpen =
    holds.length > 0 ||
    orders.some((order) => isMoving(order) || order.payment?.status === 'authorised');
  return {
    everyMs: isOpen ? HOLDING_POLL_MS : SETTLED_POLL_MS,
    momentsMs: holds.map((order) => Date.parse(order.expiresAt)),
  };
}
