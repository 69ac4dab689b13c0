/**
 * The server's clock as the page knows it: pure arithmetic on measured samples. Must not read a
 * clock itself.
 *
 * Client times are milliseconds of a monotonic clock (`performance.timeOrigin +
 * performance.now()`), so a wall clock that is wrong or gets changed does not matter.
 */

/** One answer that carried `serverNow`, with when its request left and when it arrived. */
export interface ClockSample {
  readonly serverMs: number;
  readonly sentMs: number;
  readonly receivedMs: number;
}

export interface Clock {
  /** Server time minus client time; negative where the client's clock is ahead. */
  readonly offsetMs: number;
  /** Half the round trip: the server's time is within this of `offsetMs`. */
  readonly errorMs: number;
  readonly takenAtMs: number;
  /** No reading is earlier than this one: it was on the screen already. */
  readonly floorMs: number;
}

/** Both of a machine's clocks at one moment. */
export interface ClockPair {
  readonly wallMs: number;
  readonly monotonicMs: number;
}

/** Answers may come from an edge cache: older than they look, never from the future. */
const STALE_MS_MAX = 1_500;
/** Quartz drifts by some 50 parts in a million; a measurement loses worth by that much. */
const DRIFT_PER_MS = 50e-6;
/** A correction back by more than this is the truth, not jitter: shown, not hidden. */
const FREEZE_MS_MAX = 10_000;
/** Wall and monotonic clock apart by more than this: slept, or the wall clock was set. */
const SLEEP_MS_MIN = 1_000;

/** Before the first answer there is nothing better than the client's own clock. */
export const UNSET_CLOCK: Clock = {
  offsetMs: 0,
  errorMs: Number.POSITIVE_INFINITY,
  takenAtMs: 0,
  floorMs: Number.NEGATIVE_INFINITY,
};

/** The server's time in epoch milliseconds. Does not decrease from one call to a later one. */
export function readClock(clock: Clock, monotonicMs: number): number {
  return Math.max(clock.floorMs, monotonicMs + clock.offsetMs);
}

/** Takes a sample in, unless what is known is better. */
export function adjustClock(clock: Clock, sample: ClockSample): Clock {
  const errorMs = Math.max(0, (sample.receivedMs - sample.sentMs) / 2);
  const offsetMs = sample.serverMs + errorMs - sample.receivedMs;
  if (!isBetter(clock, { offsetMs, errorMs, atMs: sample.receivedMs })) return clock;

  const shownMs = readClock(clock, sample.receivedMs);
  const trueMs = sample.receivedMs + offsetMs;
  const isFirst = clock.errorMs === Number.POSITIVE_INFINITY;
  const isJitter = !isFirst && shownMs - trueMs <= FREEZE_MS_MAX;
  return {
    offsetMs,
    errorMs,
    takenAtMs: sample.receivedMs,
    floorMs: isJitter ? shownMs : Number.NEGATIVE_INFINITY,
  };
}

/** Whether the machine seems to have slept (or its wall clock was set) between two looks. */
export function isSuspect(before: ClockPair, after: ClockPair): boolean {
  const wallMs = after.wallMs - before.wallMs;
  const monotonicMs = after.monotonicMs - before.monotonicMs;
  return Math.abs(wallMs - monotonicMs) > SLEEP_MS_MIN;
}

function isBetter(
  clock: Clock,
  next: { offsetMs: number; errorMs: number; atMs: number },
): boolean {
  const knownErrorMs = clock.errorMs + (next.atMs - clock.takenAtMs) * DRIFT_PER_MS;
  const aheadMs = next.offsetMs - clock.offsetMs;
  const agrees = Math.abs(aheadMs) <= knownErrorMs + next.errorMs;
  if (agrees) return next.errorMs <= knownErrorMs;
  // Ahead: the monotonic clock stood still while the machine slept. A little behind: stale.
  return aheadMs > 0 || aheadMs < -STALE_MS_MAX;
}
