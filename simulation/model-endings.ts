/** What ends in the model's sale beside its line: with a customer's account, or with the event that is cancelled. */
import { type GiveUpReason, giveUpReasonSchema } from '../worker/contract/draw.ts';
import type { UserId } from '../worker/contract/ids.ts';
import { ENDED_WITH_ACCOUNT, type OrderRow } from './ledger.ts';
import type { ModelAccounts } from './model-accounts.ts';
import type { ModelDraw } from './model-draw.ts';
import { endEntry } from './model-entries.ts';
import { end, type ModelOrders } from './model-orders.ts';
import type { ModelPayments } from './model-payments.ts';
import type { ModelQueue } from './model-queue.ts';
import type { ModelWindow } from './model-window.ts';
import { cancellationOf, type OutboxRow } from './outbox-rows.ts';
import { releasedAtMs } from './payment-rows.ts';
import type { Scenario } from './scenario.ts';

interface Parts {
  scenario: Scenario;
  accounts: ModelAccounts;
  orders: ModelOrders;
  payments: ModelPayments;
  queue: ModelQueue;
  window: ModelWindow;
  draw: ModelDraw;
  outbox: OutboxRow[];
}

/** In the order in which they are looked at. */
const GIVE_UP_REASONS = giveUpReasonSchema.options;

interface Numbered {
  atMs: number;
  settlement: number | null;
}

export class ModelEndings {
  readonly #parts: Parts;
  /** Where the cancelling goes on; undefined where there is nothing to be done. */
  #next: { stage: 'orders' | 'entries' | 'reminders'; after: string } | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Gives back what a customer holds, and takes one out of the queue whose account was deleted. */
  shutOut(customerId: UserId, nowMs: number): void {
    const { accounts, orders, payments, queue } = this.#parts;
    const held = orders.of(customerId).filter(({ status }) => status === 'pending');
    const waiting = accounts.isDeleted(customerId) ? queue.waitingOf(customerId) : [];
    if (held.length === 0 && waiting.length === 0) return;
    const at = this.#number(nowMs);
    for (const order of held) {
      endHold(order, at);
      payments.holdEnded(order, nowMs, 'beside');
    }
    const inOrder = waiting.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    for (const entry of inOrder) queue.leaves(entry, at);
  }

  /** Gives the draw up where that is not drawn, and does nothing where its round can be had. */
  cancel(nowMs: number): void {
    const { window, draw } = this.#parts;
    if (window.isCancelled) return;
    const reason = GIVE_UP_REASONS.find((one) => draw.mayGiveUp(one, nowMs));
    if (reason !== undefined) this.giveUp(reason, nowMs);
    else if (draw.mayGiveUp('cancelled', nowMs) === undefined) this.#close(nowMs);
  }

  /** Closes the event as cancelling does. */
  giveUp(reason: GiveUpReason, nowMs: number): void {
    const { draw, queue } = this.#parts;
    if (!draw.mayGiveUp(reason, nowMs)) return;
    const row = queue.number(nowMs);
    if (row === null) throw new Error('a draw that somebody entered has settlements');
    draw.giveUp(reason, row);
    this.#close(nowMs);
  }

  #close(nowMs: number): void {
    this.#parts.window.cancel(nowMs);
    this.#next ??= { stage: 'orders', after: '' };
  }

  /** The next rows, at most `limit`, whatever became of them. */
  cancelBatch(limit: number, nowMs: number): void {
    const { orders, queue } = this.#parts;
    const next = this.#next;
    if (next === undefined) return;
    if (next.stage === 'reminders') {
      this.#next = undefined;
      return;
    }
    const at = this.#number(nowMs);
    const rows: { id: string }[] = next.stage === 'orders' ? orders.all : queue.all;
    const batch = firstBehind(rows, next.after, limit);
    const isOf = new Set(batch.map(({ id }) => id));
    if (next.stage === 'orders') this.#endOrders(isOf, at);
    else this.#endEntries(isOf, at);
    const last = batch.at(-1)?.id;
    if (last !== undefined) this.#next = { ...next, after: last };
    else this.#next = { stage: next.stage === 'orders' ? 'entries' : 'reminders', after: '' };
  }

  #endOrders(ids: ReadonlySet<string>, at: Numbered): void {
    const { orders, payments } = this.#parts;
    for (const order of orders.all.filter(({ id }) => ids.has(id))) {
      if (order.status === 'pending') {
        const isDue = endHold(order, at);
        payments.holdEnded(order, at.atMs, 'beside');
        if (!isDue) this.#tell(order.customerId, at);
      } else if (order.status === 'confirmed') {
        const isLeft = order.unitsReturned < order.quantity;
        order.unitsReturned = order.quantity;
        const isRefunded = payments.refundLeft(order, at.atMs);
        if (isLeft || isRefunded) this.#tell(order.customerId, at);
      }
    }
  }

  #endEntries(ids: ReadonlySet<string>, at: Numbered): void {
    for (const entry of this.#parts.queue.all) {
      if (!ids.has(entry.id) || entry.status !== 'waiting') continue;
      endEntry(entry, { status: 'skipped', reason: 'event_cancelled' }, at.settlement);
      this.#tell(entry.customerId, at);
    }
  }

  #tell(userId: UserId, { atMs }: Numbered): void {
    const { outbox, scenario } = this.#parts;
    const row = cancellationOf({ userId, eventId: scenario.eventId }, atMs);
    if (!outbox.some(({ key }) => key === row.key)) outbox.push(row);
  }

  #number(nowMs: number): Numbered {
    const row = this.#parts.queue.number(nowMs);
    return { atMs: row?.settledAtMs ?? nowMs, settlement: row?.settlement ?? null };
  }
}

/** What was due has expired. @returns whether it was. */
function endHold(order: OrderRow, { atMs, settlement }: Numbered): boolean {
  const isDue = releasedAtMs(order) <= atMs;
  end(order, isDue ? 'expired' : 'cancelled', settlement);
  if (!isDue) order.cancelKey = ENDED_WITH_ACCOUNT;
  return isDue;
}

function firstBehind<Row extends { id: string }>(
  rows: readonly Row[],
  after: string,
  limit: number,
): Row[] {
  return rows
    .filter(({ id }) => id > after)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .slice(0, limit);
}
