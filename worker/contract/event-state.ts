/** How an event and its items stand after a settlement, and the status that follows from it. Pure. */
import type { EventStatus, Stock } from './events.ts';
import type { EventItemId } from './ids.ts';
import type { ItemQueue } from './queue.ts';

/** One item as a settlement left it. */
export interface ItemState extends Stock {
  id: EventItemId;
  /** When the earliest hold on this item ends, in milliseconds since the epoch; null without holds. */
  nextReleaseAtMs: number | null;
  /** Who waits for it. An object of the version before leaves it out. */
  queue?: ItemQueue;
}

/** The event as a settlement left it. */
export interface EventState {
  opensAtMs: number;
  /** 0 once it was closed by hand, and while it is not published. */
  closesAtMs: number;
  /** Nobody can find it while it is not; what is held then is still confirmed, cancelled and ended. */
  published: boolean;
  holdSeconds: number;
  items: ItemState[];
  /** Whether one may enter the queue once the units have gone. An object of the version before leaves it out. */
  waitlist?: boolean;
  /** Undefined where nobody ever entered and no draw is planned. */
  queue?: QueueState;
}

/** How an event's queue stands, apart from its items. */
export interface QueueState {
  /** When a draw that is not drawn yet will be; null where none is to come. */
  drawAtMs: number | null;
  /** When entries of that draw are locked; null once they are. */
  locksAtMs: number | null;
  /** Units are free for somebody who waits: another settlement is to follow at once. */
  hasMore: boolean;
}

/** The times that decide an event's status, in milliseconds since the epoch. */
export interface SaleWindow {
  startsAtMs: number;
  endsAtMs: number;
  openedAtMs: number | null;
  closedAtMs: number | null;
}

/** The status follows from the clock and the stock, so a late alarm opens nothing late. */
export function eventStatus(window: SaleWindow, unitsFree: number, nowMs: number): EventStatus {
  if (window.closedAtMs !== null || nowMs >= window.endsAtMs) return 'closed';
  if (nowMs < (window.openedAtMs ?? window.startsAtMs)) return 'locked';
  return unitsFree > 0 ? 'live' : 'sold_out';
}
