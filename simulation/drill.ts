/**
 * A drill plays groups and admins' changes on a ledger alone: without an object, a network and their faults,
 * which are the simulation's. So a second of it holds a hundred times as many settlements of a queue.
 */
import type { StampedAttempt } from '../worker/sale/rules/attempts.ts';
import { DrillAttempts } from './drill-attempts.ts';
import { DrillDraw } from './drill-draw.ts';
import { drawDrill } from './drill-scenario.ts';
import { FirstViolation } from './first-violation.ts';
import type { AdminChange } from './ledger.ts';
import { seedOf } from './model-chain.ts';
import { ModelLedger } from './model-ledger.ts';
import { isUndrawn } from './queue-facts.ts';
import type { Outcome, RunOptions } from './run.ts';
import { type Scenario, SKEW_MS_MAX, START_MS } from './scenario.ts';
import { SeededRandom } from './seeded-random.ts';
import { Store } from './store.ts';
import { Trace } from './trace.ts';
import { VirtualClock } from './virtual-clock.ts';

const STEPS_MIN = 30;
const STEPS_MAX = 90;
const CHANGE_SHARE = 0.14;
/** Of the groups: their answer was lost, or they come a second time behind others. */
const AGAIN_SHARE = 0.12;
const GROUPS_KEPT = 5;
const DRAW_SHARE = 0.3;
/** Of the jumps to what is due: to the end of the sale, where nothing is due before; always shortly before it. */
const END_MS = 10_000;
const END_SHARE = 0.1;
/** Of the changes of a sale that is not open: it is opened again. */
const OPEN_SHARE = 0.5;
const UNITS_MAX = 3;
const SEED_BYTES = 32;
const EDITS = 8;
const STREAMS = { scenario: 1, attempts: 2, moves: 3, ofDraw: 4 };

interface Sent {
  group: StampedAttempt[];
  nowMs: number;
}

/** @returns whether every promise was kept. */
export async function drill(options: Omit<RunOptions, 'sale'>): Promise<Outcome> {
  const { seed } = options;
  const random = new SeededRandom(seed);
  const trace = new Trace(options.print);
  const clock = new VirtualClock(START_MS);
  const violations = new FirstViolation(clock, trace);
  const scenario = drawDrill(random.fork(STREAMS.scenario));
  const store = await Store.open(
    {
      ledger: (await options.ledger?.(scenario)) ?? new ModelLedger(scenario),
      reference: options.differential ? new ModelLedger(scenario) : undefined,
      violated: violations.record,
      trace,
      offersEndAtMs: scenario.endsAtMs + scenario.holdSeconds * 1_000,
    },
    START_MS,
  );
  const drilled = new Drill({ scenario, store, clock, trace, random });
  const steps = random.fork(STREAMS.moves).int(STEPS_MIN, STEPS_MAX);
  const ofDraw = new DrillDraw(random.fork(STREAMS.ofDraw), scenario.queuePlan);
  for (let n = 0; n < steps && violations.violation === undefined; n++) {
    const change = ofDraw.next(n, store.latest, clock.nowMs);
    if (change) clock.at(clock.nowMs, () => drilled.make(change));
    else clock.at(drilled.nextMs(), () => drilled.step());
    await clock.step().catch((error: unknown) => {
      violations.record('nothing fails by itself', String(error));
    });
  }
  // Behind all others, so that these play as they did before there were edits.
  for (let n = 0; n < EDITS && violations.violation === undefined; n++) {
    clock.at(drilled.nextMs(), () => (n % 2 === 0 ? drilled.edit() : drilled.step()));
    await clock.step().catch((error: unknown) => {
      violations.record('nothing fails by itself', String(error));
    });
  }
  const { counts, tail } = trace;
  const { violation } = violations;
  return { seed, violation, steps: clock.steps, hash: trace.digest(), counts, tail };
}

interface DrillParts {
  scenario: Scenario;
  store: Store;
  clock: VirtualClock;
  trace: Trace;
  random: SeededRandom;
}

