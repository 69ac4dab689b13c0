/**
 * A second `settle_group`, written from the rules of the purchase and not from the SQL: the same
 * JSON in and out. It keeps orders only; every count is recounted from them.
 */
import type { UserId } from '../worker/contract/ids.ts';
import type { PlannedDraw } from '../worker/draw/draw-event.ts';
import type { LedgerAnswer, Settlement, StampedAttempt } from '../worker/sale/rules/attempts.ts';
import { mailboxesOf } from './conditions.ts';
import type { AdminChange, ItemRow, Ledger, PlannedItem, Snapshot } from './ledger.ts';
import { shareLimit } from './ledger.ts';
import { ModelAccounts } from './model-accounts.ts';
import { changed, holdOf, isAsShown, yes } from './model-answers.ts';
import { type DrawnBy, ModelDraw } from './model-draw.ts';
import { ModelEndings } from './model-endings.ts';
import { type Answers, ModelHolds } from './model-holds.ts';
import { ModelItems } from './model-items.ts';
import { ModelOrders, type Moment, type Round } from './model-orders.ts';
import { ModelPayments } from './model-payments.ts';
import { ModelQueue } from './model-queue.ts';
import { ModelWindow } from './model-window.ts';
import type { OutboxRow } from './outbox-rows.ts';
import { isPaymentChange, releasedAtMs } from './payment-rows.ts';
import type { SignedStatement } from './queue-rows.ts';
import type { Scenario } from './scenario.ts';
import type { SizedItem } from './sizes.ts';

type Reserve = Extract<StampedAttempt, { kind: 'reserve' }>;

const CURRENCY = 'EUR';

