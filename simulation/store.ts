/**
 * The store's side of the wire: commits groups and admins' changes one at a time, and has the
 * auditors look at what each commit did before anybody is told of it.
 */
import { isDeepStrictEqual } from 'node:util';
import type { OrderId } from '../worker/contract/ids.ts';
import type { OrderStatus } from '../worker/contract/orders.ts';
import { Fault } from '../worker/platform/faults.ts';
import type { Settlement, StampedAttempt } from '../worker/sale/rules/attempts.ts';
import { checkChanges } from './check-changes.ts';
import { checkLaw } from './check-law.ts';
import { checkLedgerAnswers } from './check-ledger-answers.ts';
import type { AdminChange, Ledger, Snapshot } from './ledger.ts';
import type { Trace } from './trace.ts';
import type { Complain } from './verdict.ts';

/** What one transaction did to a sale. */
export interface Commit {
  before: Snapshot;
  after: Snapshot;
  group: StampedAttempt[];
  nowMs: number;
  settlement: Settlement;
}

/** How the sale stood from a moment on; for answers that lean on what was true a moment ago. */
export interface Standing {
  fromMs: number;
  opensAtMs: number;
  closesAtMs: number;
  remaining: Map<string, number>;
}

export interface StoreOptions {
  ledger: Ledger;
  /** Is given the same groups and must answer the same. */
  shadow: Ledger | undefined;
  complain: Complain;
  trace: Trace;
}

export class Store {
  readonly #options: StoreOptions;
  #latest: Snapshot;
  readonly #standings: Standing[] = [];
  readonly #statuses = new Map<OrderId, Set<OrderStatus>>();
  /** What each event item's id ever was in the catalogue. */
  readonly #meanings = new Map<string, string>();
  readonly #committedAtMs = new Map<OrderId, number>();

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

  /** The standings that were true at some moment since then, oldest first. */
  standingsSince(sinceMs: number): Standing[] {
    const next = this.#standings.findIndex(({ fromMs }) => fromMs > sinceMs);
    return next === -1 ? this.#standings.slice(-1) : this.#standings.slice(Math.max(0, next - 1));
  }

  /** Every state that an order was ever committed in. */
  statusesOf(id: OrderId): ReadonlySet<OrderStatus> {
    return this.#statuses.get(id) ?? new Set();
  }

  /** When an order's row appeared, by the simulation's clock. */
  committedAtMs(id: OrderId): number | undefined {
    return this.#committedAtMs.get(id);
  }

  /** @param atMs the simulation's clock; the group's `nowMs` is the object's. */
  async commit(group: StampedAttempt[], nowMs: number, atMs: number): Promise<Settlement | null> {
    const { ledger, shadow, complain } = this.#options;
    const before = this.#latest;
    let settlement: Settlement | null;
    try {
      settlement = await ledger.settle(group, nowMs);
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      complain('the ledger never fails by itself', message);
      throw new Fault('postgres failed', { retryable: false, cause });
    }
    if (settlement === null) {
      complain('the ledger knows its event', 'null');
      return null;
    }
    const after = await ledger.snapshot();
    this.#remember(after, atMs);
    if (shadow) this.#compare(settlement, await shadow.settle(group, nowMs));
    const commit = { before, after, group, nowMs, settlement };
    checkLaw(after, complain);
    checkChanges(commit, complain);
    checkLedgerAnswers(commit, complain);
    return settlement;
  }

  async change(change: AdminChange, atMs: number): Promise<void> {
    await this.#options.ledger.change(change);
    await this.#options.shadow?.change(change);
    const after = await this.#options.ledger.snapshot();
    this.#remember(after, atMs);
    checkLaw(after, this.#options.complain);
  }

  #remember(snapshot: Snapshot, atMs: number): void {
    this.#latest = snapshot;
    const { opensAtMs, closesAtMs, items } = snapshot;
    for (const { id, itemId } of items) {
      const meant = this.#meanings.get(id) ?? itemId;
      if (meant !== itemId) {
        this.#options.complain('an id means one item for ever', `${id}: ${meant}, then ${itemId}`);
      }
      this.#meanings.set(id, itemId);
    }
    const remaining = new Map(items.map((item) => [item.id as string, item.remaining]));
    this.#standings.push({ fromMs: atMs, opensAtMs, closesAtMs, remaining });
    for (const order of snapshot.orders.values()) {
      const known = this.#statuses.get(order.id);
      if (known) known.add(order.status);
      else {
        this.#statuses.set(order.id, new Set([order.status]));
        this.#committedAtMs.set(order.id, atMs);
      }
    }
  }

  #compare(answered: Settlement, expected: Settlement | null): void {
    if (isDeepStrictEqual(answered, expected)) return;
    const first = answered.answers.findIndex(
      (answer, n) => !isDeepStrictEqual(answer, expected?.answers[n]),
    );
    const [sql, model] =
      first === -1
        ? [
            { ...answered, answers: [] },
            { ...expected, answers: [] },
          ]
        : [answered.answers[first], expected?.answers[first]];
    this.#options.complain(
      'the SQL answers as the model does',
      `SQL ${JSON.stringify(sql)}, model ${JSON.stringify(model)}`,
    );
  }
}
