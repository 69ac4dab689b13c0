/** How often one reader is told: pure, with the time passed in. */

import { SHARDS } from './shards.ts';

/** While some watch. */
export const WATCHED_EVERY_MS = 250;
/** While very many do; with what a call takes, the last state is still there within two seconds. */
export const CROWDED_EVERY_MS = 1_000;
/**
 * Messages that one object sends in a second before it is told less often. Each was measured to cost
 * the runtime 30 us, some of it in the same thread as the sale where both are on one machine.
 */
const MESSAGES_PER_SECOND_MAX = 500;
/** While nobody does: often enough that whoever comes then is not shown old stock for long. */
export const UNWATCHED_EVERY_MS = 2_000;
/** Of the discussion: each note makes those who read it ask for a page. */
export const DISCUSSED_EVERY_MS = 1_000;

/** How often an object is told that so many watch: the more there are, the less often. */
export function everyMsFor(viewers: number): number {
  if (viewers === 0) return UNWATCHED_EVERY_MS;
  const fittingMs = (viewers * 1_000) / MESSAGES_PER_SECOND_MAX;
  return Math.min(CROWDED_EVERY_MS, Math.max(WATCHED_EVERY_MS, fittingMs));
}

export interface Reader {
  shard: number;
  /** When it was told before, in milliseconds since the epoch; undefined if never. */
  sentAtMs: number | undefined;
  everyMs: number;
}

/** How long a period still lasts, 0 to all of it. */
export function dueInMs({ sentAtMs, everyMs }: Omit<Reader, 'shard'>, nowMs: number): number {
  if (sentAtMs === undefined) return 0;
  // A clock that was set back must not silence anybody for longer than usual.
  return Math.min(everyMs, Math.max(0, sentAtMs + everyMs - nowMs));
}

/**
 * How long to wait before telling again, 0 to a period and a half. A crowd is told at times of its
 * own: while an event's objects send to thousands in the same instant, nothing is sold.
 */
export function waitMs({ shard, sentAtMs, everyMs }: Reader, nowMs: number): number {
  if (sentAtMs === undefined) return 0;
  const dueMs = dueInMs({ sentAtMs, everyMs }, nowMs);
  const isCrowd = everyMs > WATCHED_EVERY_MS && everyMs <= CROWDED_EVERY_MS;
  if (!isCrowd) return dueMs;
  // A timer may ring a little early or late: that must not make two turns of one, nor lose one.
  const fromMs = nowMs + Math.max(0, dueMs - everyMs / 2);
  const sinceTurnMs = (fromMs - (shard * everyMs) / SHARDS) % everyMs;
  return fromMs - nowMs + ((everyMs - sinceTurnMs) % everyMs);
}
