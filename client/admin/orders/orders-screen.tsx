/** `/admin/orders`: all orders, newest first, narrowed by one search and by filters. */

import { useLocation } from 'preact-iso';
import type {
  AdminEventSummary,
  AdminOrder,
  CustomerDetail,
} from '../../../worker/contract/administration.ts';
import type { OrderDelivery, OrderStatus } from '../../../worker/contract/orders.ts';
import type { PaymentStatus } from '../../../worker/contract/payments.ts';
import { isolated } from '../../format/direction.ts';
import { itemTitle } from '../../format/item-title.ts';
import { formatMoney } from '../../format/money.ts';
import { formatInstant } from '../../format/times.ts';
import { PaymentState } from '../../payment/payment-state.tsx';
import { useShop } from '../../shop/shop.ts';
import { usePolled } from '../../shop/use-polled.ts';
import { LAZY_TEXTS } from '../../texts/lazy/texts.ts';
import { Heading } from '../../ui/heading.tsx';
import { OrderBadge } from '../../ui/order-badge.tsx';
import { useDocumentTitle } from '../../ui/use-page.ts';
import { useAdmin } from '../api/admin-context.ts';
import { customerName } from '../lists/customer-name.ts';
import { Choice, Filters } from '../lists/filters.tsx';
import { Listing } from '../lists/listing.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { ExportButton } from './export-button.tsx';
import {
  DELIVERIES,
  ORDER_STATUSES,
  type OrderPlace,
  orderPath,
  orderPlaceOf,
  PAYMENT_STATUSES,
} from './order-filter.ts';

const EVERY_MS = 5_000;
/** What is searched costs the database more, and changes less. */
const SEARCH_EVERY_MS = 30_000;
/** What an event is called, or who a customer is, seldom changes. */
const NAMES_EVERY_MS = 60_000;

export function OrdersScreen() {
  const { orders } = ADMIN_TEXTS;
  useDocumentTitle(orders.title);
  const { query } = useLocation();
  const place = orderPlaceOf(query);
  const { event, customer } = place;
  return (
    <>
      <header class="admin-head">
        <Heading>{orders.title}</Heading>
        {event && <ExportButton key={event} eventId={event} />}
      </header>
      {customer && <Whose id={customer} event={event} />}
      <OrderFilters place={place} />
      <Orders place={place} />
    </>
  );
}

function useEvents() {
  const admin = useAdmin();
  return usePolled<readonly AdminEventSummary[]>({
    of: 'event names',
    key: '',
    load: async () => {
      const result = await admin.listEvents({});
      return result.ok ? { ok: true, value: result.value.events } : result;
    },
    pace: () => ({ everyMs: NAMES_EVERY_MS, momentsMs: [] }),
  });
}

interface OrdersProps {
  readonly place: OrderPlace;
}

function Orders({ place }: OrdersProps) {
  const admin = useAdmin();
  const { event: eventId, customer: customerId, ...filter } = place;
  return (
    <Listing
      of={orderPath(place)}
      empty={ADMIN_TEXTS.orders.noneMatch}
      everyMs={place.q === undefined ? EVERY_MS : SEARCH_EVERY_MS}
      load={async (cursor) => {
        const result = await admin.listOrders({ ...filter, eventId, customerId }, cursor);
        if (!result.ok) return result;
        const { orders: entries, nextCursor } = result.value;
        return { ok: true, value: { entries, nextCursor } };
      }}
    >
      {(order) => <OrderLine order={order} place={place} />}
    </Listing>
  );
}

function OrderFilters({ place }: OrdersProps) {
  const { route } = useLocation();
  const { orders, all, search } = ADMIN_TEXTS;
  const { q, event, status, payment, delivery } = place;
  // Without their names the orders are listed all the same.
  const events = useEvents().value ?? [];
  const listed = events.map(({ id, title }) => [id as string, title] as const);
  const isListed = event === undefined || listed.some(([id]) => id === event);
  const choose = (chosen: OrderPlace) => route(orderPath({ ...place, ...chosen }), true);
  return (
    <Filters
      texts={{ q: orders.search }}
      values={{ q: q ?? '' }}
      action={search}
      onApply={({ q: typed }) => choose({ q: typed || undefined })}
    >
      <Choice<string>
        label={orders.ofEvent}
        all={orders.anyEvent}
        // An older event than those that are listed is chosen by the link of its sale's screen.
        options={isListed ? listed : [[event, event], ...listed]}
        value={event}
        onChoose={(chosen) => choose({ event: chosen })}
      />
      <Choice<OrderStatus>
        label={orders.status}
        all={all}
        options={ORDER_STATUSES.map((one) => [one, LAZY_TEXTS.orderStatus[one]] as const)}
        value={status}
        onChoose={(chosen) => choose({ status: chosen })}
      />
      <Choice<PaymentStatus>
        label={orders.payment}
        all={all}
        options={PAYMENT_STATUSES.map((one) => [one, LAZY_TEXTS.payment.status[one]] as const)}
        value={payment}
        onChoose={(chosen) => choose({ payment: chosen })}
      />
      <Choice<OrderDelivery>
        label={orders.delivery}
        all={all}
        options={DELIVERIES.map((one) => [one, orders.deliveries[one]] as const)}
        value={delivery}
        onChoose={(chosen) => choose({ delivery: chosen })}
      />
    </Filters>
  );
}

/** Whose orders these are, and the way back to everyone's. */
function Whose({ id, event }: { id: string; event: string | undefined }) {
  const admin = useAdmin();
  const { value } = usePolled<CustomerDetail>({
    of: 'customer',
    key: id,
    load: () => admin.getCustomer(id),
    pace: () => ({ everyMs: NAMES_EVERY_MS, momentsMs: [] }),
  });
  const { orders, customerStates } = ADMIN_TEXTS;
  return (
    <section class="panel whose">
      <h2>{orders.by(isolated(value === null ? '…' : customerName(value)))}</h2>
      {value && (
        <p class="row-meta">
          <span>{value.email}</span>
          <span class={`badge badge-${value.active ? 'confirmed' : 'closed'}`}>
            {customerStates[value.active ? 'true' : 'false']}
          </span>
          <span>{orders.counts(value.orders)}</span>
        </p>
      )}
      <a href={orderPath({ event })}>{orders.everyone}</a>
    </section>
  );
}

function OrderLine({ order, place }: { order: AdminOrder; place: OrderPlace }) {
  const { locale } = useShop();
  const { orders } = ADMIN_TEXTS;
  const { currency, quantity, unitPriceCents, status, endedAt } = order;
  const at = (instant: string) => formatInstant(instant, { locale });
  const price = formatMoney(unitPriceCents, { currency, locale });
  return (
    <article>
      <div class="row-head">
        <h2 class="row-title" dir="auto">
          {itemTitle(order.itemName, order.variantLabel)}
        </h2>
        <p class="order-price">
          {formatMoney(quantity * unitPriceCents, { currency, locale })}
          {quantity > 1 && <small>{LAZY_TEXTS.orderLine(quantity, price)}</small>}
        </p>
      </div>
      <p class="row-meta">
        <OrderBadge status={status} />
        <a class="row-number" href={`/admin/orders/${order.id}`} translate={false}>
          {order.number}
        </a>
        <span>{orders.reserved(at(order.reservedAt))}</span>
        {status === 'pending' && <span>{orders.until(at(order.expiresAt))}</span>}
        {status !== 'pending' && endedAt && <span>{orders.ended[status](at(endedAt))}</span>}
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
        <span class="row-id">{order.id}</span>
      </p>
    </article>
  );
}
