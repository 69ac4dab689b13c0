/** One order of the history. Must not tick itself. */

import type { OrderHistoryEntry } from '../../worker/contract/orders.ts';
import { itemTitle } from '../format/item-title.ts';
import { formatMoney } from '../format/money.ts';
import { clockDigits, formatInstant } from '../format/times.ts';
import { PaymentState } from '../payment/payment-state.tsx';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { OrderBadge } from '../ui/order-badge.tsx';
import { noteOf } from './order-note.ts';

export interface OrderRowProps {
  readonly order: OrderHistoryEntry;
  readonly locale: string;
  /** Of the hold, where the order is one. */
  readonly remainingMs?: number;
  /** The hold has ended, and a payment that was made in time is still waited for. */
  readonly isInGrace?: boolean;
}

export function OrderRow({ order, locale, remainingMs = 0, isInGrace = false }: OrderRowProps) {
  const { currency, quantity, totals, unitPriceCents } = order;
  const { number } = LAZY_TEXTS.order;
  const resumeWords = order.payOnline ? LAZY_TEXTS.payment.resume : LAZY_TEXTS.resumeHold;
  const isHeld = order.status === 'pending' && remainingMs > 0;
  const isOver = order.status === 'pending' && !isHeld && !isInGrace;
  const status = isOver ? 'expired' : order.status;
  const price = formatMoney(unitPriceCents, { currency, locale });
  return (
    <li class={`order order-${status}`}>
      <div>
        <h2 class="order-item">
          <a href={`/orders/${order.id}`} dir="auto">
            {itemTitle(order.itemName, order.variantLabel)}
          </a>
        </h2>
        <p class="order-event">
          <a href={`/events/${order.eventId}`} dir="auto">
            {order.eventTitle}
          </a>
        </p>
        <p class="order-meta">
          {LAZY_TEXTS.orderedAt(formatInstant(order.reservedAt, { locale }))}
        </p>
        <p class="order-meta">
          {isInGrace ? LAZY_TEXTS.payment.checkingTitle : noteOf(order, status)}
        </p>
        {order.payment && (
          <p class="order-meta">
            <PaymentState order={order} payment={order.payment} />
          </p>
        )}
        <p class="order-meta">
          {number} <span translate={false}>{order.number}</span>
        </p>
      </div>
      <div class="order-side">
        <OrderBadge status={status} units={order} />
        <p class="order-price">
          {formatMoney(totals.totalCents, { currency, locale })}
          {quantity > 1 && <small>{LAZY_TEXTS.orderLine(quantity, price)}</small>}
        </p>
      </div>
      {isHeld && (
        <a class="button button-primary order-resume" href={resumeHref(order)}>
          <span key={remainingMs}>{resumeWords(clockDigits(remainingMs))}</span>
        </a>
      )}
    </li>
  );
}

/** Who has begun to pay goes on where their payment is. */
function resumeHref({ id, eventId, eventItemId, payment }: OrderHistoryEntry): string {
  return payment ? `/orders/${id}` : `/events/${eventId}#${eventItemId}`;
}
