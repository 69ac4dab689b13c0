/**
 * A second `settle_group`, written from the rules of the purchase and not from the SQL: the same
 * JSON in and out. It keeps orders only; every count is recounted from them.
 */
import type { OrderId, UserId } from '../worker/contract/ids.ts';
import type { LedgerAnswer, Settlement, StampedAttempt } from '../worker/sale/rules/attempts.ts';
import { mailboxesOf } from './conditions.ts';
import type { AdminChange, ItemRow, Ledger, OrderRow, Snapshot } from './ledger.ts';
import { ENDED_WITH_ACCOUNT, type ShareLimit, shareLimit, unitsOf } from './ledger.ts';
import { ModelAccounts } from './model-accounts.ts';
import {
  changed,
  confirmsInTime,
  holdOf,
  isAsShown,
  isSameKey,
  units,
  yes,
} from './model-answers.ts';
import { ModelItems } from './model-items.ts';
import { ModelWindow } from './model-window.ts';
import { confirmationOf, type OutboxRow } from './outbox-rows.ts';
import type { Scenario } from './scenario.ts';
import type { SizedItem } from './sizes.ts';

type Reserve = Extract<StampedAttempt, { kind: 'reserve' }>;
type SettleHold = Extract<StampedAttempt, { kind: 'confirm' | 'cancel' }>;

const CURRENCY = 'EUR';

