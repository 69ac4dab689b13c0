/** A queue entry as its customer is given it: with its place, and what may become of it. */
import type { QueueEntry, QueueEntryStatus } from '../contract/queue.ts';
import type { Needs } from '../deps/deps.ts';
import type { PlacedEntry } from '../sale/rules/attempts.ts';
import { type HoldCounts, outlookOf } from '../sale/rules/outlook.ts';
import type { CachedRead } from '../stores/cache/cached-read.ts';
import { cachedHoldCounts } from '../stores/postgres/ended-holds.ts';
import { instant } from './attempt.ts';

/** An entry with what its outlook follows from. */
export interface PlacedNow extends PlacedEntry {
  /** Whether its sale is over. */
  isOver: boolean;
  /** Units of its item. */
  free: number;
  held: number;
}

const NOTHING_KNOWN: HoldCounts = { kept: 0, lapsed: 0 };

/** What became of the sale's holds so far, where the outlook of the entry depends on it. Throws a Fault. */
export async function holdsOf(
  stores: Needs<{ stores: 'db' | 'readCache' }>['stores'],
  placed: PlacedNow,
  requester: Pick<CachedRead<unknown>, 'keepAlive'>,
): Promise<HoldCounts | undefined> {
  if (!isWaiting(placed) || placed.ahead === null) return undefined;
  return cachedHoldCounts(stores, placed.entry.eventId, requester);
}

/** Without its receipt, see queue-receipts.ts. */
export function entryOnTheWire(
  placed: PlacedNow,
  holds = NOTHING_KNOWN,
): Omit<QueueEntry, 'receipt'> {
  const { entry, isOver, free, held } = placed;
  const { id, eventId, eventItemId, quantity, minQuantity, reason, seq, rank, orderId } = entry;
  const status: QueueEntryStatus = entry.status === 'waiting' && isOver ? 'closed' : entry.status;
  const ahead = isWaiting(placed) ? placed.ahead : null;
  const place = { minQuantity, unitsAhead: ahead?.units ?? null, free, held };
  const outlook = isWaiting(placed) ? outlookOf(place, holds) : 'unknown';
  const wish = { id, eventId, eventItemId, quantity, minQuantity, status, reason };
  const enteredAt = instant(entry.enteredAtMs);
  return { ...wish, enteredAt, seq, rank, ahead, outlook, orderId, record: entry.record ?? null };
}

function isWaiting({ entry, isOver }: PlacedNow): boolean {
  return entry.status === 'waiting' && !isOver;
}
