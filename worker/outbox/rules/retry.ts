/** What follows from one try: tried again after a pause that grows, or ended. Pure. */
import type { LeasedRow, RowResult } from '../../stores/postgres/outbox-work.ts';
import type { TryOutcome } from './outcome.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

export interface Retry {
  /** After as many failures a row is given up. */
  triesMax: number;
  /** After the first failure, the second, and so on; the last one again after all others. */
  pausesMs: readonly [number, ...number[]];
}

/** Somebody waits for it: soon again, and for about nine hours in all. */
export const RETRY_SOON: Retry = {
  triesMax: 12,
  pausesMs: [5 * SECOND_MS, 20 * SECOND_MS, MINUTE_MS, 5 * MINUTE_MS, 20 * MINUTE_MS, HOUR_MS],
};

/** Nobody waits for it: for about two days in all. */
export const RETRY_LATER: Retry = {
  triesMax: 12,
  pausesMs: [30 * SECOND_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, 2 * HOUR_MS, 6 * HOUR_MS],
};

/** Money that somebody is owed, or that was promised: for as long as its handler or its age lets it. */
export const RETRY_MONEY: Retry = {
  triesMax: 1_000,
  pausesMs: [5 * SECOND_MS, 30 * SECOND_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, HOUR_MS],
};

/** A pause is longer by up to this part of it, so that rows that failed together come apart. */
const JITTER = 0.25;
/** However long a receiver asks for: it may be wrong. */
export const PATIENCE_MS_MAX = DAY_MS;
/** A receiver that asks for no time is not asked again at once. */
export const PATIENCE_MS_MIN = SECOND_MS;
/** What is put off by quotas and receivers counts no try; after this long it is given up all the same. */
export const AGE_MS_MAX = 30 * DAY_MS;
/** Of a word that a receiver may have chosen. */
const REASON_CHARS_MAX = 100;

export interface Chance {
  nowMs: number;
  /** From 0 up to 1. */
  random(): number;
}

/** What ends a row before a try, or undefined if it is to be tried. */
export function endBeforeTry(row: LeasedRow, retry: Retry, nowMs: number): RowResult | undefined {
  const { id, tries } = row;
  if (row.dropAfterMs !== null && nowMs > row.dropAfterMs) {
    return { id, tries, lastError: 'too_late', next: 'dropped' };
  }
  // Each time its lease ran out without a word, so it may be what ends the dispatcher.
  if (tries >= retry.triesMax) return { id, tries, lastError: 'no_result', next: 'given_up' };
  if (nowMs - row.createdAtMs > AGE_MS_MAX) {
    return { id, tries, lastError: 'too_old', next: 'given_up' };
  }
  return undefined;
}

/** What becomes of a row after a try. */
export function resultOf(
  { id, tries }: LeasedRow,
  outcome: TryOutcome,
  { retry, nowMs, random }: Chance & { retry: Retry },
): RowResult {
  if (outcome.kind === 'done') {
    return { id, tries, lastError: null, next: 'done', events: outcome.events };
  }
  const lastError = outcome.reason.slice(0, REASON_CHARS_MAX);
  switch (outcome.kind) {
    case 'dropped':
      return { id, tries, lastError, next: 'dropped', events: outcome.events };
    case 'refused':
      return { id, tries: tries + 1, lastError, next: 'given_up' };
    case 'throttled': {
      const dueAtMs = nowMs + jittered(patienceMs(outcome.retryAfterMs), random);
      return { id, tries, lastError, next: { dueAtMs } };
    }
    case 'failed': {
      if (tries + 1 >= retry.triesMax) return { id, tries: tries + 1, lastError, next: 'given_up' };
      const askedMs = outcome.retryAfterMs === undefined ? 0 : patienceMs(outcome.retryAfterMs);
      const waitMs = Math.max(jittered(pauseMs(retry, tries), random), askedMs);
      return { id, tries: tries + 1, lastError, next: { dueAtMs: nowMs + waitMs } };
    }
    default:
      return outcome satisfies never;
  }
}

/** As long as a receiver asked for, within reason. In milliseconds. */
export function patienceMs(askedMs: number): number {
  return Math.min(Math.max(askedMs, PATIENCE_MS_MIN), PATIENCE_MS_MAX);
}

/** @param tries failures before the one that is paused after. */
function pauseMs({ pausesMs }: Retry, tries: number): number {
  return pausesMs[Math.min(tries, pausesMs.length - 1)] ?? pausesMs[0];
}

function jittered(ms: number, random: () => number): number {
  return Math.round(ms * (1 + JITTER * random()));
}
