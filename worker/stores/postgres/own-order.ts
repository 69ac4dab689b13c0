/** One order of a customer's own, with the receipt of its payment. Reads only. */
import { asc, desc, eq, sql } from 'drizzle-orm';
import type { OrderId } from '../../contract/ids.ts';
import type { OwnOrder, Receipt } from '../../contract/own-order.ts';
import { declineOf } from '../../payment/stripe/decline-words.ts';
import { type Db, guarded } from './client.ts';
import { findOrder } from './orders.ts';
import { paymentRefunds, payments } from './payment-schema.ts';
import { orders } from './schema.ts';

/** @returns undefined where the customer has no such order. */
export async function findOwnOrder(
  db: Db,
  asked: Parameters<typeof findOrder>[1],
): Promise<OwnOrder | undefined> {
  const order = await findOrder(db, asked);
  if (order === undefined) return undefined;
  return { ...order, receipt: order.payment && (await readReceipt(db, order.id)) };
}

/** Of the payment that confirmed the order, else of the last one that was begun. */
async function readReceipt(db: Db, orderId: OrderId): Promise<Receipt | null> {
  const [payment] = await guarded(() =>
    db
      .select({
        id: payments.id,
        state: payments.state,
        authorisedAt: payments.authorisedAt,
        declineReason: payments.declineReason,
      })
      .from(payments)
      .innerJoin(orders, eq(orders.id, payments.orderId))
      .where(eq(payments.orderId, orderId))
      .orderBy(
        sql`${payments.id} = ${orders.paymentId} DESC NULLS LAST`,
        desc(payments.begunAt),
        desc(payments.id),
      )
      .limit(1),
  );
  if (payment === undefined) return null;
  const refunds = await guarded(() =>
    db
      .select()
      .from(paymentRefunds)
      .where(eq(paymentRefunds.paymentId, payment.id))
      .orderBy(asc(paymentRefunds.createdAt), asc(paymentRefunds.id)),
  );
  const { state, authorisedAt, declineReason } = payment;
  return {
    approvedAt: authorisedAt?.toISOString() ?? null,
    // What was declined before another try went through is over.
    declined: state === 'open' && declineReason !== null ? declineOf(declineReason) : null,
    refunds: refunds.map((refund) => ({
      id: refund.id,
      status: refund.state,
      amountCents: refund.amountMinor,
      restockUnits: refund.units,
      createdAt: refund.createdAt.toISOString(),
    })),
  };
}
