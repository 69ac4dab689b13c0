/**
 * The store: commits groups and admins' changes one at a time, and runs the checks on what each
 * commit did before it is answered.
 */
import { isDeepStrictEqual } from 'node:util';
import type { OrderId, UserId } from '../worker/contract/ids.ts';
import type { OrderStatus } from '../worker/contract/orders.ts';
import { Fault } from '../worker/platform/faults.ts';
import type { Settlement, StampedAttempt } from '../worker/sale/rules/attempts.ts';
import { checkInvariants } from './check-invariants.ts';
import { checkLedgerAnswers } from './check-ledger-answers.ts';
import { checkOrderChanges } from './check-order-changes.ts';
import { checkNewRows } from './check-outbox.ts';
import { isReserve, type Reserve } from './commit.ts';
import type { ReportViolation } from './first-violation.ts';
import type { AdminChange, Ledger, Snapshot } from './ledger.ts';
import type { Trace } from './trace.ts';

/** The sale from a moment on; for answers that come from an earlier snapshot. */
export interface SaleState {
  fromMs: number;
  opensAtMs: number;
  closesAtMs: number;
  published: boolean;
  remaining: Map<string, number>;
}

export interface StoreOptions {
  ledger: Ledger;
  /** A second ledger that is given the same groups and must answer the same. */
  reference: Ledger | undefined;
  violated: ReportViolation;
  trace: Trace;
}

export class Store {
  readonly #options: StoreOptions;
  #latest: Snapshot;
  readonly #states: SaleState[] = [];
  readonly #statuses = new Map<OrderId, Set<OrderStatus>>();
  /** The catalogue item, and its variant, that each event item's id stands for; it must never change. */
  readonly #itemIds = new Map<string, string>();
  /** Of all groups until now. */
  readonly #reserves: Reserve[] = [];
  readonly #committedAtMs = new Map<OrderId, number>();
  /** When each customer's address was verified last. */
  readonly #verifiedAtMs = new Map<UserId, number>();

  private constructor(options: StoreOptions, first: Snapshot, nowMs: number) {
    this.#options = options;
    this.#latest = first;
    this.#remember(first, nowMs);
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
    return this.#committedAtMs.get(id);
  }

  /** Whether there was a moment since then at which the customer's address was not verified. */
  wasUnverifiedSince(customerId: UserId, sinceMs: number): boolean {
    const verifiedAtMs = this.#verifiedAtMs.get(customerId) ?? Number.NEGATIVE_INFINITY;
    return this.#latest.unverified.has(customerId) || verifiedAtMs >= sinceMs;
  }

  /** @param atMs the simulation's clock; the group's `nowMs` is the object's. */
  async commit(group: StampedAttempt[], nowMs: number, atMs: number): Promise<Settlement | null> {
    const { ledger, reference, violated } = this.#options;
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
    this.#remember(after, atMs);
    if (reference) this.#compare(settlement, await reference.settle(group, nowMs));
    if (settlement === null) {
      violated('the ledger knows its event', `published: ${before.published}`);
      return null;
    }
    const commit = { before, after, group, reservesBefore: this.#reserves, nowMs, settlement };
    checkInvariants(after, violated);
    checkOrderChanges(commit, violated);
    checkNewRows(commit, violated);
    checkLedgerAnswers(commit, violated);
    this.#reserves.push(...group.filter(isReserve));
    for (const _ of settlement.unaskedOrders) this.#options.trace.count('unasked order');
    return settlement;
  }

  async change(change: AdminChange, atMs: number): Promise<void> {
    await this.#options.ledger.change(change);
    await this.#options.reference?.change(change);
    const after = await this.#options.ledger.snapshot();
    this.#remember(after, atMs);
    checkInvariants(after, this.#options.violated);
  }

  #remember(snapshot: Snapshot, atMs: number): void {
    for (const id of this.#latest.unverified) {
      if (!snapshot.unverified.has(id)) this.#verifiedAtMs.set(id, atMs);
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
    this.#states.push({ fromMs: atMs, opensAtMs, closesAtMs, published, remaining });
    for (const order of snapshot.orders.values()) {
      const known = this.#statuses.get(order.id);
      if (known) known.add(order.status);
      else {
        this.#statuses.set(order.id, new Set([order.status]));
        this.#committedAtMs.set(order.id, atMs);
      }
    }
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
