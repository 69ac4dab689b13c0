/**
 * A sale in memory, right by default and wrong on demand, to try the rehearsal on. Only for tests;
 * must not know HTTP.
 */
import { randomFillSync } from 'node:crypto';
import type { EventDetail, Integrity } from '../../worker/contract/events.ts';
import {
  type EventItemId,
  itemIdSchema,
  makeEventId,
  makeEventItemId,
  makeOrderId,
  type OrderId,
} from '../../worker/contract/ids.ts';
import type { OrderStatus } from '../../worker/contract/orders.ts';
import type { ProblemCode } from '../../worker/contract/problems.ts';

export type Defect =
  | 'oversells_by_one'
  | 'oversells_by_one_and_lies_about_it'
  | 'loses_an_order'
  | 'miscounts'
  | 'breaks_the_law'
  | 'makes_two_orders_of_a_double_click'
  | 'refuses_the_second_click'
  | 'opens_early'
  | 'opens_late'
  | 'strands_abandoned_holds'
  | 'sends_losers_away_too_soon'
  | 'sells_what_was_cancelled'
  | 'holds_one_too_many'
  | 'limits_each_variant_alone';

export interface FakeOrder {
  id: OrderId;
  eventItemId: EventItemId;
  customer: string;
  key: string;
  status: OrderStatus;
  reservedAtMs: number;
  expiresAtMs: number;
}

export type Result =
  | { order: FakeOrder }
  | { code: ProblemCode; nextReleaseAt?: string | null; opensAt?: string };

/** What is sold as an event item of its own, and of which item it is. */
interface Lot {
  id: EventItemId;
  item: number;
  stock: number;
}

const LATE_MS = 1_000;

export class FakeSale {
  readonly eventId = makeEventId((bytes) => randomFillSync(bytes));
  readonly orders: FakeOrder[] = [];
  /** Its answer for good: a request that a busy machine delayed must not be granted after all. */
  private readonly refusedKeys = new Map<string, Result>();
  closed = false;
  published = true;
  private readonly defects = new Map<Defect, number>();
  readonly startsAtMs: number;
  private readonly lots: readonly Lot[];
  private readonly holdMs: number;
  private readonly now: () => number;

  /** @param sale its items with the units of each variant, or of the item where it has none. */
  constructor(
    sale: { startsAtMs: number; items: number[][]; holdMs: number; now: () => number },
    defect?: Defect,
  ) {
    this.startsAtMs = sale.startsAtMs;
    this.lots = sale.items
      .flatMap((units, item) => units.map((stock) => ({ item, stock })))
      .map((lot, n) => ({ ...lot, id: makeEventItemId(this.eventId, n + 1) }));
    this.holdMs = sale.holdMs;
    this.now = sale.now;
    if (defect) this.defects.set(defect, 1);
  }

  reserve(customer: string, key: string, eventItemId: string): Result {
    this.expire();
    const lot = this.lots.find(({ id }) => id === eventItemId);
    if (!lot) return { code: 'not_found' };
    const again = this.orders.find((order) => order.customer === customer && order.key === key);
    if (again && this.does('refuses_the_second_click')) return { code: 'limit_reached' };
    if (again && !this.does('makes_two_orders_of_a_double_click')) return { order: again };
    const known = this.refusedKeys.get(`${customer} ${key}`);
    if (known) return known;
    const refusal = this.refusalFor(customer, lot, again !== undefined);
    if (refusal) {
      this.refusedKeys.set(`${customer} ${key}`, refusal);
      return refusal;
    }
    const nowMs = this.now();
    const id = makeOrderId(this.eventId, Math.floor(nowMs), (bytes) => randomFillSync(bytes));
    const times = { reservedAtMs: nowMs, expiresAtMs: nowMs + this.holdMs };
    const who = { eventItemId: lot.id, customer, key };
    const order: FakeOrder = { id, ...who, status: 'pending', ...times };
    this.orders.push(order);
    return { order };
  }

  confirm(customer: string, id: string): Result {
    this.expire();
    const order = this.find(customer, id);
    if (!order) return { code: 'not_found' };
    if (order.status === 'cancelled') return { code: 'order_cancelled' };
    const lot = this.lots.find((one) => one.id === order.eventItemId);
    if (!lot) return { code: 'not_found' };
    const isTooLate = this.forSale(lot) <= 0 || this.hasOneOf(customer, lot);
    if (order.status === 'expired' && isTooLate) return { code: 'hold_expired' };
    order.status = 'confirmed';
    const told = { ...order };
    if (this.once('loses_an_order')) order.status = 'cancelled';
    return { order: told };
  }

