/** Drills of sales that are paid online: payments come, fail and are refunded beside the groups, as a provider has it. */
import { type OrderId, type PaymentId, type RefundId } from '../worker/contract/ids.ts';
import type { StampedAttempt } from '../worker/sale/rules/attempts.ts';
import { checkInvariants } from './check-invariants.ts';
import { checkPayments } from './check-payments.ts';
import type { Check } from './commit-checks.ts';
import { DrillAttempts } from './drill-attempts.ts';
import { DrillCancelling } from './drill-cancelling.ts';
import { drawDrill } from './drill-scenario.ts';
import { FirstViolation } from './first-violation.ts';
import type { AdminChange, OrderRow } from './ledger.ts';
import { ModelLedger } from './model-ledger.ts';
import { PaidChanges, type Parts } from './paid-drill-changes.ts';
import { type PaymentRow, releasedAtMs } from './payment-rows.ts';
import type { Outcome, RunOptions } from './run.ts';
import { type Scenario, START_MS } from './scenario.ts';
import { SeededRandom } from './seeded-random.ts';
import { Store } from './store.ts';
import { Trace } from './trace.ts';
import { VirtualClock } from './virtual-clock.ts';

const STEPS_MIN = 40;
const STEPS_MAX = 110;
const STREAMS = { scenario: 1, attempts: 2, moves: 3, cancelling: 4 };
const LATE_MS_MAX = 1_000;
const GROUPS_KEPT = 5;
const CHECKS: Check[] = [({ after }, violated) => checkInvariants(after, violated), checkPayments];

/** @returns whether every promise was kept. */
export async function paidDrill(options: Omit<RunOptions, 'sale'>): Promise<Outcome> {
  const { seed } = options;
  const random = new SeededRandom(seed);
  const trace = new Trace(options.print);
  const clock = new VirtualClock(START_MS);
  const violations = new FirstViolation(clock, trace);
  const scenario = paid(drawDrill(random.fork(STREAMS.scenario), false));
  const store = await Store.open(
    {
      ledger: (await options.ledger?.(scenario)) ?? new ModelLedger(scenario),
      reference: options.differential ? new ModelLedger(scenario) : undefined,
      violated: violations.record,
      trace,
      offersEndAtMs: scenario.endsAtMs + scenario.holdSeconds * 1_000,
      checks: CHECKS,
    },
    START_MS,
  );
  const drilled = new PaidDrill({ scenario, store, clock, trace, random }, seed);
  const steps = random.fork(STREAMS.moves).int(STEPS_MIN, STEPS_MAX);
  const cancelling = new DrillCancelling(random.fork(STREAMS.cancelling), steps);
  for (let n = 0; n < steps && violations.violation === undefined; n++) {
    const { nowMs } = clock;
    const change = cancelling.next(n, nowMs);
    const step = change ? () => drilled.make(change) : () => drilled.step();
    clock.at(change ? nowMs + 1 : drilled.nextMs(), step);
    await clock.step().catch((error: unknown) => {
      violations.record('nothing fails by itself', String(error));
    });
  }
  const { counts, tail } = trace;
  const { violation } = violations;
  return { seed, violation, steps: clock.steps, hash: trace.digest(), counts, tail };
}

/** A draw has drills of its own. */
function paid(scenario: Scenario): Scenario {
  const { queuePlan } = scenario;
  const plan = { ...queuePlan, admission: 'first_come' as const, entriesCloseAtMs: null };
  return { ...scenario, payOnline: true, requireVerifiedEmail: false, queuePlan: plan };
}

class PaidDrill {
  readonly #parts: Parts;
  readonly #random: SeededRandom;
  readonly #attempts: DrillAttempts;
  readonly #changes: PaidChanges;
  #sent: StampedAttempt[][] = [];

  constructor(parts: Parts, seed: number) {
    this.#parts = parts;
    this.#random = parts.random.fork(STREAMS.moves);
    this.#changes = new PaidChanges(parts, this.#random, seed);
    this.#attempts = new DrillAttempts(parts.random.fork(STREAMS.attempts), parts.scenario);
  }

  /** Often just before or after a hold ends, or its grace. */
  nextMs(): number {
    const { clock, scenario } = this.#parts;
    const { nowMs } = clock;
    const random = this.#random;
    const held = this.#orders((order) => order.status === 'pending');
    const times = [
      scenario.startsAtMs,
      ...held.flatMap((order) => [order.expiresAtMs, releasedAtMs(order)]),
    ];
    const dueMs = Math.min(...times.filter((atMs) => atMs > nowMs + 1));
    const laterMs = nowMs + random.int(1, 1_500);
    return random.weighted([
      [9, nowMs + random.int(0, 30)],
      [2, laterMs],
      [2, Number.isFinite(dueMs) ? dueMs + random.int(-1, 1) : laterMs],
    ]);
  }

