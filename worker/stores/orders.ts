/** A customer's order history. Reads only: orders change in the sale's ledger and nowhere else. */
import { and, desc, eq, sql } from 'drizzle-orm';
import type { UserId } from '../contract/ids.ts';
import type { OrderHistoryEntry } from '../contract/orders.ts';
import type { Place } from './cursors.ts';
import { type Db, guarded } from './postgres.ts';
import { eventItems, events, itemCatalog, orders } from './schema.ts';

/** Newest first. Reads one row more than `limit`, to tell whether there is a next page. */
export async function listOrders(
  db: Db,
  page: { customerId: UserId; after: Place | undefined; limit: number; nowMs: number },
): Promise<OrderHistoryEntry[]> {
  const { customerId, after, limit, nowMs } = page;
  const rows = await guarded(() =>
    db
      .select({ order: orders, eventTitle: events.title, itemName: itemCatalog.name })
      .from(orders)
      .innerJoin(eventItems, eq(eventItems.id, orders.eventItemId))
      .innerJoin(events, eq(events.id, orders.eventId))
      .innerJoin(itemCatalog, eq(itemCatalog.id, eventItems.itemId))
      .where(
        and(
          eq(orders.customerId, customerId),
          after &&
            sql`(${orders.reservedAt}, ${orders.id}) <
                (${new Date(after.atMs).toISOString()}::timestamptz, ${after.id})`,
        ),
      )
      .orderBy(desc(orders.reservedAt), desc(orders.id))
      .limit(limit + 1),
  );
  return rows.map(({ order, eventTitle, itemName }) => ({
    id: order.id,
    eventId: order.eventId,
    eventItemId: order.eventItemId,
    // A hold that has ended is shown as ended, whether or not anything has expired it yet.
    status:
      order.status === 'pending' && order.expiresAt.getTime() <= nowMs ? 'expired' : order.status,
    quantity: order.quantity,
    unitPriceCents: order.unitPriceCents,
    currency: order.currency,
    reservedAt: order.reservedAt.toISOString(),
    expiresAt: order.expiresAt.toISOString(),
    eventTitle,
    itemName,
  }));
}