class Drill {
  readonly #parts: DrillParts;
  readonly #attempts: DrillAttempts;
  readonly #random: SeededRandom;
  #sent: Sent[] = [];
  #hasCrowdEntered = false;

  constructor(parts: DrillParts) {
    this.#parts = parts;
    this.#random = parts.random.fork(STREAMS.moves);
    this.#attempts = new DrillAttempts(parts.random.fork(STREAMS.attempts), parts.scenario);
  }

  /** Often just before or after something is due. */
  nextMs(): number {
    const { clock, store, scenario } = this.#parts;
    const random = this.#random;
    const { nowMs } = clock;
    const { startsAtMs, endsAtMs, queuePlan } = scenario;
    const pending = [...store.latest.orders.values()].filter(({ status }) => status === 'pending');
    const ends = pending.map(({ expiresAtMs }) => expiresAtMs);
    const mayEnd = endsAtMs - nowMs < END_MS || random.happens(END_SHARE);
    const fixed = [startsAtMs, queuePlan.entriesCloseAtMs ?? 0, ...(mayEnd ? [endsAtMs] : [])];
    const times = [...fixed, ...ends];
    const dueMs = Math.min(...times.filter((atMs) => atMs > nowMs + 1));
    const laterMs = nowMs + random.int(1, 2_000);
    return random.weighted([
      [5, nowMs + random.int(0, 30)],
      [3, laterMs],
      [4, Number.isFinite(dueMs) ? dueMs + random.int(-1, 1) : laterMs],
      [1, Number.isFinite(dueMs) ? dueMs + random.int(-SKEW_MS_MAX, SKEW_MS_MAX) : laterMs],
      [0.3, nowMs + random.int(1, 20_000)],
    ]);
  }

  async step(): Promise<void> {
    const { store, clock, scenario } = this.#parts;
    const { nowMs } = clock;
    const random = this.#random;
    const isDue = nowMs >= scenario.startsAtMs - SKEW_MS_MAX && isUndrawn(store.latest.queue);
    if (random.happens(isDue ? DRAW_SHARE : DRAW_SHARE / 10)) return this.#draw();
    if (random.happens(CHANGE_SHARE)) return this.#change();
    const sentMs = nowMs + (scenario.skewed ? random.int(-SKEW_MS_MAX, SKEW_MS_MAX) : 0);
    if (this.#sent.length > 0 && random.happens(AGAIN_SHARE)) {
      const { group, nowMs: firstMs } = random.pick(this.#sent);
      return this.#settle(group, random.happens(0.5) ? firstMs : sentMs);
    }
    const isFirst = scenario.crowd.size > 0 && !this.#hasCrowdEntered;
    if (isFirst) this.#hasCrowdEntered = true;
    const group = this.#attempts[isFirst ? 'crowd' : 'group'](store.latest, sentMs);
    this.#sent = [...this.#sent, { group, nowMs: sentMs }].slice(-GROUPS_KEPT);
    return this.#settle(group, sentMs);
  }

  async #settle(group: StampedAttempt[], nowMs: number): Promise<void> {
    const { store, clock, trace, scenario } = this.#parts;
    // Settlements of one time know nothing of each other's ids: among 40 random bits none is met twice in a millisecond.
    const settledAtMs = scenario.hasFewEnds ? store.latest.queue.row?.settledAtMs : undefined;
    const atMs = Math.max(nowMs, (settledAtMs ?? 0) + 1);
    trace.add(clock.nowMs - START_MS, `settle at ${atMs - START_MS} ${JSON.stringify(group)}`);
    const settlement = await store.commit(group, atMs, clock.nowMs);
    for (const [n, { kind }] of group.entries()) {
      const answer = settlement?.answers[n];
      trace.count(`answer: ${answer && 'refusal' in answer ? answer.refusal : kind}`);
    }
  }

