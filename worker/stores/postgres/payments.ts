/**
 * Attempts to pay in Postgres: begun, given their page at the provider, and written down as the provider
 * has them. What follows for their orders is decided in the event's line.
 */
import { and, desc, eq, sql } from 'drizzle-orm';
import type { OrderId, PaymentId, UserId } from '../../contract/ids.ts';
import type { Language } from '../../contract/languages.ts';
import { type Db, guarded, instant } from './client.ts';
import { unitPriceOf } from './order-texts.ts';
import { payments } from './payment-schema.ts';
import { orders } from './schema.ts';

export type PaymentRow = typeof payments.$inferSelect;

type OrderRow = typeof orders.$inferSelect;

/** An order as whoever pays for it is shown it. */
export interface PayableOrder {
  order: Pick<OrderRow, 'id' | 'eventId' | 'status' | 'quantity' | 'currency' | 'payOnline'>;
  unitPriceMinor: number;
  expiresAtMs: number;
  /** What is sold, with its variant. */
  name: string;
  /** Of its customer. */
  language: Language;
  /** The attempt that is open or authorised, else the last one; one that was taken keeps others from beginning. */
  last: PaymentRow | undefined;
}

/**
 * By subqueries, each of which is planned by itself: to plan a join of these seven tables takes Postgres six
 * times as long as to run it.
 */
const payableTexts = {
  language: sql<Language>`(SELECT u.language FROM users u WHERE u.id = ${orders.customerId})`,
  /** As `itemName` of order-texts.ts. */
  itemName: sql<string>`coalesce(${orders.itemName},
    (SELECT t.item_name FROM event_item_texts t WHERE t.event_item_id = ${orders.eventItemId}),
    (SELECT c.name FROM event_items i JOIN item_catalog c ON c.id = i.item_id WHERE i.id = ${orders.eventItemId}))`,
};

/**
 * Begins to pay for an order where that may be, and reads it; in one transaction.
 * @param id of the attempt, if one is begun.
 * @returns undefined where the customer has no such order.
 */
export async function beginOrFindPayment(
  db: Db,
  { id, orderId, customerId, nowMs }: Beginning,
): Promise<PayableOrder | undefined> {
  const [, [row]] = await guarded(() =>
    db.batch([
      beginPaymentStatement(db, { id, orderId, customerId, nowMs }),
      db
        .select({ order: orders, ...payableTexts, last: payments })
        .from(orders)
        .leftJoin(payments, eq(payments.orderId, orders.id))
        .where(and(eq(orders.id, orderId), eq(orders.customerId, customerId)))
        // Of two that were begun in one millisecond, the one that goes on.
        .orderBy(sql`${payments.state} IN ('open', 'authorised') DESC`, desc(payments.id))
        .limit(1),
    ]),
  );
  if (row === undefined) return undefined;
  const { order, itemName, language, last } = row;
  return {
    order,
    unitPriceMinor: unitPriceOf(order),
    expiresAtMs: order.expiresAt.getTime(),
    name: order.variantLabel === null ? itemName : `${itemName}, ${order.variantLabel}`,
    language,
    last: last ?? undefined,
  };
}

interface Beginning {
  id: PaymentId;
  orderId: OrderId;
  /** Nothing is begun for anybody else's order. */
  customerId: UserId;
  nowMs: number;
}

/**
 * Begins to pay for an order, while it is held and no other attempt is open, authorised, or taken and to be
 * decided. From then on its hold is kept some seconds beyond its shown end, so that an authorisation in time is not lost. Answers
 * with a row where it was begun.
 */
export function beginPaymentStatement(db: Db, { id, orderId, customerId, nowMs }: Beginning) {
  const now = instant(nowMs);
  return db.execute(sql`
    WITH paying AS (
      UPDATE orders SET paying = true
       WHERE id = ${orderId} AND customer_id = ${customerId}
         AND status = 'pending' AND pay_online AND expires_at > ${now}
         AND NOT EXISTS (SELECT FROM payments p
           WHERE p.order_id = orders.id AND (p.state IN ('open', 'authorised')
              OR p.state = 'captured' AND NOT EXISTS (SELECT FROM payment_refunds r WHERE r.payment_id = p.id)))
      RETURNING id, event_id, customer_id, currency,
                quantity * coalesce(unit_price_minor, unit_price_cents) AS amount)
    INSERT INTO payments (id, order_id, event_id, customer_id, amount_minor, currency, begun_at)
    SELECT ${id}, id, event_id, customer_id, amount, currency, ${now} FROM paying
        ON CONFLICT (order_id) WHERE state = 'open' DO NOTHING
    RETURNING id`);
}

