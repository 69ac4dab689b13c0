/** What an event's group commits did lately, as figures and as bars. Must not draw. */
import type { EventLine } from '../../../worker/contract/commit-metrics.ts';

/** Bars of the last minute, one for each second. */
export const BARS = 60;
/** Rates are of this long: one second jumps, a minute is over before the sale is. */
const RECENT_SECONDS = 10;

export interface CommitView {
  readonly attemptsPerSecond: number;
  readonly groupsPerSecond: number;
  /** Attempts that wait or are being settled. */
  readonly waiting: number;
  readonly longestWaitMs: number;
  readonly attemptsPerGroup: number;
  /** The tallest bar's attempts. */
  readonly attemptsMax: number;
  /** From left to right, of the height 1: reserved below, all attempts above. */
  readonly bars: readonly { readonly attempts: number; readonly reserved: number }[];
}

export function commitView({ perSecond, lineLength, settling, groups }: EventLine): CommitView {
  const attempts = perSecond.attempts.slice(-BARS);
  const reserved = perSecond.reserved.slice(-BARS);
  const attemptsMax = Math.max(0, ...attempts, ...reserved);
  const heightOf = (value = 0) => value / Math.max(1, attemptsMax);
  const missing = BARS - attempts.length;
  return {
    attemptsPerSecond: rateOf(recent(perSecond.attempts)),
    groupsPerSecond: rateOf(recent(perSecond.groups)),
    waiting: lineLength + settling,
    longestWaitMs: Math.max(0, ...recent(perSecond.waitMs)),
    attemptsPerGroup: rounded(groups.sizeMean),
    attemptsMax,
    bars: Array.from({ length: BARS }, (_, n) => ({
      attempts: heightOf(attempts[n - missing]),
      reserved: heightOf(reserved[n - missing]),
    })),
  };
}

function recent(series: readonly number[]): readonly number[] {
  return series.slice(-RECENT_SECONDS);
}

/** Over all of the time, also where the object has not been awake for so long. */
function rateOf(series: readonly number[]): number {
  return rounded(series.reduce((sum, one) => sum + one, 0) / RECENT_SECONDS);
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
