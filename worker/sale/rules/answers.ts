/** How what the ledger answers becomes the answer to an attempt. Pure. */
import type { EventState } from '../../contract/event-state.ts';
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
  switch (answer.refusal) {
    case 'limit_reached': {
      const { limit, held, bought } = answer;
      return { ok: false, refusal: { code: 'limit_reached', limit, held, bought }, nowMs };
    }
    case 'changed': {
      const { priceCents, currency } = answer;
      return { ok: false, refusal: { code: 'changed', priceCents, currency }, nowMs };
    }
    case 'not_open':
      return { ok: false, refusal: { code: 'not_open', opensAtMs: event.opensAtMs }, nowMs };
    case 'sold_out':
      return { ok: false, refusal: soldOutRefusal(event, attempt), nowMs };
    case 'closed':
    case 'email_unverified':
    case 'hold_expired':
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
  const item =
    attempt.kind === 'reserve' && event.items.find(({ id }) => id === attempt.eventItemId);
  if (!item) return { code: 'not_found' };
  const { id: _, nextReleaseAtMs: releaseAtMs, ...stock } = item;
  return { code: 'sold_out', stock, nextReleaseAtMs: releaseAtMs };
}
