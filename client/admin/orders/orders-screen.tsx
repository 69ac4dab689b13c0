/** `/admin/orders`: the orders of an event, of a customer, or of a customer in an event; or one by its number. */

import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type {
  AdminEventSummary,
  AdminOrder,
  CustomerDetail,
} from '../../../worker/contract/administration.ts';
import type { OrderStatus } from '../../../worker/contract/orders.ts';
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
import { Empty, Failed, Loading } from '../../ui/page-state.tsx';
import { useDocumentTitle } from '../../ui/use-page.ts';
import { useAdmin } from '../api/admin-context.ts';
import { customerName } from '../lists/customer-name.ts';
import { Choice, Filters } from '../lists/filters.tsx';
import { Listing } from '../lists/listing.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { ExportButton } from './export-button.tsx';
import {
  ORDER_STATUSES,
  type OrderPlace,
  orderNumberTyped,
  orderPath,
  orderPlaceOf,
} from './order-filter.ts';

const EVERY_MS = 5_000;
/** What an event is called, or who a customer is, seldom changes. */
const NAMES_EVERY_MS = 60_000;

export function OrdersScreen() {
  const { orders } = ADMIN_TEXTS;
  useDocumentTitle(orders.title);
  const { query } = useLocation();
  const { value: events, problem, refresh } = useEvents();
  const place = orderPlaceOf(query);
  // Nobody reads the orders of all sales as one list: without a word, those of the latest event.
  const isNamed = place.customer !== undefined || place.number !== undefined;
  const event = place.event ?? (isNamed ? undefined : events?.[0]?.id);
  return (
    <>
      <header class="admin-head">
        <Heading>{orders.title}</Heading>
        {event && <ExportButton key={event} eventId={event} />}
      </header>
      {!events && problem && <Failed problem={problem} onRetry={refresh} />}
      {!events && !problem && <Loading />}
      {events && (
        <Orders place={{ ...place, event }} events={events}>
          {place.customer && <Whose id={place.customer} event={event} />}
        </Orders>
      )}
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
  readonly events: readonly AdminEventSummary[];
  readonly children: ComponentChildren;
}

function Orders({ place, events, children }: OrdersProps) {
  const admin = useAdmin();
  const { orders } = ADMIN_TEXTS;
  const { event: eventId, customer, status, number } = place;
  if ((eventId ?? customer ?? number) === undefined) return <Empty text={orders.noEvent} />;
  return (
    <>
      {children}
      <OrderFilters place={place} events={events} />
      <Listing
        of={orderPath(place)}
        empty={orders.noneMatch}
        everyMs={EVERY_MS}
        load={async (cursor) => {
          const result = await admin.listOrders({ eventId, customer, status, number }, cursor);
          if (!result.ok) return result;
          const { orders: entries, nextCursor } = result.value;
          return { ok: true, value: { entries, nextCursor } };
        }}
      >
        {(order) => <OrderLine order={order} place={place} />}
      </Listing>
    </>
  );
}

function OrderFilters({ place, events }: Omit<OrdersProps, 'children'>) {
  const { route } = useLocation();
  const { orders, all } = ADMIN_TEXTS;
  const { event, customer, status, number } = place;
  const [isUnread, setIsUnread] = useState(false);
  const listed = events.map(({ id, title }) => [id as string, title] as const);
  const isListed = event === undefined || listed.some(([id]) => id === event);
  return (
    <>
      <Filters
        texts={{ number: orders.number }}
        action={ADMIN_TEXTS.search}
        onApply={({ number: typed }) => {
          const read = orderNumberTyped(typed);
          setIsUnread(typed !== '' && read === null);
          if (typed === '' || read !== null) route(orderPath({ number: read ?? undefined }), true);
        }}
      >
        <Choice<string>
          label={orders.ofEvent}
          {...((customer ?? number) && { all: orders.anyEvent })}
          // An older event than those that are listed is chosen by the link of its sale's screen.
          options={isListed ? listed : [[event, event], ...listed]}
          value={event}
          onChoose={(chosen) => route(orderPath({ ...place, event: chosen }), true)}
        />
        <Choice<OrderStatus>
          label={orders.status}
          all={all}
          options={ORDER_STATUSES.map((one) => [one, LAZY_TEXTS.orderStatus[one]] as const)}
          value={status}
          onChoose={(chosen) => route(orderPath({ ...place, status: chosen }), true)}
        />
      </Filters>
      <output class="field-error">{isUnread && orders.noNumber}</output>
      {number && <a href={orderPath({})}>{orders.everyone}</a>}
    </>
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
        <strong class="row-number" translate={false}>
          {order.number}
        </strong>
        <span>{orders.reserved(at(order.reservedAt))}</span>
        {status === 'pending' && <span>{orders.until(at(order.expiresAt))}</span>}
        {status !== 'pending' && endedAt && <span>{orders.ended[status](at(endedAt))}</span>}
        {order.payment && <PaymentState order={order} payment={order.payment} />}
      </p>
      <p class="row-meta">
        {!place.customer && (
          <a href={orderPath({ customer: order.customerId })}>{order.customerEmail}</a>
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
