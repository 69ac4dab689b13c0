/**
 * The laws of money, recounted from the rows: of orders, of payments and refunds as the provider said last,
 * and of what the outbox is still to do. Each holds at every moment, since whatever is owed has a row of the
 * outbox, open or given up, that is written before it is owed and ends after it was given back.
 */
import { type SQL, sql } from 'drizzle-orm';
import { type EventId, type OrderId, orderIdRange, paymentIdRange } from '../../contract/ids.ts';
import type { MoneyLaw } from '../../contract/money-integrity.ts';
import { type Db, guarded } from './client.ts';
import { lostMinorOf } from './payment-disputes.ts';

export interface BrokenMoneyLaw {
  law: MoneyLaw;
  eventId: EventId;
  orderId: OrderId;
}

/** Rows that were given up count: an admin sees them. */
const isQueued = (kinds: SQL) => sql`EXISTS (
  SELECT FROM outbox w WHERE w.payment_id = p.id AND w.kind IN (${kinds})
     AND (w.outcome IS NULL OR w.outcome = 'given_up'))`;

const RETURNS = sql`'payment.release', 'payment.refund', 'payment.look'`;

/**
 * Every payment with its order and what of its money is the shop's: what its order costs without what was
 * decided to be given back, or nothing where the order does not rest on it. What a dispute took for good is neither
 * taken nor due. A payment that failed is apart.
 */
const PAYMENTS = sql`
  SELECT p.id, p.state, p.order_id, p.event_id,
         greatest(0, p.captured_minor - p.refunded_minor - d.lost) AS taken,
         p.amount_minor, o.id = r.owner AS is_orders, o.quantity, o.units_returned,
         CASE WHEN o.id = r.owner AND p.state <> 'failed' THEN greatest(0, p.amount_minor - r.decided - d.lost) ELSE 0 END AS due
    FROM payments p JOIN orders o ON o.id = p.order_id
   CROSS JOIN LATERAL (
     SELECT coalesce(sum(amount_minor) FILTER (WHERE state <> 'failed'), 0) AS decided,
            CASE WHEN o.status = 'confirmed' AND o.payment_id = p.id THEN o.id END AS owner
       FROM payment_refunds WHERE payment_id = p.id) r
   CROSS JOIN LATERAL (SELECT ${lostMinorOf(sql`p.id`)} AS lost) d`;

/** By law, the payments or orders that break it. None is what each should find. */
const BREACHES: Record<MoneyLaw, SQL> = {
  kept_too_much: sql`
    SELECT p.event_id, p.order_id FROM all_payments p WHERE p.taken > p.due AND NOT ${isQueued(RETURNS)}`,
  took_too_little: sql`
    SELECT p.event_id, p.order_id FROM all_payments p
     WHERE p.taken < p.due AND NOT ${isQueued(sql`'payment.capture'`)}`,
  authorised_for_nothing: sql`
    SELECT p.event_id, p.order_id FROM all_payments p JOIN orders o ON o.id = p.order_id
     WHERE p.state = 'authorised' AND p.is_orders IS NOT TRUE AND o.status <> 'pending'
       AND NOT ${isQueued(RETURNS)}`,
  confirmed_unpaid: sql`
    SELECT o.event_id, o.id AS order_id FROM all_orders o
     WHERE o.status = 'confirmed' AND o.pay_online AND o.payment_id IS NULL`,
  paid_otherwise: sql`
    SELECT o.event_id, o.id AS order_id FROM all_orders o LEFT JOIN payments p ON p.id = o.payment_id
     WHERE o.status = 'confirmed' AND o.payment_id IS NOT NULL
       AND (p.order_id = o.id AND p.currency = o.currency
            AND p.amount_minor = o.total) IS NOT TRUE`,
  failed_and_kept: sql`
    SELECT p.event_id, p.order_id FROM all_payments p
     WHERE p.state = 'failed' AND p.is_orders AND p.units_returned < p.quantity
       AND NOT ${isQueued(sql`'payment.capture', 'payment.look'`)}`,
  refund_forgotten: sql`
    SELECT p.event_id, p.order_id FROM all_payments p JOIN payment_refunds r ON r.payment_id = p.id
     WHERE (r.state = 'pending' OR r.units > 0 AND NOT r.units_returned)
       AND NOT EXISTS (SELECT FROM outbox w WHERE w.key = 'refund/' || r.id
                          AND (w.outcome IS NULL OR w.outcome = 'given_up'))`,
};

/** @param eventId of one event; without, of all. */
export async function findBrokenMoneyLaws(db: Db, eventId?: EventId): Promise<BrokenMoneyLaw[]> {
  const { rows } = await guarded(() =>
    db.execute<{ [name in keyof BrokenMoneyLaw]: BrokenMoneyLaw[name] }>(
      sql`SELECT law, event_id AS "eventId", order_id AS "orderId" FROM (${breaches(eventId)}) b
           ORDER BY order_id, law`,
    ),
  );
  return rows;
}

/** How often each law was broken in the event of the row, by law; null where nobody pays online. */
export function brokenMoneyLawsSql(
  eventId: EventId,
): SQL<Partial<Record<MoneyLaw, number>> | null> {
  const [first, last] = paymentIdRange(eventId);
  return sql`CASE WHEN events.payment = 'online'
      OR EXISTS (SELECT FROM payments p WHERE p.id BETWEEN ${first} AND ${last})
    THEN (SELECT coalesce(jsonb_object_agg(law, count), '{}')
            FROM (SELECT law, count(*) AS count FROM (${breaches(eventId)}) b GROUP BY law) laws) END`;
}

function breaches(eventId: EventId | undefined): SQL {
  const all = Object.entries(BREACHES).map(
    ([law, found]) => sql`SELECT ${law}::text AS law, event_id, order_id FROM (${found}) f`,
  );
  return sql`
    WITH all_payments AS MATERIALIZED (
           ${PAYMENTS} WHERE ${eventId === undefined ? sql`true` : isBetween('p', paymentIdRange(eventId))}),
         all_orders AS MATERIALIZED (
           SELECT o.*, order_total(o) AS total FROM orders o WHERE (o.pay_online OR o.payment_id IS NOT NULL)
              AND ${eventId === undefined ? sql`true` : isBetween('o', orderIdRange(eventId))})
    ${sql.join(all, sql` UNION ALL `)}`;
}

/** The ids of an event's rows begin alike. */
function isBetween(table: 'o' | 'p', [first, last]: readonly [string, string]): SQL {
  return sql`${sql.raw(table)}.id BETWEEN ${first} AND ${last}`;
}
