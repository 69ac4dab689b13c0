/**
 * What of a sale is worth saying aloud, and when: for those who do not see the page move. Pure:
 * looked at again and again, it finds what is to be announced since the look before.
 */
import type { EventItem, EventStatus, Stock } from '../../worker/contract/events.ts';
import { type EndedPurchase, heldOrder, NO_PURCHASE, type Purchase } from '../purchase/purchase.ts';
import type { LiveEvent } from '../sale/live.ts';
import { statusAt } from '../sale/sale.ts';

export interface Scene {
  readonly event: LiveEvent;
  /** The items whose stock is announced: of variants the chosen one, or all together. */
  readonly shown: readonly EventItem[];
  /** By event item id. */
  readonly purchases: Readonly<Record<string, Purchase>>;
  /** The server's time. */
  readonly nowMs: number;
}

export type Announcement =
  | { readonly kind: 'opens_in' | 'closes_in'; readonly remainingMs: number }
  | { readonly kind: 'opened' | 'closed' }
  | { readonly kind: 'stock' | 'came_back'; readonly item: EventItem }
  | { readonly kind: 'hold_ends'; readonly item: EventItem; readonly remainingMs: number }
  | { readonly kind: 'held'; readonly item: EventItem; readonly remainingMs: number }
  | { readonly kind: 'ended'; readonly item: EventItem; readonly purchase: EndedPurchase };

/** What was found at the last look; null before the first, which announces nothing. */
export type Observed = {
  readonly atMs: number;
  readonly status: EventStatus;
  readonly levels: Readonly<Record<string, Level>>;
  readonly stockAnnouncedMs: number;
  readonly purchases: Scene['purchases'];
} | null;

/** How much is left, as coarsely as it is announced. */
type Level = 'plenty' | 'half' | 'few' | 'none';

const SECOND_MS = 1_000;
const CHANGE_MARKS_MS = [300 * SECOND_MS, 60 * SECOND_MS];
const HOLD_MARKS_MS = [60 * SECOND_MS, 15 * SECOND_MS];
/** A mark that was slept through by more than this is not announced: it would be wrong. */
const LATE_MS_MAX = 5 * SECOND_MS;
/** Stock is announced no more often than this, however fast it moves. */
export const STOCK_EVERY_MS = 20 * SECOND_MS;
/** Items announced at once; the others have their turn the next time. */
const ITEMS_AT_ONCE_MAX = 3;
const HALF = 0.5;
const FEW = 0.1;

/** @returns what to remember for the next look, and what to announce, the most urgent first. */
export function observe(
  observed: Observed,
  scene: Scene,
): { observed: Observed; announcements: readonly Announcement[] } {
  const { event, shown, purchases, nowMs } = scene;
  const status = statusAt(event, nowMs);
  if (observed === null) {
    const levels = levelsOf(shown);
    const stockAnnouncedMs = Number.NEGATIVE_INFINITY;
    return {
      observed: { atMs: nowMs, status, levels, stockAnnouncedMs, purchases },
      announcements: [],
    };
  }
  const stock = stockAnnouncements(observed, scene, status);
  return {
    observed: {
      atMs: nowMs,
      status,
      purchases,
      levels: { ...observed.levels, ...levelsOf(stock.settled) },
      stockAnnouncedMs: stock.announcements.length > 0 ? nowMs : observed.stockAnnouncedMs,
    },
    announcements: [
      ...purchaseAnnouncements(observed, scene),
      ...holdAnnouncements(observed, scene),
      ...statusAnnouncements(observed, scene, status),
      ...stock.announcements,
    ],
  };
}

type Past = NonNullable<Observed>;

function statusAnnouncements(
  past: Past,
  { event, nowMs }: Scene,
  status: EventStatus,
): Announcement[] {
  if (isOpen(status) && !isOpen(past.status)) return [{ kind: 'opened' }];
  if (status === 'closed') return past.status === 'closed' ? [] : [{ kind: 'closed' }];
  const kind = status === 'locked' ? 'opens_in' : 'closes_in';
  const changeMs = Date.parse(status === 'locked' ? event.startsAt : event.endsAt);
  const mark = markPassed(CHANGE_MARKS_MS, changeMs - past.atMs, changeMs - nowMs);
  return mark === undefined ? [] : [{ kind, remainingMs: mark }];
}

function purchaseAnnouncements(past: Past, { event, purchases, nowMs }: Scene): Announcement[] {
  return event.items.flatMap((item): Announcement[] => {
    const before = past.purchases[item.id] ?? NO_PURCHASE;
    const after = purchases[item.id] ?? NO_PURCHASE;
    if (after.step === before.step) return [];
    switch (after.step) {
      case 'held': {
        // One that could not be confirmed or given back is not announced; the refusal is shown by itself.
        const remainingMs = Date.parse(after.order.expiresAt) - nowMs;
        // An offer of a queue is told on every screen, by client/queue/.
        const isTold = before.step === 'deciding' || after.order.entryId;
        return isTold ? [] : [{ kind: 'held', item, remainingMs }];
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

function holdAnnouncements(past: Past, { event, purchases, nowMs }: Scene): Announcement[] {
  return event.items.flatMap((item) => {
    const order = heldOrder(purchases[item.id] ?? NO_PURCHASE);
    if (order === null) return [];
    const endsMs = Date.parse(order.expiresAt);
    const mark = markPassed(HOLD_MARKS_MS, endsMs - past.atMs, endsMs - nowMs);
    return mark === undefined ? [] : [{ kind: 'hold_ends' as const, item, remainingMs: mark }];
  });
}

/** `settled` are the items whose level now needs no announcement any more. */
function stockAnnouncements(past: Past, { shown, purchases, nowMs }: Scene, status: EventStatus) {
  // Not before or after the sale, nor what the shopper bought.
  if (!isOpen(status) || !isOpen(past.status)) return { settled: shown, announcements: [] };
  const changes = shown.map((item) => {
    const before = past.levels[item.id] ?? levelOf(item.stock);
    return { item, kind: kindOf(before, levelOf(item.stock), purchases[item.id]) };
  });
  const settled = changes.filter(({ kind }) => kind === null).map(({ item }) => item);
  if (nowMs - past.stockAnnouncedMs < STOCK_EVERY_MS) return { settled, announcements: [] };
  const announcements = changes
    .flatMap(({ item, kind }): Announcement[] => (kind === null ? [] : [{ kind, item }]))
    .slice(0, ITEMS_AT_ONCE_MAX);
  const announced = announcements.flatMap((one) => ('item' in one ? one.item : []));
  return { settled: [...settled, ...announced], announcements };
}

function kindOf(before: Level, after: Level, purchase: Purchase = NO_PURCHASE) {
  if (before === after) return null;
  if (before === 'none') {
    // Whoever was refused reads it in the notice beside the button.
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
