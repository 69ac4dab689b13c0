/** What admins find by one search: orders, customers, events, items, the newest few of each. Reads only. */
import { desc } from 'drizzle-orm';
import {
  ADMIN_SEARCH_FOUND_MAX,
  type AdminSearch,
  type AdminSearchGroup,
} from '../../contract/admin-search.ts';
import type { AdminOrder, Customer } from '../../contract/administration.ts';
import { NO_TAX } from '../../contract/totals.ts';
import { itemCatalog } from './catalogue-schema.ts';
import { type Db, guarded } from './client.ts';
import { listCustomers } from './customers.ts';
import { listAdminOrders } from './order-lists.ts';
import { events } from './schema.ts';
import { hasWords } from './search.ts';
import { eventText, itemText } from './searched-texts.ts';

/** One more than is shown, to learn whether there are more. */
const READ_MAX = ADMIN_SEARCH_FOUND_MAX + 1;

/**
 * A few reads at the same time, however much is found.
 * @param q has a word of two letters or more
 * @throws Fault
 */
export async function searchAll(db: Db, q: string, nowMs: number): Promise<AdminSearch> {
  const page = { q, after: undefined, limit: ADMIN_SEARCH_FOUND_MAX };
  const [orders, customers, others] = await Promise.all([
    // Its tax is of no matter: no amounts are given.
    listAdminOrders(db, { ...page, nowMs, tax: NO_TAX }),
    listCustomers(db, page),
    readOthers(db, q),
  ]);
  const found = {
    orders: orders.orders.map(orderFound),
    customers: customers.customers.map(customerFound),
    ...others,
  };
  // Of very many the newest were looked through.
  const walked = new Set<AdminSearchGroup>([
    ...(orders.walkedTo ? (['orders'] as const) : []),
    ...(customers.walkedTo ? (['customers'] as const) : []),
  ]);
  const groups = Object.keys(found) as AdminSearchGroup[];
  return {
    orders: few(found.orders),
    customers: few(found.customers),
    events: few(found.events),
    items: few(found.items),
    more: groups.filter((of) => walked.has(of) || found[of].length > ADMIN_SEARCH_FOUND_MAX),
  };
}

function few<Found>(found: Found[]): Found[] {
  return found.slice(0, ADMIN_SEARCH_FOUND_MAX);
}

async function readOthers(db: Db, q: string) {
  const [eventRows, items] = await guarded(() =>
    db.batch([
      db
        .select({
          id: events.id,
          title: events.title,
          startsAt: events.startsAt,
          published: events.published,
          cancelledAt: events.cancelledAt,
        })
        .from(events)
        .where(hasWords(eventText, q))
        .orderBy(desc(events.startsAt), desc(events.id))
        .limit(READ_MAX),
      db
        .select({ id: itemCatalog.id, name: itemCatalog.name, category: itemCatalog.category })
        .from(itemCatalog)
        .where(hasWords(itemText, q))
        .orderBy(desc(itemCatalog.createdAt), desc(itemCatalog.id))
        .limit(READ_MAX),
    ]),
  );
  return {
    events: eventRows.map(({ startsAt, cancelledAt, ...event }) => ({
      ...event,
      startsAt: startsAt.toISOString(),
      cancelledAt: cancelledAt?.toISOString() ?? null,
    })),
    items,
  };
}

function orderFound(order: AdminOrder): AdminSearch['orders'][number] {
  const { id, number, status, reservedAt, eventTitle, itemName, customerName } = order;
  return { id, number, status, reservedAt, eventTitle, itemName, customerName };
}

function customerFound(customer: Customer): AdminSearch['customers'][number] {
  const { id, displayName, email, active, deletedAt } = customer;
  return { id, displayName, email, active, deletedAt };
}
