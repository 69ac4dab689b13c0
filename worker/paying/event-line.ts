/** The event's line, as those use it who see to payments. */
import { type EventId, eventIdOf } from '../contract/ids.ts';
import { Fault } from '../platform/faults.ts';
import type { Answer, Attempt, Refusal } from '../sale/rules/attempts.ts';
import type { ShopAttempt } from '../sale/rules/shop-attempts.ts';

export interface EventLine {
  /** Throws a Fault. */
  attempt(eventId: EventId, attempt: Attempt): Promise<Answer>;
}

/** The line did not decide, and may be asked again. */
const UNDECIDED: ReadonlySet<Refusal['code']> = new Set([
  'busy',
  'internal',
  'rate_limited',
  'unavailable',
]);

/** Puts an attempt into the line of its order's event. @throws Fault where the line did not decide it. */
export async function decidedInLine(line: EventLine, attempt: ShopAttempt): Promise<Answer> {
  const answer = await line.attempt(eventIdOf(attempt.orderId), attempt);
  if (!answer.ok && UNDECIDED.has(answer.refusal.code)) {
    throw new Fault(`the event's line did not decide: ${answer.refusal.code}`, { retryable: true });
  }
  return answer;
}
