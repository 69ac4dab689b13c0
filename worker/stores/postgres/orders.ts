/** A customer's order history. Reads only: orders change in the sale's ledger and nowhere else. */
import { and, desc, eq, gt, lte, or, type SQL, sql } from 'drizzle-orm';
import type { Address } from '../../contract/address.ts';
import { type EventId, type OrderId, type UserId } from '../../contract/ids.ts';
import { orderNumberOf } from '../../contract/order-numbers.ts';
import type { OrderHistoryEntry, OrderStatus } from '../../contract/orders.ts';
import type { OrderPayment } from '../../contract/payments.ts';
import type { TaxPlan } from '../../contract/totals.ts';
import { itemCatalog } from './catalogue-schema.ts';
import { type Db, guarded } from './client.ts';
import type { Place } from './cursors.ts';
import { type CostBasis, costFieldsOf, orderAddressSql, orderCostsSql } from './order-costs.ts';
import { orderPaymentSql, paymentFieldsOf } from './order-payments.ts';
import { eventItemTexts, orderTexts, orderTextsOn, unitPriceOf } from './order-texts.ts';
import { eventItems, events, orders } from './schema.ts';

interface Reading {
  nowMs: number;
  /** By which is told what it costs, until somebody begins to pay. */
  tax: TaxPlan;
}

/** Newest first. Reads one row more than `limit`, to learn whether there is a next page. */
export async function listOrders(
  db: Db,
  page: {
    customerId: UserId;
    status: OrderStatus | undefined;
    /** Only those of one event. */
    eventId?: EventId | undefined;
    after: Place | undefined;
    limit: number;
  } & Reading,
): Promise<OrderHistoryEntry[]> {
  const { customerId, status, eventId, after, limit, nowMs } = page;
  const which = and(
    eq(orders.customerId, customerId),
    status && readsAs(status, nowMs),
    eventId && eq(orders.eventId, eventId),
    after &&
      sql`(${orders.reservedAt}, ${orders.id}) <
          (${new Date(after.atMs).toISOString()}::timestamptz, ${after.id})`,
  );
  const rows = await guarded(() =>
    selectOrders(db, which)
      .orderBy(desc(orders.reservedAt), desc(orders.id))
      .limit(limit + 1),
  );
  return rows.map((row) => entryOf(row, page));
}

/** @returns undefined where the customer has no such order. */
export async function findOrder(
  db: Db,
  asked: { id: OrderId; customerId: UserId } & Reading,
): Promise<OrderHistoryEntry | undefined> {
  const { id, customerId } = asked;
  const which = and(eq(orders.id, id), eq(orders.customerId, customerId));
  const [row] = await guarded(() => selectOrders(db, which));
  return row && entryOf(row, asked);
}

function selectOrders(db: Db, which: SQL | undefined) {
  return db
    .select({
      order: orders,
      payment: orderPaymentSql,
      address: orderAddressSql,
      basis: orderCostsSql,
      texts: orderTexts,
    })
    .from(orders)
    .innerJoin(eventItems, orderTextsOn.eventItems)
    .innerJoin(events, orderTextsOn.events)
    .innerJoin(itemCatalog, orderTextsOn.itemCatalog)
    .leftJoin(eventItemTexts, orderTextsOn.eventItemTexts)
    .where(which);
}

function entryOf(
  {
    order,
    payment,
    address,
    basis,
    texts,
  }: {
    order: typeof orders.$inferSelect;
    payment: OrderPayment | null;
    address: Address | null;
    basis: CostBasis;
    texts: Pick<OrderHistoryEntry, keyof typeof orderTexts>;
  },
  { nowMs, tax }: Pick<Reading, 'nowMs' | 'tax'>,
): OrderHistoryEntry {
  return {
    id: order.id,
    number: orderNumberOf(order.id),
    eventId: order.eventId,
    eventItemId: order.eventItemId,
    // A hold that has ended is shown as ended, whether or not anything has expired it yet.
    status:
      order.status === 'pending' && order.expiresAt.getTime() <= nowMs ? 'expired' : order.status,
    quantity: order.quantity,
    unitPriceCents: unitPriceOf(order),
    currency: order.currency,
    reservedAt: order.reservedAt.toISOString(),
    expiresAt: order.expiresAt.toISOString(),
    entryId: order.entryId,
    ...paymentFieldsOf(order, payment),
    address,
    ...costFieldsOf(order, basis, tax),
    endedAt: order.endedAt?.toISOString() ?? null,
    sentAt: order.sentAt?.toISOString() ?? null,
    trackingUrl: order.trackingUrl,
    ...texts,
  };
}

/** The state that an order is shown in: a hold that has ended is expired before it is written so. */
function readsAs(status: OrderStatus, nowMs: number) {
  const now = new Date(nowMs);
  const isPending = eq(orders.status, 'pending');
  if (status === 'pending') return and(isPending, gt(orders.expiresAt, now));
  const isWritten = eq(orders.status, status);
  return status === 'expired'
    ? or(isWritten, and(isPending, lte(orders.expiresAt, now)))
    : isWritten;
}
