/**
 * The model's queue, written from the rules and not from the SQL: who may enter, who is served, and whom
 * nobody passes. Every count is recounted from the entries.
 */
import type { EventItemId, QueueEntryId, UserId } from '../worker/contract/ids.ts';
import type { ItemQueue } from '../worker/contract/queue.ts';
import type {
  LedgerAnswer,
  Settlement,
  StampedAttempt,
  StampedEnter,
} from '../worker/sale/rules/attempts.ts';
import { recordOf } from './ledger.ts';
import type { ModelAccounts } from './model-accounts.ts';
import type { DrawnBy, ModelDraw } from './model-draw.ts';
import { whyNotEntered } from './model-entering.ts';
import { endEntry, ModelEntries, newEntry, recordOfEntry } from './model-entries.ts';
import type { ModelItems } from './model-items.ts';
import { isIdTaken, offerOf } from './model-offers.ts';
import type { ModelOrders, Round } from './model-orders.ts';
import type { ModelPayments } from './model-payments.ts';
import type { ModelWindow } from './model-window.ts';
import { type OutboxRow, turnOf } from './outbox-rows.ts';
import type { EntryRow, QueueRow, QueueSnapshot } from './queue-rows.ts';
import type { Scenario } from './scenario.ts';
import type { SizedItem } from './sizes.ts';

type Leave = Extract<StampedAttempt, { kind: 'leave' }>;
/** At most so many offers and skips in one settlement. */
export const SERVED_MAX = 500;
const FIRST: QueueRow = { settlement: 0, settledAtMs: 0, lastSeq: 0 };

export interface QueueParts {
  scenario: Scenario;
  items: ModelItems;
  orders: ModelOrders;
  accounts: ModelAccounts;
  window: ModelWindow;
  draw: ModelDraw;
  outbox: OutboxRow[];
  payments: ModelPayments;
}

export class ModelQueue {
  readonly #parts: QueueParts;
  readonly #entries = new ModelEntries();
  readonly #draw: ModelDraw;
  #row: QueueRow | null = null;

  constructor(parts: QueueParts) {
    this.#parts = parts;
    this.#draw = parts.draw;
  }

  get hasEntries(): boolean {
    return this.#entries.size > 0;
  }

  /** Whether settlements of the event are numbered from their beginning. */
  get hasBegun(): boolean {
    return this.hasEntries || this.#draw.isPlanned;
  }

  get isUndrawn(): boolean {
    return this.#draw.isToCome;
  }

  begin(nowMs: number): Round {
    const { settlement, settledAtMs } = this.#number(nowMs);
    return { settlement, nowMs: settledAtMs, hasMore: new Set<EventItemId>(), offers: [] };
  }

  /** Gives a change beside the groups its number, where there are any. */
  number(nowMs: number): QueueRow | null {
    return this.#row === null ? null : this.#number(nowMs);
  }

  leave(attempt: Leave, round: Round): LedgerAnswer {
    const entry = this.#entries.get(attempt.entryId);
    const { accounts, orders, payments } = this.#parts;
    if (entry?.customerId !== attempt.customerId) return { refusal: 'not_found' };
    if (!accounts.mayAct(attempt)) return { refusal: 'unauthenticated' };
    const order = entry.orderId === null ? undefined : orders.get(entry.orderId);
    if (order?.status === 'confirmed') return { refusal: 'order_confirmed' };
    if (order?.status === 'pending') payments.cancel(order, round);
    if (entry.status === 'waiting') this.leaves(entry, { ...round, atMs: round.nowMs });
    return { entry: recordOfEntry(entry), ahead: null, replayed: false };
  }

  /** Before the lock of a draw it is chained. */
  leaves(entry: EntryRow, { atMs, settlement }: { atMs: number; settlement: number | null }): void {
    endEntry(entry, { status: 'left' }, settlement);
    this.#draw.leave(entry, atMs);
  }

