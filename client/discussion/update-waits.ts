/** When a reader asks for a discussion that changed. Must not set timers. */

/**
 * The API gives pages to everybody for up to two seconds after it read them: whoever asks sooner may
 * be shown what was before the change.
 */
export const NEWS_MS_MIN = 2_000;
/** Thousands are told at the same moment, and ask spread over this long. */
export const NEWS_SPREAD_MS = 3_000;
/** While no socket tells, the discussion is asked for about this often. */
export const UNTOLD_POLL_MS = 30_000;

/** @param random from 0 to 1 */
export function newsWaitMs(random: number): number {
  return NEWS_MS_MIN + random * NEWS_SPREAD_MS;
}

/** @param random from 0 to 1 */
export function untoldWaitMs(random: number): number {
  return UNTOLD_POLL_MS * (0.8 + 0.4 * random);
}
