/**
 * Attempts to pay as they are begun: with them an order's costs are fixed, and its address is kept. One
 * transaction that holds the order's row, so that no change of its address runs beside it.
 */
import { and, desc, eq, type SQL, sql } from 'drizzle-orm';
import type { Address } from '../../contract/address.ts';
import type { OrderId, PaymentId, UserId } from '../../contract/ids.ts';
import type { Language } from '../../contract/languages.ts';
import type { OrderCosts } from '../../contract/totals.ts';
import { type Db, guarded, instant } from './client.ts';
import { isUnderWay, keepOrderAddress, lockOrder, saveCustomerAddress } from './order-addresses.ts';
import { costColumns, hasCosts } from './order-costs.ts';
import { unitPriceOf } from './order-texts.ts';
import { payments } from './payment-schema.ts';
import type { PaymentRow } from './payments.ts';
import { events, orders } from './schema.ts';

type OrderRow = typeof orders.$inferSelect;
type EventRow = typeof events.$inferSelect;

/** An order as whoever pays for it, or says where it is delivered to, is shown it. */
export interface PayableOrder {
  order: OrderRow;
  event: Pick<EventRow, 'needsAddress' | 'shipping'>;
  unitPriceMinor: number;
  expiresAtMs: number;
  /** What is sold, with its variant. */
  name: string;
  /** Of its customer. */
  language: Language;
  /** That is kept with the order. */
  address: Address | null;
  /** That its customer's account keeps. */
  customerAddress: Address | null;
  /** The attempt that is open or authorised, else the last one; one that was taken keeps others from beginning. */
  last: PaymentRow | undefined;
}

/**
 * By subqueries, each of which is planned by itself: to plan a join of all these tables takes Postgres six
 * times as long as to run it.
 */
const payableTexts = {
  language: sql<Language>`(SELECT u.language FROM users u WHERE u.id = ${orders.customerId})`,
  /** As `itemName` of order-texts.ts. */
  itemName: sql<string>`coalesce(${orders.itemName},
    (SELECT t.item_name FROM event_item_texts t WHERE t.event_item_id = ${orders.eventItemId}),
    (SELECT c.name FROM event_items i JOIN item_catalog c ON c.id = i.item_id WHERE i.id = ${orders.eventItemId}))`,
  address: sql<Address | null>`(SELECT a.address FROM order_addresses a WHERE a.order_id = ${orders.id})`,
  customerAddress: sql<Address | null>`(SELECT a.address FROM customer_addresses a
    WHERE a.customer_id = ${orders.customerId})`,
};

/** @param whose without a customer: whoever it is of. @returns undefined where there is no such order. */
export async function findPayable(
  db: Db,
  whose: { orderId: OrderId; customerId?: UserId | undefined },
): Promise<PayableOrder | undefined> {
  const [row] = await guarded(() => selectPayable(db, whose));
  return row && payableOf(row);
}

interface Beginning {
  id: PaymentId;
  orderId: OrderId;
  /** Nothing is begun for anybody else's order. */
  customerId: UserId;
  nowMs: number;
  /** Beside its items; without them it costs no more. */
  costs?: OrderCosts | undefined;
  /** Where it is delivered to; null where nothing is. */
  address?: Address | null | undefined;
  /** Whether the customer said it just now: else one that is kept with the order stays. */
  isGiven?: boolean;
  /** Whether it is kept with the account too. */
  saveAddress?: boolean;
}

/**
 * Begins to pay for an order where that may be, keeps its address, and reads it; in one transaction. Where
 * another attempt is open for other costs, neither is changed.
 * @param id of the attempt, if one is begun.
 * @returns undefined where the customer has no such order.
 */
export async function beginOrFindPayment(
  db: Db,
  beginning: Beginning,
): Promise<PayableOrder | undefined> {
  const { orderId, customerId, nowMs, costs, address = null, isGiven = false } = beginning;
  const kept = { orderId, address, nowMs };
  const whichKeeps = and(
    sql`o.customer_id = ${customerId} AND o.status = 'pending' AND o.costs_fixed`,
    costs && hasCosts(costs),
  );
  const [, , , , [row]] = await guarded(() =>
    db.batch([
      lockOrder(db, orderId),
      beginPaymentStatement(db, beginning),
      keepOrderAddress(db, kept, { which: whichKeeps, replaces: isGiven }),
      saveCustomerAddress(db, {
        customerId,
        address: beginning.saveAddress === true && isGiven ? address : null,
        nowMs,
      }),
      selectPayable(db, { orderId, customerId }),
    ]),
  );
  return row && payableOf(row);
}

/**
 * Begins to pay for an order, while it is held and no other attempt is under way. From then on its hold is kept
 * some seconds beyond its shown end, so that an authorisation in time is not lost. Answers with a row where
 * it was begun.
 */
export function beginPaymentStatement(db: Db, beginning: Beginning) {
  const { id, orderId, customerId, nowMs, costs, address = null, isGiven = false } = beginning;
  const now = instant(nowMs);
  return db.execute(sql`
    WITH paying AS (
      UPDATE orders SET paying = true, costs_fixed = true, ${costColumns(costs)}
       WHERE id = ${orderId} AND customer_id = ${customerId}
         AND status = 'pending' AND pay_online AND expires_at > ${now}
         AND NOT EXISTS (SELECT FROM payments p WHERE p.order_id = orders.id AND ${isUnderWay})
         AND ${isGiven || address === null ? sql`true` : isFor(address.country)}
      RETURNING id, event_id, customer_id, currency, order_total(orders) AS amount)
    INSERT INTO payments (id, order_id, event_id, customer_id, amount_minor, currency, begun_at)
    SELECT ${id}, id, event_id, customer_id, amount, currency, ${now} FROM paying
        ON CONFLICT (order_id) WHERE state = 'open' DO NOTHING
    RETURNING id`);
}

/** Whether no address is kept with the order, or one of that country: costs depend on no more of it. */
function isFor(country: string): SQL {
  return sql`NOT EXISTS (SELECT FROM order_addresses a
    WHERE a.order_id = orders.id AND a.address ->> 'country' <> ${country})`;
}

function selectPayable(
  db: Db,
  { orderId, customerId }: { orderId: OrderId; customerId?: UserId | undefined },
) {
  const { needsAddress, shipping } = events;
  return (
    db
      .select({
        order: orders,
        event: { needsAddress, shipping },
        ...payableTexts,
        last: payments,
      })
      .from(orders)
      .innerJoin(events, eq(events.id, orders.eventId))
      .leftJoin(payments, eq(payments.orderId, orders.id))
      .where(and(eq(orders.id, orderId), customerId && eq(orders.customerId, customerId)))
      // Of two that were begun in one millisecond, the one that goes on.
      .orderBy(sql`${payments.state} IN ('open', 'authorised') DESC`, desc(payments.id))
      .limit(1)
  );
}

type Selected = Awaited<ReturnType<typeof selectPayable>>[number];

function payableOf({ itemName, last, ...row }: Selected): PayableOrder {
  const { variantLabel } = row.order;
  return {
    ...row,
    unitPriceMinor: unitPriceOf(row.order),
    expiresAtMs: row.order.expiresAt.getTime(),
    name: variantLabel === null ? itemName : `${itemName}, ${variantLabel}`,
    last: last ?? undefined,
  };
}
