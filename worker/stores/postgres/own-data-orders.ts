/** All orders of one account, with what admins wrote about them, for their owner to take away. Reads only. */
import { and, desc, eq, isNotNull } from 'drizzle-orm';
import type { OrderId, UserId } from '../../contract/ids.ts';
import type { OrderHistoryEntry } from '../../contract/orders.ts';
import { OWN_DATA_ENTRIES_MAX, type OwnData } from '../../contract/own-data.ts';
import type { TaxPlan } from '../../contract/totals.ts';
import { type Db, guarded } from './client.ts';
import { listOrders } from './orders.ts';
import { orders } from './schema.ts';

/** One call to the database each. */
const ORDERS_PER_PAGE = 1_000;

/** Newest first; one more than a download takes along, where there are more. */
export async function readAllOrders(
  db: Db,
  userId: UserId,
  reading: { nowMs: number; tax: TaxPlan },
): Promise<OwnData['orders']> {
  const all: OrderHistoryEntry[] = [];
  while (all.length <= OWN_DATA_ENTRIES_MAX.orders) {
    const last = all.at(-1);
    const page = await listOrders(db, {
      customerId: userId,
      status: undefined,
      after: last && { atMs: Date.parse(last.reservedAt), id: last.id },
      limit: ORDERS_PER_PAGE,
      ...reading,
    });
    all.push(...page.slice(0, ORDERS_PER_PAGE));
    if (page.length <= ORDERS_PER_PAGE) break;
  }
  const notes = await readNotes(db, userId);
  return all.map((order) => ({ ...order, note: notes.get(order.id) ?? '' }));
}

/** What admins wrote about the orders that are taken along. */
async function readNotes(db: Db, userId: UserId): Promise<Map<OrderId, string | null>> {
  const rows = await guarded(() =>
    db
      .select({ id: orders.id, note: orders.note })
      .from(orders)
      .where(and(eq(orders.customerId, userId), isNotNull(orders.note)))
      .orderBy(desc(orders.reservedAt), desc(orders.id))
      .limit(OWN_DATA_ENTRIES_MAX.orders),
  );
  return new Map(rows.map(({ id, note }) => [id, note]));
}