  /** Also where there is nothing to draw; and by another seed, where it is drawn already. */
  async #draw(): Promise<void> {
    const { store, clock, trace, scenario } = this.#parts;
    const { nowMs } = clock;
    // By the clock of its object.
    if (nowMs < scenario.startsAtMs - SKEW_MS_MAX) return;
    const { fill } = this.#random;
    const randomness = new Uint8Array(SEED_BYTES);
    fill(randomness);
    const round = { signature: randomness, randomness };
    const { proof } = store.latest.queue;
    const seed = proof?.head ? seedOf(proof.start, proof.head, randomness) : randomness;
    const drawn = await store.drawEntries({ seed, round, nowMs }, nowMs);
    trace.add(nowMs - START_MS, `draw: ${drawn}`);
    if (drawn) trace.count('drawn');
  }

  /** Of the plan: takes something away from whoever waits, or adds to it. */
  async edit(): Promise<void> {
    const random = this.#random;
    const { store, clock } = this.#parts;
    const { latest } = store;
    const { id, itemId } = random.pick(latest.items);
    const more = random.pick([-1, 1]);
    const field = random.pick(['stock', 'limit', 'price', 'items'] as const);
    const kept = latest.items.filter((item) => field !== 'items' || item.id !== id);
    const items = (kept.length > 0 && more < 0 ? kept : latest.items).map((item) => ({
      itemId: item.itemId,
      variantId: item.variantId,
      priceCents: item.priceCents + (field === 'price' && item.id === id && more > 0 ? 1 : 0),
      stock: Math.max(0, item.total + (field === 'stock' && item.id === id ? more : 0)),
      // All sizes of an item have one limit.
      limitPerCustomer: Math.max(
        1,
        item.limit + (field === 'limit' && item.itemId === itemId ? more : 0),
      ),
    }));
    await this.make({ kind: 'edit_plan', nowMs: clock.nowMs, items });
  }

  async #change(): Promise<void> {
    const change =
      this.#isOff && this.#random.happens(OPEN_SHARE) ? this.#opening : this.#drawChange();
    if (change) await this.make(change);
  }

  async make(change: AdminChange): Promise<void> {
    const { store, clock, trace } = this.#parts;
    trace.count(`admin: ${change.kind}`);
    trace.add(clock.nowMs - START_MS, `admin ${JSON.stringify(change)}`);
    await store.change(change, clock.nowMs);
  }

  get #isOff(): boolean {
    const { published, closesAtMs } = this.#parts.store.latest;
    return !published || closesAtMs === 0;
  }

  get #opening(): AdminChange {
    return { kind: 'open', nowMs: this.#parts.clock.nowMs };
  }

  #drawChange(): AdminChange | undefined {
    const { store, clock, scenario } = this.#parts;
    const random = this.#random;
    const { nowMs } = clock;
    const { latest } = store;
    const entries = [...latest.queue.entries.values()];
    const waiting = entries.filter(({ status }) => status === 'waiting');
    const among = waiting.length > 0 && random.happens(0.8) ? waiting : entries;
    // Mostly somebody who waits, or holds something.
    const one = among.length > 0 && random.happens(0.7) ? random.pick(among) : undefined;
    const customerIds = [one?.customerId ?? random.pick(scenario.customers)];
    const { id: eventItemId } = random.pick(latest.items);
    const asks = scenario.requireVerifiedEmail;
    return random.weighted<AdminChange | undefined>([
      [2, { kind: 'open', nowMs }],
      [0.5, { kind: 'close', nowMs }],
      [0.5, { kind: 'unpublish', nowMs }],
      [9, { kind: 'add_stock', eventItemId, units: random.int(1, UNITS_MAX) }],
      [1, { kind: 'edit_price', eventItemId, priceCents: random.int(0, 50_000) }],
      [3, { kind: 'deactivate', customerIds, nowMs }],
      [2, { kind: 'activate', customerIds: [...latest.inactive], nowMs }],
      [1, { kind: 'delete_account', customerIds, nowMs }],
      [1, { kind: 'end_logins', customerIds }],
      [1, { kind: 'end_login', customerIds, nowMs }],
      [asks ? 2 : 0.3, { kind: 'verify_email', customerIds }],
      [asks ? 5 : 0.3, { kind: 'unverify_email', customerIds }],
      [4, one && { kind: 'disqualify', entryId: one.id, nowMs }],
    ]);
  }
}
