/** How what the ledger answers becomes the answer to an attempt. Pure. */
import type { EventState, ItemState } from '../../contract/event-state.ts';
import { EMPTY_QUEUE } from '../../contract/queue.ts';
import type {
  Answer,
  Attempt,
  LedgerAnswer,
  Refusal,
  Settlement,
  StampedAttempt,
} from './attempts.ts';

/** @param settlement null if there is no such event. */
export function answersTo(
  group: StampedAttempt[],
  settlement: Settlement | null,
  nowMs: number,
): Answer[] {
  return group.map((attempt, n) => {
    if (settlement === null) return { ok: false, refusal: { code: 'not_found' }, nowMs };
    const answer = settlement.answers[n];
    if (answer === undefined) throw new Error(`the ledger has no answer to attempt ${n}`);
    return completeAnswer(answer, attempt, { event: settlement, nowMs });
  });
}

/** Gives a ledger's answer the facts that belong to its code. */
function completeAnswer(
  answer: LedgerAnswer,
  attempt: Attempt,
  settled: { event: EventState; nowMs: number },
): Answer {
  const { event, nowMs } = settled;
  if ('order' in answer) return { ok: true, kind: 'order', ...answer, nowMs };
  if ('entry' in answer) {
    const item = event.items.find(({ id }) => id === answer.entry.eventItemId);
    if (item === undefined) throw new Error(`${answer.entry.id} waits for what is not there`);
    const isOver = nowMs >= event.closesAtMs;
    return { ok: true, kind: 'entry', ...answer, item, isOver, nowMs };
  }
  switch (answer.refusal) {
    case 'limit_reached': {
      const { refusal: code, ...counts } = answer;
      return { ok: false, refusal: { code, ...counts }, nowMs };
    }
    case 'changed': {
      const { priceCents, currency } = answer;
      return { ok: false, refusal: { code: 'changed', priceCents, currency }, nowMs };
    }
    case 'rate_limited': {
      const { retryAfterMs } = answer;
      return { ok: false, refusal: { code: 'rate_limited', retryAfterMs }, nowMs };
    }
    case 'not_open':
      return { ok: false, refusal: { code: 'not_open', opensAtMs: event.opensAtMs }, nowMs };
    case 'sold_out':
      return { ok: false, refusal: soldOutRefusal(event, attempt), nowMs };
    case 'queue_ahead':
      return { ok: false, refusal: queueAheadRefusal(event, attempt), nowMs };
    case 'stock_available':
    case 'queue_closed':
    case 'queue_full':
    case 'closed':
    case 'email_unverified':
    case 'hold_expired':
    case 'payment_required':
    case 'order_confirmed':
    case 'order_cancelled':
    case 'idempotency_key_reused':
    case 'not_found':
    case 'unauthenticated':
      return { ok: false, refusal: { code: answer.refusal }, nowMs };
    default:
      return answer satisfies never;
  }
}

/** @param event the event as it stood when the attempt found no free unit. */
export function soldOutRefusal(event: EventState, attempt: Attempt): Refusal {
  const item = itemOf(event, attempt);
  if (!item) return { code: 'not_found' };
  return soldOutOf(item, isQueueOpen(event));
}

/** @param queueOpen whether one may enter the item's queue. */
export function soldOutOf(item: ItemState, queueOpen: boolean): Refusal {
  const { id: _, nextReleaseAtMs, queue: { waiting, waitingUnits } = EMPTY_QUEUE, ...stock } = item;
  return {
    code: 'sold_out',
    stock,
    nextReleaseAtMs,
    queue: { open: queueOpen, waiting, waitingUnits },
  };
}

/** Whether one may enter the queue of an item that has no free unit. */
export function isQueueOpen({ waitlist }: EventState): boolean {
  return waitlist ?? false;
}

/** @param event the event as it stood when somebody who waits came first, or a draw was to come. */
export function queueAheadRefusal(event: EventState, attempt: Attempt): Refusal {
  const item = itemOf(event, attempt);
  if (!item) return { code: 'not_found' };
  const { waiting, waitingUnits } = item.queue ?? EMPTY_QUEUE;
  const drawAtMs = event.queue?.drawAtMs ?? null;
  return { code: 'queue_ahead', queue: { waiting, waitingUnits, drawAtMs } };
}

function itemOf(event: EventState, attempt: Attempt): ItemState | undefined {
  if (attempt.kind !== 'reserve') return undefined;
  return event.items.find(({ id }) => id === attempt.eventItemId);
}
