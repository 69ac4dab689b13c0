/** What an attempt is about, and how it is called in a trace. Pure. */
import type { Answer, Attempt, QueueAttempt } from '../worker/sale/rules/attempts.ts';

/** The id of what an attempt was answered with. */
export function idOf(answer: Extract<Answer, { ok: true }>): string {
  return answer.kind === 'order' ? answer.order.id : answer.entry.id;
}

/** Whether it is about the queue. */
export function isAboutQueue(attempt: Attempt): attempt is QueueAttempt {
  return attempt.kind === 'enter' || attempt.kind === 'leave';
}

/** The same request has the same text. */
export function requestOf(attempt: Attempt): string {
  switch (attempt.kind) {
    case 'reserve':
      return `reserve ${attempt.quantity} of ${attempt.eventItemId} at ${attempt.shownPriceCents}`;
    case 'enter':
      return `enter ${attempt.quantity} of ${attempt.eventItemId} from ${attempt.minQuantity}`;
    case 'leave':
      return `leave ${attempt.entryId}`;
    default:
      return `${attempt.kind} ${attempt.orderId}`;
  }
}
