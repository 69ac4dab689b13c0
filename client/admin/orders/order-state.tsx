/** An order's state as admins see it: also whether its units were given back after it was confirmed. */
import type { AdminOrder } from '../../../worker/contract/administration.ts';
import { OrderBadge } from '../../ui/order-badge.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';

type Units = Pick<AdminOrder, 'status' | 'quantity' | 'unitsReturned'>;

/** Whole where no unit is left with its customer. */
export function OrderState({ order }: { order: Units }) {
  const { whole, partly } = ADMIN_TEXTS.orders.givenBack;
  if (isReturned(order)) {
    return (
      <span class="badge badge-cancelled" key="returned">
        {whole}
      </span>
    );
  }
  return (
    <>
      <OrderBadge status={order.status} />
      {order.status === 'confirmed' && order.unitsReturned > 0 && (
        <span class="badge badge-closed">{partly}</span>
      )}
    </>
  );
}

/** Confirmed, and all its units were given back since. */
export function isReturned({ status, quantity, unitsReturned }: Units): boolean {
  return status === 'confirmed' && unitsReturned >= quantity;
}

/** Confirmed, with units that are still its customer's. */
export function isKept(order: Units): boolean {
  return order.status === 'confirmed' && !isReturned(order);
}
