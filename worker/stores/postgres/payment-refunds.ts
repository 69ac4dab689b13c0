/**
 * Refunds: decided in a row before the provider is asked, and what the provider says of them. Of one payment
 * they are decided one after the other, so that together they never give back more than it took.
 */
import { eq, sql } from 'drizzle-orm';
import type { PaymentId, RefundId } from '../../contract/ids.ts';
import type { RefundStatus } from '../../contract/payments.ts';
import type { Refund } from '../../payment/provider.ts';
import { type Db, guarded, instant } from './client.ts';
import { enqueueStatement } from './outbox.ts';
import { lostMinorOf } from './payment-disputes.ts';
import { paymentRefunds } from './payment-schema.ts';

/** Of refunds that no admin decided: the order cannot be kept, or it was made on the provider's pages. */
const ORDER_NOT_KEPT = 'order_not_kept';
const AT_PROVIDER = 'made_at_provider';

/** To be the first statement of a transaction that decides a refund. */
export function lockPaymentStatement(db: Db, paymentId: PaymentId) {
  return db.execute(sql`SELECT FROM payments WHERE id = ${paymentId} FOR NO KEY UPDATE`);
}

/** Has the provider asked; to be behind the statement that decides it. */
export function enqueueRefundStatement(
  db: Db,
  { refundId, paymentId, nowMs }: { refundId: RefundId; paymentId: PaymentId; nowMs: number },
) {
  return enqueueStatement(
    db,
    {
      kind: 'payment.refund',
      key: `refund/${refundId}`,
      payload: { refundId },
      paymentId,
      priority: 1,
      nowMs,
    },
    { may: sql`EXISTS (SELECT FROM payment_refunds WHERE id = ${refundId})` },
  );
}

/**
 * Decides to give back all that is left of what was taken; nothing where it was decided before, or where its order
 * rests on it by now: whoever confirms an order by a payment locks that first.
 */
export async function decideWholeRefund(
  db: Db,
  { paymentId, refundId, nowMs }: { paymentId: PaymentId; refundId: RefundId; nowMs: number },
): Promise<void> {
  await guarded(() =>
    db.batch([
      lockPaymentStatement(db, paymentId),
      db.execute(sql`
        INSERT INTO payment_refunds (id, payment_id, order_id, amount_minor, currency, reason, created_at)
        SELECT ${refundId}, id, order_id, captured_minor - decided - lost, currency, ${ORDER_NOT_KEPT}, ${instant(nowMs)}
          FROM payments CROSS JOIN LATERAL (
            SELECT coalesce(sum(amount_minor), 0) AS decided FROM payment_refunds
             WHERE payment_id = payments.id AND state <> 'failed') AS refunds
         CROSS JOIN LATERAL (SELECT ${lostMinorOf(sql`payments.id`)} AS lost) AS disputes
         WHERE id = ${paymentId} AND captured_minor - lost > decided
           AND NOT EXISTS (SELECT FROM orders o
                            WHERE o.id = order_id AND o.status = 'confirmed' AND o.payment_id = payments.id)`),
      enqueueRefundStatement(db, { refundId, paymentId, nowMs }),
    ]),
  );
}

/** A refund as the provider has it, and the id of its row where none of this shop's is meant. */
export type TakenRefund = Refund & { newId: RefundId };

/** What was told before stands behind what was told after it, whichever is written first. */
const STATE_ORDER = sql`ARRAY['pending', 'done', 'failed']`;

/**
 * Takes all that the provider has given back of a payment into the rows of its refunds, and their sum into the
 * payment's. Two answers may be written in another order than they were given: so it is done under the
 * payment's lock, and a refund's state never goes back. Its customer is told by mail of each that is done.
 */
export async function writeRefunds(
  db: Db,
  paymentId: PaymentId,
  { refunds, nowMs }: { refunds: readonly TakenRefund[]; nowMs: number },
): Promise<void> {
  const now = instant(nowMs);
  const said = refunds.map(
    ({ newId, refundId, providerRefundId, state, amountMinor, currency }) => ({
      new_id: newId,
      ours: refundId,
      theirs: providerRefundId,
      state,
      amount: amountMinor,
      currency,
    }),
  );
  await guarded(() =>
    db.batch([
      lockPaymentStatement(db, paymentId),
      db.execute(sql`
        WITH said AS (
          SELECT * FROM jsonb_to_recordset(${JSON.stringify(said)}::jsonb) AS s(
            new_id text, ours text, theirs text, state text, amount bigint, currency text)),
        own AS (
          UPDATE payment_refunds w SET provider_refund_id = n.theirs, state = n.state,
                 ended_at = CASE WHEN n.state <> 'pending'
                   THEN CASE WHEN n.state = w.state THEN w.ended_at ELSE ${now} END END
            FROM (
              SELECT r.id, r.state AS before, s.theirs,
                     CASE WHEN r.provider_refund_id IS NOT NULL AND array_position(${STATE_ORDER}, r.state)
                            > array_position(${STATE_ORDER}, s.state)
                       THEN r.state ELSE s.state END AS state
                FROM said s JOIN payment_refunds r ON r.payment_id = ${paymentId}
                 AND (r.provider_refund_id = s.theirs OR r.provider_refund_id IS NULL AND r.id = s.ours)) n
           WHERE w.id = n.id RETURNING w.id, w.provider_refund_id, w.state, n.before),
        made AS (
        INSERT INTO payment_refunds (id, payment_id, order_id, state, amount_minor, currency, reason,
                                     provider_refund_id, created_at, ended_at)
        SELECT s.new_id, p.id, p.order_id, s.state, s.amount, s.currency, ${AT_PROVIDER}, s.theirs, ${now},
               CASE WHEN s.state <> 'pending' THEN ${now} END
          FROM said s JOIN payments p ON p.id = ${paymentId}
         WHERE s.theirs NOT IN (SELECT provider_refund_id FROM own)
            ON CONFLICT (provider_refund_id) WHERE provider_refund_id IS NOT NULL DO NOTHING
        RETURNING id, state)
        INSERT INTO outbox (kind, key, user_id, payload, priority, created_at, due_at)
        SELECT 'mail.refund_made', 'refund_made/' || d.id, p.customer_id,
               jsonb_build_object('userId', p.customer_id, 'paymentId', p.id, 'refundId', d.id), 1, ${now}, ${now}
          FROM payments p, (SELECT id, state FROM own WHERE state <> before UNION ALL TABLE made) d
         WHERE p.id = ${paymentId} AND d.state = 'done'
            ON CONFLICT (key) DO NOTHING`),
      db.execute(sql`
        UPDATE payments SET refunded_minor = least(captured_minor, (
                 SELECT coalesce(sum(r.amount_minor), 0) FROM payment_refunds r
                  WHERE r.payment_id = payments.id AND r.provider_refund_id IS NOT NULL AND r.state <> 'failed'))
         WHERE id = ${paymentId}`),
    ]),
  );
}

export async function endRefund(
  db: Db,
  { id, state, nowMs }: { id: RefundId; state: Exclude<RefundStatus, 'pending'>; nowMs: number },
): Promise<void> {
  await guarded(() =>
    db
      .update(paymentRefunds)
      .set({ state, endedAt: instant(nowMs) })
      .where(sql`${eq(paymentRefunds.id, id)} AND ${paymentRefunds.state} = 'pending'`),
  );
}
