/** What a commit may do to orders: every change has an attempt, the clock or the queue as its cause. */
import type { StampedAttempt } from '../worker/sale/rules/attempts.ts';
import { checkKeys, checkLimits } from './check-invariants.ts';
import { checkOffer } from './check-offers.ts';
import { type Commit, isReserve, type Reserve } from './commit.ts';
import type { ReportViolation } from './first-violation.ts';
import type { OrderRow, Snapshot } from './ledger.ts';
import { releasedAtMs } from './payment-rows.ts';

/** What an order keeps from its first moment to its last. */
const LASTING = [
  'eventItemId',
  'customerId',
  'quantity',
  'unitPriceCents',
  'variantLabel',
  'currency',
  'reservedAtMs',
  'expiresAtMs',
  'reserveKey',
  'entryId',
  'madeIn',
  'payOnline',
  'paying',
] as const;

const WAYS: Record<OrderRow['status'], OrderRow['status'][]> = {
  pending: ['confirmed', 'cancelled', 'expired'],
  expired: ['confirmed'],
  confirmed: [],
  cancelled: [],
};

export function checkOrderChanges(commit: Commit, violated: ReportViolation): void {
  const { before, after, nowMs } = commit;
  const grown: OrderRow[] = [];
  for (const id of before.orders.keys()) {
    if (!after.orders.has(id)) violated('no row is ever lost', id);
  }
  for (const order of after.orders.values()) {
    const was = before.orders.get(order.id);
    if (was === undefined) checkNew(commit, order, violated);
    else checkChanged(commit, { was, order }, violated);
    const isTakenAgain = was?.status === 'expired' && order.status === 'confirmed';
    if (was === undefined || isTakenAgain) grown.push(order);
    if (order.status === 'pending' && releasedAtMs(order) <= nowMs && was !== undefined) {
      violated('a hold that has ended is freed by the next group', `${order.id} at ${nowMs}`);
    }
  }
  checkLimits(after, grown, violated);
  checkKeys(after.orders.values(), violated);
}

function checkNew(commit: Commit, order: OrderRow, violated: ReportViolation): void {
  const { before, after, group, nowMs } = commit;
  const asked = group.filter(isReserve).find(({ orderId }) => orderId === order.id);
  if (order.entryId !== null) checkOffer(commit, order, violated);
  else if (asked === undefined) return violated('every order was asked for', order.id);
  const atMs = asked?.atMs ?? nowMs;
  if (!before.published) violated('nothing is sold off the lists', order.id);
  if (atMs < before.opensAtMs) violated('nothing is sold before the opening', order.id);
  if (atMs >= before.closesAtMs) violated('nothing is sold after the end', order.id);
  const item = before.items.find(({ id }) => id === order.eventItemId);
  if (order.unitPriceCents !== item?.priceCents) {
    violated('an order has the price of its item', `${order.id} ${order.unitPriceCents}`);
  }
  if (order.variantLabel !== (item?.variantLabel ?? null)) {
    violated('an order is called as its size is', `${order.id} ${order.variantLabel}`);
  }
  if (asked && !isAsAsked(order, asked)) {
    violated('an order is what was asked for', JSON.stringify({ order, asked }));
  }
  if ((asked?.shownPriceCents ?? order.unitPriceCents) !== order.unitPriceCents)
    violated('nothing is sold at a price that was not shown', order.id);
  if (before.inactive.has(order.customerId)) violated('nobody deactivated is sold to', order.id);
  if (before.requireVerifiedEmail && before.unverified.has(order.customerId)) {
    violated('nobody unverified is sold to where it matters', order.id);
  }
  if (asked && !isLoggedIn(before, asked)) {
    violated('nobody is sold to whose login has ended', order.id);
  }
  if (order.status !== 'pending') violated('a new order is a hold', `${order.id} ${order.status}`);
  if (order.reserveKey !== null || order.entryId !== null) return;
  const other = [...before.orders.values()].find(
    ({ id, customerId, eventItemId }) =>
      customerId === order.customerId &&
      eventItemId === order.eventItemId &&
      after.orders.get(id)?.status === 'pending',
  );
  if (other) violated('without a key one hold is enough', `${order.id} beside ${other.id}`);
}

function isAsAsked(order: OrderRow, asked: Reserve): boolean {
  return (
    order.customerId === asked.customerId &&
    order.eventItemId === asked.eventItemId &&
    order.quantity === asked.quantity &&
    order.reserveKey === asked.key
  );
}

function isLoggedIn({ sessionEpochs, endedLogins }: Snapshot, reserve: Reserve): boolean {
  const { customerId, sessionEpoch, loginId } = reserve;
  const ended = endedLogins.get(customerId) ?? [];
  return (
    sessionEpoch === (sessionEpochs.get(customerId) ?? 0) && !ended.some((id) => id === loginId)
  );
}

function checkChanged(
  commit: Commit,
  { was, order }: { was: OrderRow; order: OrderRow },
  violated: ReportViolation,
): void {
  for (const field of LASTING) {
    if (was[field] !== order[field]) {
      violated('an order keeps its terms', `${order.id} ${field} ${was[field]} -> ${order[field]}`);
    }
  }
  if (was.status === order.status) return;
  const change = `${order.id} ${was.status} -> ${order.status}`;
  if (!WAYS[was.status].includes(order.status)) violated('orders change by known ways', change);
  if (order.status === 'expired') {
    if (releasedAtMs(order) > commit.nowMs) violated('no hold is cut short', change);
    return;
  }
  const cause = causeOf(commit, order);
  if (cause === undefined) return violated('an order changes because its customer asks', change);
  const key = order.status === 'confirmed' ? order.confirmKey : order.cancelKey;
  // Leaving the queue writes no key on the offer.
  if (
    !causesOf(commit, order).some(
      (one) => (one.kind === 'leave' ? null : (one.key ?? null)) === key,
    )
  ) {
    violated('an order remembers the key that changed it', `${change} ${key}`);
  }
}

function causeOf(commit: Commit, order: OrderRow): StampedAttempt | undefined {
  return causesOf(commit, order)[0];
}

function causesOf({ group }: Commit, order: OrderRow): StampedAttempt[] {
  const confirms = order.payOnline ? 'confirm_paid' : 'confirm';
  const kind = order.status === 'confirmed' ? confirms : 'cancel';
  return group.filter(
    (attempt) =>
      attempt.customerId === order.customerId &&
      (attempt.kind === 'leave'
        ? kind === 'cancel' && attempt.entryId === order.entryId
        : attempt.kind === kind && attempt.orderId === order.id),
  );
}
