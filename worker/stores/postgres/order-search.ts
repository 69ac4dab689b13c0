/**
 * Which orders a list shows: sought where few orders can be, else walked newest first and filtered. Either reads
 * some thousand rows, however many orders there are: see docs/performance.md.
 */
import { and, eq, type SQL, sql } from 'drizzle-orm';
import { type EventId, type EventItemId, orderIdRange, type UserId } from '../../contract/ids.ts';
import { soughtNumberOf } from '../../contract/order-numbers.ts';
import type { OrderDelivery, OrderStatus } from '../../contract/orders.ts';
import type { PaymentStatus } from '../../contract/payments.ts';
import { itemCatalog } from './catalogue-schema.ts';
import { instant } from './client.ts';
import type { Place } from './cursors.ts';
import { type OrderPart, orderPart, orderPartsOf } from './order-parts.ts';
import { paymentStatusSql, payments } from './payment-schema.ts';
import { eventItems, orders, users } from './schema.ts';
import { hasGrams, isLike } from './search.ts';
import { customerText, itemText } from './searched-texts.ts';

export interface OrderSearch {
  /** The beginning of a number, or words of a customer's name and address, or of an item's name. */
  q?: string | undefined;
  status?: OrderStatus | undefined;
  delivery?: OrderDelivery | undefined;
  payment?: PaymentStatus | undefined;
  eventId?: EventId | undefined;
  customerId?: UserId | undefined;
  /** What the id ends in. */
  number?: string | undefined;
  after: Place | undefined;
  limit: number;
  nowMs: number;
}

/** Of so many customers, event items or payments, the orders are looked up one by one. */
export const CUSTOMERS_SOUGHT_MAX = 2_000;
export const ITEMS_SOUGHT_MAX = 200;
export const PAYMENTS_SOUGHT_MAX = 5_000;
/** Where there are more, a page is sought in so many orders; if they do not fill it, the next goes on behind them. */
export const ORDERS_WALKED_MAX = 2_500;
const NUMBERS_SOUGHT_MAX = 1_000;

/** What there is of what is sought, counted to one more than is looked up. */
export interface Sought {
  /** What a text is LIKE that has all words. */
  patterns: string[];
  customers: number;
  items: EventItemId[];
  payments: number;
}

/** Asked before the page, where something is sought. */
export function soughtQuery({ q = '', eventId, payment }: OrderSearch): SQL {
  const ofWords = (few: SQL, many: SQL) =>
    sql`CASE WHEN ${q === ''} OR cardinality(search_needs(${q})) = 0 THEN ${many} ELSE ${few} END`;
  const customers = sql`(SELECT count(*)::int FROM (
    SELECT FROM users WHERE ${hasGrams(customerText, q)} LIMIT ${CUSTOMERS_SOUGHT_MAX + 1}) c)`;
  const items = sql`ARRAY(
    SELECT ${eventItems.id} FROM item_catalog JOIN event_items ON ${eq(eventItems.itemId, itemCatalog.id)}
     WHERE ${hasGrams(itemText, q)} AND ${isLike(itemText, sql`search_patterns(${q})`)}
       AND ${eventId === undefined ? sql`true` : eq(eventItems.eventId, eventId)}
     LIMIT ${ITEMS_SOUGHT_MAX + 1})`;
  return sql`SELECT search_patterns(${q}) AS patterns,
    ${ofWords(customers, sql`${CUSTOMERS_SOUGHT_MAX + 1}::int`)} AS customers,
    ${ofWords(items, sql`array_fill(''::text, ARRAY[${ITEMS_SOUGHT_MAX + 1}::int])`)} AS items,
    (SELECT count(*)::int FROM (
      SELECT FROM payments WHERE ${paymentStatusSql(payments)} = ${payment ?? ''}
       LIMIT ${PAYMENTS_SOUGHT_MAX + 1}) p) AS payments`;
}

export interface FoundOrders {
  /** Gives `id`, at most `limit` + 1. */
  ids: SQL;
  /** By which they are sorted. An event's that are walked come in the order of their ids. */
  order: 'id' | 'reserved';
  /** Gives `reservedAt` and `id` of the last order that was walked, where there may be more behind it. */
  walkedTo?: SQL;
}

