/**
 * What viewers may say: a ping now and then, and nothing else. How often each may ping, and how long
 * one may be silent where places are scarce. Pure, with the time passed in.
 */

export const PING = 'ping';
export const PONG = 'pong';

/** Whoever pings more often than so many times in the period is sent away; a page does once in 25 s. */
export const PINGS_MAX = 10;
export const PING_PERIOD_MS = 10_000;
/**
 * Pings that come while the object sleeps are answered without waking it, and nobody counts them: they
 * cost it nothing. After each thing that wakes it anyway, it answers for itself and counts this long;
 * less than it takes until it sleeps again.
 */
export const LISTEN_MS = 5_000;
/** Where an object is full, whoever was not heard for this long makes room. */
export const SILENT_MS_MAX = 120_000;
/** So often at most, since all sockets are gone through for it. */
export const SILENT_CHECK_EVERY_MS = 10_000;

/** @returns what counts a ping of a viewer, and says whether they may stay. */
export function createPingCount(): (viewer: object, nowMs: number) => boolean {
  const counts = new WeakMap<object, { sinceMs: number; pings: number }>();
  return (viewer, nowMs) => {
    const before = counts.get(viewer);
    const sinceMs = before ? nowMs - before.sinceMs : PING_PERIOD_MS;
    if (before === undefined || sinceMs < 0 || sinceMs >= PING_PERIOD_MS) {
      counts.set(viewer, { sinceMs: nowMs, pings: 1 });
      return true;
    }
    before.pings++;
    return before.pings <= PINGS_MAX;
  };
}

/** @param heardAtMs when it was heard last, in milliseconds since the epoch. */
export function isSilent(heardAtMs: number, nowMs: number): boolean {
  return nowMs - heardAtMs > SILENT_MS_MAX;
}