/**
 * Writes the provider's page down. Where the order or the attempt has ended meanwhile, nobody may pay
 * there: what ends the page goes into the outbox. Events that came before are looked at then.
 * @returns whether one may pay there.
 */
export async function writeSession(
  db: Db,
  id: PaymentId,
  session: { sessionId: string; url: string | undefined; endsAtMs: number; nowMs: number },
): Promise<boolean> {
  const { sessionId, url = null, endsAtMs } = session;
  const now = instant(session.nowMs);
  const { rows } = await guarded(() =>
    db.execute<{ isPayable: boolean }>(sql`
      WITH written AS (
        UPDATE payments SET session_id = ${sessionId}, session_url = ${url},
                            session_ends_at = ${instant(endsAtMs)}
         WHERE id = ${id} AND (session_id IS NULL OR session_id = ${sessionId})
        RETURNING id, order_id, state),
      seen AS (
        SELECT w.id, w.state = 'open' AND o.status = 'pending' AS payable
          FROM written w JOIN orders o ON o.id = w.order_id),
      released AS (
        INSERT INTO outbox (kind, key, payload, payment_id, priority, created_at, due_at)
        SELECT 'payment.release', 'release/' || id || '/session', jsonb_build_object('paymentId', id), id,
               0, ${now}, ${now} FROM seen WHERE NOT payable
            ON CONFLICT (key) DO NOTHING),
      looks AS (
        INSERT INTO outbox (kind, key, payload, payment_id, priority, created_at, due_at)
        SELECT 'payment.look', 'look/' || e.id || '/known',
               jsonb_build_object('paymentId', s.id, 'providerEventId', e.id), s.id, 0, ${now}, ${now}
          FROM seen s JOIN payment_events e ON e.about_id = ${sessionId} AND e.worked_at IS NULL
            ON CONFLICT (key) DO NOTHING)
      SELECT payable AS "isPayable" FROM seen`),
  );
  return rows[0]?.isPayable ?? false;
}

/** Ends an attempt of which the provider has no page that anybody knows. */
export async function dropPayment(
  db: Db,
  id: PaymentId,
  { reason, nowMs }: { reason: string; nowMs: number },
): Promise<void> {
  await guarded(() =>
    db.execute(sql`
      UPDATE payments SET state = 'released', end_reason = ${reason}, ended_at = ${instant(nowMs)}
       WHERE id = ${id} AND state = 'open' AND session_id IS NULL`),
  );
}

/** A payment, and the events about it that are stored and not yet seen to. */
export interface PaymentToLookAt {
  payment: PaymentRow;
  /** By the provider's ids. */
  events: string[];
}

/** Selected where payments are joined. */
export const paymentToLookAt = {
  payment: payments,
  events: sql<string[]>`ARRAY(
    SELECT e.id FROM payment_events e
     WHERE e.worked_at IS NULL AND e.about_id IN (${payments.sessionId}, ${payments.providerPaymentId}))`,
};

export async function findPayment(db: Db, id: PaymentId): Promise<PaymentToLookAt | undefined> {
  const [row] = await guarded(() =>
    db.select(paymentToLookAt).from(payments).where(eq(payments.id, id)),
  );
  return row;
}

/**
 * The attempts of an order that may change by themselves, unless somebody had them looked at within
 * `sinceMs`: then none.
 */
export async function claimLooks(
  db: Db,
  order: { orderId: OrderId; customerId: UserId; nowMs: number; sinceMs: number },
): Promise<PaymentId[]> {
  const { orderId, customerId, nowMs, sinceMs } = order;
  const { rows } = await guarded(() =>
    db.execute<{ id: PaymentId }>(sql`
      UPDATE payments SET looked_at = ${instant(nowMs)}
       WHERE order_id = ${orderId} AND customer_id = ${customerId} AND state IN ('open', 'authorised')
         AND (looked_at IS NULL OR looked_at <= ${instant(sinceMs)})
      RETURNING id`),
  );
  return rows.map(({ id }) => id);
}
