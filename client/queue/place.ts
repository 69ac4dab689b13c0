/**
 * One's own place in an item's queue: the entry as it was asked for, and what the item's public queue has
 * shown since, from which the place now is worked out without asking again. Pure.
 */
import type { Stock } from '../../worker/contract/events.ts';
import type { Ahead, ItemQueue, Outlook, QueueEntry } from '../../worker/contract/queue.ts';

/** `reached`: its turn may have come; `offered`: others were made an offer; `left`: others may have left. */
export type AskReason = 'reached' | 'offered' | 'left';

const NO_IDLE_ASKS: Readonly<Record<AskReason, number>> = { reached: 0, offered: 0, left: 0 };

export interface Place {
  readonly entry: QueueEntry;
  /** What it is a place for, for a person. Null where only its id is known. */
  readonly name: string | null;
  /** The server's time when it was asked for, in epoch milliseconds. */
  readonly askedAtMs: number;
  /** The newest that is known of the item's queue; null before anything is. */
  readonly queue: ItemQueue | null;
  /** As many offers are counted in the entry's own `ahead`. */
  readonly offersCounted: number;
  /** Offers that were known when the entry was asked for last; null where none were. */
  readonly offersAsked: number | null;
  /** Some of those ahead may have left since. */
  readonly isAtMost: boolean;
  /** How often in a row asking for it brought nothing new, by why it was asked for. */
  readonly idleAsks: Readonly<Record<AskReason, number>>;
  /** Of a draw that is over while the entry has no rank here: how far back it is at least. */
  readonly drawn: { readonly rankMin: number } | null;
}

/** The public queue may be this much older than an answer about an entry. */
export const QUEUE_AGE_MS_MAX = 2_000;

/**
 * @param nowMs the server's time in epoch milliseconds
 * @param reason why it was asked for; null where it was told without that, which counts as no ask
 */
export function takeEntry(
  before: Place | undefined,
  entry: QueueEntry,
  {
    nowMs,
    name = null,
    reason = null,
  }: { nowMs: number; name?: string | null; reason?: AskReason | null },
): Place {
  const same = before?.entry.id === entry.id ? before : undefined;
  const isUnchanged =
    same !== undefined &&
    same.entry.status === entry.status &&
    same.entry.rank === entry.rank &&
    same.entry.ahead?.entries === entry.ahead?.entries;
  const queue = before?.queue ?? null;
  return {
    entry,
    name: name ?? same?.name ?? null,
    askedAtMs: nowMs,
    queue,
    offersCounted: queue?.offers ?? 0,
    offersAsked: queue?.offers ?? null,
    isAtMost: false,
    idleAsks: isUnchanged ? oneMore(same.idleAsks, reason) : NO_IDLE_ASKS,
    drawn: entry.rank === null ? (same?.drawn ?? null) : null,
  };
}

/** That asking failed: it is tried again, later and later. */
export function takeFailure(
  place: Place,
  { nowMs, reason }: { nowMs: number; reason: AskReason },
): Place {
  return { ...place, askedAtMs: nowMs, idleAsks: oneMore(place.idleAsks, reason) };
}

function oneMore(idleAsks: Place['idleAsks'], reason: AskReason | null): Place['idleAsks'] {
  return reason === null ? idleAsks : { ...idleAsks, [reason]: idleAsks[reason] + 1 };
}

/** @returns the very same place where the queue brings nothing new, as an older one does not */
export function takeQueue(place: Place, queue: ItemQueue, nowMs: number): Place {
  const { queue: before } = place;
  if (before && (queue.offers < before.offers || isSame(queue, before))) return place;
  // What comes this soon may be counted in the entry already: rather too many ahead than too few.
  const isCounted = before === null || nowMs - place.askedAtMs < QUEUE_AGE_MS_MAX;
  return {
    ...place,
    queue,
    offersCounted: isCounted ? queue.offers : place.offersCounted,
    isAtMost: place.isAtMost || (before !== null && hasLost(before, queue)),
  };
}

/** More wait no longer than were made an offer: it is not told where they stood. */
function hasLost(before: ItemQueue, now: ItemQueue): boolean {
  return before.waiting - now.waiting > now.offers - before.offers;
}

export interface AheadNow extends Ahead {
  /** There may be fewer. One who leaves while another comes is not seen. */
  readonly isAtMost: boolean;
  /** They may wish for fewer units: how many those wished for who are not ahead any more is not told. */
  readonly areUnitsAtMost: boolean;
}

/** Who is ahead now. Null where it has no rank. */
export function aheadNow(place: Place): AheadNow | null {
  const { entry, queue, offersCounted } = place;
  if (entry.status !== 'waiting' || entry.ahead === null) return null;
  const { entries: asked, units } = entry.ahead;
  if (queue === null || asked === 0)
    return { ...entry.ahead, isAtMost: false, areUnitsAtMost: false };
  const isPassed = isReached(place);
  // Whoever wants more than came free is passed: the offers since then were not all ahead.
  const left = isPassed ? asked : asked - (queue.offers - offersCounted);
  const entries = Math.max(0, Math.min(left, queue.waiting - 1));
  const isAtMost = entries > 0 && (place.isAtMost || isPassed);
  return {
    entries,
    // Each of the others wished for one at least.
    units: entries === 0 ? 0 : units - (asked - entries),
    isAtMost,
    areUnitsAtMost: isAtMost || (entries > 0 && entries < asked && units > asked),
  };
}

/** The queue was served as far as this entry, or past it. */
export function isReached({ entry, queue }: Place): boolean {
  return entry.rank !== null && queue !== null && queue.servedRank >= entry.rank;
}

/** What the server said of it, unless the stock shows that by now nothing can come, or can again. */
export function outlookNow({ entry }: Place, { remaining, held }: Stock): Outlook {
  if (remaining + held < entry.minQuantity) return 'impossible';
  if (entry.outlook !== 'impossible') return entry.outlook;
  return entry.rank === null ? 'unknown' : 'possible';
}

function isSame(a: ItemQueue, b: ItemQueue): boolean {
  return (
    a.waiting === b.waiting &&
    a.waitingUnits === b.waitingUnits &&
    a.servedRank === b.servedRank &&
    a.offers === b.offers
  );
}
