/** The model's orders. Every count of stock, and of what a customer has, is recounted from them. */
import type { EventItemId, OrderId, UserId } from '../worker/contract/ids.ts';
import type { Settlement } from '../worker/sale/rules/attempts.ts';
import { type OrderRow, type ShareLimit, unitsOf, waitingOfOthers } from './ledger.ts';
import { units } from './model-answers.ts';
import type { ModelItems } from './model-items.ts';
import { releasedAtMs } from './payment-rows.ts';
import type { EntryRow } from './queue-rows.ts';
import { type SizedItem, sharedLimitIds } from './sizes.ts';

/** When a settlement happens, by the sale's clock, and its number in an event with a queue. */
export interface Moment {
  nowMs: number;
  settlement: number | null;
}

/** One settlement of an event with a queue. */
export interface Round extends Moment {
  settlement: number;
  /** Items of which a further settlement is to serve more. */
  hasMore: Set<EventItemId>;
  offers: Settlement['unaskedOrders'];
}

export class ModelOrders {
  readonly #orders = new Map<OrderId, OrderRow>();
  readonly #items: ModelItems;
  readonly #share: ShareLimit;

  constructor(items: ModelItems, share: ShareLimit) {
    this.#items = items;
    this.#share = share;
  }

  get size(): number {
    return this.#orders.size;
  }

  get all(): OrderRow[] {
    return [...this.#orders.values()];
  }

  get(id: OrderId): OrderRow | undefined {
    return this.#orders.get(id);
  }

  add(order: OrderRow): void {
    this.#orders.set(order.id, order);
  }

  of(customerId: UserId): OrderRow[] {
    return [...this.#orders.values()].filter((order) => order.customerId === customerId);
  }

  on(item: SizedItem, status: OrderRow['status']): OrderRow[] {
    return [...this.#orders.values()].filter(
      (order) => order.eventItemId === item.id && order.status === status,
    );
  }

  /** Holds that are due end, apart from those that are spared. @returns them. */
  expire({ nowMs, settlement }: Moment, isSpared: (order: OrderRow) => boolean): OrderRow[] {
    const ended: OrderRow[] = [];
    for (const order of this.#orders.values()) {
      if (order.status !== 'pending' || releasedAtMs(order) > nowMs || isSpared(order)) continue;
      end(order, 'expired', settlement);
      ended.push(order);
    }
    return ended;
  }

  /** What a customer has of an item's sizes, whichever they ask for. */
  unitsOf(of: Pick<OrderRow, 'customerId' | 'eventItemId'>): { held: number; bought: number } {
    return unitsOf({ orders: this.#orders.values(), items: this.#items.all }, of, this.#share);
  }

  /** The same as a refusal tells it: with the end of an own hold whose payment is awaited, if there is one. */
  takenBy(of: Pick<OrderRow, 'customerId' | 'eventItemId'>, nowMs: number) {
    const ids = sharedLimitIds(this.#items.all, of.eventItemId);
    const ends = this.of(of.customerId)
      .filter((order) => order.status === 'pending' && order.paying && order.expiresAtMs <= nowMs)
      .filter((order) => ids.has(order.eventItemId))
      .map(releasedAtMs);
    const awaited = ends.length > 0 && { nextReleaseAtMs: Math.min(...ends) };
    return { ...this.unitsOf(of), ...awaited };
  }

  /** What the others who share the customer's limit wait for at least. */
  waitingOfOthers(
    of: Pick<OrderRow, 'customerId' | 'eventItemId'>,
    entries: Iterable<EntryRow>,
  ): number {
    return waitingOfOthers({ entries, items: this.#items.all }, of, this.#share);
  }

  /** How an item's units stand. */
  count(item: SizedItem): { total: number; remaining: number; held: number; sold: number } {
    const held = units(this.on(item, 'pending'));
    const sold = units(this.on(item, 'confirmed'));
    return { total: item.stock, remaining: item.stock - held - sold, held, sold };
  }

  snapshot(): Map<OrderId, OrderRow> {
    return new Map([...this.#orders].map(([id, order]) => [id, { ...order, payment: null }]));
  }
}

export function end(
  order: OrderRow,
  status: 'expired' | 'cancelled' | 'confirmed',
  settlement: number | null,
): void {
  order.status = status;
  order.endedIn = settlement;
}