/** @returns undefined where no order can be found. */
export function findOrders(
  search: OrderSearch,
  sought: Sought | undefined,
): FoundOrders | undefined {
  const { q } = search;
  const parts = orderPartsOf(search);
  if (parts.length === 0 || (q !== undefined && sought?.patterns.length === 0)) return undefined;
  const source = fewOrders(search, { parts, sought });
  if (source === undefined) return walk(search, { parts, sought });
  return {
    ids: sql`SELECT id FROM (${source}) found ${newestFirst(search.limit + 1)}`,
    order: 'reserved',
  };
}

interface Known {
  parts: readonly OrderPart[];
  sought: Sought | undefined;
}

/** Gives `id` and `reserved_at` of what is found in few orders; undefined where they may be many. */
function fewOrders(search: OrderSearch, known: Known): SQL | undefined {
  const { q, eventId, customerId, number, payment, limit } = search;
  const { parts, sought } = known;
  const matching = filterOf(search, known);
  const where = filterOf({ ...search, q: undefined }, known);
  const newest = newestFirst(limit + 1);
  if (number !== undefined) return among(hasNumber(number), matching);
  if (customerId !== undefined) return among(eq(orders.customerId, customerId), matching);
  if (payment !== undefined && (sought?.payments ?? 0) <= PAYMENTS_SOUGHT_MAX) {
    return sql`SELECT o.id, o.reserved_at FROM (
        SELECT DISTINCT order_id FROM payments WHERE ${paymentStatusSql(payments)} = ${payment}) p
      CROSS JOIN LATERAL (${among(sql`${orders.id} = p.order_id`, matching)} LIMIT 1) o`;
  }
  const ofItems = (items: SQL) => sql`SELECT o.id, o.reserved_at FROM (${items}) i (item_id)
    CROSS JOIN ${partsTable(parts)} CROSS JOIN LATERAL (
      SELECT id, reserved_at FROM orders
       WHERE ${orders.eventItemId} = i.item_id AND ${orderPart(orders)} = part AND ${where} ${newest}) o`;
  if (q === undefined) {
    if (payment !== undefined) return undefined;
    if (eventId !== undefined) {
      return ofItems(sql`SELECT id FROM event_items WHERE ${eq(eventItems.eventId, eventId)}`);
    }
    return sql`SELECT o.id, o.reserved_at FROM ${partsTable(parts)} CROSS JOIN LATERAL (
      SELECT id, reserved_at FROM orders WHERE ${orderPart(orders)} = part AND ${where} ${newest}) o`;
  }
  if (sought === undefined || sought.customers > CUSTOMERS_SOUGHT_MAX) return undefined;
  // An item may have many orders, so only its parts are read, which are sorted.
  if (sought.items.length > (payment === undefined ? ITEMS_SOUGHT_MAX : 0)) return undefined;
  const typed = soughtNumberOf(q);
  const sources = [
    sql`SELECT o.id, o.reserved_at FROM (
        SELECT id FROM users WHERE ${hasGrams(customerText, q)} AND ${isLike(customerText, patternsOf(sought))}
         LIMIT ${CUSTOMERS_SOUGHT_MAX}) u
      CROSS JOIN LATERAL (${among(sql`${orders.customerId} = u.id`, where)} ${newest}) o`,
    ...(sought.items.length > 0 ? [ofItems(sql`SELECT unnest(${textArray(sought.items)})`)] : []),
    ...(typed === undefined
      ? []
      : [among(sql`${hasNumberFrom(typed)} LIMIT ${NUMBERS_SOUGHT_MAX}`, where)]),
  ];
  return sql.join(sources, sql` UNION `);
}

/** Newest first through all orders that may be listed, or those of an event. */
function walk(search: OrderSearch, known: Known): FoundOrders {
  const { eventId, after, limit } = search;
  const order = eventId === undefined ? 'reserved' : 'id';
  const sorted = order === 'id' ? sql`ORDER BY id DESC` : sql`ORDER BY reserved_at DESC, id DESC`;
  const walked = sql`(${eventId === undefined ? mergedParts(known.parts, after) : ordersOfEvent(eventId, after)}
    ${sorted} LIMIT ${ORDERS_WALKED_MAX})`;
  return {
    ids: sql`SELECT id FROM ${walked} orders WHERE ${filterOf(search, known)} ${sorted} LIMIT ${limit + 1}`,
    order,
    walkedTo: sql`SELECT reserved_at AS "reservedAt", id FROM ${walked} walked
      OFFSET ${ORDERS_WALKED_MAX - 1}`,
  };
}

