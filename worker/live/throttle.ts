/** How often one reader is told: pure, with the time passed in. */

/** While somebody watches. */
export const WATCHED_EVERY_MS = 250;
/** While nobody does: often enough that whoever comes then is not shown old stock for long. */
export const UNWATCHED_EVERY_MS = 2_000;
/** Of the discussion: each note makes those who read it ask for a page. */
export const DISCUSSED_EVERY_MS = 1_000;

/**
 * How long to wait before telling again, 0 to `everyMs`.
 * @param sentAtMs when it was told before, in milliseconds since the epoch; undefined if never.
 */
export function waitMs(
  { sentAtMs, everyMs }: { sentAtMs: number | undefined; everyMs: number },
  nowMs: number,
): number {
  if (sentAtMs === undefined) return 0;
  // A clock that was set back must not silence anybody for longer than usual.
  return Math.min(everyMs, Math.max(0, sentAtMs + everyMs - nowMs));
}
