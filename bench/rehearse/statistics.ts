/** Percentiles and rates of the purchase requests. Must not measure anything itself. */

/** One answered (or timed out) purchase request; times in ms since the epoch or in ms. */
export interface Sample {
  answeredAtMs: number;
  /** From a free connection to the last byte: what the server took. */
  tookMs: number;
  /** Before that, waiting in this program for a free connection. */
  queuedMs: number;
}

export interface Spread {
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

const RATE_WINDOW_MS = 1_000;

/** Nearest rank: the smallest value that at least `percent` of the values do not exceed. */
export function percentile(sorted: readonly number[], percent: number): number {
  if (sorted.length === 0) return 0;
  const rank = Math.max(1, Math.ceil((percent / 100) * sorted.length));
  return sorted[rank - 1] ?? 0;
}

export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  return {
    p50: tenths(percentile(sorted, 50)),
    p95: tenths(percentile(sorted, 95)),
    p99: tenths(percentile(sorted, 99)),
    max: tenths(sorted.at(-1) ?? 0),
  };
}

/** The most answers in any one second: a sliding window, so no burst is cut in two. */
export function peakPerSecond(answeredAtMs: readonly number[]): number {
  const sorted = answeredAtMs.toSorted((a, b) => a - b);
  let peak = 0;
  let first = 0;
  for (const [last, atMs] of sorted.entries()) {
    while (atMs - (sorted[first] ?? atMs) >= RATE_WINDOW_MS) first++;
    peak = Math.max(peak, last - first + 1);
  }
  return peak;
}

/** Answers in a second over the rush: from the opening until everyone has a first answer. */
export function ratePerSecond(
  answeredAtMs: readonly number[],
  rush: { fromMs: number; untilMs: number },
): number {
  const inRush = answeredAtMs.filter((atMs) => atMs >= rush.fromMs && atMs <= rush.untilMs).length;
  const rushMs = Math.max(1, rush.untilMs - rush.fromMs);
  return Math.round((inRush * RATE_WINDOW_MS) / rushMs);
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
