/** Orders as admins list and export them. Reads only: orders change in the sale's ledger. */
import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm';
import type { AdminOrder } from '../../contract/administration.ts';
import { type EventId, type OrderId, orderIdRange } from '../../contract/ids.ts';
import { orderNumberOf } from '../../contract/order-numbers.ts';
import type { AdminOrderDetail } from '../../contract/order-story.ts';
import type { OrderPayment } from '../../contract/payments.ts';
import type { TaxPlan } from '../../contract/totals.ts';
import { orderAddresses } from './address-schema.ts';
import { itemCatalog } from './catalogue-schema.ts';
import { type Db, guarded } from './client.ts';
import type { Place } from './cursors.ts';
import { type CostBasis, costFieldsOf, orderCostsSql } from './order-costs.ts';
import { orderPaymentSql, paymentFieldsOf } from './order-payments.ts';
import { findOrders, type OrderSearch, type Sought, soughtQuery } from './order-search.ts';
import { eventItemTexts, orderTexts, orderTextsOn, unitPriceOf } from './order-texts.ts';
import { eventItems, events, orders, users } from './schema.ts';

interface Reading {
  nowMs: number;
  tax: TaxPlan;
}

export interface OrderPage {
  /** Newest first; at most one row more than `limit`, which tells that there is a next page. */
  orders: AdminOrder[];
  /** Where the next page goes on though this one is not full: more may be found behind it. */
  walkedTo: Place | undefined;
}

/** @throws Fault */
export async function listAdminOrders(
  db: Db,
  search: OrderSearch & { tax: TaxPlan },
): Promise<OrderPage> {
  const found = findOrders(search, await seek(db, search));
  if (found === undefined) return { orders: [], walkedTo: undefined };
  const { ids, order, walkedTo } = found;
  const rows = selectOrders(db)
    .where(sql`${orders.id} IN (${ids})`)
    .orderBy(...(order === 'id' ? [desc(orders.id)] : [desc(orders.reservedAt), desc(orders.id)]));
  const ends = walkedTo ?? sql`SELECT NULL AS "reservedAt", NULL AS id WHERE false`;
  const [page, [end]] = await guarded(async () => {
    const answers = await db.batch([rows, db.execute<{ reservedAt: string; id: OrderId }>(ends)]);
    return [answers[0], answers[1].rows] as const;
  });
  return {
    orders: page.map((row) => orderOf(row, search)),
    walkedTo: end && { atMs: Date.parse(end.reservedAt), id: end.id },
  };
}

/** @returns undefined where there is no such order; with its address, and the note of admins, empty without one. */
export async function findAdminOrder(
  db: Db,
  id: OrderId,
  reading: Reading,
): Promise<(AdminOrder & Pick<AdminOrderDetail, 'address' | 'note'>) | undefined> {
  const [[row], [kept]] = await guarded(() =>
    db.batch([
      selectOrders(db).where(eq(orders.id, id)),
      db
        .select({ address: orderAddresses.address })
        .from(orderAddresses)
        .where(eq(orderAddresses.orderId, id)),
    ]),
  );
  const address = kept?.address ?? null;
  return row && { ...orderOf(row, reading), address, note: row.order.note ?? '' };
}

async function seek(db: Db, search: OrderSearch): Promise<Sought | undefined> {
  if (search.q === undefined && search.payment === undefined) return undefined;
  const { rows } = await guarded(() =>
    db.execute<{ [name in keyof Sought]: Sought[name] }>(soughtQuery(search)),
  );
  return rows[0];
}

/** The next orders of an event behind `after`, oldest first, at most `limit`. */
export async function readOrdersOfEvent(
  db: Db,
  page: { eventId: EventId; after: OrderId | undefined; limit: number } & Reading,
): Promise<AdminOrder[]> {
  const { eventId, after, limit } = page;
  const rows = await guarded(() =>
    selectOrders(db)
      .where(and(isOfEvent(eventId), after && sql`${orders.id} > ${after}`))
      .orderBy(asc(orders.id))
      .limit(limit),
  );
  return rows.map((row) => orderOf(row, page));
}

function selectOrders(db: Db) {
  return db
    .select({
      order: orders,
      payment: orderPaymentSql,
      basis: orderCostsSql,
      texts: orderTexts,
      customerName: users.displayName,
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

function orderOf(
  row: {
    order: typeof orders.$inferSelect;
    payment: OrderPayment | null;
    basis: CostBasis;
    texts: Pick<AdminOrder, keyof typeof orderTexts>;
    customerName: string;
    customerEmail: string;
  },
  { nowMs, tax }: Reading,
): AdminOrder {
  const { order, payment, basis, texts, customerName, customerEmail } = row;
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
    ...costFieldsOf(order, basis, tax),
    ...texts,
    sentAt: order.sentAt?.toISOString() ?? null,
    trackingUrl: order.trackingUrl,
    customerName,
    customerEmail,
    customerId: order.customerId,
    addressMissing: isAddressMissing(order, basis),
    endedAt: order.endedAt?.toISOString() ?? null,
  };
}

/** Of an order that is confirmed the account's address does not count any more. */
function isAddressMissing(
  { status, sentAt, quantity, unitsReturned }: typeof orders.$inferSelect,
  { needsAddress, country }: CostBasis,
): boolean {
  const isToSend = status === 'confirmed' && sentAt === null && unitsReturned < quantity;
  return needsAddress && isToSend && country === null;
}
