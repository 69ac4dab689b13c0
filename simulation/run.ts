/** Runs one seed: builds its context, plays the sale, and returns whether every promise was kept. */
import { drawEvent } from '../worker/draw/draw-event.ts';
import { Batcher } from '../worker/sale/edge/batcher.ts';
import { Sale } from '../worker/sale/object/sale.ts';
import { scheduleAdmin, scheduleVerifications, type Wake } from './admin-changes.ts';
import { AnswerCheck } from './check-answers.ts';
import { DeadlineCheck } from './check-deadlines.ts';
import { checkFinalState } from './check-final-state.ts';
import { checkMoneyAtRest } from './check-money-at-rest.ts';
import { openEdges, type SendAttempt } from './edges.ts';
import { FaultInjector } from './fault-injector.ts';
import { FirstViolation, type Violation } from './first-violation.ts';
import type { Ledger } from './ledger.ts';
import { ModelLedger } from './model-ledger.ts';
import { drawPayingBehaviour } from './paying-behaviours.ts';
import { PaymentDesk } from './payment-desk.ts';
import { OVERDUE_MS, Platform, SWEEP_EVERY_MS } from './platform.ts';
import { scheduleQueueAdmin } from './queue-admin.ts';
import { drawQueueBehaviour, joinsTheCrowd } from './queue-behaviours.ts';
import type { RunContext, SaleCode } from './run-context.ts';
import { drawScenario, type Scenario, START_MS } from './scenario.ts';
import { SeededRandom } from './seeded-random.ts';
import { Shopper, type ShopperPorts } from './shopper.ts';
import { drawBehaviour, drawMailboxBehaviour } from './shopper-behaviours.ts';
import { drawSizesBehaviour } from './size-behaviours.ts';
import { StatementSigner } from './statement-signer.ts';
import { Store } from './store.ts';
import { needsSweep } from './sweep-facts.ts';
import { Trace } from './trace.ts';
import { VirtualClock } from './virtual-clock.ts';

/** A run with more steps counts as endless. */
const STEPS_MAX = 400_000;
/** After the last shopper has gone: the longest that a lost hold may wait for the sweep, and more. */
const QUIET_MS = 2 * SWEEP_EVERY_MS + 2 * OVERDUE_MS;
const WAKES_LOST_SHARE = 0.1;
/** Of those who come to a draw. */
const EARLY_SHARE = 0.7;
const STREAMS = {
  scenario: 1,
  faults: 2,
  platform: 3,
  admin: 4,
  mailboxes: 5,
  sizes: 6,
  queue: 7,
  wakes: 8,
  payments: 9,
  statements: 10,
  shoppers: 1_000,
};

export const REAL_SALE: SaleCode = { Batcher, Sale, drawEvent };

export interface RunOptions {
  seed: number;
  /** Makes the ledger for a scenario; the model unless given. */
  ledger?: (scenario: Scenario) => Promise<Ledger>;
  /** Whether a model is given the same groups too and must answer the same. */
  differential?: boolean;
  sale?: SaleCode;
  print?: (line: string) => void;
}

export interface Outcome {
  seed: number;
  violation: Violation | undefined;
  steps: number;
  /** Two runs of one seed have the same. */
  hash: string;
  counts: ReadonlyMap<string, number>;
  tail: readonly string[];
}

export async function run(options: RunOptions): Promise<Outcome> {
  const trace = new Trace(options.print);
  const clock = new VirtualClock(START_MS);
  const violations = new FirstViolation(clock, trace);
  const onUnhandledRejection = (reason: unknown) =>
    violations.record('the object does not die of its own faults', String(reason));
  process.on('unhandledRejection', onUnhandledRejection);
  try {
    await play(await makeContext(options, { trace, clock, violations }));
  } finally {
    process.off('unhandledRejection', onUnhandledRejection);
  }
  const { seed } = options;
  const { counts, tail } = trace;
  const { violation } = violations;
  return { seed, violation, steps: clock.steps, hash: trace.digest(), counts, tail };
}

async function makeContext(
  options: RunOptions,
  parts: Pick<RunContext, 'trace' | 'clock' | 'violations'>,
): Promise<RunContext> {
  const random = new SeededRandom(options.seed);
  const scenario = drawScenario(random.fork(STREAMS.scenario));
  const { trace, clock, violations } = parts;
  const ledger = (await options.ledger?.(scenario)) ?? new ModelLedger(scenario);
  const reference = options.differential ? new ModelLedger(scenario) : undefined;
  const { record: violated } = violations;
  const offersEndAtMs = scenario.endsAtMs + scenario.holdSeconds * 1_000;
  return {
    ...parts,
    scenario,
    random,
    sale: options.sale ?? REAL_SALE,
    faults: new FaultInjector(scenario, random.fork(STREAMS.faults)),
    store: await Store.open({ ledger, reference, violated, trace, offersEndAtMs }, START_MS),
    signer: new StatementSigner(random.fork(STREAMS.statements)),
    hadTwoObjects: () => (trace.counts.get('fault: two objects') ?? 0) > 0,
    note: (text) => trace.add(clock.nowMs - START_MS, text),
  };
}

