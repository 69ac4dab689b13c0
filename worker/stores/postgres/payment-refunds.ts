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

/** Decides to give back all that is left of what was taken; nothing where it was decided before. */
export async function decideWholeRefund(
  db: Db,
  { paymentId, refundId, nowMs }: { paymentId: PaymentId; refundId: RefundId; nowMs: number },
): Promise<void> {
  await guarded(() =>
    db.batch([
      lockPaymentStatement(db, paymentId),
      db.execute(sql`
        INSERT INTO payment_refunds (id, payment_id, order_id, amount_minor, currency, reason, created_at)
        SELECT ${refundId}, id, order_id, captured_minor - decided, currency, ${ORDER_NOT_KEPT}, ${instant(nowMs)}
          FROM payments CROSS JOIN LATERAL (
            SELECT coalesce(sum(amount_minor), 0) AS decided FROM payment_refunds
             WHERE payment_id = payments.id AND state <> 'failed') AS refunds
         WHERE id = ${paymentId} AND captured_minor > decided`),
      enqueueRefundStatement(db, { refundId, paymentId, nowMs }),
    ]),
  );
}

/**
 * Takes what the provider says of a refund into its row; one that was made on the provider's own pages gets a
 * row with the id that is given.
 */
export async function takeRefund(
  db: Db,
  {
    paymentId,
    refund,
    newId,
    nowMs,
  }: {
    paymentId: PaymentId;
    refund: Refund;
    newId: RefundId;
    nowMs: number;
  },
): Promise<void> {
  const { providerRefundId, state, amountMinor, currency } = refund;
  const endedAt = state === 'pending' ? sql`NULL::timestamptz` : instant(nowMs);
  const now = instant(nowMs);
  await guarded(() =>
    db.execute(sql`
      WITH own AS (
        UPDATE payment_refunds SET provider_refund_id = ${providerRefundId}, state = ${state},
               ended_at = CASE WHEN state = ${state} THEN ended_at ELSE ${endedAt} END
         WHERE payment_id = ${paymentId}
           AND (id = ${refund.refundId ?? ''}::text OR provider_refund_id = ${providerRefundId})
        RETURNING id)
      INSERT INTO payment_refunds (id, payment_id, order_id, state, amount_minor, currency, reason,
                                   provider_refund_id, created_at, ended_at)
      SELECT ${newId}, id, order_id, ${state}, ${amountMinor}, ${currency}, ${AT_PROVIDER},
             ${providerRefundId}, ${now}, ${endedAt}
        FROM payments WHERE id = ${paymentId} AND NOT EXISTS (SELECT FROM own)
          ON CONFLICT (provider_refund_id) WHERE provider_refund_id IS NOT NULL DO NOTHING`),
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
