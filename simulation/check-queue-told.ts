/** What shoppers are told of the queue must be true of the rows when it leaves the object. */
import type { Answer, Attempt, QueueAttempt, Refusal } from '../worker/sale/rules/attempts.ts';
import type { RunContext } from './run-context.ts';
import { SKEW_MS_MAX } from './scenario.ts';
import type { SaleState } from './store.ts';

type Placed = Extract<Answer, { kind: 'entry' }>;

/** Called where an attempt about the queue is answered with an entry. */
export function checkEntryTold(
  { scenario, store, violations }: RunContext,
  attempt: QueueAttempt,
  { entry, isOver, nowMs }: Placed,
): void {
  const row = store.latest.queue.entries.get(entry.id);
  const told = `${attempt.customerId} ${attempt.kind} told ${JSON.stringify(entry)}`;
  if (row === undefined || row.customerId !== attempt.customerId)
    return violations.record('nobody is told of an entry that is no row', told);
  // Since the group that it was decided in: an admin may have opened the sale again meanwhile.
  const wasOver = store
    .statesSince(nowMs - 2 * SKEW_MS_MAX)
    .some(({ closesAtMs }) => closesAtMs <= nowMs);
  if (isOver && nowMs < scenario.endsAtMs && !wasOver)
    violations.record('who waits is told that it is over only when it is', told);
  const isSame =
    row.eventItemId === entry.eventItemId &&
    row.quantity === entry.quantity &&
    row.minQuantity === entry.minQuantity &&
    row.seq === entry.seq;
  if (!isSame) violations.record('an entry that is told is what is written', told);
  const isFinal = entry.status !== 'waiting';
  if (isFinal && (row.status !== entry.status || row.orderId !== entry.orderId))
    violations.record('what is told of an entry’s end stays so', told);
  if (attempt.kind === 'leave' && row.status === 'waiting')
    violations.record('who has left does not wait', told);
}

/** @returns why a refusal about the queue is wrong; undefined if it is right. */
export function whyNotRefused(
  { scenario, store }: RunContext,
  { attempt, refusal, states }: { attempt: Attempt; refusal: Refusal; states: SaleState[] },
): string | undefined {
  const { waitlist, admission } = scenario.queuePlan;
  switch (refusal.code) {
    case 'limit_reached': {
      const { limit, held, bought, waiting = 0 } = refusal;
      if (attempt.kind === 'enter' && attempt.quantity > limit) return undefined;
      return held + bought + waiting + unitsOf(attempt) > limit ? undefined : 'it fits';
    }
    case 'queue_ahead': {
      const { drawAtMs, waiting } = refusal.queue;
      if (drawAtMs === null) {
        const wasDrawn = states.some(({ isUndrawn }) => !isUndrawn);
        return wasDrawn && waiting > 0 ? undefined : 'nobody waits';
      }
      const isTrue = drawAtMs === scenario.startsAtMs && states.some(({ isUndrawn }) => isUndrawn);
      return isTrue ? undefined : 'no draw is to come';
    }
    case 'queue_closed':
      return waitlist ? 'it is open' : undefined;
    case 'stock_available': {
      if (attempt.kind !== 'enter') return 'they do not enter';
      const wasFree = states.some(({ remaining }) => (remaining.get(attempt.eventItemId) ?? 0) > 0);
      return wasFree ? undefined : 'nothing was free';
    }
    case 'order_confirmed': {
      if (attempt.kind !== 'leave') return undefined;
      const { orderId } = store.latest.queue.entries.get(attempt.entryId) ?? {};
      const status = orderId ? store.latest.orders.get(orderId)?.status : undefined;
      return status === 'confirmed' ? undefined : `it is ${status}`;
    }
    case 'sold_out':
      return refusal.queue.open === waitlist ? undefined : `the queue is not as told, ${admission}`;
    default:
      return undefined;
  }
}

function unitsOf(attempt: Attempt): number {
  if (attempt.kind === 'reserve') return attempt.quantity;
  return attempt.kind === 'enter' ? attempt.minQuantity : 0;
}

/** Whether what an attempt is about was there all the time. */
export function isKnown({ store }: RunContext, attempt: Attempt, states: SaleState[]): boolean {
  if (attempt.kind === 'reserve' || attempt.kind === 'enter') {
    const { eventItemId } = attempt;
    return states.every(({ published, remaining }) => published && remaining.has(eventItemId));
  }
  if (attempt.kind === 'leave')
    return store.latest.queue.entries.get(attempt.entryId)?.customerId === attempt.customerId;
  return store.latest.orders.get(attempt.orderId)?.customerId === attempt.customerId;
}
