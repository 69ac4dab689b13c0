/** Which way into an item's queue is open now. Pure. */
import type { EventDetail, EventStatus, Stock } from '../../worker/contract/events.ts';
import type { ItemQueue } from '../../worker/contract/queue.ts';

/**
 * `draw` while entries count the same, however early; `late` behind those, before the opening; `drawing`
 * after it, until offers are made.
 */
export type WayIn = 'draw' | 'late' | 'drawing' | 'waitlist';

/** Not in time for a draw without a waitlist: one can neither enter nor buy before it is over. */
export type NoWayIn = 'entries_closed';

export interface QueuedSale {
  readonly event: Pick<EventDetail, 'admission' | 'waitlist' | 'entriesCloseAt'>;
  /** As of now. */
  readonly status: EventStatus;
  readonly stock: Stock;
  readonly queue: ItemQueue;
  /** The last press of Buy was refused because others wait. */
  readonly hasRefused: boolean;
}

/** @returns null where there is none, and one buys or cannot at all */
export function wayIn(sale: QueuedSale, nowMs: number): WayIn | NoWayIn | null {
  const { event, status, stock, queue, hasRefused } = sale;
  if (status === 'closed') return null;
  const isDraw = event.admission === 'draw';
  if (status === 'locked') {
    if (!isDraw || event.entriesCloseAt === null) return null;
    if (nowMs < Date.parse(event.entriesCloseAt)) return 'draw';
    return event.waitlist ? 'late' : 'entries_closed';
  }
  // Who entered in time has the first units; nobody may buy before that.
  if (isDraw && queue.offers === 0 && queue.waiting > 0) {
    return event.waitlist ? 'drawing' : 'entries_closed';
  }
  if (!event.waitlist) return null;
  return stock.remaining === 0 || hasRefused ? 'waitlist' : null;
}