async function play(context: RunContext): Promise<void> {
  const { clock, scenario, faults, violations, random } = context;
  const answers = new AnswerCheck(context);
  const platform = new Platform({ ...context, random: random.fork(STREAMS.platform) }, answers);
  const time = new DeadlineCheck(context, platform);
  scheduleFaults(context, platform);
  const wake = wakerOf(context, platform);
  scheduleAdmin(context, random.fork(STREAMS.admin), wake);
  scheduleVerifications(context, random.fork(STREAMS.admin), wake);
  scheduleQueueAdmin(context, random.fork(STREAMS.queue), wake);
  const send = openEdges(context, platform, answers);
  const desk = openDesk(context, { send, answers });
  const ports = { context, send, answers, seen: [], desk };
  const shopping = new Set(scenario.customers.keys());
  for (const n of scenario.customers.keys()) void shop(ports, n).finally(() => shopping.delete(n));
  clock.at(scenario.faultsEndAtMs, () => faults.stop());

  const isBroken = () => violations.violation !== undefined;
  while (shopping.size > 0 && !isBroken() && clock.steps < STEPS_MAX) {
    await clock.step();
    time.check();
  }
  const quietAtMs = Math.max(clock.nowMs, scenario.faultsEndAtMs) + QUIET_MS;
  while (clock.nowMs < quietAtMs && !isBroken() && clock.steps < STEPS_MAX) {
    await clock.step();
    time.check();
  }
  // Offers that nobody answers lapse, one after another, and go to the next; and money comes to rest.
  const isUnfinished = () => isAnythingHeld(context) || desk?.isBusy === true;
  while (isUnfinished() && !isBroken() && clock.steps < STEPS_MAX) {
    await clock.step();
    time.check();
  }
  if (clock.steps >= STEPS_MAX)
    violations.record('a run comes to an end', `${shopping.size} still shop`);
  if (!isBroken()) checkFinalState(context, platform, answers);
  if (desk && !isBroken()) checkMoneyAtRest(context.store.latest, desk.provider, violations.record);
}

function openDesk(
  context: RunContext,
  parts: { send: SendAttempt; answers: AnswerCheck },
): PaymentDesk | undefined {
  if (!context.scenario.payOnline) return undefined;
  const desk = new PaymentDesk(context, context.random.fork(STREAMS.payments), parts);
  desk.start();
  return desk;
}

async function shop(ports: ShopperPorts, n: number): Promise<void> {
  const { scenario, random, clock } = ports.context;
  const customerId = scenario.customers[n];
  if (customerId === undefined) return;
  const own = random.fork(STREAMS.shoppers + n);
  const shopper = new Shopper(ports, customerId, own);
  const arrivesMs = own.weighted([
    [1, own.int(START_MS, scenario.startsAtMs)],
    [5, scenario.startsAtMs + own.int(0, 300)],
    [4, own.int(scenario.startsAtMs, scenario.faultsEndAtMs)],
  ]);
  const queue = own.fork(STREAMS.queue);
  const isEarly = scenario.crowd.has(customerId) || queue.happens(EARLY_SHARE);
  await clock.sleepUntil((isEarly ? arrivalOf(scenario, queue) : undefined) ?? arrivesMs);
  const behaviour = drawBehaviour(own);
  const special = scenario.oneLimitPerMailbox
    ? drawMailboxBehaviour(own.fork(STREAMS.mailboxes))
    : undefined;
  const ofSizes = scenario.items.some(({ size }) => size !== undefined)
    ? drawSizesBehaviour(own.fork(STREAMS.sizes))
    : undefined;
  const ofQueue = scenario.hasQueue ? drawQueueBehaviour(queue) : undefined;
  const inCrowd = scenario.crowd.has(customerId) ? joinsTheCrowd : undefined;
  const ofPaying = scenario.payOnline ? drawPayingBehaviour(own.fork(STREAMS.payments)) : undefined;
  await (inCrowd ?? ofPaying ?? ofQueue ?? special ?? ofSizes ?? behaviour)(shopper);
}

/** Before the entries of a draw are locked. */
function arrivalOf({ queuePlan, hasQueue }: Scenario, random: SeededRandom): number | undefined {
  const { entriesCloseAtMs } = queuePlan;
  if (!hasQueue || entriesCloseAtMs === null) return undefined;
  return random.int(START_MS, entriesCloseAtMs);
}

function isAnythingHeld({ store }: RunContext): boolean {
  return store.latest.items.some(({ held }) => held > 0);
}

/** Whoever changes stock or times wakes the object, but not always with success. */
function wakerOf(context: RunContext, platform: Platform): Wake {
  const { scenario, random, clock, faults } = context;
  const own = random.fork(STREAMS.wakes);
  return () => {
    if (!scenario.hasQueue) return;
    const isLost = own.happens(WAKES_LOST_SHARE);
    if (isLost) return faults.extendDisruption(nextSweepMs(clock.nowMs));
    platform.expireDue().catch(() => faults.extendDisruption(nextSweepMs(clock.nowMs)));
  };
}

/** What is left undone at this moment is found by then. */
function nextSweepMs(nowMs: number): number {
  const sinceMs = nowMs + OVERDUE_MS - START_MS;
  return START_MS + (Math.floor(sinceMs / SWEEP_EVERY_MS) + 1) * SWEEP_EVERY_MS;
}

function scheduleFaults({ clock, scenario, store, faults }: RunContext, platform: Platform): void {
  for (const atMs of scenario.evictionsAtMs) clock.at(atMs, () => platform.evict());
  for (const { fromMs, toMs } of scenario.splits) clock.at(fromMs, () => platform.split(toMs));
  const sweep = () => {
    clock.after(SWEEP_EVERY_MS, sweep);
    if (faults.isStoreDown(clock.nowMs)) return;
    const isOverdue = needsSweep(store.latest, clock.nowMs - OVERDUE_MS);
    // What fails is tried again by the next sweep.
    if (isOverdue)
      platform.expireDue().catch(() => faults.extendDisruption(clock.nowMs + SWEEP_EVERY_MS));
  };
  clock.at(START_MS + SWEEP_EVERY_MS, sweep);
}
