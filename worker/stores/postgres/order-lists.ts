/** Orders as admins list and export them. Reads only: orders change in the sale's ledger. */
import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm';
import type { AdminOrder } from '../../contract/administration.ts';
import { type EventId, type OrderId, orderIdRange, type UserId } from '../../contract/ids.ts';
import { orderNumberOf } from '../../contract/order-numbers.ts';
import type { OrderStatus } from '../../contract/orders.ts';
import type { OrderPayment } from '../../contract/payments.ts';
import { itemCatalog } from './catalogue-schema.ts';
import { type Db, guarded, instant } from './client.ts';
import type { Place } from './cursors.ts';
import { orderPaymentSql, paymentFieldsOf } from './order-payments.ts';
import { eventItemTexts, orderTexts, orderTextsOn, unitPriceOf } from './order-texts.ts';
import { eventItems, events, orders, users } from './schema.ts';

export interface OrderPage {
  eventId?: EventId | undefined;
  customer?: UserId | undefined;
  /** What the id ends in. */
  number?: string | undefined;
  status?: OrderStatus | undefined;
  after: Place | undefined;
  limit: number;
  nowMs: number;
}

/** Newest first. Reads one row more than `limit`, to learn whether there is a next page. */
export async function listAdminOrders(db: Db, page: OrderPage): Promise<AdminOrder[]> {
  const { eventId, customer, number, status, after, limit, nowMs } = page;
  // An event's orders sort by their ids, which the primary key gives without sorting; but its few
  // holds are sought among holds, or all that was ever sold would be read for them.
  const byId = eventId !== undefined && status !== 'pending';
  const rows = await guarded(() =>
    selectOrders(db)
      .where(
        and(
          eventId && (byId ? isOfEvent(eventId) : isOfItemsOf(eventId)),
          customer && eq(orders.customerId, customer),
          // In the words of the index orders_number.
          number === undefined ? undefined : sql`right(${orders.id}, 12) = ${number}`,
          status && hasStatus(status, nowMs),
          after &&
            (byId
              ? sql`${orders.id} < ${after.id}`
              : sql`(${orders.reservedAt}, ${orders.id}) < (${instant(after.atMs)}, ${after.id})`),
        ),
      )
      .orderBy(...(byId ? [desc(orders.id)] : [desc(orders.reservedAt), desc(orders.id)]))
      .limit(limit + 1),
  );
  return rows.map((row) => orderOf(row, nowMs));
}

/** The next orders of an event behind `after`, oldest first, at most `limit`. */
export async function readOrdersOfEvent(
  db: Db,
  page: { eventId: EventId; after: OrderId | undefined; limit: number; nowMs: number },
): Promise<AdminOrder[]> {
  const { eventId, after, limit, nowMs } = page;
  const rows = await guarded(() =>
    selectOrders(db)
      .where(and(isOfEvent(eventId), after && sql`${orders.id} > ${after}`))
      .orderBy(asc(orders.id))
      .limit(limit),
  );
  return rows.map((row) => orderOf(row, nowMs));
}

function selectOrders(db: Db) {
  return db
    .select({
      order: orders,
      payment: orderPaymentSql,
      texts: orderTexts,
      customerEmail: users.email,
    })
    .from(orders)
    .innerJoin(eventItems, orderTextsOn.eventItems)
    .innerJoin(events, orderTextsOn.events)
    .innerJoin(itemCatalog, orderTextsOn.itemCatalog)
    .leftJoin(eventItemTexts, orderTextsOn.eventItemTexts)
    .innerJoin(users, eq(users.id, orders.customerId));
}

function isOfEvent(eventId: EventId): SQL {
  const [first, last] = orderIdRange(eventId);
  return sql`${orders.eventId} = ${eventId} AND ${orders.id} BETWEEN ${first} AND ${last}`;
}

function isOfItemsOf(eventId: EventId): SQL {
  return sql`${orders.eventItemId} IN (
    SELECT i.id FROM event_items i WHERE i.event_id = ${eventId})`;
}

/** A hold that has ended is expired, whether or not anything has written it off yet. */
function hasStatus(status: OrderStatus, nowMs: number): SQL {
  const isDue = sql`${orders.status} = 'pending' AND ${orders.expiresAt} <= ${instant(nowMs)}`;
  if (status === 'pending') return sql`(${orders.status} = 'pending' AND NOT (${isDue}))`;
  if (status === 'expired') return sql`(${orders.status} = 'expired' OR (${isDue}))`;
  return eq(orders.status, status);
}

function orderOf(
  row: {
    order: typeof orders.$inferSelect;
    payment: OrderPayment | null;
    texts: Pick<AdminOrder, keyof typeof orderTexts>;
    customerEmail: string;
  },
  nowMs: number,
): AdminOrder {
  const { order, payment, texts, customerEmail } = row;
  const isDue = order.status === 'pending' && order.expiresAt.getTime() <= nowMs;
  return {
    id: order.id,
    number: orderNumberOf(order.id),
    eventId: order.eventId,
    eventItemId: order.eventItemId,
    status: isDue ? 'expired' : order.status,
    quantity: order.quantity,
    unitPriceCents: unitPriceOf(order),
    currency: order.currency,
    reservedAt: order.reservedAt.toISOString(),
    expiresAt: order.expiresAt.toISOString(),
    entryId: order.entryId,
    ...paymentFieldsOf(order, payment),
    ...texts,
    customerEmail,
    customerId: order.customerId,
    endedAt: order.endedAt?.toISOString() ?? null,
  };
}
