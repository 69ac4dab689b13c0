/** The search of orders and what narrows it, in the address; and whose they are. */

import type { AdminEventSummary, CustomerDetail } from '../../../worker/contract/administration.ts';
import type { OrderDelivery, OrderStatus } from '../../../worker/contract/orders.ts';
import type { PaymentStatus } from '../../../worker/contract/payments.ts';
import { isolated } from '../../format/direction.ts';
import { useLocation } from '../../page/location.tsx';
import { usePolled } from '../../shop/use-polled.ts';
import { LAZY_TEXTS } from '../../texts/lazy/texts.ts';
import { useAdmin } from '../api/admin-context.ts';
import { Labelled } from '../forms/labelled.tsx';
import { customerName } from '../lists/customer-name.ts';
import { Choice } from '../lists/filters.tsx';
import type { LiveSearch } from '../lists/live-search.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import {
  DELIVERIES,
  ORDER_STATUSES,
  type OrderPlace,
  orderPath,
  PAYMENT_STATUSES,
} from './order-filter.ts';

/** What an event is called, or who a customer is, seldom changes. */
const NAMES_EVERY_MS = 60_000;

export interface OrderFiltersProps {
  readonly place: OrderPlace;
  readonly search: LiveSearch;
}

export function OrderFilters({ place, search }: OrderFiltersProps) {
  const { route } = useLocation();
  const { orders, all } = ADMIN_TEXTS;
  const { event, status, payment, delivery } = place;
  // Without their names the orders are listed all the same.
  const events = useEvents().value ?? [];
  const listed = events.map(({ id, title }) => [id as string, title] as const);
  const isListed = event === undefined || listed.some(([id]) => id === event);
  const choose = (chosen: OrderPlace) => route(orderPath({ ...place, ...chosen }), true);
  return (
    <search>
      <form
        class="filters"
        onSubmit={(submitted) => {
          submitted.preventDefault();
          search.apply();
        }}
      >
        <Labelled label={orders.search}>
          {(control) => (
            <input
              {...control}
              type="search"
              value={search.typed}
              onInput={({ currentTarget }) => search.type(currentTarget.value)}
            />
          )}
        </Labelled>
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
      </form>
    </search>
  );
}

/** What the search and the filters that narrow the list are called. */
export function namesOfSet({ q, event, status, payment, delivery }: OrderPlace): string[] {
  const { orders } = ADMIN_TEXTS;
  const names = [
    [q, orders.searched],
    [event, orders.ofEvent],
    [status, orders.status],
    [payment, orders.payment],
    [delivery, orders.delivery],
  ] as const;
  return names.flatMap(([value, name]) => (value ? [name] : []));
}

/** Whose orders these are, and the way back to everyone's. */
export function Whose({ id, event }: { id: string; event: string | undefined }) {
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
