/** What a sale is at a moment of the server's clock. Must not fetch or keep anything. */
import type { EventStatus, Stock } from '../../worker/contract/events.ts';
import type { Pace } from '../time/polling.ts';

export interface SaleTimes {
  readonly status: EventStatus;
  readonly startsAt: string;
  readonly endsAt: string;
}

const LIVE_POLL_MS = 3_000;
const CALM_POLL_MS = 20_000;
const CLOSED_POLL_MS = 60_000;

/**
 * The status now, from what the server sent and the time that has passed since. The server's
 * word comes first: an admin may have opened or closed the sale by hand.
 */
export function statusAt(sale: SaleTimes, nowMs: number): EventStatus {
  if (sale.status === 'closed' || nowMs >= Date.parse(sale.endsAt)) return 'closed';
  if (sale.status === 'locked' && nowMs >= Date.parse(sale.startsAt)) return 'live';
  return sale.status;
}

/** The opening or the end: the next moment at which the clock alone changes the status. */
export function nextChangeMs(sale: SaleTimes, nowMs: number): number | null {
  const status = statusAt(sale, nowMs);
  if (status === 'closed') return null;
  return Date.parse(status === 'locked' ? sale.startsAt : sale.endsAt);
}

/** How often a page showing these sales asks for them, and at which moments besides. */
export function paceOf(sales: readonly SaleTimes[], nowMs: number): Pace {
  const statuses = sales.map((sale) => statusAt(sale, nowMs));
  const momentsMs = sales.flatMap((sale) => [Date.parse(sale.startsAt), Date.parse(sale.endsAt)]);
  if (statuses.some((status) => status === 'live' || status === 'sold_out')) {
    return { everyMs: LIVE_POLL_MS, momentsMs };
  }
  const isOver = statuses.length > 0 && statuses.every((status) => status === 'closed');
  return { everyMs: isOver ? CLOSED_POLL_MS : CALM_POLL_MS, momentsMs };
}

/** What the Buy button of an item is about. */
export type Offer = 'locked' | 'open' | 'all_held' | 'sold_out' | 'closed';

/** @param status the event's, as of now */
export function offerOf(stock: Stock, status: EventStatus): Offer {
  if (status === 'locked' || status === 'closed') return status;
  if (stock.remaining > 0) return 'open';
  return stock.held > 0 ? 'all_held' : 'sold_out';
}

export interface SaleGroups<Sale> {
  readonly live: readonly Sale[];
  readonly locked: readonly Sale[];
  readonly closed: readonly Sale[];
}

/** Sales as the list shows them: what ends first, what opens first, what ended last. */
export function groupSales<Sale extends SaleTimes>(
  sales: readonly Sale[],
  nowMs: number,
): SaleGroups<Sale> {
  const groups = Object.groupBy(sales, (sale) => {
    const status = statusAt(sale, nowMs);
    return status === 'sold_out' ? 'live' : status;
  });
  return {
    live: (groups.live ?? []).toSorted((a, b) => apart(a.endsAt, b.endsAt)),
    locked: (groups.locked ?? []).toSorted((a, b) => apart(a.startsAt, b.startsAt)),
    closed: (groups.closed ?? []).toSorted((a, b) => apart(b.endsAt, a.endsAt)),
  };
}

function apart(a: string, b: string): number {
  return Date.parse(a) - Date.parse(b);
}
