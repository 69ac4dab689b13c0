/** How far the server's clock is from ours. Must not read a clock itself. */

/** One question for the server's time; all in ms since the epoch. */
export interface ClockSample {
  sentAtMs: number;
  answeredAtMs: number;
  serverNowMs: number;
}

/**
 * Add it to our time to get the server's. The quickest answer says it best: the server read its
 * clock somewhere within the trip, so the error is at most half of it.
 */
export function serverOffsetMs(samples: readonly ClockSample[]): number {
  const quickest = samples.toSorted((a, b) => tripMs(a) - tripMs(b))[0];
  if (!quickest) throw new Error('no clock samples');
  return Math.round(quickest.serverNowMs - (quickest.sentAtMs + quickest.answeredAtMs) / 2);
}

function tripMs(sample: ClockSample): number {
  return sample.answeredAtMs - sample.sentAtMs;
}
