/** An order's status as a word with a mark; never by colour alone. */
import type { Order, OrderStatus } from '../../worker/contract/orders.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';

export interface OrderBadgeProps {
  /** As of now. */
  readonly status: OrderStatus;
  /** Whether some or all of them were returned after it was confirmed; a hold has none. */
  readonly units?: Pick<Order, 'quantity' | 'unitsReturned'>;
}

export function OrderBadge({ status, units }: OrderBadgeProps) {
  const { returnedState } = LAZY_TEXTS.payment;
  const count = status === 'confirmed' ? (units?.unitsReturned ?? 0) : 0;
  if (units && count > 0 && count >= units.quantity) {
    return (
      <span class="badge badge-cancelled" key="returned">
        {returnedState.whole}
      </span>
    );
  }
  return (
    <>
      <span class={`badge badge-${status}`} key={status}>
        {LAZY_TEXTS.orderStatus[status]}
      </span>
      {count > 0 && <span class="badge badge-closed">{returnedState.partly}</span>}
    </>
  );
}
