/** How long a page could not have reacted to input. Pure; all times in ms since its start. */

/** A task of 50 ms or more, as the browser reports them. */
export interface LongTask {
  startTime: number;
  duration: number;
}

/** What a task may take before somebody notices. */
const UNNOTICED_MS = 50;

/**
 * Total blocking time: what each long task took beyond 50 ms, from the first contentful paint until
 * the page is interactive, which is the end of the last long task before the first quiet window.
 * Lighthouse's rule, without its condition on the network.
 */
export function totalBlockingMs(
  tasks: readonly LongTask[],
  { firstPaintMs, quietMs }: { firstPaintMs: number; quietMs: number },
): number {
  let interactiveMs = firstPaintMs;
  let blockingMs = 0;
  for (const { startTime, duration } of tasks.toSorted((a, b) => a.startTime - b.startTime)) {
    const endMs = startTime + duration;
    if (endMs <= firstPaintMs) continue;
    if (startTime - interactiveMs >= quietMs) break;
    // Of a task during which the first paint came, only what followed could be noticed.
    blockingMs += Math.max(0, endMs - Math.max(firstPaintMs, startTime + UNNOTICED_MS));
    interactiveMs = endMs;
  }
  return blockingMs;
}
