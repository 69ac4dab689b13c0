/** An order's status as a word with a mark; never by colour alone. */
import type { OrderStatus } from '../../worker/contract/orders.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';

export function OrderBadge({ status }: { status: OrderStatus }) {
  return (
    <span class={`badge badge-${status}`} key={status}>
      {LAZY_TEXTS.orderStatus[status]}
    </span>
  );
}
