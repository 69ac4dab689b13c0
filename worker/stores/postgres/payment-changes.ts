/**
 * The row of a payment follows what the provider says of it. What is said may be older than what is known:
 * an authorisation changes nothing that has ended, and money that was taken is believed whenever it is told.
 */
import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { PaymentId, RefundId } from '../../contract/ids.ts';
import type { Payment, PaymentSession } from '../../payment/provider.ts';
import { type Db, guarded, instant } from './client.ts';
import { type PaymentRowState, paymentRefunds, payments } from './payment-schema.ts';
import { decidedMinor } from './payment-work.ts';

export interface Change {
  nowMs: number;
  /** Why it ended, where it ends by this; else `expired`, `released` or `lapsed`. */
  endReason?: string | undefined;
}

/** @returns the state of its row from then on; undefined where there is none. Throws a Fault. */
export async function takeSession(
  db: Db,
  id: PaymentId,
  { session, ...change }: Change & { session: PaymentSession },
): Promise<PaymentRowState | undefined> {
  const { payment, state } = session;
  // A page that has ended ends the try to pay on it too.
  if (payment !== undefined && payment.state !== 'open') {
    return takePayment(db, id, { payment, ...change });
  }
  if (state === 'released') return write(db, id, endedAs(change, 'expired'));
  const known = payment === undefined ? {} : knownOf(payment);
  return write(db, id, { set: known, from: ['open'] });
}

/** The same for a payment. */
export function takePayment(
  db: Db,
  id: PaymentId,
  { payment, ...change }: Change & { payment: Payment },
): Promise<PaymentRowState | undefined> {
  const { set, from } = writtenFor(payment, change);
  return write(db, id, { set: { ...knownOf(payment), ...set }, from });
}

/** Ends one of which the provider knows nothing. */
export function endUnbegun(db: Db, id: PaymentId, nowMs: number) {
  return write(db, id, endedAs({ nowMs }, 'no_session'));
}

/** From now on another key is used for what is asked for once more. Throws a Fault. */
export async function spendPaymentKey(db: Db, id: PaymentId): Promise<void> {
  const keysSpent = sql`${payments.keysSpent} + 1`;
  await guarded(() => db.update(payments).set({ keysSpent }).where(eq(payments.id, id)));
}

export async function spendRefundKey(db: Db, id: RefundId): Promise<void> {
  const keysSpent = sql`${paymentRefunds.keysSpent} + 1`;
  await guarded(() =>
    db.update(paymentRefunds).set({ keysSpent }).where(eq(paymentRefunds.id, id)),
  );
}

interface Written {
  set: Record<string, unknown>;
  /** The states in which it is written. */
  from: PaymentRowState[];
}

function writtenFor(payment: Payment, change: Change): Written {
  const now = instant(change.nowMs);
  switch (payment.state) {
    case 'open':
      return { set: { declineReason: payment.declineReason ?? null }, from: ['open'] };
    case 'authorised': {
      const authorisedAt = coalesced(sql`${payments.authorisedAt}`, now);
      return { set: { state: 'authorised', authorisedAt }, from: ['open', 'authorised'] };
    }
    case 'captured':
    case 'partly_refunded':
    case 'refunded':
      return {
        set: {
          state: 'captured',
          capturedMinor: payment.capturedMinor,
          refundedMinor: payment.refundedMinor,
          authorisedAt: coalesced(sql`${payments.authorisedAt}`, now),
          endedAt: sql`CASE WHEN ${payments.state} = 'captured' THEN ${payments.endedAt} ELSE ${now} END`,
          endReason: null,
        },
        from: ['open', 'authorised', 'captured', 'failed', 'released'],
      };
    case 'released':
      return endedAs(change, 'released');
    case 'failed':
      return endedAs(change, 'lapsed');
    default:
      return payment.state satisfies never;
  }
}

/**
 * Ended with nothing taken. It has failed where its order rests on it: the customer has what nobody paid
 * for. It has not where all of it was to be given back anyway.
 */
function endedAs({ nowMs, endReason }: Change, reason: string): Written {
  const state = sql`CASE WHEN ${decidedMinor} < ${payments.amountMinor} AND EXISTS (
    SELECT FROM orders WHERE orders.id = ${payments.orderId} AND orders.payment_id = ${payments.id}
       AND orders.status = 'confirmed') THEN 'failed' ELSE 'released' END`;
  return {
    set: { state, endReason: endReason ?? reason, endedAt: instant(nowMs) },
    from: ['open', 'authorised'],
  };
}

function knownOf({ paymentId, captureBeforeMs }: Payment) {
  return {
    providerPaymentId: paymentId,
    ...(captureBeforeMs !== undefined && { captureBefore: new Date(captureBeforeMs) }),
  };
}

async function write(
  db: Db,
  id: PaymentId,
  { set, from }: Written,
): Promise<PaymentRowState | undefined> {
  if (Object.keys(set).length > 0) {
    await guarded(() =>
      db
        .update(payments)
        .set(set)
        .where(and(eq(payments.id, id), inArray(payments.state, from))),
    );
  }
  const [row] = await guarded(() =>
    db.select({ state: payments.state }).from(payments).where(eq(payments.id, id)),
  );
  return row?.state;
}

function coalesced(column: SQL, now: SQL): SQL {
  return sql`coalesce(${column}, ${now})`;
}
