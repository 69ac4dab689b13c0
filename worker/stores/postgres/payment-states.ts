/**
 * What the provider has of a payment, written down. It is the truth, but two answers may be written in
 * another order than they were given: so a state never goes back, and an end stays, except where money
 * turns up in an attempt that ended without any.
 */
import { sql } from 'drizzle-orm';
import type { PaymentId } from '../../contract/ids.ts';
import type { OrderStatus } from '../../contract/orders.ts';
import { type Db, guarded, instant } from './client.ts';
import { enqueueStatement } from './outbox.ts';
import type { PaymentRowState } from './payment-schema.ts';

/**
 * Said by what the provider tells, or by whoever had it ended: `capture_failed` since nobody could take the
 * money, `refunded` since all of it was to be given back before it was taken.
 */
export type EndReason = 'cancelled' | 'capture_failed' | 'expired' | 'lapsed' | 'refunded';

/** As the provider has it now. */
export interface PresentPayment {
  state: PaymentRowState;
  /** Undefined where nobody has tried to pay. */
  providerPaymentId: string | undefined;
  capturedMinor: number;
  refundedMinor: number;
  captureBeforeMs: number | undefined;
  declineReason: string | undefined;
  /** Why it ended with nothing taken, where it did. */
  endReason: EndReason | undefined;
  /** Whether its amount and currency are the order's. */
  isWhole: boolean;
}

/** The row from then on, and what its order is. */
export type WrittenPayment = {
  state: PaymentRowState;
  capturedMinor: number;
  order: { status: OrderStatus; confirmedBy: PaymentId | null };
};

/**
 * What was given back of it is no part of this: it is the sum of its refunds (`writeRefunds`).
 *
 * Of a payment that confirmed its order and ends without its money, `failed` is said: a refund of all
 * that was decided before the capture ends it too, and is none. Its customer is told by mail where it was
 * authorised and nothing is taken.
 *
 * Money that was taken at once, before any order rests on it, gets the row of the outbox that sees to it in the
 * same statement: it has the line decide, and gives back what is not wanted.
 * @returns undefined where there is no such row.
 */
export async function writePresent(
  db: Db,
  id: PaymentId,
  { nowMs, ...present }: PresentPayment & { nowMs: number },
): Promise<WrittenPayment | undefined> {
  const { state, providerPaymentId = null, declineReason = null, endReason = null } = present;
  const { captureBeforeMs, isWhole } = present;
  const now = instant(nowMs);
  const captureBefore =
    captureBeforeMs === undefined ? sql`NULL::timestamptz` : instant(captureBeforeMs);
  const { rows } = await guarded(() =>
    db.execute<WrittenPayment>(sql`
      WITH n AS (
        SELECT q.id, q.state AS before, ${nextState(state)} AS state,
               jsonb_build_object('status', o.status, 'confirmedBy', o.payment_id) AS of_order
          FROM payments q JOIN orders o ON o.id = q.order_id
         WHERE q.id = ${id} FOR UPDATE OF q),
      written AS (
      UPDATE payments p SET
             state = n.state,
             provider_payment_id = coalesce(p.provider_payment_id, ${providerPaymentId}::text),
             captured_minor = CASE WHEN n.state = 'captured'
               THEN least(p.amount_minor, greatest(p.captured_minor, ${present.capturedMinor}::bigint))
               ELSE 0 END,
             capture_before = coalesce(${captureBefore}, p.capture_before),
             decline_reason = CASE WHEN n.state NOT IN ('authorised', 'captured')
               THEN coalesce(${declineReason}::text, p.decline_reason) END,
             end_reason = CASE WHEN n.state IN ('released', 'failed') THEN coalesce(p.end_reason, ${endReason}::text)
               WHEN NOT ${isWhole}::boolean THEN 'amount_differs' END,
             authorised_at = CASE WHEN n.state IN ('authorised', 'captured')
               THEN coalesce(p.authorised_at, ${now}) ELSE p.authorised_at END,
             ended_at = CASE WHEN n.state NOT IN ('open', 'authorised') THEN coalesce(p.ended_at, ${now}) END
        FROM n WHERE p.id = n.id
        RETURNING p.id, p.customer_id, p.state, p.captured_minor, n.before, n.of_order),
      told AS (
        INSERT INTO outbox (kind, key, user_id, payload, priority, created_at, due_at)
        SELECT 'mail.not_charged', 'not_charged/' || id, customer_id,
               jsonb_build_object('userId', customer_id, 'paymentId', id), 1, ${now}, ${now}
          FROM written WHERE before = 'authorised' AND state IN ('released', 'failed')
            ON CONFLICT (key) DO NOTHING),
      taken AS (
        INSERT INTO outbox (kind, key, payment_id, payload, priority, created_at, due_at)
        SELECT 'payment.release', 'release/' || id || '/taken', id, jsonb_build_object('paymentId', id), 0, ${now}, ${now}
          FROM written WHERE before <> 'captured' AND state = 'captured'
           AND of_order ->> 'confirmedBy' IS DISTINCT FROM id
            ON CONFLICT (key) DO NOTHING)
      SELECT state, captured_minor::float8 AS "capturedMinor", of_order AS "order" FROM written`),
  );
  return rows[0];
}

/** Of a row `q` with its order `o`. */
function nextState(present: PaymentRowState) {
  switch (present) {
    case 'captured':
      return sql`'captured'`;
    case 'authorised':
      // An attempt that ended before anybody paid, and was paid all the same.
      return sql`CASE WHEN q.state = 'open' OR (q.state = 'released' AND q.provider_payment_id IS NULL)
        THEN 'authorised' ELSE q.state END`;
    case 'open':
      return sql`q.state`;
    case 'released':
    case 'failed':
      return sql`CASE WHEN q.state NOT IN ('open', 'authorised') THEN q.state
        WHEN o.payment_id = q.id AND q.amount_minor > (
          SELECT coalesce(sum(r.amount_minor), 0) FROM payment_refunds r
           WHERE r.payment_id = q.id AND r.state <> 'failed') THEN 'failed'
        ELSE 'released' END`;
    default:
      return present satisfies never;
  }
}

/**
 * Has the outbox end a payment so that nothing is kept of it.
 * @param why part of the row's key: for the same reason there is one row.
 */
export async function queueRelease(
  db: Db,
  id: PaymentId,
  { why, nowMs }: { why: string; nowMs: number },
): Promise<void> {
  const payload = { paymentId: id };
  await guarded(() =>
    enqueueStatement(db, {
      kind: 'payment.release',
      key: `release/${id}/${why}`,
      payload,
      paymentId: id,
      priority: 0,
      nowMs,
    }),
  );
}