export class ModelLedger implements Ledger {
  readonly #scenario: Scenario;
  readonly #items: ModelItems;
  readonly #orders: ModelOrders;
  readonly #queue: ModelQueue;
  readonly #holds: ModelHolds;
  readonly #accounts: ModelAccounts;
  readonly #window: ModelWindow;
  readonly #draw: ModelDraw;
  readonly #mailboxes: Map<UserId, string>;
  readonly #outbox: OutboxRow[] = [];
  readonly #payments: ModelPayments;
  readonly #endings: ModelEndings;

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
    this.#window = new ModelWindow(scenario);
    this.#draw = new ModelDraw(scenario);
    this.#accounts = new ModelAccounts(scenario);
    this.#mailboxes = mailboxesOf(scenario.customers, scenario);
    this.#items = new ModelItems(scenario);
    const share = shareLimit({ ...scenario, mailboxes: this.#mailboxes });
    this.#orders = new ModelOrders(this.#items, share);
    this.#payments = new ModelPayments(this.#orders, this.#outbox);
    const parts = {
      scenario,
      items: this.#items,
      orders: this.#orders,
      accounts: this.#accounts,
      window: this.#window,
      draw: this.#draw,
      outbox: this.#outbox,
      payments: this.#payments,
    };
    this.#queue = new ModelQueue(parts);
    this.#holds = new ModelHolds({ ...parts, queue: this.#queue });
    this.#endings = new ModelEndings({ ...parts, queue: this.#queue });
  }

  settle(group: StampedAttempt[], nowMs: number): Promise<Settlement | null> {
    const first = this.#queue.hasBegun ? this.#queue.begin(nowMs) : undefined;
    const moment: Moment = first ?? { nowMs, settlement: null };
    const answers = new Map<StampedAttempt, LedgerAnswer>();
    this.#holds.settle(group, { answers, moment, isEarly: first !== undefined });
    for (const attempt of group) {
      if (attempt.kind === 'return_units')
        answers.set(attempt, this.#payments.returnUnits(attempt));
    }
    if (first) {
      this.#leave(group, { answers, round: first });
      this.#queue.serve(first);
      this.#holds.confirmLate(group, { answers, round: first });
    }
    for (const attempt of group) {
      if (attempt.kind === 'reserve') answers.set(attempt, this.#reserve(attempt, moment, first));
    }
    const round = first ?? this.#beginLate(group, { answers, nowMs });
    for (const attempt of group) {
      if (attempt.kind === 'enter' && round)
        answers.set(attempt, this.#queue.enter(attempt, round));
    }
    return Promise.resolve({
      opensAtMs: this.#window.opensAtMs,
      closesAtMs: this.#window.closesAtMs,
      published: this.#window.isPublished,
      holdSeconds: this.#scenario.holdSeconds,
      items: this.#items.all.map((item) => {
        const { id } = item;
        const ends = this.#orders.on(item, 'pending').map(releasedAtMs);
        const nextReleaseAtMs = ends.length > 0 ? Math.min(...ends) : null;
        const queue = round && { queue: this.#queue.countOf(id) };
        return { id, ...this.#orders.count(item), nextReleaseAtMs, ...queue };
      }),
      answers: group.map((attempt) => answers.get(attempt) ?? { refusal: 'not_found' }),
      unaskedOrders: round?.offers ?? [],
      waitlist: this.#scenario.queuePlan.waitlist,
      ...(round && { queue: this.#queue.stateOf(round) }),
      ...(this.#payments.takeHasRows() && { hasPaymentRows: true }),
    });
  }

  /** The first who enters, or tries to leave, begins the queue; nobody waited before. */
  #beginLate(
    group: StampedAttempt[],
    { answers, nowMs }: { answers: Answers; nowMs: number },
  ): Round | undefined {
    if (!group.some(({ kind }) => kind === 'enter' || kind === 'leave')) return undefined;
    const round = this.#queue.begin(nowMs);
    this.#leave(group, { answers, round });
    return round;
  }

  #leave(group: StampedAttempt[], { answers, round }: { answers: Answers; round: Round }): void {
    for (const attempt of group) {
      if (attempt.kind === 'leave') answers.set(attempt, this.#queue.leave(attempt, round));
    }
  }

  change(change: AdminChange): Promise<string | undefined> {
    if (change.kind === 'edit_plan') return Promise.resolve(this.#edit(change));
    // A draw is opened by hand only where it was drawn, and closed since.
    if (change.kind === 'open' && !this.#queue.isUndrawn) this.#window.open(change.nowMs);
    if (change.kind === 'close') this.#window.close(change.nowMs);
    if (change.kind === 'unpublish') this.#window.unpublish(change.nowMs);
    if (isPaymentChange(change)) this.#payments.change(change);
    this.#accounts.change(change);
    if (change.kind === 'deactivate' || change.kind === 'delete_account') {
      for (const id of change.customerIds) this.#endings.shutOut(id, change.nowMs);
    }
    if (change.kind === 'cancel') this.#endings.cancel(change.nowMs);
    if (change.kind === 'give_up_draw') this.#endings.giveUp(change.reason, change.nowMs);
    if (change.kind === 'cancel_batch') this.#endings.cancelBatch(change.limit, change.nowMs);
    if (change.kind === 'add_stock' && this.#window.isCancelled) return Promise.resolve(undefined);
    this.#items.change(change);
    if (change.kind === 'add_stock' && this.#items.find(change.eventItemId)) this.#queue.number(0);
    if (change.kind === 'disqualify') this.#queue.disqualify(change.entryId, change.nowMs);
    return Promise.resolve(undefined);
  }

  readDraw(): Promise<PlannedDraw | undefined> {
    return Promise.resolve(this.#draw.read());
  }

  keepStatement(statement: SignedStatement): Promise<void> {
    return Promise.resolve(this.#draw.keepStatement(statement));
  }

  drawEntries(by: DrawnBy): Promise<boolean> {
    return Promise.resolve(this.#queue.draw(by));
  }

  snapshot(): Promise<Snapshot> {
    return Promise.resolve({
      opensAtMs: this.#window.opensAtMs,
      closesAtMs: this.#window.closesAtMs,
      published: this.#window.isPublished,
      items: this.#items.all.map((item) => this.#count(item)),
      orders: this.#orders.snapshot(),
      ...this.#accounts.snapshot(),
      requireVerifiedEmail: this.#scenario.requireVerifiedEmail,
      oneLimitPerMailbox: this.#scenario.oneLimitPerMailbox,
      mailboxes: this.#mailboxes,
      outbox: [...this.#outbox],
      ...this.#payments.snapshot(),
      queue: this.#queue.snapshot(),
    });
  }

  #edit({ items, nowMs }: { items: PlannedItem[]; nowMs: number }): string {
    const { endsAtMs, startsAtMs } = this.#scenario;
    if (this.#window.isCancelled) return 'cancelled';
    const { isAsPlanned, closesAtMs } = this.#window;
    if (this.#queue.hasEntries) {
      if (closesAtMs === 0 || nowMs >= endsAtMs) return 'not_locked';
      if (!this.#items.isKeptBy(items)) return 'has_entries';
    } else if (!isAsPlanned || nowMs >= startsAtMs || this.#orders.size > 0) return 'not_locked';
    if (!this.#queue.hasEntries) this.#draw.unlock();
    const restocked = this.#items.replace(items);
    for (let n = 0; n < restocked; n++) this.#queue.number(0);
    return 'written';
  }

  #reserve(attempt: Reserve, moment: Moment, round: Round | undefined): LedgerAnswer {
    const item = this.#items.find(attempt.eventItemId);
    if (item === undefined) return { refusal: 'not_found' };
    const mine = this.#orders.of(attempt.customerId);
    const sentBefore = mine.find(({ id }) => id === attempt.orderId);
    if (sentBefore) return yes(sentBefore, false);
    if (!this.#accounts.mayAct(attempt)) return { refusal: 'unauthenticated' };
    const { key } = attempt;
    if (key === null) {
      const holds = mine.filter(
        (o) => o.status === 'pending' && o.expiresAtMs > moment.nowMs && o.eventItemId === item.id,
      );
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
    const taken = this.#orders.takenBy(attempt, moment.nowMs);
    if (taken.held + taken.bought + attempt.quantity > item.limit) {
      return { refusal: 'limit_reached', limit: item.limit, ...taken };
    }
    if (this.#queue.isAhead(item.id, round)) return { refusal: 'queue_ahead' };
    if (this.#orders.count(item).remaining < attempt.quantity) return { refusal: 'sold_out' };
    const offer = { unitPriceCents: item.priceCents, currency: CURRENCY };
    if (!isAsShown(attempt, offer)) return changed(offer);
    const variantLabel = this.#items.labelOf(item);
    const order = holdOf(attempt, { ...offer, variantLabel }, { ...moment, ...this.#scenario });
    this.#orders.add(order);
    return yes(order, false);
  }

  #count(item: SizedItem): ItemRow {
    const { id, itemId, limit, priceCents, size } = item;
    const variant = { variantId: size?.id ?? null, variantLabel: this.#items.labelOf(item) };
    const queue = this.#queue.countOf(id);
    return { id, itemId, ...variant, ...this.#orders.count(item), limit, priceCents, queue };
  }
}
