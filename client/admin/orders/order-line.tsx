/** One order of the list, which can be chosen. Must not load anything. */
import type { AdminOrder } from '../../../worker/contract/administration.ts';
import { isolated } from '../../format/direction.ts';
import { itemTitle } from '../../format/item-title.ts';
import { formatMoney } from '../../format/money.ts';
import { formatInstant } from '../../format/times.ts';
import { PaymentState } from '../../payment/payment-state.tsx';
import { useShop } from '../../shop/shop.ts';
import { LAZY_TEXTS } from '../../texts/lazy/texts.ts';
import { OrderBadge } from '../../ui/order-badge.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { type OrderPlace, orderPath, singleOrderPath } from './order-filter.ts';
import { isKept } from './order-state.ts';

export interface OrderLineProps {
  readonly order: AdminOrder;
  readonly place: OrderPlace;
  readonly isChosen: boolean;
  /** No more can be chosen. */
  readonly isBarred: boolean;
  onChoose(isChosen: boolean): void;
}

export function OrderLine({ order, place, isChosen, isBarred, onChoose }: OrderLineProps) {
  return (
    <div class="choosable">
      <label class="choose">
        <input
          type="checkbox"
          aria-label={ADMIN_TEXTS.chosen.choose(order.number)}
          checked={isChosen}
          disabled={isBarred && !isChosen}
          onChange={({ currentTarget }) => onChoose(currentTarget.checked)}
        />
      </label>
      <OrderWords order={order} place={place} />
    </div>
  );
}

function OrderWords({ order, place }: Pick<OrderLineProps, 'order' | 'place'>) {
  const { locale } = useShop();
  const { orders } = ADMIN_TEXTS;
  const { currency, quantity, totals, unitPriceCents, status, endedAt } = order;
  const at = (instant: string) => formatInstant(instant, { locale });
  const price = formatMoney(unitPriceCents, { currency, locale });
  return (
    <article>
      <div class="row-head">
        <h2 class="row-title" dir="auto">
          {itemTitle(order.itemName, order.variantLabel)}
        </h2>
        <p class="order-price">
          {formatMoney(totals.totalCents, { currency, locale })}
          {quantity > 1 && <small>{LAZY_TEXTS.orderLine(quantity, price)}</small>}
        </p>
      </div>
      <p class="row-meta">
        <OrderBadge status={order.status} units={order} />
        <a class="row-number" href={singleOrderPath(order.id, place)} translate={false}>
          {order.number}
        </a>
        <span>{orders.reserved(at(order.reservedAt))}</span>
        {status === 'pending' && <span>{orders.until(at(order.expiresAt))}</span>}
        {status !== 'pending' && endedAt && <span>{orders.ended[status](at(endedAt))}</span>}
        {order.sentAt !== null && <span>{orders.sent(at(order.sentAt))}</span>}
        {order.sentAt === null && isKept(order) && <span>{orders.deliveries.to_send}</span>}
        {order.addressMissing && <span class="address-missing">{ADMIN_TEXTS.address.missing}</span>}
        {order.payment && <PaymentState order={order} payment={order.payment} />}
      </p>
      <p class="row-meta">
        {!place.customer && (
          <a href={orderPath({ customer: order.customerId })}>
            {isolated(order.customerName)} ({order.customerEmail})
          </a>
        )}
        {!place.event && (
          <a href={`/admin/events/${order.eventId}`} dir="auto">
            {order.eventTitle}
          </a>
        )}
      </p>
    </article>
  );
}
