/**
 * A breaker in front of a store that the shop can do without: after some failures in a row it
 * answers at once for a while, and then lets one call through to see. One per isolate.
 */

/** Failures in a row that open it. */
export const FAILURES_MAX = 5;
/** How long it stays open; then one call in each such time goes through. */
export const OPEN_MS = 5_000;

export interface BreakerState {
  failures: number;
  /** In milliseconds since the epoch; without meaning below FAILURES_MAX. */
  refusesUntilMs: number;
}

export const CALM: BreakerState = { failures: 0, refusesUntilMs: 0 };

/** Whether a call may go through now, and the state after it was let through. */
export function admit(
  state: BreakerState,
  nowMs: number,
): { passes: boolean; state: BreakerState } {
  if (state.failures < FAILURES_MAX) return { passes: true, state };
  const leftMs = state.refusesUntilMs - nowMs;
  // More is left than there ever was where the clock was set back.
  if (leftMs > 0 && leftMs <= OPEN_MS) return { passes: false, state };
  return { passes: true, state: { ...state, refusesUntilMs: nowMs + OPEN_MS } };
}

export function afterFailure(state: BreakerState, nowMs: number): BreakerState {
  const failures = Math.min(state.failures + 1, FAILURES_MAX);
  return { failures, refusesUntilMs: nowMs + OPEN_MS };
}

type Send = (url: string, init: RequestInit) => Promise<Response>;

/** A call fails by throwing, by 429, or by a status of 500 and above. */
export function createBreaker({ nowMs }: { nowMs(): number }): { guard(send: Send): Send } {
  let state = CALM;
  return {
    guard: (send) => async (url, init) => {
      const admitted = admit(state, nowMs());
      state = admitted.state;
      if (!admitted.passes) throw new Error('not called: it failed too often just now');
      try {
        const answer = await send(url, init);
        // Read here: an answer that stops half-way is a failure too.
        const whole = new Response(await answer.text(), answer);
        const failed = answer.status === 429 || answer.status >= 500;
        state = failed ? afterFailure(state, nowMs()) : CALM;
        return whole;
      } catch (error) {
        state = afterFailure(state, nowMs());
        throw error;
      }
    },
  };
}
