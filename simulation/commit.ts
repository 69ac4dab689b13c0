/** One commit of the store, as the checks see it. Pure. */
import type { ReserveAttempt, Settlement, StampedAttempt } from '../worker/sale/rules/attempts.ts';
import type { OrderRow, Snapshot } from './ledger.ts';
import { releasedAtMs } from './payment-rows.ts';

export type Reserve = ReserveAttempt & StampedAttempt;

/** What one transaction did to a sale. */
export interface Commit {
  before: Snapshot;
  after: Snapshot;
  group: StampedAttempt[];
  /** By the clock of the sale, which never goes back in an event with a queue. */
  nowMs: number;
  settlement: Settlement;
  /** No offer of the event lasts longer. */
  offersEndAtMs: number;
}

export type OfOrder = Extract<StampedAttempt, { orderId: unknown }>;

/** Whether the event's settlements were numbered before this one. */
export function hasQueueBefore({ before }: Pick<Commit, 'before'>): boolean {
  return before.queue.entries.size > 0 || before.queue.plan.admission === 'draw';
}

/** Whether it is about an order, and not about the queue. */
export function isOfOrder(attempt: StampedAttempt): attempt is OfOrder {
  return 'orderId' in attempt;
}

export function isReserve(attempt: StampedAttempt): attempt is Reserve {
  return attempt.kind === 'reserve';
}

/** Whether an order that is confirmed now had ended before: nobody confirmed it in time. */
export function confirmsLate({ group, nowMs }: Commit, was: OrderRow): boolean {
  if (was.status === 'expired') return true;
  const isInTime = group.some(
    (attempt) =>
      (attempt.kind === 'confirm' || attempt.kind === 'confirm_paid') &&
      attempt.orderId === was.id &&
      attempt.customerId === was.customerId &&
      attempt.atMs < releasedAtMs(was),
  );
  return releasedAtMs(was) <= nowMs && !isInTime;
}

/** Active, signed in since their logins were last ended, and by a login that did not end alone. */
export function mayAct({ before }: Pick<Commit, 'before'>, attempt: StampedAttempt): boolean {
  const { customerId, sessionEpoch, loginId } = attempt;
  // What the shop does by itself needs no login.
  if (sessionEpoch === undefined) return !before.inactive.has(customerId);
  const hasEnded = (before.endedLogins.get(customerId) ?? []).some((id) => id === loginId);
  const epoch = before.sessionEpochs.get(customerId) ?? 0;
  return !hasEnded && !before.inactive.has(customerId) && sessionEpoch === epoch;
}
