/** Which items of a sale come in sizes, drawn beforehand; and who tries several of them. */
import {
  type EventId,
  type EventItemId,
  type ItemId,
  makeEventItemId,
  makeVariantId,
  type VariantId,
} from '../worker/contract/ids.ts';
import type { SeededRandom } from './seeded-random.ts';

/** One variant of an item, as it is called when the run begins. */
export interface Size {
  id: VariantId;
  label: string;
}

export interface SizedItem {
  id: EventItemId;
  itemId: ItemId;
  stock: number;
  /** Over all sizes of the item. */
  limit: number;
  priceCents: number;
  /** Undefined for an item without sizes. */
  size: Size | undefined;
}

/** Of the runs; in all others each item is sold as it is. */
const RUNS_SHARE = 0.35;
const ITEMS_SHARE = 0.7;
const SIZES_MIN = 2;
const SIZES_MAX = 5;
const PRICE_STEP_CENTS = 500;

/** Makes sizes of some items, in some runs. Each has units and a price of its own. */
export function drawSizes(
  random: SeededRandom,
  { eventId, items, nowMs }: { eventId: EventId; items: SizedItem[]; nowMs: number },
): SizedItem[] {
  if (!random.happens(RUNS_SHARE)) return items;
  const all = items.flatMap((item, n) => {
    // One item at least comes in sizes.
    if (n > 0 && !random.happens(ITEMS_SHARE)) return [item];
    return Array.from({ length: random.int(SIZES_MIN, SIZES_MAX) }, (_, size) => ({
      ...item,
      stock: random.weighted([
        [1, 0],
        [3, random.int(1, 3)],
        [3, item.stock],
      ]),
      priceCents: item.priceCents + random.int(0, 2) * PRICE_STEP_CENTS,
      size: { id: makeVariantId(nowMs, random.fill), label: `S${size + 1}` },
    }));
  });
  return all.map((item, n) => ({ ...item, id: makeEventItemId(eventId, n + 1) }));
}

/** The ids of the event items that share a limit: all sizes of an item, or itself alone. */
export function sharedLimitIds(
  items: readonly { id: EventItemId; itemId: ItemId }[],
  id: EventItemId,
): ReadonlySet<EventItemId> {
  const itemId = items.find((item) => item.id === id)?.itemId;
  return new Set([id, ...items.filter((item) => item.itemId === itemId).map((item) => item.id)]);
}
