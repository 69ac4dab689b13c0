/** An attempt on a sale over HTTP: who makes it, and how a refusal of it is worded. */
import type { Context } from 'hono';
import type { EventId } from '../contract/ids.ts';
import type { Sale } from '../deps/deps.ts';
import type { CallerEnv } from '../http/guards.ts';
import { HttpProblem, type ProblemFields } from '../http/problem.ts';
import { idempotencyKeyOf } from '../http/validate.ts';
import type { Answer, Attempt, CustomerAttempt, Refusal } from '../sale/rules/attempts.ts';

/** Who attempts it, and with which key. */
export function callerOf(
  c: Context<CallerEnv>,
): Pick<CustomerAttempt, 'customerId' | 'sessionEpoch' | 'loginId' | 'key'> {
  const { userId: customerId, sessionEpoch, loginId } = c.get('caller');
  return { customerId, sessionEpoch, loginId, key: idempotencyKeyOf(c) };
}

/** Gives the attempt to the event. Throws a refusal as a problem, and a Fault. */
export async function attempted(
  sale: Pick<Sale, 'attempt'>,
  eventId: EventId,
  attempt: Attempt,
): Promise<Extract<Answer, { ok: true }>> {
  const answer = await sale.attempt(eventId, attempt);
  if (answer.ok) return answer;
  throw new HttpProblem(answer.refusal.code, problemFields(answer.refusal, answer.nowMs));
}

/** @param ms since the epoch */
export function instant(ms: number): string {
  return new Date(ms).toISOString();
}

/** What a refusal says besides its code; the fields are those of the outcome table. */
function problemFields(refusal: Refusal, nowMs: number): ProblemFields {
  const serverNow = instant(nowMs);
  switch (refusal.code) {
    case 'sold_out': {
      const { stock, nextReleaseAtMs, queue } = refusal;
      const nextReleaseAt = nextReleaseAtMs === null ? null : instant(nextReleaseAtMs);
      return { extra: { stock, nextReleaseAt, queue, serverNow } };
    }
    case 'queue_ahead': {
      const { drawAtMs, ...waiting } = refusal.queue;
      const drawAt = drawAtMs === null ? null : instant(drawAtMs);
      return { extra: { queue: { ...waiting, drawAt }, serverNow } };
    }
    case 'not_open':
      return { extra: { opensAt: instant(refusal.opensAtMs), serverNow } };
    case 'limit_reached': {
      const { code: _, nextReleaseAtMs, ...counts } = refusal;
      const nextReleaseAt = nextReleaseAtMs === undefined ? undefined : instant(nextReleaseAtMs);
      return { extra: { ...counts, ...(nextReleaseAt !== undefined && { nextReleaseAt }) } };
    }
    case 'changed': {
      const { priceCents, currency } = refusal;
      return { extra: { priceCents, currency, serverNow } };
    }
    case 'rate_limited':
    case 'busy':
    case 'unavailable':
      return { retryAfterMs: refusal.retryAfterMs };
    default:
      return { extra: { serverNow } };
  }
}
