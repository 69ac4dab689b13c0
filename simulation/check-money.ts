/** The laws of money, recounted from the rows of every committed state, as worker/stores/postgres/money-laws.ts does. */
import type { PaymentId } from '../worker/contract/ids.ts';
import type { ReportViolation } from './first-violation.ts';
import type { OrderRow, Snapshot } from './ledger.ts';
import { totalOfOrder } from './order-totals.ts';
import { decidedOf, type PaymentRow } from './payment-rows.ts';

const RETURNS = ['release', 'refund', 'look'];

export function checkMoney(snapshot: Snapshot, violated: ReportViolation): void {
  const { orders, payments, refunds } = snapshot;
  const queued = queuedKinds(snapshot);
  for (const order of orders.values()) {
    if (order.status !== 'confirmed' || !order.payOnline) continue;
    const payment = order.paymentId === null ? undefined : payments.get(order.paymentId);
    const isExact =
      payment?.orderId === order.id &&
      payment.currency === order.currency &&
      payment.amountMinor === totalOfOrder(order);
    if (!isExact) violated('a confirmed order rests on its whole money', order.id);
  }
  for (const payment of payments.values()) {
    const order = orders.get(payment.orderId);
    if (order === undefined) continue;
    const isQueued = (kinds: string[]) =>
      kinds.some((kind) => queued.get(payment.id)?.has(kind) === true);
    checkPayment(snapshot, { payment, order, isQueued }, violated);
  }
  for (const { id, state, units, unitsReturned } of refunds.values()) {
    const isLeft = state === 'pending' || (units > 0 && !unitsReturned);
    const row = isLeft && snapshot.outbox.find(({ key }) => key === `refund/${id}`);
    // In drills nobody queues one.
    if (row && !isToCome(row)) violated('no refund is forgotten', `${id} ${row.outcome}`);
  }
}

interface Checked {
  payment: PaymentRow;
  order: OrderRow;
  isQueued(kinds: string[]): boolean;
}

function checkPayment(
  snapshot: Snapshot,
  { payment, order, isQueued }: Checked,
  violated: ReportViolation,
): void {
  const { id, state, capturedMinor, refundedMinor } = payment;
  const isOrders = order.status === 'confirmed' && order.paymentId === id;
  const takenMinor = capturedMinor - refundedMinor;
  const dueMinor = dueOf(snapshot, payment, order);
  const seen = `${id} of ${order.id}, ${order.status}: ${state}, ${takenMinor} of ${dueMinor}`;
  if (takenMinor > dueMinor && !isQueued(RETURNS)) violated('no money is kept for nothing', seen);
  if (takenMinor < dueMinor && !isQueued(['capture'])) violated('no money is forgotten', seen);
  const isReserved = state === 'authorised' && !isOrders && order.status !== 'pending';
  if (isReserved && !isQueued(RETURNS)) violated('no money is reserved for nothing', seen);
  const isUnpaid = state === 'failed' && isOrders && order.unitsReturned < order.quantity;
  if (isUnpaid && !isQueued(['capture', 'look']))
    violated('no unit is kept that nobody paid for', seen);
}

/** What of a payment is the shop's. */
export function dueOf({ refunds }: Snapshot, payment: PaymentRow, order: OrderRow): number {
  const isOrders = order.status === 'confirmed' && order.paymentId === payment.id;
  if (!isOrders || payment.state === 'failed') return 0;
  return payment.amountMinor - decidedOf(payment.id, refunds.values());
}

/** By payment, what the outbox is still to do, or has given up for an admin to see. */
function queuedKinds({ outbox, refunds }: Snapshot): Map<PaymentId, Set<string>> {
  const queued = new Map<PaymentId, Set<string>>();
  for (const row of outbox) {
    const { payload, kind } = row;
    if (!kind.startsWith('payment.') || !isToCome(row)) continue;
    const ofRefund = 'refundId' in payload ? refunds.get(payload.refundId)?.paymentId : undefined;
    const id = 'paymentId' in payload ? payload.paymentId : ofRefund;
    if (id === undefined) continue;
    const kinds = queued.get(id) ?? new Set();
    kinds.add(kind.slice('payment.'.length));
    queued.set(id, kinds);
  }
  return queued;
}

function isToCome({ outcome }: { outcome: string | null }): boolean {
  return outcome === null || outcome === 'given_up';
}