/** Behind OFFSET 0, so that no index is chosen for how it sorts. */
function among(some: SQL, filter: SQL): SQL {
  return sql`SELECT id, reserved_at FROM (SELECT * FROM orders WHERE ${some} OFFSET 0) orders WHERE ${filter}`;
}

function mergedParts(parts: readonly OrderPart[], after: Place | undefined): SQL {
  // Each limited by itself: so they are merged as the index gives them, and not all of them sorted.
  const selects = parts.map(
    (part) => sql`(SELECT * FROM orders WHERE ${orderPart(orders)} = ${part} AND ${behind(after)}
      ${newestFirst(ORDERS_WALKED_MAX)})`,
  );
  return sql.join(selects, sql` UNION ALL `);
}

function ordersOfEvent(eventId: EventId, after: Place | undefined): SQL {
  const [first, last] = orderIdRange(eventId);
  return sql`SELECT * FROM orders WHERE ${orders.id} BETWEEN ${first} AND ${last}
    AND ${after === undefined ? sql`true` : sql`${orders.id} < ${after.id}`}`;
}

/** Of a row that is called `orders`. */
function filterOf(search: OrderSearch, { parts, sought }: Known): SQL {
  const { q, status, delivery, payment, eventId, customerId, number, after, nowMs } = search;
  const isDue = sql`${orders.status} = 'pending' AND ${orders.expiresAt} <= ${instant(nowMs)}`;
  const all = and(
    (status ?? delivery) && sql`${orderPart(orders)} = ANY(${textArray(parts)})`,
    status === 'pending' ? sql`NOT (${isDue})` : undefined,
    status === 'expired' ? sql`(${orders.status} = 'expired' OR (${isDue}))` : undefined,
    eventId && eq(orders.eventId, eventId),
    customerId && eq(orders.customerId, customerId),
    number === undefined ? undefined : hasNumber(number),
    q !== undefined && sought !== undefined ? matches(q, sought) : undefined,
    payment &&
      sql`(${orders.paying} OR ${orders.paymentId} IS NOT NULL) AND (
      SELECT ${paymentStatusSql(payments)} FROM payments WHERE ${payments.orderId} = ${orders.id}
       ORDER BY ${payments.id} = ${orders.paymentId} DESC NULLS LAST, ${payments.begunAt} DESC,
                ${payments.id} DESC LIMIT 1) = ${payment}`,
    behind(after),
  );
  return all ?? sql`true`;
}

function matches(q: string, sought: Sought): SQL {
  const patterns = patternsOf(sought);
  const typed = soughtNumberOf(q);
  // Looked up for each order: EXISTS could be made of all customers at once.
  return sql`(${typed === undefined ? sql`false` : hasNumberFrom(typed)}
    OR (SELECT ${isLike(customerText, patterns)} FROM users WHERE ${eq(users.id, orders.customerId)})
    OR (SELECT ${isLike(itemText, patterns)} FROM event_items
          JOIN item_catalog ON ${eq(itemCatalog.id, eventItems.itemId)}
         WHERE ${eq(eventItems.id, orders.eventItemId)}))`;
}

function patternsOf({ patterns }: Sought): SQL {
  return textArray(patterns);
}

function hasNumber(number: string): SQL {
  return sql`right(${orders.id}, 12) = ${number}`;
}

function hasNumberFrom(typed: string): SQL {
  return sql`right(${orders.id}, 12) BETWEEN ${typed} AND ${typed.padEnd(12, 'z')}`;
}

function behind(after: Place | undefined): SQL {
  return after === undefined
    ? sql`true`
    : sql`(${orders.reservedAt}, ${orders.id}) < (${instant(after.atMs)}, ${after.id})`;
}

function newestFirst(limit: number): SQL {
  return sql`ORDER BY reserved_at DESC, id DESC LIMIT ${limit}`;
}

function partsTable(parts: readonly OrderPart[]): SQL {
  return sql`unnest(${textArray(parts)}) part`;
}

function textArray(texts: readonly string[]): SQL {
  const list = texts.map((one) => sql`${one}`);
  return sql`ARRAY[${sql.join(list, sql`, `)}]::text[]`;
}
