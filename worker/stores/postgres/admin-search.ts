/** What admins find by one search: orders, customers, events, items, the newest few of each. Reads only. */
import { desc } from 'drizzle-orm';
import {
  ADMIN_SEARCH_FOUND_MAX,
  type AdminSearch,
  type AdminSearchGroup,
} from '../../contract/admin-search.ts';
import type { AdminOrder } from '../../contract/administration.ts';
import { NO_TAX } from '../../contract/totals.ts';
import { itemCatalog } from './catalogue-schema.ts';
import { type Db, guarded } from './client.ts';
import { listAdminOrders } from './order-lists.ts';
import { events, users } from './schema.ts';
import { hasSoughtWords, hasWords } from './search.ts';
import { customerText, eventText, itemText } from './searched-texts.ts';

/** One more than is shown, to learn whether there are more. */
const READ_MAX = ADMIN_SEARCH_FOUND_MAX + 1;

/**
 * Two reads at the same time, however much is found.
 * @param q has a word of two letters or more
 * @throws Fault
 */
export async function searchAll(db: Db, q: string, nowMs: number): Promise<AdminSearch> {
  const [{ orders, walkedTo }, others] = await Promise.all([
    listAdminOrders(db, {
      q,
      after: undefined,
      limit: ADMIN_SEARCH_FOUND_MAX,
      nowMs,
      // Of no matter: no amounts are given.
      tax: NO_TAX,
    }),
    readOthers(db, q),
  ]);
  const found = { orders: orders.map(orderFound), ...others };
  const groups = Object.keys(found) as AdminSearchGroup[];
  const more = groups.filter((group) => found[group].length > ADMIN_SEARCH_FOUND_MAX);
  return {
    orders: few(found.orders),
    customers: few(found.customers),
    events: few(found.events),
    items: few(found.items),
    // Of very many orders the newest were looked through.
    more: walkedTo === undefined || more.includes('orders') ? more : ['orders', ...more],
  };
}

function few<Found>(found: Found[]): Found[] {
  return found.slice(0, ADMIN_SEARCH_FOUND_MAX);
}

async function readOthers(db: Db, q: string) {
  const [customers, eventRows, items] = await guarded(() =>
    db.batch([
      db
        .select({
          id: users.id,
          displayName: users.displayName,
          email: users.email,
          active: users.active,
          deletedAt: users.deletedAt,
        })
        .from(users)
        .where(hasWords(customerText, q))
        .orderBy(desc(users.createdAt), desc(users.id))
        .limit(READ_MAX),
      db
        .select({
          id: events.id,
          title: events.title,
          startsAt: events.startsAt,
          published: events.published,
          cancelledAt: events.cancelledAt,
        })
        .from(events)
        .where(hasSoughtWords(eventText, q))
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
    customers: customers.map(({ deletedAt, ...customer }) => ({
      ...customer,
      deletedAt: deletedAt?.toISOString() ?? null,
    })),
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