  step(): Promise<void> {
    const { clock } = this.#parts;
    const random = this.#random;
    const change = random.weighted([
      [5, () => this.#changes.begin()],
      [6, () => this.#changes.tell()],
      [1.5, () => this.#changes.refund()],
      [1, () => this.#changes.refunded()],
      [1.5, () => this.#changes.ended()],
      [1, () => this.#changes.ofAdmin()],
      [8, () => undefined],
    ])();
    if (change) return this.make(change);
    const isAgain = this.#sent.length > 0 && random.happens(0.1);
    return this.#settle(isAgain ? random.pick(this.#sent) : this.#group(clock.nowMs));
  }

  /** What customers do, and behind it what the shop does by itself. */
  #group(nowMs: number): StampedAttempt[] {
    const random = this.#random;
    const { latest } = this.#parts.store;
    const byShop: StampedAttempt[] = [];
    for (const payment of latest.payments.values()) {
      const order = latest.orders.get(payment.orderId);
      const isTaken = payment.state === 'captured' && order?.status !== 'confirmed';
      const isReady = payment.state === 'authorised' || isTaken;
      if (random.happens(isReady ? 0.5 : 0.03)) byShop.push(...this.#confirmed(payment, nowMs));
      if (random.happens(payment.state === 'failed' ? 0.4 : 0.01))
        byShop.push(...this.#returned(payment.orderId, { paymentId: payment.id }, nowMs));
    }
    for (const { id: refundId, orderId, unitsReturned } of latest.refunds.values()) {
      if (random.happens(unitsReturned ? 0.3 : 0.4))
        byShop.push(...this.#returned(orderId, { refundId }, nowMs));
    }
    const group = [...this.#attempts.group(latest, nowMs), ...byShop];
    this.#sent = [...this.#sent, group].slice(-GROUPS_KEPT);
    return group;
  }

  #confirmed({ id: paymentId, orderId }: PaymentRow, nowMs: number): StampedAttempt[] {
    const random = this.#random;
    const order = this.#orderOr(orderId);
    if (order === undefined) return [];
    const atMs = nowMs - (random.happens(0.3) ? random.int(0, LATE_MS_MAX) : 0);
    const { id, customerId } = order;
    return [{ kind: 'confirm_paid', orderId: id, customerId, paymentId, atMs }];
  }

  /** First for somebody whose order it is not: refused, it changes nothing. */
  #returned(
    orderId: OrderId,
    of: { refundId: RefundId } | { paymentId: PaymentId },
    atMs: number,
  ): StampedAttempt[] {
    const order = this.#orderOr(orderId);
    if (order === undefined) return [];
    const own = {
      kind: 'return_units',
      orderId: order.id,
      customerId: order.customerId,
      ...of,
    } as const;
    const [stranger] = this.#orders(({ customerId }) => customerId !== order.customerId);
    const attempts = stranger ? [{ ...own, customerId: stranger.customerId }, own] : [own];
    return attempts.map((attempt) => ({ ...attempt, atMs }));
  }

  async #settle(group: StampedAttempt[]): Promise<void> {
    const { store, clock, trace } = this.#parts;
    const { nowMs } = clock;
    trace.add(nowMs - START_MS, `settle ${JSON.stringify(group)}`);
    const settlement = await store.commit(group, nowMs, nowMs);
    for (const [n, { kind }] of group.entries()) {
      const answer = settlement?.answers[n];
      const isRefused = answer && 'refusal' in answer;
      trace.count(`answer: ${kind}${isRefused ? ` ${answer.refusal}` : ''}`);
    }
  }

  async make(change: AdminChange): Promise<void> {
    const { store, clock, trace } = this.#parts;
    trace.count(`change: ${change.kind}`);
    trace.add(clock.nowMs - START_MS, JSON.stringify(change));
    await store.change(change, clock.nowMs);
  }

  /** Now and then it is another one. */
  #orderOr(id: OrderId): OrderRow | undefined {
    const { orders } = this.#parts.store.latest;
    const isForeign = orders.size > 0 && this.#random.happens(0.04);
    return isForeign ? this.#random.pick([...orders.values()]) : orders.get(id);
  }

  #orders(isWanted: (order: OrderRow) => boolean): OrderRow[] {
    return [...this.#parts.store.latest.orders.values()].filter(isWanted);
  }
}
