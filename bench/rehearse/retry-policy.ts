/** Whether and when a request is sent again. Must not send or sleep. */
import type { Answer, Reply } from './http.ts';
import type { Random } from './seeded-random.ts';
import type { Timing } from './timing.ts';

export type Step =
  | { kind: 'settled'; answer: Answer }
  | { kind: 'again'; afterMs: number; reason: string }
  | { kind: 'gave_up'; reason: string };

export interface Attempt {
  /** 1 for the first. */
  tries: number;
  /** Since the first try was asked for. */
  elapsedMs: number;
  nowMs: number;
}

const TOO_MANY_REQUESTS = 429;
const SERVER_ERROR_MIN = 500;
/** 2 to this power times the base is past any sensible longest wait. */
const DOUBLINGS_MAX = 16;

/** The same request with the same key is safe to send again, so whatever may pass is waited for. */
export function nextStep(
  reply: Reply,
  attempt: Attempt,
  by: { timing: Timing; random: Random },
): Step {
  const reason = retryReason(reply);
  if (reply.kind === 'answer' && reason === null) return { kind: 'settled', answer: reply };
  const asked = reply.kind === 'answer' ? retryAfterMs(reply.retryAfter, attempt.nowMs) : 0;
  const afterMs = asked + backoffMs(attempt.tries, by);
  if (attempt.elapsedMs + afterMs > by.timing.retryMsMax) {
    return { kind: 'gave_up', reason: reason ?? 'unknown' };
  }
  return { kind: 'again', afterMs, reason: reason ?? 'unknown' };
}

/** RFC 9110: whole seconds or an HTTP date; 0 for none and for what is neither. */
export function retryAfterMs(header: string | undefined, nowMs: number): number {
  if (header === undefined) return 0;
  if (/^\d+$/.test(header)) return Number(header) * 1_000;
  const atMs = Date.parse(header);
  return Number.isNaN(atMs) ? 0 : Math.max(0, atMs - nowMs);
}

function retryReason(reply: Reply): string | null {
  if (reply.kind === 'fault') return reply.fault;
  const { status } = reply;
  return status === TOO_MANY_REQUESTS || status >= SERVER_ERROR_MIN ? String(status) : null;
}

/** Half fixed, half random: nobody retries at once, and not all at the same time. */
function backoffMs(tries: number, { timing, random }: { timing: Timing; random: Random }): number {
  const doublings = Math.min(tries - 1, DOUBLINGS_MAX);
  const ceiling = Math.min(timing.backoffMsMax, timing.backoffMsBase * 2 ** doublings);
  return ceiling / 2 + (ceiling / 2) * random();
}
