/** What a search found, as what can be chosen: words, and where each leads. Must not load or draw. */
import type { AdminSearch, AdminSearchGroup } from '../../../worker/contract/admin-search.ts';
import { formatInstant } from '../../format/times.ts';
import { LAZY_TEXTS } from '../../texts/lazy/texts.ts';
import { customerName } from '../lists/customer-name.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';

export interface Option {
  readonly href: string;
  /** A name that somebody gave, or a number. */
  readonly name: string;
  /** What tells it from others of its name. */
  readonly facts: readonly string[];
}

export interface OptionGroup {
  readonly of: AdminSearchGroup;
  readonly found: readonly Option[];
  /** Leads to the list that has all of them. */
  readonly all: string | null;
}

const LISTS: Readonly<Record<AdminSearchGroup, string>> = {
  orders: '/admin/orders',
  customers: '/admin/customers',
  events: '/admin/events',
  items: '/admin/catalogue',
};

/** Of groups in which something was found, or may be. */
export function optionGroups(found: AdminSearch, q: string, locale: string): OptionGroup[] {
  const at = (instant: string) => formatInstant(instant, { locale });
  const groups: Record<AdminSearchGroup, Option[]> = {
    orders: found.orders.map((order) => ({
      href: `/admin/orders/${order.id}`,
      name: order.number,
      facts: [
        order.itemName,
        order.eventTitle,
        ADMIN_TEXTS.finding.ofCustomer(order.customerName),
        LAZY_TEXTS.orderStatus[order.status],
        at(order.reservedAt),
      ],
    })),
    customers: found.customers.map((customer) => ({
      href: `/admin/orders?customer=${customer.id}`,
      name: customerName(customer),
      facts: [customer.email, ...(customer.active ? [] : [ADMIN_TEXTS.customerStates.false])],
    })),
    events: found.events.map((event) => ({
      href: `/admin/events/${event.id}`,
      name: event.title,
      facts: [at(event.startsAt), ...stateOf(event)],
    })),
    items: found.items.map((item) => ({
      href: `/admin/catalogue/${item.id}`,
      name: item.name,
      facts: [item.category],
    })),
  };
  const query = new URLSearchParams({ q }).toString();
  return (['orders', 'customers', 'events', 'items'] as const)
    .map((of) => ({
      of,
      found: groups[of],
      all: found.more.includes(of) ? `${LISTS[of]}?${query}` : null,
    }))
    .filter((group) => group.found.length > 0 || group.all !== null);
}

/** In the order in which they are shown. */
export function hrefsOf(groups: readonly OptionGroup[]): string[] {
  return groups.flatMap(({ found, all }) => [
    ...found.map(({ href }) => href),
    ...(all === null ? [] : [all]),
  ]);
}

export function countOf(groups: readonly OptionGroup[]): number {
  return groups.reduce((sum, { found }) => sum + found.length, 0);
}

function stateOf({ published, cancelledAt }: AdminSearch['events'][number]): string[] {
  if (cancelledAt !== null) return [ADMIN_TEXTS.cancelling.cancelled];
  return published ? [] : [ADMIN_TEXTS.draft];
}
