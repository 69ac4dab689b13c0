/** What those who work on a payment read of it, with what it depends on, at one moment. */
import { eq, inArray, sql } from 'drizzle-orm';
import type { EventId, OrderId, PaymentId, RefundId, UserId } from '../../contract/ids.ts';
import type { RefundStatus } from '../../contract/payments.ts';
import { type Db, guarded } from './client.ts';
import { type PaymentRowState, paymentRefunds, payments } from './payment-schema.ts';
import { orders } from './schema.ts';

export interface PaymentWork {
  id: PaymentId;
  orderId: OrderId;
  eventId: EventId;
  customerId: UserId;
  state: PaymentRowState;
  amountMinor: number;
  currency: string;
  capturedMinor: number;
  /** The provider's ids; null before there are any. */
  sessionId: string | null;
  providerPaymentId: string | null;
  begunAtMs: number;
  authorisedAtMs: number | null;
  captureBeforeMs: number | null;
  endReason: string | null;
  keysSpent: number;
  /** Whether it is what confirmed its order. */
  isOrders: boolean;
  /** Whether its order is still held. One that is not is never held again. */
  isOrderPending: boolean;
  /** What was decided to be given back: done, or still to come. */
  decidedMinor: number;
}

export interface RefundWork {
  id: RefundId;
  state: RefundStatus;
  amountMinor: number;
  createdAtMs: number;
  keysSpent: number;
  /** Units that its order still has to give back for it. */
  unitsToReturn: number;
  payment: PaymentWork;
}

const isOrders = sql<boolean>`(${orders.status} = 'confirmed' AND ${orders.paymentId} = ${payments.id})`;

const isOrderPending = sql<boolean>`(${orders.status} = 'pending')`;

/** Of the rows of one payment; a refund that failed gives nothing back. */
export const decidedMinor = sql<number>`(
  SELECT coalesce(sum(decided.amount_minor), 0)::float8 FROM payment_refunds AS decided
   WHERE decided.payment_id = ${payments.id} AND decided.state <> 'failed')`;

/** To be run alone, or in a `db.batch`. */
export function paymentsToWorkOn(db: Db, ids: readonly PaymentId[]) {
  return db
    .select({ payment: payments, isOrders, isOrderPending, decidedMinor })
    .from(payments)
    .innerJoin(orders, eq(orders.id, payments.orderId))
    .where(inArray(payments.id, [...ids]));
}

export async function readPaymentWork(db: Db, id: PaymentId): Promise<PaymentWork | undefined> {
  const [row] = await guarded(() => paymentsToWorkOn(db, [id]));
  return row && paymentWork(row);
}

export async function readRefundWork(db: Db, id: RefundId): Promise<RefundWork | undefined> {
  const [row] = await guarded(() =>
    db
      .select({ refund: paymentRefunds, payment: payments, isOrders, isOrderPending, decidedMinor })
      .from(paymentRefunds)
      .innerJoin(payments, eq(payments.id, paymentRefunds.paymentId))
      .innerJoin(orders, eq(orders.id, payments.orderId))
      .where(eq(paymentRefunds.id, id)),
  );
  if (row === undefined) return undefined;
  const { state, amountMinor, createdAt, keysSpent, units, unitsReturned } = row.refund;
  return {
    id,
    state,
    amountMinor,
    createdAtMs: createdAt.getTime(),
    keysSpent,
    unitsToReturn: unitsReturned ? 0 : units,
    payment: paymentWork(row),
  };
}

interface Joined {
  payment: typeof payments.$inferSelect;
  isOrders: boolean;
  isOrderPending: boolean;
  decidedMinor: number;
}

/** Of a row that was read to be worked on. */
export function paymentWork({ payment, ...rest }: Joined): PaymentWork {
  const { id, orderId, eventId, customerId, state, amountMinor, currency } = payment;
  const { capturedMinor, sessionId, providerPaymentId, endReason, keysSpent } = payment;
  return {
    id,
    orderId,
    eventId,
    customerId,
    state,
    amountMinor,
    currency,
    capturedMinor,
    sessionId,
    providerPaymentId,
    endReason,
    keysSpent,
    begunAtMs: payment.begunAt.getTime(),
    authorisedAtMs: payment.authorisedAt?.getTime() ?? null,
    captureBeforeMs: payment.captureBefore?.getTime() ?? null,
    ...rest,
  };
}
