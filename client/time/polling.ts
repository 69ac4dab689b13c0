/** When the page asks the server again. Must not set timers itself. */

export interface Pace {
  /** Between two answers while all is well. */
  readonly everyMs: number;
  /** Moments (server's epoch milliseconds) after which the answer is known to have changed. */
  readonly momentsMs: readonly number[];
}

/** The server keeps what it has read for this long. */
const ANSWER_AGE_MS_MAX = 2_000;
const WAIT_MS_MIN = 1_000;
const WAIT_MS_MAX = 60_000;
/** Each wait is stretched or shrunk by up to a fifth, so that pages do not ask in step. */
const JITTER_SHARE = 0.2;
/** After a moment known to all pages, they ask spread over this long. */
const MOMENT_SPREAD_MS = 1_500;

/** Whether an answer is as young as one that is asked for now may be. */
export function isFresh(takenAtMs: number, nowMs: number): boolean {
  return nowMs - takenAtMs < ANSWER_AGE_MS_MAX;
}

/**
 * Milliseconds until the next question, between a second and a minute: doubled with every
 * failure in a row, cut short by the next known moment.
 */
export function nextPollMs(
  pace: Pace,
  { nowMs, failures, random }: { nowMs: number; failures: number; random: number },
): number {
  const backedOffMs = pace.everyMs * 2 ** Math.min(failures, 10);
  const jittered = Math.min(backedOffMs, WAIT_MS_MAX) * (1 + JITTER_SHARE * (2 * random - 1));
  const untilMoments = pace.momentsMs
    .filter((momentMs) => momentMs > nowMs)
    .map((momentMs) => momentMs - nowMs + random * MOMENT_SPREAD_MS);
  const wantedMs = failures > 0 ? jittered : Math.min(jittered, ...untilMoments);
  return Math.min(WAIT_MS_MAX, Math.max(WAIT_MS_MIN, wantedMs));
}