export class ModelLedger implements Ledger {
  readonly #scenario: Scenario;
  readonly #items: ModelItems;
  readonly #orders = new Map<OrderId, OrderRow>();
  readonly #accounts: ModelAccounts;
  readonly #window: ModelWindow;
  readonly #mailboxes: Map<UserId, string>;
  readonly #shareLimit: ShareLimit;
  readonly #outbox: OutboxRow[] = [];

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
    this.#window = new ModelWindow(scenario);
    this.#accounts = new ModelAccounts(scenario);
    this.#mailboxes = mailboxesOf(scenario.customers, scenario);
    this.#shareLimit = shareLimit({ ...scenario, mailboxes: this.#mailboxes });
    this.#items = new ModelItems(scenario);
  }

  settle(group: StampedAttempt[], nowMs: number): Promise<Settlement | null> {
    for (const order of this.#orders.values()) {
      const isDue = order.status === 'pending' && order.expiresAtMs <= nowMs;
      if (isDue && !group.some((one) => confirmsInTime(one, order))) order.status = 'expired';
    }
    const answers = new Map<StampedAttempt, LedgerAnswer>();
    for (const attempt of group) {
      if (attempt.kind === 'confirm') answers.set(attempt, this.#confirm(attempt, nowMs));
      if (attempt.kind === 'cancel') answers.set(attempt, this.#cancel(attempt));
    }
    for (const order of this.#orders.values()) {
      if (order.status === 'pending' && order.expiresAtMs <= nowMs) order.status = 'expired';
    }
    for (const attempt of group) {
      if (attempt.kind === 'reserve') answers.set(attempt, this.#reserve(attempt, nowMs));
    }
    return Promise.resolve({
      opensAtMs: this.#window.opensAtMs,
      closesAtMs: this.#window.closesAtMs,
      published: this.#window.isPublished,
      holdSeconds: this.#scenario.holdSeconds,
      items: this.#items.all.map((item) => {
        const { id, total, remaining, held, sold } = this.#count(item);
        const ends = this.#ordersOn(item, 'pending').map(({ expiresAtMs }) => expiresAtMs);
        const nextReleaseAtMs = ends.length > 0 ? Math.min(...ends) : null;
        return { id, total, remaining, held, sold, nextReleaseAtMs };
      }),
      answers: group.map((attempt) => answers.get(attempt) ?? { refusal: 'not_found' }),
      unaskedOrders: [],
      waitlist: true,
    });
  }

  change(change: AdminChange): Promise<void> {
    if (change.kind === 'open') this.#window.open(change.nowMs);
    if (change.kind === 'close') this.#window.close(change.nowMs);
    if (change.kind === 'unpublish') this.#window.unpublish(change.nowMs);
    this.#accounts.change(change);
    if (change.kind === 'deactivate') {
      for (const id of change.customerIds) this.#endHolds(id, change.nowMs);
    }
    if (change.kind === 'edit_plan' && this.#isEditable(change.nowMs)) {
      this.#items.replace(change.items);
    }
    this.#items.change(change);
    return Promise.resolve();
  }

  snapshot(): Promise<Snapshot> {
    return Promise.resolve({
      opensAtMs: this.#window.opensAtMs,
      closesAtMs: this.#window.closesAtMs,
      published: this.#window.isPublished,
      items: this.#items.all.map((item) => this.#count(item)),
      orders: new Map([...this.#orders].map(([id, order]) => [id, { ...order }])),
      ...this.#accounts.snapshot(),
      requireVerifiedEmail: this.#scenario.requireVerifiedEmail,
      oneLimitPerMailbox: this.#scenario.oneLimitPerMailbox,
      mailboxes: this.#mailboxes,
      outbox: [...this.#outbox],
    });
  }

  /** Gives back what a customer holds who was deactivated. */
  #endHolds(customerId: UserId, nowMs: number): void {
    for (const order of this.#ordersOf(customerId)) {
      if (order.status !== 'pending') continue;
      const isDue = order.expiresAtMs <= nowMs;
      order.status = isDue ? 'expired' : 'cancelled';
      if (!isDue) order.cancelKey = ENDED_WITH_ACCOUNT;
    }
  }

  #isEditable(nowMs: number): boolean {
    return this.#window.isAsPlanned && nowMs < this.#scenario.startsAtMs && this.#orders.size === 0;
  }

  #reserve(attempt: Reserve, nowMs: number): LedgerAnswer {
    const item = this.#items.find(attempt.eventItemId);
    if (item === undefined) return { refusal: 'not_found' };
    const mine = this.#ordersOf(attempt.customerId);
    const sentBefore = mine.find(({ id }) => id === attempt.orderId);
    if (sentBefore) return yes(sentBefore, false);
    if (!this.#accounts.mayAct(attempt)) return { refusal: 'unauthenticated' };
    const { key } = attempt;
    if (key === null) {
      const holds = mine.filter((o) => o.status === 'pending' && o.eventItemId === item.id);
      const hold = holds.toSorted((a, b) => (a.id < b.id ? -1 : 1))[0];
      if (hold) return isAsShown(attempt, hold) ? yes(hold, true) : changed(hold);
    } else {
      const first = mine.find(({ reserveKey }) => reserveKey === key);
      const isSame =
        first?.eventItemId === item.id &&
        first.quantity === attempt.quantity &&
        isAsShown(attempt, first);
      if (first) return isSame ? yes(first, true) : { refusal: 'idempotency_key_reused' };
      if (mine.some((order) => order.confirmKey === key || order.cancelKey === key)) {
        return { refusal: 'idempotency_key_reused' };
      }
    }

    const { opensAtMs, closesAtMs, isPublished } = this.#window;
    if (!isPublished) return { refusal: 'not_found' };
    if (attempt.atMs >= closesAtMs) return { refusal: 'closed' };
    if (attempt.atMs < opensAtMs) return { refusal: 'not_open' };
    if (this.#scenario.requireVerifiedEmail && !this.#accounts.isVerified(attempt.customerId)) {
      return { refusal: 'email_unverified' };
    }
    const { held, bought } = this.#unitsOf(attempt);
    if (held + bought + attempt.quantity > item.limit) {
      return { refusal: 'limit_reached', limit: item.limit, held, bought };
    }
    if (this.#count(item).remaining < attempt.quantity) return { refusal: 'sold_out' };
    const offer = { unitPriceCents: item.priceCents, currency: CURRENCY };
    if (!isAsShown(attempt, offer)) return changed(offer);
    const variantLabel = this.#items.labelOf(item);
    const order = holdOf(attempt, { ...offer, variantLabel }, { nowMs, ...this.#scenario });
    this.#orders.set(order.id, order);
    return yes(order, false);
  }

  #confirm(attempt: SettleHold, nowMs: number): LedgerAnswer {
    const order = this.#orderOf(attempt);
    if (order === undefined) return { refusal: 'not_found' };
    if (order.status === 'confirmed') return yes(order, isSameKey(order.confirmKey, attempt.key));
    if (!this.#accounts.mayAct(attempt)) return { refusal: 'unauthenticated' };
    if (this.#isKeyUsed(attempt, order)) return { refusal: 'idempotency_key_reused' };
    if (order.status === 'cancelled') return { refusal: 'order_cancelled' };
    if (order.status === 'expired' && !this.#mayTakeAgain(attempt, order)) {
      return { refusal: 'hold_expired' };
    }
    order.status = 'confirmed';
    order.confirmKey = attempt.key;
    this.#outbox.push(confirmationOf(order, nowMs));
    return yes(order, false);
  }

  #cancel(attempt: SettleHold): LedgerAnswer {
    const order = this.#orderOf(attempt);
    if (order === undefined) return { refusal: 'not_found' };
    if (order.status === 'cancelled' && order.cancelKey !== ENDED_WITH_ACCOUNT) {
      return yes(order, isSameKey(order.cancelKey, attempt.key));
    }
    if (!this.#accounts.mayAct(attempt)) return { refusal: 'unauthenticated' };
    if (this.#isKeyUsed(attempt, order)) return { refusal: 'idempotency_key_reused' };
    if (order.status === 'confirmed') return { refusal: 'order_confirmed' };
    if (order.status === 'cancelled') return { refusal: 'order_cancelled' };
    if (order.status === 'expired') return { refusal: 'hold_expired' };
    order.status = 'cancelled';
    order.cancelKey = attempt.key;
    return yes(order, false);
  }

  /** A hold that has ended: its units must be free, and a late confirmation is treated like a new purchase. */
  #mayTakeAgain(attempt: SettleHold, order: OrderRow): boolean {
    const item = this.#items.find(order.eventItemId);
    if (item === undefined || this.#count(item).remaining < order.quantity) return false;
    const { held, bought } = this.#unitsOf(order);
    if (held + bought + order.quantity > item.limit) return false;
    return attempt.atMs < order.expiresAtMs || attempt.atMs < this.#window.closesAtMs;
  }

  /** Whether a request that has done something had that key; what is done already is answered before. */
  #isKeyUsed({ key }: SettleHold, order: OrderRow): boolean {
    if (key === null) return false;
    return this.#ordersOf(order.customerId).some(
      (other) => other.reserveKey === key || other.confirmKey === key || other.cancelKey === key,
    );
  }

  #orderOf({ orderId, customerId }: SettleHold): OrderRow | undefined {
    const order = this.#orders.get(orderId);
    return order?.customerId === customerId ? order : undefined;
  }

  #ordersOf(customerId: UserId): OrderRow[] {
    return [...this.#orders.values()].filter((order) => order.customerId === customerId);
  }

  /** What a customer has of an item's sizes, whichever they ask for. */
  #unitsOf(of: Pick<OrderRow, 'customerId' | 'eventItemId'>): { held: number; bought: number } {
    return unitsOf({ orders: this.#orders.values(), items: this.#items.all }, of, this.#shareLimit);
  }

  #ordersOn(item: SizedItem, status: OrderRow['status']): OrderRow[] {
    return [...this.#orders.values()].filter(
      (order) => order.eventItemId === item.id && order.status === status,
    );
  }

  #count(item: SizedItem): ItemRow {
    const held = units(this.#ordersOn(item, 'pending'));
    const sold = units(this.#ordersOn(item, 'confirmed'));
    const { id, itemId, stock: total, limit, priceCents, size } = item;
    const variant = { variantId: size?.id ?? null, variantLabel: this.#items.labelOf(item) };
    const stock = { total, remaining: total - held - sold, held, sold };
    return { id, itemId, ...variant, ...stock, limit, priceCents };
  }
}