  cancel(customer: string, id: string): Result {
    this.expire();
    const order = this.find(customer, id);
    if (!order) return { code: 'not_found' };
    if (order.status === 'confirmed') return { code: 'order_confirmed' };
    if (order.status === 'pending') order.status = 'cancelled';
    const told = { ...order };
    if (this.once('sells_what_was_cancelled')) order.status = 'confirmed';
    return { order: told };
  }

  integrity(): Integrity {
    this.expire();
    const queue = { ok: true, items: [], unmatchedOffers: 0, untimelyOffers: 0 };
    const money = { ok: true, broken: {} };
    return { ok: true, items: this.lots.map((lot) => this.recount(lot)), queue, money };
  }

  detail(): Pick<EventDetail, 'id' | 'startsAt' | 'serverNow'> & { items: object[] } {
    const times = { startsAt: iso(this.startsAtMs), serverNow: iso(this.now()) };
    const items = this.lots.map(({ id, item }) => ({ id, itemId: someItemId(item) }));
    return { id: this.eventId, ...times, items };
  }

  private recount(lot: Lot): Integrity['items'][number] {
    const recounted = { held: this.count('pending', lot), sold: this.count('confirmed', lot) };
    const stock = { ...recounted, remaining: this.free(lot), total: lot.stock };
    if (this.does('miscounts')) Object.assign(stock, { sold: stock.sold - 1, remaining: 1 });
    if (this.does('breaks_the_law')) stock.remaining += 1;
    if (this.does('oversells_by_one_and_lies_about_it')) {
      Object.assign(stock, { sold: lot.stock, remaining: 0 });
      recounted.sold = lot.stock;
    }
    return { eventItemId: lot.id, ...stock, recounted, ok: true };
  }

  private refusalFor(customer: string, lot: Lot, isAgain: boolean): Result | undefined {
    if (!this.isOpen()) {
      return { code: 'not_open', opensAt: new Date(this.startsAtMs).toISOString() };
    }
    if (!isAgain && this.hasOneOf(customer, lot)) return { code: 'limit_reached' };
    if (this.forSale(lot) <= 0 && !this.holdsTooMany()) {
      return { code: 'sold_out', nextReleaseAt: this.nextReleaseAt(lot) };
    }
    return undefined;
  }

  private isOpen(): boolean {
    if (this.does('opens_early')) return true;
    return this.now() >= this.startsAtMs + (this.does('opens_late') ? LATE_MS : 0);
  }

  private holdsTooMany(): boolean {
    return (
      this.orders.every(({ status }) => status !== 'confirmed') && this.once('holds_one_too_many')
    );
  }

  private hasOneOf(customer: string, { id, item }: Lot): boolean {
    const lots = this.lots.filter((lot) =>
      this.does('limits_each_variant_alone') ? lot.id === id : lot.item === item,
    );
    const ids = new Set(lots.map((lot) => lot.id));
    return this.orders.some(
      (order) =>
        order.customer === customer &&
        ids.has(order.eventItemId) &&
        (order.status === 'pending' || order.status === 'confirmed'),
    );
  }

  private free(lot: Lot): number {
    return lot.stock - this.count('pending', lot) - this.count('confirmed', lot);
  }

  /** Counts one unit too many, so that one is oversold whatever shoppers do. */
  private forSale(lot: Lot): number {
    const oversells =
      this.does('oversells_by_one') || this.does('oversells_by_one_and_lies_about_it');
    return this.free(lot) + (oversells ? 1 : 0);
  }

  private count(status: OrderStatus, { id }: Lot): number {
    return this.orders.filter((order) => order.eventItemId === id && order.status === status)
      .length;
  }

  private nextReleaseAt({ id }: Lot): string | null {
    if (this.does('sends_losers_away_too_soon')) return null;
    const pending = this.orders.filter(
      (order) => order.eventItemId === id && order.status === 'pending',
    );
    if (pending.length === 0) return null;
    return iso(Math.min(...pending.map((order) => order.expiresAtMs)));
  }

  /** Ends the holds whose time is over. */
  expire(): void {
    if (this.does('strands_abandoned_holds')) return;
    for (const order of this.orders) {
      if (order.status === 'pending' && order.expiresAtMs <= this.now()) order.status = 'expired';
    }
  }

  private find(customer: string, id: string): FakeOrder | undefined {
    return this.orders.find((order) => order.customer === customer && order.id === id);
  }

  private does(defect: Defect): boolean {
    return this.defects.has(defect);
  }

  private once(defect: Defect): boolean {
    const left = this.defects.get(defect) ?? 0;
    if (left > 0) this.defects.set(defect, left - 1);
    return left > 0;
  }
}

/** @param item its place in the plan, from 0 to 9. */
export function someItemId(item = 0): string {
  return itemIdSchema.parse(`itm_${'0'.repeat(17)}${item}`);
}

export function iso(ms: number): string {
  return new Date(ms).toISOString();
}
