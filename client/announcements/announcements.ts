/**
 * What of a sale is worth saying aloud, and when: for those who do not see the page move. Pure:
 * looked at again and again, it tells what is news since the look before.
 */
import type { EventItem, EventStatus, Stock } from '../../worker/contract/events.ts';
import { type EndedPurchase, heldOrder, NO_PURCHASE, type Purchase } from '../purchase/purchase.ts';
import type { LiveEvent } from '../sale/live.ts';
import { statusAt } from '../sale/sale.ts';

export interface Scene {
  readonly event: LiveEvent;
  /** By event item id. */
  readonly purchases: Readonly<Record<string, Purchase>>;
  /** The server's time. */
  readonly nowMs: number;
}

export type News =
  | { readonly kind: 'opens_in' | 'closes_in'; readonly remainingMs: number }
  | { readonly kind: 'opened' | 'closed' }
  | { readonly kind: 'stock' | 'came_back'; readonly item: EventItem }
  | { readonly kind: 'hold_ends'; readonly item: EventItem; readonly remainingMs: number }
  | { readonly kind: 'held'; readonly item: EventItem; readonly remainingMs: number }
  | { readonly kind: 'ended'; readonly item: EventItem; readonly purchase: EndedPurchase };

/** What was found at the last look; null before the first, which tells nothing. */
export type Heard = {
  readonly atMs: number;
  readonly status: EventStatus;
  readonly levels: Readonly<Record<string, Level>>;
  readonly stockSaidMs: number;
  readonly purchases: Scene['purchases'];
} | null;

/** How much is left, as coarsely as it is told. */
type Level = 'plenty' | 'half' | 'few' | 'none';

const SECOND_MS = 1_000;
const CHANGE_MARKS_MS = [300 * SECOND_MS, 60 * SECOND_MS];
const HOLD_MARKS_MS = [60 * SECOND_MS, 15 * SECOND_MS];
/** A mark that was slept through by more than this is not told: it would be wrong. */
const LATE_MS_MAX = 5 * SECOND_MS;
/** Stock is told no more often than this, however fast it moves. */
export const STOCK_EVERY_MS = 20 * SECOND_MS;
/** Items told of at once; the others have their turn the next time. */
const ITEMS_AT_ONCE_MAX = 3;
const HALF = 0.5;
const FEW = 0.1;

/** @returns what to remember for the next look, and what is news, the most urgent first. */
export function listen(heard: Heard, scene: Scene): { heard: Heard; news: readonly News[] } {
  const { event, purchases, nowMs } = scene;
  const status = statusAt(event, nowMs);
  if (heard === null) {
    const levels = levelsOf(event.items);
    const stockSaidMs = Number.NEGATIVE_INFINITY;
    return { heard: { atMs: nowMs, status, levels, stockSaidMs, purchases }, news: [] };
  }
  const stock = stockNews(heard, scene, status);
  return {
    heard: {
      atMs: nowMs,
      status,
      purchases,
      levels: { ...heard.levels, ...levelsOf(stock.settled) },
      stockSaidMs: stock.news.length > 0 ? nowMs : heard.stockSaidMs,
    },
    news: [
      ...purchaseNews(heard, scene),
      ...holdNews(heard, scene),
      ...statusNews(heard, scene, status),
      ...stock.news,
    ],
  };
}

type Past = NonNullable<Heard>;

function statusNews(past: Past, { event, nowMs }: Scene, status: EventStatus): News[] {
  if (isOpen(status) && !isOpen(past.status)) return [{ kind: 'opened' }];
  if (status === 'closed') return past.status === 'closed' ? [] : [{ kind: 'closed' }];
  const kind = status === 'locked' ? 'opens_in' : 'closes_in';
  const changeMs = Date.parse(status === 'locked' ? event.startsAt : event.endsAt);
  const mark = markPassed(CHANGE_MARKS_MS, changeMs - past.atMs, changeMs - nowMs);
  return mark === undefined ? [] : [{ kind, remainingMs: mark }];
}

function purchaseNews(past: Past, { event, purchases, nowMs }: Scene): News[] {
  return event.items.flatMap((item): News[] => {
    const before = past.purchases[item.id] ?? NO_PURCHASE;
    const after = purchases[item.id] ?? NO_PURCHASE;
    if (after.step === before.step) return [];
    switch (after.step) {
      case 'held': {
        // One that could not be confirmed or given back is no news; the refusal is told itself.
        const remainingMs = Date.parse(after.order.expiresAt) - nowMs;
        return before.step === 'deciding' ? [] : [{ kind: 'held', item, remainingMs }];
      }
      case 'confirmed':
      case 'cancelled':
      case 'expired':
        return [{ kind: 'ended', item, purchase: after }];
      case 'idle':
      case 'buying':
      case 'deciding':
        return [];
      default:
        return after satisfies never;
    }
  });
}

function holdNews(past: Past, { event, purchases, nowMs }: Scene): News[] {
  return event.items.flatMap((item) => {
    const order = heldOrder(purchases[item.id] ?? NO_PURCHASE);
    if (order === null) return [];
    const endsMs = Date.parse(order.expiresAt);
    const mark = markPassed(HOLD_MARKS_MS, endsMs - past.atMs, endsMs - nowMs);
    return mark === undefined ? [] : [{ kind: 'hold_ends' as const, item, remainingMs: mark }];
  });
}

/** `settled` are the items whose level now needs no more telling. */
function stockNews(past: Past, { event, purchases, nowMs }: Scene, status: EventStatus) {
  // Before and after the sale stock is no news, and neither is the shopper's own purchase to them.
  if (!isOpen(status) || !isOpen(past.status)) return { settled: event.items, news: [] };
  const changes = event.items.map((item) => {
    const before = past.levels[item.id] ?? levelOf(item.stock);
    return { item, kind: kindOf(before, levelOf(item.stock), purchases[item.id]) };
  });
  const settled = changes.filter(({ kind }) => kind === null).map(({ item }) => item);
  if (nowMs - past.stockSaidMs < STOCK_EVERY_MS) return { settled, news: [] };
  const news = changes
    .flatMap(({ item, kind }): News[] => (kind === null ? [] : [{ kind, item }]))
    .slice(0, ITEMS_AT_ONCE_MAX);
  const told = news.flatMap((one) => ('item' in one ? one.item : []));
  return { settled: [...settled, ...told], news };
}

function kindOf(before: Level, after: Level, purchase: Purchase = NO_PURCHASE) {
  if (before === after) return null;
  if (before === 'none') {
    // To whom it was refused, the notice beside the button says it.
    return purchase.step === 'idle' && purchase.problem ? null : ('came_back' as const);
  }
  const isLess = LEVELS.indexOf(after) > LEVELS.indexOf(before);
  return isLess ? ('stock' as const) : null;
}

const LEVELS: readonly Level[] = ['plenty', 'half', 'few', 'none'];

function levelOf({ remaining, total }: Stock): Level {
  if (remaining === 0) return 'none';
  if (remaining <= total * FEW) return 'few';
  return remaining <= total * HALF ? 'half' : 'plenty';
}

function levelsOf(items: readonly EventItem[]): Record<string, Level> {
  return Object.fromEntries(items.map(({ id, stock }) => [id, levelOf(stock)]));
}

/** The last mark between the two, unless it is long past. */
function markPassed(marks: readonly number[], beforeMs: number, afterMs: number) {
  return marks.findLast(
    (markMs) => beforeMs > markMs && afterMs <= markMs && afterMs > markMs - LATE_MS_MAX,
  );
}

function isOpen(status: EventStatus): boolean {
  return status === 'live' || status === 'sold_out';
}
