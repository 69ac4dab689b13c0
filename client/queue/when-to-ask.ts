/**
 * When a page asks for its own entry: a hundred thousand may wait, and must not each ask again and again.
 * Pure; the timers are in queue-store.ts.
 */
import { type AskReason, aheadNow, isReached, type Place } from './place.ts';

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
  const ask = nextAsk(place);
  if (ask === null) return null;
  // By reason: what brought nothing new before must not delay the ask of whoever is reached now.
  const restMs = place.askedAtMs + restAfter(place.idleAsks[ask.reason]) - nowMs;
  return Math.max(0, restMs) + random * ask.spreadMs;
}

/** @returns why the entry is to be asked for; null where there is no reason to */
export function reasonToAsk(place: Place): AskReason | null {
  return nextAsk(place)?.reason ?? null;
}

interface Ask {
  readonly reason: AskReason;
  readonly spreadMs: number;
}

const WHEN_REACHED: Ask = { reason: 'reached', spreadMs: REACHED_SPREAD_MS };
const WHEN_NEAR: Ask = { reason: 'offered', spreadMs: REACHED_SPREAD_MS };
const WHEN_FAR: Ask = { reason: 'offered', spreadMs: FAR_SPREAD_MS };
const WHEN_LEFT: Ask = { reason: 'left', spreadMs: REACHED_SPREAD_MS };

function nextAsk(place: Place): Ask | null {
  const { entry, queue, offersAsked, idleAsks, drawn } = place;
  if (entry.status !== 'waiting') return null;
  if (entry.rank === null) {
    if (drawn === null) return null;
    return drawn.rankMin > (queue?.servedRank ?? 0) ? WHEN_FAR : WHEN_REACHED;
  }
  if (queue === null) return null;
  const isNews = queue.offers !== offersAsked;
  if (isReached(place)) return isNews || idleAsks.reached < REACHED_ASKS_MAX ? WHEN_REACHED : null;
  const ahead = aheadNow(place);
  if (ahead === null || entry.ahead === null) return idleAsks.offered === 0 ? WHEN_FAR : null;
  const isNear = ahead.entries <= NEAR_ENTRIES;
  // Somebody left: few need to know at once how far that brings them.
  if (!isNews) return isNear && ahead.isAtMost ? WHEN_LEFT : null;
  if (isNear) return WHEN_NEAR;
  // At most seventeen times from a hundred thousand to the front.
  return ahead.entries <= entry.ahead.entries / 2 ? WHEN_FAR : null;
}

function restAfter(idleAsks: number): number {
  return idleAsks === 0 ? 0 : Math.min(AGAIN_MS_MAX, AGAIN_MS_FIRST * 2 ** (idleAsks - 1));
}
