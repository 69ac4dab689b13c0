/**
 * Attempts to pay in Postgres: given their page at the provider, and written down as the provider has them.
 * What follows for their orders is decided in the event's line; they are begun in payment-beginnings.ts.
 */
import { eq, sql } from 'drizzle-orm';
import type { OrderId, PaymentId, UserId } from '../../contract/ids.ts';
import { type Db, guarded, instant } from './client.ts';
import { payments } from './payment-schema.ts';

export type PaymentRow = typeof payments.$inferSelect;

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
