/** What is known of an order: whose it is, of what, for how much. Must not load anything. */
import type { ComponentChildren } from 'preact';
import type { AdminOrderDetail } from '../../../worker/contract/order-story.ts';
import type { PaymentStatus } from '../../../worker/contract/payments.ts';
import { amountOf, lineName, type TotalLine } from '../../address/totals.tsx';
import { isolated } from '../../format/direction.ts';
import { itemTitle } from '../../format/item-title.ts';
import { formatMoney } from '../../format/money.ts';
import { formatInstant } from '../../format/times.ts';
import { PaymentState } from '../../payment/payment-state.tsx';
import { useShop } from '../../shop/shop.ts';
import { LAZY_TEXTS } from '../../texts/lazy/texts.ts';
import { TEXTS } from '../../texts/texts.ts';
import type { OutboxFilter } from '../api/outbox-calls.ts';
import { orderPath } from '../orders/order-filter.ts';
import { outboxPath } from '../outbox/outbox-place.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';

/** Which rows of the outbox are about payments of such a state. */
const ROWS: Readonly<Record<PaymentStatus, OutboxFilter>> = {
  open: { kind: 'payment.look' },
  authorised: { kind: 'payment.capture' },
  captured: { kind: 'payment.capture' },
  failed: { outcome: 'given_up', kind: 'payment.capture' },
  released: { kind: 'payment.release' },
  refunded: { kind: 'payment.refund' },
  partly_refunded: { kind: 'payment.refund' },
};

export function OrderFacts({ order }: { order: AdminOrderDetail }) {
  const { locale } = useShop();
  const { currency, quantity, totals, unitPriceCents, unitsReturned, payment } = order;
  const { order: texts, orders, role } = ADMIN_TEXTS;
  const { unitPrice, total } = LAZY_TEXTS.order;
  const money = (cents: number) => formatMoney(cents, { currency, locale });
  const fact = (line: TotalLine) => (
    <Fact key={line.kind} name={lineName(line, locale)}>
      <span class="amount">{amountOf(line, money)}</span>
    </Fact>
  );
  return (
    <dl class="order-facts">
      <Fact name={role.customer}>
        <a href={orderPath({ customer: order.customerId })}>
          {isolated(order.customerName)} ({order.customerEmail})
        </a>
      </Fact>
      <Fact name={orders.ofEvent}>
        <a href={`/admin/events/${order.eventId}`} dir="auto">
          {order.eventTitle}
        </a>
      </Fact>
      <Fact name={texts.item}>
        <span dir="auto">{itemTitle(order.itemName, order.variantLabel)}</span>
      </Fact>
      <Fact name={TEXTS.quantity}>
        {unitsReturned > 0
          ? texts.unitsReturned(quantity, unitsReturned)
          : ADMIN_TEXTS.number(quantity)}
      </Fact>
      <Fact name={unitPrice}>{money(unitPriceCents)}</Fact>
      {totals.lines.length > 1 && totals.lines.filter(isOnTop).map(fact)}
      <Fact name={total}>{money(totals.totalCents)}</Fact>
      {totals.lines.filter((line) => !isOnTop(line)).map(fact)}
      {payment && (
        <Fact name={orders.payment}>
          <PaymentState order={order} payment={payment} />{' '}
          <a href={outboxPath(ROWS[payment.status])}>{texts.inOutbox}</a>
        </Fact>
      )}
      {order.status === 'confirmed' && <Delivery order={order} />}
    </dl>
  );
}

/** Not in another line already. */
function isOnTop({ included }: TotalLine): boolean {
  return !included;
}

/** Nothing where all units were given back before anything was sent. */
function Delivery({ order }: { order: AdminOrderDetail }) {
  const { locale } = useShop();
  const { order: texts, orders } = ADMIN_TEXTS;
  const { sentAt, trackingUrl, unitsReturned, quantity } = order;
  if (sentAt === null && unitsReturned >= quantity) return null;
  return (
    <Fact name={orders.delivery}>
      {sentAt === null
        ? orders.deliveries.to_send
        : TEXTS.itemLabel(orders.deliveries.sent, formatInstant(sentAt, { locale }))}{' '}
      {trackingUrl !== null && (
        <a href={trackingUrl} rel="noreferrer">
          {texts.track}
        </a>
      )}
    </Fact>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
