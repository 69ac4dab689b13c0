/** Whether a call is made again, and when. Must not wait or call itself. */
import { type CallProblem, isUnsettled } from './call-problem.ts';

/** Calls in all, the first one included. */
export const ATTEMPTS_MAX = 4;
const BACKOFF_MS_FIRST = 400;
/** After this many it is better to show the problem than to keep a shopper waiting. */
const RETRY_AFTER_MS_MAX = 15_000;
/** Many get the same `Retry-After` at once; this much spreads their return. */
const JITTER_MS_MAX = 600;

/**
 * @param attempt how many calls were made so far, from 1
 * @param random from 0 to 1
 * @returns milliseconds to wait before the next call, or null to give up
 */
export function retryWaitMs(problem: CallProblem, attempt: number, random: number): number | null {
  if (!isUnsettled(problem) || attempt >= ATTEMPTS_MAX) return null;
  const askedMs = problem.retryAfterMs ?? 0;
  if (askedMs > RETRY_AFTER_MS_MAX) return null;
  const backoffMs = BACKOFF_MS_FIRST * 2 ** (attempt - 1);
  return Math.max(askedMs, backoffMs) + random * JITTER_MS_MAX;
}
