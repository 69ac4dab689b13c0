/** When a reader asks for a discussion that changed. Must not set timers. */

/**
 * The API gives pages to everybody for up to two seconds after it read them: whoever asks sooner may
 * be shown what was before the change.
 */
export const UPDATE_WAIT_MS_MIN = 2_000;
/** Thousands learn of it in the same moment; they ask spread over this long. */
export const UPDATE_SPREAD_MS = 3_000;
/** Without a live socket the discussion is asked for about this often. */
export const POLL_MS = 30_000;

/** @param random from 0 to 1 */
export function updateWaitMs(random: number): number {
  return UPDATE_WAIT_MS_MIN + random * UPDATE_SPREAD_MS;
}

/** @param random from 0 to 1 */
export function pollWaitMs(random: number): number {
  return POLL_MS * (0.8 + 0.4 * random);
}
