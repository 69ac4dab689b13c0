/** How often a fan-out object, or a viewer, is sent something: pure, with the time passed in. */
import { SHARDS } from './shards.ts';

/** While there are viewers. */
export const WATCHED_EVERY_MS = 250;
/** While there are very many; the last state still arrives within two seconds. */
export const CROWDED_EVERY_MS = 1_000;
/**
 * Messages that one object may send in a second; with more viewers it is sent less. Each was measured
 * to cost the runtime 30 us, some of it in the same thread as the sale where both are on one machine.
 */
const MESSAGES_PER_SECOND_MAX = 500;
/** Without viewers: often enough that the next one is not shown old stock for long. */
export const UNWATCHED_EVERY_MS = 2_000;
/** Of the discussion: after each note, those who read it request a page. */
export const DISCUSSION_EVERY_MS = 1_000;

/** How often to send to an object with so many viewers: the more there are, the less often. */
export function everyMsFor(viewers: number): number {
  if (viewers === 0) return UNWATCHED_EVERY_MS;
  const fittingMs = (viewers * 1_000) / MESSAGES_PER_SECOND_MAX;
  return Math.min(CROWDED_EVERY_MS, Math.max(WATCHED_EVERY_MS, fittingMs));
}

export interface Recipient {
  shard: number;
  /** When it was last sent something, in milliseconds since the epoch; undefined if never. */
  sentAtMs: number | undefined;
  everyMs: number;
}

/** How long a period still lasts, 0 to all of it. */
export function dueInMs({ sentAtMs, everyMs }: Omit<Recipient, 'shard'>, nowMs: number): number {
  if (sentAtMs === undefined) return 0;
  // A clock that was set back must not make anybody wait for longer than usual.
  return Math.min(everyMs, Math.max(0, sentAtMs + everyMs - nowMs));
}

/**
 * How long to wait before sending again, 0 to a period and a half. Objects with many viewers take
 * turns: if all of them sent to thousands in the same instant, purchases would wait for it.
 */
export function waitMs({ shard, sentAtMs, everyMs }: Recipient, nowMs: number): number {
  if (sentAtMs === undefined) return 0;
  const dueMs = dueInMs({ sentAtMs, everyMs }, nowMs);
  const isCrowd = everyMs > WATCHED_EVERY_MS && everyMs <= CROWDED_EVERY_MS;
  if (!isCrowd) return dueMs;
  // A timer may be a little early or late: that must neither double a turn nor lose one.
  const fromMs = nowMs + Math.max(0, dueMs - everyMs / 2);
  const sinceTurnMs = (fromMs - (shard * everyMs) / SHARDS) % everyMs;
  return fromMs - nowMs + ((everyMs - sinceTurnMs) % everyMs);
}
