/**
 * A ledger that gives units which come back to customers who were refused before, in groups that they
 * have no attempt in, as one with a queue would. It shows that the object learns of such orders.
 */
import { makeOrderId } from '../worker/contract/ids.ts';
import type { Settlement, StampedAttempt } from '../worker/sale/rules/attempts.ts';
import { isReserve, type Reserve } from './commit.ts';
import type { AdminChange, Ledger, Snapshot } from './ledger.ts';
import { ModelLedger } from './model-ledger.ts';
import type { Scenario } from './scenario.ts';
import { SeededRandom } from './seeded-random.ts';

/** Whoever tries again after so many refusals is not surprised by an order that is there already. */
const REFUSALS_MIN = 2;

export class UnaskedLedger implements Ledger {
  readonly #ledger: ModelLedger;
  readonly #scenario: Scenario;
  readonly #random = new SeededRandom(1);
  /** By customer and item: the last attempt that was refused, and how many were. */
  readonly #refused = new Map<string, { attempt: Reserve; orderIds: Set<string> }>();

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
    this.#ledger = new ModelLedger(scenario);
  }

  async settle(group: StampedAttempt[], nowMs: number): Promise<Settlement | null> {
    const unasked = this.#next(group, nowMs);
    const all = unasked ? [...group, unasked] : group;
    const settlement = await this.#ledger.settle(all, nowMs);
    if (settlement === null) return null;
    const answers = settlement.answers.slice(0, group.length);
    const last = settlement.answers[group.length];
    for (const [n, attempt] of group.entries()) {
      const answer = answers[n];
      if (!isReserve(attempt) || !answer) continue;
      if ('order' in answer) this.#refused.delete(nameOf(attempt));
      else if ('refusal' in answer && answer.refusal === 'sold_out') this.#remember(attempt);
    }
    if (!unasked || !last || !('order' in last)) return { ...settlement, answers };
    this.#refused.delete(nameOf(unasked));
    const { customerId } = unasked;
    return { ...settlement, answers, unaskedOrders: [{ customerId, order: last.order }] };
  }

  change(change: AdminChange): Promise<void> {
    return this.#ledger.change(change);
  }

  snapshot(): Promise<Snapshot> {
    return this.#ledger.snapshot();
  }

  #remember(attempt: Reserve): void {
    // One hold without a key is enough, so the order will be theirs when they come again.
    if (attempt.key !== null) return;
    const known = this.#refused.get(nameOf(attempt));
    const orderIds = (known?.orderIds ?? new Set()).add(attempt.orderId);
    this.#refused.set(nameOf(attempt), { attempt, orderIds });
  }

  /** The one who was refused first, as long as none of their attempts is in this group. */
  #next(group: StampedAttempt[], nowMs: number): Reserve | undefined {
    const found = [...this.#refused.values()].find(
      ({ attempt, orderIds }) =>
        orderIds.size >= REFUSALS_MIN &&
        group.every(({ customerId }) => customerId !== attempt.customerId),
    );
    if (found === undefined) return undefined;
    const orderId = makeOrderId(this.#scenario.eventId, nowMs, this.#random.fill);
    return { ...found.attempt, orderId, atMs: nowMs };
  }
}

function nameOf({ customerId, eventItemId }: Reserve): string {
  return `${customerId} ${eventItemId}`;
}
