/**
 * The store: commits groups and admins' changes one at a time, and runs the checks on what each
 * commit did before it is answered.
 */
import { isDeepStrictEqual } from 'node:util';
import type { OrderId, UserId } from '../worker/contract/ids.ts';
import type { OrderStatus } from '../worker/contract/orders.ts';
import { Fault } from '../worker/platform/faults.ts';
import type { Settlement, StampedAttempt } from '../worker/sale/rules/attempts.ts';
import { checkEdit, checkEntriesBeside } from './check-beside.ts';
import { checkChain } from './check-chain.ts';
import { checkDrawn } from './check-draw.ts';
import { checkInvariants } from './check-invariants.ts';
import { checkMoney } from './check-money.ts';
import { checkKept } from './check-statements.ts';
import { type Commit, hasQueueBefore } from './commit.ts';
import { CHECKS, type Check } from './commit-checks.ts';
import { firstDifference } from './compare-rows.ts';
import type { ReportViolation } from './first-violation.ts';
import type { AdminChange, Ledger, Snapshot } from './ledger.ts';
import type { DrawnBy } from './model-draw.ts';
import { isUndrawn } from './queue-facts.ts';
import type { SignedStatement } from './queue-rows.ts';
import type { Trace } from './trace.ts';

/** The sale from a moment on; for answers that come from an earlier snapshot. */
export interface SaleState {
  fromMs: number;
  opensAtMs: number;
  closesAtMs: number;
  published: boolean;
  remaining: Map<string, number>;
  /** A draw is still to come. */
  isUndrawn: boolean;
}

export interface StoreOptions {
  ledger: Ledger;
  /** A second ledger that is given the same groups and must answer the same. */
  reference: Ledger | undefined;
  violated: ReportViolation;
  trace: Trace;
  /** No offer lasts longer. */
  offersEndAtMs: number;
  /** Of each commit; those of sales in which nobody pays unless given. */
  checks?: Check[];
}

export class Store {
  readonly #options: StoreOptions;
  #latest: Snapshot;
  readonly #states: SaleState[] = [];
  readonly #statuses = new Map<OrderId, Set<OrderStatus>>();
  /** The catalogue item, and its variant, that each event item's id stands for; it must never change. */
  readonly #itemIds = new Map<string, string>();
  /** When an order's row appeared, and when its group was sent by the object's clock. */
  readonly #committed = new Map<OrderId, { atMs: number; sentAtMs: number }>();
  /** When each customer's address was verified last. */
  readonly #verifiedAtMs = new Map<UserId, number>();

  private constructor(options: StoreOptions, first: Snapshot, nowMs: number) {
    this.#options = options;
    this.#latest = first;
    this.#remember(first, nowMs, nowMs);
  }

  static async open(options: StoreOptions, nowMs: number): Promise<Store> {
    return new Store(options, await options.ledger.snapshot(), nowMs);
  }

  get latest(): Snapshot {
    return this.#latest;
  }

  /** The states that were true at some moment since then, oldest first. */
  statesSince(sinceMs: number): SaleState[] {
    const next = this.#states.findIndex(({ fromMs }) => fromMs > sinceMs);
    return next === -1 ? this.#states.slice(-1) : this.#states.slice(Math.max(0, next - 1));
  }

  /** Every state that an order was ever committed in. */
  statusesOf(id: OrderId): ReadonlySet<OrderStatus> {
    return this.#statuses.get(id) ?? new Set();
  }

  /** When an order's row appeared, by the simulation's clock. */
  committedAtMs(id: OrderId): number | undefined {
    return this.#committed.get(id)?.atMs;
  }

  /** When the group that made an order was sent, by its object's clock. */
  sentAtMs(id: OrderId): number {
    return this.#committed.get(id)?.sentAtMs ?? 0;
  }

  /** How long it was on its way. */
  lateMs(id: OrderId): number {
    return (this.committedAtMs(id) ?? 0) - this.sentAtMs(id);
  }

  /** Whether there was a moment since then at which the customer's address was not verified. */
  wasUnverifiedSince(customerId: UserId, sinceMs: number): boolean {
    const verifiedAtMs = this.#verifiedAtMs.get(customerId) ?? Number.NEGATIVE_INFINITY;
    return this.#latest.unverified.has(customerId) || verifiedAtMs >= sinceMs;
  }

  /** @param atMs the simulation's clock; the group's `nowMs` is the object's. */
  async commit(group: StampedAttempt[], nowMs: number, atMs: number): Promise<Settlement | null> {
    const { ledger, reference, violated, trace } = this.#options;
    const before = this.#latest;
    let settlement: Settlement | null;
    try {
      settlement = await ledger.settle(group, nowMs);
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      violated('the ledger never fails by itself', message);
      throw new Fault('postgres failed', { retryable: false, cause });
    }
    const after = await ledger.snapshot();
    this.#remember(after, atMs, nowMs);
    if (reference) {
      this.#compare(settlement, await reference.settle(group, nowMs));
      this.#compareRows(after, await reference.snapshot());
    }
    if (settlement === null) {
      violated('the ledger knows its event', `published: ${before.published}`);
      return null;
    }
    const { offersEndAtMs, checks = CHECKS } = this.#options;
    const commit: Commit = {
      before,
      after,
      group,
      nowMs: hasQueueBefore({ before }) ? (after.queue.row?.settledAtMs ?? nowMs) : nowMs,
      settlement,
      offersEndAtMs,
    };
    for (const check of checks) check(commit, violated);
    for (const _ of settlement.unaskedOrders) trace.count('unasked order');
    if (settlement.queue?.hasMore) trace.count('more is left to serve');
    return settlement;
  }

