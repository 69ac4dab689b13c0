/**
 * When a page asks for its own entry: a hundred thousand may wait, and must not each ask again and again.
 * Pure; the timers are in queue-store.ts.
 */
import { aheadNow, isReached, type Place } from './place.ts';

/** Whoever is reached asks spread over this long. */
export const REACHED_SPREAD_MS = 2_000;
/** Whoever is far from the front asks spread over this long. */
export const FAR_SPREAD_MS = 30_000;
/** With so few ahead, each further offer is a reason to ask. */
export const NEAR_ENTRIES = 10;
/** After an ask that brought nothing new, the next comes this much later; then twice as late, and so on. */
export const AGAIN_MS_FIRST = 5_000;
export const AGAIN_MS_MAX = 300_000;
/** Whoever was reached and waits still asks this often without another offer having been made. */
export const REACHED_ASKS_MAX = 2;

/**
 * @param random from 0 to 1
 * @returns milliseconds to wait before the entry is asked for; null where there is no reason to
 */
export function askInMs(
  place: Place,
  { nowMs, random }: { nowMs: number; random: number },
): number | null {
  const spreadMs = spreadOf(place);
  if (spreadMs === null) return null;
  const restMs = place.askedAtMs + restAfter(place.idleAsks) - nowMs;
  return Math.max(0, restMs) + random * spreadMs;
}

function spreadOf(place: Place): number | null {
  const { entry, queue, offersAsked, idleAsks, drawn } = place;
  if (entry.status !== 'waiting') return null;
  if (entry.rank === null) {
    if (drawn === null) return null;
    return drawn.rankMin > (queue?.servedRank ?? 0) ? FAR_SPREAD_MS : REACHED_SPREAD_MS;
  }
  if (queue === null) return null;
  const isNews = queue.offers !== offersAsked;
  if (isReached(place)) return isNews || idleAsks < REACHED_ASKS_MAX ? REACHED_SPREAD_MS : null;
  const ahead = aheadNow(place);
  if (ahead === null || entry.ahead === null) return idleAsks === 0 ? FAR_SPREAD_MS : null;
  const isNear = ahead.entries <= NEAR_ENTRIES;
  // Somebody left: few need to know at once how far that brings them.
  if (!isNews) return isNear && ahead.isAtMost ? REACHED_SPREAD_MS : null;
  if (isNear) return REACHED_SPREAD_MS;
  // At most seventeen times from a hundred thousand to the front.
  return ahead.entries <= entry.ahead.entries / 2 ? FAR_SPREAD_MS : null;
}

function restAfter(idleAsks: number): number {
  return idleAsks === 0 ? 0 : Math.min(AGAIN_MS_MAX, AGAIN_MS_FIRST * 2 ** (idleAsks - 1));
}
