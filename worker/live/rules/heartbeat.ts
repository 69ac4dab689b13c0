/**
 * A viewer's pings, the only message that it may send: how often it may, and for how long it may be
 * silent before a full object closes its socket. Pure, with the time passed in.
 */

export const PING = 'ping';
export const PONG = 'pong';

/** More pings than this in the period close the socket; a page sends one in 25 s. */
export const PINGS_MAX = 10;
export const PING_PERIOD_MS = 10_000;
/**
 * While the object hibernates, the runtime answers pings and nobody counts them: they cost nothing.
 * After each event that wakes it anyway, the object answers and counts pings itself for this long;
 * less than the runtime waits before it hibernates again.
 */
export const COUNT_MS = 5_000;
/** Where an object is full, sockets that sent no ping for this long are closed. */
export const SILENT_MS_MAX = 120_000;
/** So often at most, since all sockets are checked for it. */
export const SILENT_CHECK_EVERY_MS = 10_000;

/** @returns a function that counts a viewer's ping; false where it was one too many. */
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

/** @param pingedAtMs its last ping, in milliseconds since the epoch. */
export function isSilent(pingedAtMs: number, nowMs: number): boolean {
  return nowMs - pingedAtMs > SILENT_MS_MAX;
}
