/** How payments of the real tables go on: by the Worker's own statements, where what is simulated has all they ask for. */
import type { SQL } from 'drizzle-orm';
import { eq, sql } from 'drizzle-orm';
import { beginPaymentStatement } from '../worker/stores/postgres/payment-beginnings.ts';
import { queueForPayments } from '../worker/stores/postgres/payment-reconciliation.ts';
import {
  decideWholeRefund,
  endRefund,
  enqueueRefundStatement,
  writeRefunds,
} from '../worker/stores/postgres/payment-refunds.ts';
import { queueRelease, writePresent } from '../worker/stores/postgres/payment-states.ts';
import { dropPayment, writeSession } from '../worker/stores/postgres/payments.ts';
import { orders } from '../worker/stores/postgres/schema.ts';
import { costsOfOrder } from './order-totals.ts';
import type { PaymentChange } from './payment-rows.ts';
import type { SqlDatabase } from './sql-database.ts';

type Of<Kind extends PaymentChange['kind']> = Extract<PaymentChange, { kind: Kind }>;

/** Later than any run. */
const PAGE_ENDS_MS = Date.UTC(2031, 0, 1);

export async function changePayment(database: SqlDatabase, change: PaymentChange): Promise<void> {
  const { db } = database;
  switch (change.kind) {
    case 'begin_payment': {
      const { orderId, paymentId: id, nowMs } = change;
      const [order] = await db.select().from(orders).where(eq(orders.id, orderId));
      if (order === undefined) return;
      const { customerId } = order;
      const costs = costsOfOrder(orderId);
      await beginPaymentStatement(db, { id, orderId, customerId, nowMs, costs });
      return;
    }
    case 'page_opened': {
      const { paymentId: id, nowMs } = change;
      await writeSession(db, id, { sessionId: id, url: undefined, endsAtMs: PAGE_ENDS_MS, nowMs });
      return;
    }
    case 'page_missing':
      return dropPayment(db, change.paymentId, { ...change, reason: 'no_session' });
    case 'payment_seen':
      return see(database, change);
    case 'queue_release':
      return queueRelease(db, change.paymentId, { why: change.turn, nowMs: change.nowMs });
    case 'queue_look':
      return queueForPayments(db, 'payment.look', { ...change, ids: [change.paymentId] });
    case 'refund_whole':
      return decideWholeRefund(db, change);
    case 'refund_seen':
      return seeRefund(database, change);
    case 'refund_spared':
      return endRefund(db, { id: change.refundId, state: 'done', nowMs: change.nowMs });
    case 'payment_told':
    case 'decide_refund':
    case 'row_ended':
      return byHand(database, change);
    default:
      return change satisfies never;
  }
}

async function see(
  { db }: SqlDatabase,
  { paymentId, present, nowMs }: Of<'payment_seen'>,
): Promise<void> {
  await writePresent(db, paymentId, {
    state: present.state,
    capturedMinor: present.capturedMinor,
    providerPaymentId: present.isTried ? paymentId : undefined,
    refundedMinor: 0,
    captureBeforeMs: undefined,
    declineReason: undefined,
    endReason: undefined,
    isWhole: true,
    nowMs,
  });
}

function seeRefund(
  { db }: SqlDatabase,
  { refundId, paymentId, amountMinor, state, nowMs }: Of<'refund_seen'>,
): Promise<void> {
  const ids = { refundId, newId: refundId, providerRefundId: refundId, paymentId };
  const refund = { ...ids, state, currency: 'EUR', amountMinor };
  return writeRefunds(db, paymentId, { refunds: [refund], nowMs });
}

type ByHand = Of<'decide_refund' | 'payment_told' | 'row_ended'>;

/** What the provider tells is written as it stands, and so is what an admin decides. */
async function byHand({ db }: SqlDatabase, change: ByHand): Promise<void> {
  switch (change.kind) {
    case 'payment_told': {
      const { paymentId, state, amountMinor = null, currency = null } = change;
      const { capturedMinor = null } = change;
      await db.execute(sql`
        UPDATE payments SET state = ${state}, amount_minor = coalesce(${amountMinor}::bigint, amount_minor),
               currency = coalesce(${currency}::text, currency),
               captured_minor = CASE WHEN ${state} = 'captured'
                 THEN coalesce(${capturedMinor}::bigint, ${amountMinor}::bigint, amount_minor) ELSE 0 END,
               ended_at = CASE WHEN ${state} IN ('captured', 'released', 'failed') THEN now() END
         WHERE id = ${paymentId}`);
      return;
    }
    case 'decide_refund':
      await db.batch([db.execute(insertRefund(change)), enqueueRefundStatement(db, change)]);
      return;
    case 'row_ended':
      await db.execute(sql`
        UPDATE outbox SET outcome = ${change.outcome}, ended_at = now()
         WHERE key = ${change.key} AND outcome IS NULL`);
      return;
    default:
      change satisfies never;
  }
}

function insertRefund({
  refundId,
  paymentId,
  amountMinor,
  units,
}: Pick<Of<'decide_refund'>, 'amountMinor' | 'paymentId' | 'refundId' | 'units'>): SQL {
  return sql`
    INSERT INTO payment_refunds (id, payment_id, order_id, amount_minor, currency, units, reason, created_at)
    SELECT ${refundId}, id, order_id, ${amountMinor}::bigint, currency, ${units}::int, 'simulated', now()
      FROM payments WHERE id = ${paymentId}`;
}
