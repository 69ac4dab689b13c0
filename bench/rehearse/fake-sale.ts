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
  | 'holds_one_too_many';

export interface FakeOrder {
  id: OrderId;
  customer: string;
  key: string;
  status: OrderStatus;
  reservedAtMs: number;
  expiresAtMs: number;
}

export type Result =
  | { order: FakeOrder }
  | { code: ProblemCode; nextReleaseAt?: string | null; opensAt?: string };

const LATE_MS = 200;

export class FakeSale {
  readonly eventId = makeEventId((bytes) => randomFillSync(bytes));
  readonly eventItemId: EventItemId = makeEventItemId(this.eventId, 1);
  readonly orders: FakeOrder[] = [];
  closed = false;
  published = true;
  private readonly defects = new Map<Defect, number>();
  readonly startsAtMs: number;
  readonly stock: number;
  private readonly holdMs: number;
  private readonly now: () => number;

  constructor(
    sale: { startsAtMs: number; stock: number; holdMs: number; now: () => number },
    defect?: Defect,
  ) {
    this.startsAtMs = sale.startsAtMs;
    this.stock = sale.stock;
    this.holdMs = sale.holdMs;
    this.now = sale.now;
    if (defect) this.defects.set(defect, 1);
  }

  reserve(customer: string, key: string): Result {
    this.expire();
    const again = this.orders.find((order) => order.customer === customer && order.key === key);
    if (again && this.does('refuses_the_second_click')) return { code: 'limit_reached' };
    if (again && !this.does('makes_two_orders_of_a_double_click')) return { order: again };
    if (!this.isOpen()) {
      return { code: 'not_open', opensAt: new Date(this.startsAtMs).toISOString() };
    }
    if (this.forSale() <= 0 && !this.holdsTooMany()) {
      return { code: 'sold_out', nextReleaseAt: this.nextReleaseAt() };
    }
    const nowMs = this.now();
    const id = makeOrderId(this.eventId, Math.floor(nowMs), (bytes) => randomFillSync(bytes));
    const times = { reservedAtMs: nowMs, expiresAtMs: nowMs + this.holdMs };
    const order: FakeOrder = { id, customer, key, status: 'pending', ...times };
    this.orders.push(order);
    return { order };
  }

  confirm(customer: string, id: string): Result {
    this.expire();
    const order = this.find(customer, id);
    if (!order) return { code: 'not_found' };
    if (order.status === 'cancelled') return { code: 'order_cancelled' };
    if (order.status === 'expired' && this.forSale() <= 0) return { code: 'hold_expired' };
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
    const recounted = { held: this.count('pending'), sold: this.count('confirmed') };
    const stock = { ...recounted, remaining: this.free(), total: this.stock };
    if (this.does('miscounts')) Object.assign(stock, { sold: stock.sold - 1, remaining: 1 });
    if (this.does('breaks_the_law')) stock.remaining += 1;
    if (this.does('oversells_by_one_and_lies_about_it')) {
      Object.assign(stock, { sold: this.stock, remaining: 0 });
      recounted.sold = this.stock;
    }
    return { ok: true, items: [{ eventItemId: this.eventItemId, ...stock, recounted, ok: true }] };
  }

  detail(): Pick<EventDetail, 'id' | 'startsAt' | 'serverNow'> & { items: object[] } {
    const times = { startsAt: iso(this.startsAtMs), serverNow: iso(this.now()) };
    return { id: this.eventId, ...times, items: [{ id: this.eventItemId, itemId: someItemId() }] };
  }

  private isOpen(): boolean {
    if (this.does('opens_early')) return true;
    return this.now() >= this.startsAtMs + (this.does('opens_late') ? LATE_MS : 0);
  }

  private holdsTooMany(): boolean {
    return this.count('confirmed') === 0 && this.once('holds_one_too_many');
  }

  private free(): number {
    return this.stock - this.count('pending') - this.count('confirmed');
  }

  /** Counts one unit too many, so that one is oversold whatever shoppers do. */
  private forSale(): number {
    const oversells =
      this.does('oversells_by_one') || this.does('oversells_by_one_and_lies_about_it');
    return this.free() + (oversells ? 1 : 0);
  }

  private count(status: OrderStatus): number {
    return this.orders.filter((order) => order.status === status).length;
  }

  private nextReleaseAt(): string | null {
    if (this.does('sends_losers_away_too_soon')) return null;
    const pending = this.orders.filter((order) => order.status === 'pending');
    if (pending.length === 0) return null;
    return iso(Math.min(...pending.map((order) => order.expiresAtMs)));
  }

  private expire(): void {
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

export function someItemId(): string {
  return itemIdSchema.parse(`itm_${'0'.repeat(18)}`);
}

export function iso(ms: number): string {
  return new Date(ms).toISOString();
}