  async change(change: AdminChange, atMs: number): Promise<void> {
    const { ledger, reference, violated, trace, checks } = this.#options;
    const before = this.#latest;
    const outcome = await ledger.change(change);
    if (reference && outcome !== (await reference.change(change)))
      violated('the SQL edits where the model does', `${outcome}`);
    const after = await ledger.snapshot();
    this.#remember(after, atMs, atMs);
    if (reference) this.#compareRows(after, await reference.snapshot());
    checkInvariants(after, violated);
    // In drills no provider has what is told of it.
    if (checks === undefined) checkMoney(after, violated);
    checkEntriesBeside({ before, after, change }, violated);
    checkChain({ before, after }, violated);
    checkEdit({ before, change, outcome }, violated);
    if (outcome) trace.count(`edit: ${outcome}`);
  }

  readDraw = () => this.#options.ledger.readDraw();

  async keepStatement(statement: SignedStatement, atMs: number): Promise<void> {
    const { ledger, reference, violated } = this.#options;
    const before = this.#latest;
    await ledger.keepStatement(statement);
    const after = await ledger.snapshot();
    this.#remember(after, atMs, atMs);
    await reference?.keepStatement(statement);
    if (reference) this.#compareRows(after, await reference.snapshot());
    checkChain({ before, after }, violated);
    checkKept({ before, after }, statement, violated);
  }

  /** @param atMs the simulation's clock; `nowMs` is the object's. */
  async drawEntries(by: DrawnBy, atMs: number): Promise<boolean> {
    const { ledger, reference, violated } = this.#options;
    const before = this.#latest;
    const drawn = await ledger.drawEntries(by);
    const after = await ledger.snapshot();
    this.#remember(after, atMs, atMs);
    if (reference) {
      const expected = await reference.drawEntries(by);
      if (drawn !== expected) violated('the SQL draws as the model does', `${drawn}, ${expected}`);
      this.#compareRows(after, await reference.snapshot());
    }
    checkInvariants(after, violated);
    checkEntriesBeside({ before, after, change: 'draw' }, violated);
    checkChain({ before, after }, violated);
    checkDrawn({ before, after, by, drawn }, violated);
    return drawn;
  }

  #remember(snapshot: Snapshot, atMs: number, sentAtMs: number): void {
    for (const id of this.#latest.unverified) {
      if (!snapshot.unverified.has(id)) this.#verifiedAtMs.set(id, atMs);
    }
    for (const { id, reason } of snapshot.queue.entries.values()) {
      const was = this.#latest.queue.entries.get(id)?.reason ?? null;
      if (reason !== was) this.#options.trace.count(`skipped: ${reason}`);
    }
    this.#latest = snapshot;
    const { opensAtMs, closesAtMs, published, items } = snapshot;
    for (const { id, itemId, variantId } of items) {
      const means = `${itemId} ${variantId}`;
      const meant = this.#itemIds.get(id) ?? means;
      if (meant !== means) {
        this.#options.violated('an id means one item for ever', `${id}: ${meant}, then ${means}`);
      }
      this.#itemIds.set(id, means);
    }
    const remaining = new Map(items.map((item) => [item.id as string, item.remaining]));
    const times = { fromMs: atMs, opensAtMs, closesAtMs };
    this.#states.push({ ...times, published, remaining, isUndrawn: isUndrawn(snapshot.queue) });
    for (const order of snapshot.orders.values()) {
      const known = this.#statuses.get(order.id);
      if (known) known.add(order.status);
      else {
        this.#statuses.set(order.id, new Set([order.status]));
        this.#committed.set(order.id, { atMs, sentAtMs });
      }
    }
  }

  #compareRows(rows: Snapshot, expected: Snapshot): void {
    const difference = firstDifference(rows, expected);
    if (difference) this.#options.violated('the SQL keeps the rows of the model', difference);
  }

  #compare(answered: Settlement | null, expected: Settlement | null): void {
    if (isDeepStrictEqual(answered, expected)) return;
    const answers = answered?.answers ?? [];
    const first = answers.findIndex(
      (answer, n) => !isDeepStrictEqual(answer, expected?.answers[n]),
    );
    const [sql, model] =
      first === -1
        ? [
            { ...answered, answers: [] },
            { ...expected, answers: [] },
          ]
        : [answers[first], expected?.answers[first]];
    this.#options.violated(
      'the SQL answers as the model does',
      `SQL ${JSON.stringify(sql)}, model ${JSON.stringify(model)}`,
    );
  }
}