  /** Offers free units in the order of ranks. */
  serve(round: Round): void {
    const { window, items, orders } = this.#parts;
    const isOpen = round.nowMs >= window.opensAtMs && round.nowMs < window.closesAtMs;
    if (this.#draw.isToCome || !isOpen) return;
    let served = 0;
    for (const item of items.all) {
      for (let next = this.#nextOf(item); next !== undefined; next = this.#nextOf(item)) {
        if (served === SERVED_MAX || isIdTaken(next, round, orders)) {
          round.hasMore.add(item.id);
          break;
        }
        this.#serve(next, item, round);
        served++;
      }
    }
  }

  enter(attempt: StampedEnter, round: Round): LedgerAnswer {
    const { items, accounts, scenario } = this.#parts;
    const item = items.find(attempt.eventItemId);
    if (item === undefined) return { refusal: 'not_found' };
    const known = this.#knownOf(attempt);
    const isSentBefore = known?.id === attempt.entryId;
    if (!isSentBefore && !accounts.mayAct(attempt)) return { refusal: 'unauthenticated' };
    if (known) return this.#placed(known, !isSentBefore);
    const refusal = whyNotEntered(attempt, {
      ...this.#parts,
      item,
      draw: this.#draw,
      isAhead: this.isAhead(item.id, round),
      lastSeq: this.#row?.lastSeq ?? 0,
      entries: this.#entries.of(attempt.customerId, item.id),
      waitingOfOthers: this.#parts.orders.waitingOfOthers(attempt, this.#entries.all),
      nowMs: round.nowMs,
    });
    if (refusal) return refusal;
    const row = this.#row ?? FIRST;
    const seq = row.lastSeq + 1;
    this.#row = { ...row, lastSeq: seq };
    const rank = this.#draw.takesNoMore ? seq : null;
    const { eventId } = scenario;
    const entry = newEntry(attempt, { ...round, eventId, seq, rank });
    this.#draw.enter(entry, { items: items.all, atMs: round.nowMs });
    this.#entries.add(entry);
    return this.#placed(entry, false);
  }

  /** Whether somebody who waits comes before whoever reserves an item or confirms too late. */
  isAhead(id: EventItemId, round: Round | undefined): boolean {
    return round !== undefined && (round.hasMore.has(id) || this.#draw.isToCome);
  }

  get all(): EntryRow[] {
    return [...this.#entries.all];
  }

  waitingOf(customerId: UserId): EntryRow[] {
    return this.#entries.waitingOf(customerId);
  }

  disqualify(id: QueueEntryId, nowMs: number): void {
    const entry = this.#entries.get(id);
    if (entry?.status !== 'waiting') return;
    endEntry(entry, { status: 'skipped', reason: 'disqualified' }, this.#number(nowMs).settlement);
  }

  draw(by: DrawnBy): boolean {
    const items = this.#parts.items.all.map(({ id }) => ({ id, entries: this.#entries.on(id) }));
    const nowMs = Math.max(by.nowMs, this.#row?.settledAtMs ?? 0);
    return this.#draw.draw(items, { ...by, nowMs });
  }

  /** How it stands after a settlement. */
  stateOf({ hasMore }: Round): NonNullable<Settlement['queue']> {
    return { ...this.#draw.times, hasMore: hasMore.size > 0 };
  }

  countOf(id: EventItemId): ItemQueue {
    return this.#entries.countOf(id);
  }

  snapshot(): QueueSnapshot {
    return {
      plan: this.#parts.scenario.queuePlan,
      entries: this.#entries.snapshot(),
      row: this.#row,
      ...this.#draw.snapshot(),
    };
  }

  /** The time of a settlement is never before that of the one before. Locks a draw before anything else. */
  #number(nowMs: number): QueueRow {
    const { settlement, settledAtMs, lastSeq } = this.#row ?? FIRST;
    const numbered = { settlement: settlement + 1, settledAtMs: Math.max(settledAtMs, nowMs) };
    this.#row = { ...numbered, lastSeq };
    this.#draw.lockIfDue(this.#row);
    return this.#row;
  }

  /** The lowest rank that the free units reach. */
  #nextOf(item: SizedItem): EntryRow | undefined {
    const reached = Math.min(this.#parts.orders.count(item).remaining, item.limit);
    let next: EntryRow | undefined;
    for (const entry of this.#entries.waitingFor(item.id)) {
      if (entry.rank === null || entry.minQuantity > reached) continue;
      if (next === undefined || entry.rank < (next.rank ?? 0)) next = entry;
    }
    return next;
  }

  #serve(entry: EntryRow, item: SizedItem, round: Round): void {
    const { orders, outbox, items, scenario } = this.#parts;
    const { held, bought } = orders.unitsOf(entry);
    const left = item.limit - held - bought;
    const reason = this.#whySkipped(entry, left);
    if (reason) return endEntry(entry, { status: 'skipped', reason }, round.settlement);
    const freeFound = orders.count(item).remaining;
    const quantity = Math.min(entry.quantity, freeFound, left);
    const priced = { priceCents: item.priceCents, variantLabel: items.labelOf(item) };
    const order = offerOf(entry, { quantity, ...priced, ...round }, scenario);
    orders.add(order);
    outbox.push(turnOf(order, entry.id));
    endEntry(entry, { status: 'offered', orderId: order.id, freeFound }, round.settlement);
    round.offers.push({ customerId: entry.customerId, order: recordOf(order) });
  }

  #whySkipped({ customerId, minQuantity }: EntryRow, left: number) {
    const { scenario, accounts } = this.#parts;
    if (!accounts.isActive(customerId)) return 'deactivated';
    const isUnverified = scenario.requireVerifiedEmail && !accounts.isVerified(customerId);
    if (isUnverified) return 'email_unverified';
    return left < minQuantity ? 'limit_reached' : undefined;
  }

  /** The same attempt sent again, or what they wait for or were offered already. */
  #knownOf({ entryId, customerId, eventItemId }: StampedEnter): EntryRow | undefined {
    const isHeld = ({ orderId }: EntryRow) =>
      orderId !== null && this.#parts.orders.get(orderId)?.status === 'pending';
    return (
      this.#entries.get(entryId) ??
      this.#entries
        .of(customerId, eventItemId)
        .findLast((entry) => entry.status === 'waiting' || isHeld(entry))
    );
  }

  /** Until a draw nobody knows their place. */
  #placed(entry: EntryRow, replayed: boolean): LedgerAnswer {
    const hasPlace = entry.status === 'waiting' && entry.rank !== null && !this.#draw.isToCome;
    const ahead = hasPlace ? this.#entries.aheadOf(entry) : null;
    return { entry: recordOfEntry(entry), ahead, replayed };
  }
}
