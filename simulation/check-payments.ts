/** The laws of orders that are paid online: what confirms them, and that no payment is forgotten. */
import type { Commit } from './commit.ts';
import type { ReportViolation } from './first-violation.ts';
import type { OrderRow, Snapshot } from './ledger.ts';
import { totalOfOrder } from './order-totals.ts';
import { type PaymentRow, releasedAtMs } from './payment-rows.ts';

export function checkPayments(commit: Commit, violated: ReportViolation): void {
  const { before, after } = commit;
  const keys = new Set(after.outbox.map(({ key }) => key));
  for (const order of after.orders.values()) {
    const was = before.orders.get(order.id);
    checkConfirmed({ before, order, was }, keys, violated);
    checkEnd(commit, { order, was }, violated);
    checkReturned(commit, { order, was }, violated);
  }
  for (const payment of after.payments.values()) {
    const order = after.orders.get(payment.orderId);
    if (order) checkReleased(payment, { order, keys }, violated);
  }
  checkRefused(commit, keys, violated);
}

interface Change {
  order: OrderRow;
  was: OrderRow | undefined;
}

function checkConfirmed(
  { before, order, was }: Change & { before: Snapshot },
  keys: ReadonlySet<string>,
  violated: ReportViolation,
): void {
  if (order.status !== 'confirmed' || !order.payOnline) {
    if (order.paymentId !== null) violated('only what is confirmed has a payment', order.id);
    return;
  }
  if (order.paymentId === null) return violated('nothing is had without paying', order.id);
  if (was?.status === 'confirmed') {
    if (was.paymentId !== order.paymentId) violated('an order keeps its payment', order.id);
    return;
  }
  const payment = before.payments.get(order.paymentId);
  const isTaken = payment?.state === 'captured' && isWhole(payment, before);
  if (keys.has(`capture/${order.paymentId}`) === isTaken)
    violated('the payment that confirmed an order is captured, unless it was', order.id);
  const isExact =
    (isTaken || payment?.state === 'authorised') &&
    payment.orderId === order.id &&
    payment.currency === order.currency &&
    payment.amountMinor === totalOfOrder(order);
  if (!isExact)
    violated('an order is confirmed by money for exactly its total', JSON.stringify(payment));
}

/** Taken at once, and nothing was decided to go back. */
function isWhole({ id, capturedMinor, amountMinor }: PaymentRow, { refunds }: Snapshot): boolean {
  const isAny = [...refunds.values()].some(({ paymentId }) => paymentId === id);
  return capturedMinor === amountMinor && !isAny;
}

function checkEnd({ nowMs }: Commit, { order, was }: Change, violated: ReportViolation): void {
  const endMs = releasedAtMs(order);
  if (order.status === 'pending' && was !== undefined && endMs <= nowMs)
    violated('a hold ends when its grace does', `${order.id} at ${nowMs}`);
  if (order.status === 'expired' && was?.status === 'pending' && endMs > nowMs)
    violated('a hold is kept through its grace', `${order.id} at ${nowMs}`);
}

function checkReturned(
  { group, after, before }: Commit,
  { order, was }: Change,
  violated: ReportViolation,
): void {
  const more = order.unitsReturned - (was?.unitsReturned ?? 0);
  if (more === 0) return;
  const ofOrder = group.filter(
    (attempt) => attempt.kind === 'return_units' && attempt.orderId === order.id,
  );
  let allowed = 0;
  for (const [id, refund] of after.refunds) {
    const isNew = refund.unitsReturned && before.refunds.get(id)?.unitsReturned !== true;
    if (isNew && refund.orderId === order.id) allowed += refund.units;
  }
  const hasFailed =
    order.paymentId !== null && after.payments.get(order.paymentId)?.state === 'failed';
  const isWrong = more < 0 || ofOrder.length === 0 || (more > allowed && !hasFailed);
  if (isWrong) violated('units come back for a refund, once', `${order.id}: ${more}`);
}

/** What can still take money for an order that cannot be had any more has a row that ends it. */
function checkReleased(
  { id, state }: PaymentRow,
  { order, keys }: { order: OrderRow; keys: ReadonlySet<string> },
  violated: ReportViolation,
): void {
  if (order.status === 'pending' || order.paymentId === id) return;
  const isLive = state === 'open' || state === 'authorised';
  if (isLive && !keys.has(`release/${id}`) && !keys.has(`release/${id}/refused`))
    violated('no payment is forgotten', `${id} is ${state}, its order ${order.status}`);
}

function checkRefused(
  { group, settlement, after }: Commit,
  keys: ReadonlySet<string>,
  violated: ReportViolation,
): void {
  for (const [n, attempt] of group.entries()) {
    const answer = settlement.answers[n];
    if (attempt.kind !== 'confirm_paid' || !answer || !('refusal' in answer)) continue;
    const { state } = after.payments.get(attempt.paymentId) ?? {};
    const isHeld = state === 'authorised' || state === 'captured';
    const isOwed = isHeld && answer.refusal !== 'not_found';
    if (isOwed && !keys.has(`release/${attempt.paymentId}/refused`))
      violated('a payment that is refused is released', attempt.paymentId);
  }
}
