/** One run of one seed: builds its world, lets it happen, and says whether every promise was kept. */
import { Batcher } from '../worker/sale/edge/batcher.ts';
import { Sale } from '../worker/sale/object/sale.ts';
import { scheduleAdmin } from './admin.ts';
import { Chance } from './chance.ts';
import { AnswerCheck } from './check-answers.ts';
import { checkEnd } from './check-end.ts';
import { TimeCheck } from './check-time.ts';
import { openEdges } from './edge.ts';
import type { Ledger } from './ledger.ts';
import { ModelLedger } from './model-ledger.ts';
import { OVERDUE_MS, Platform, SWEEP_EVERY_MS } from './platform.ts';
import { drawRole } from './roles.ts';
import { drawScenario, type Scenario, START_MS } from './scenario.ts';
import { Shopper, type ShopperPorts } from './shopper.ts';
import { Store } from './store.ts';
import { Trace } from './trace.ts';
import { Verdict, type Violation } from './verdict.ts';
import { VirtualClock } from './virtual-clock.ts';
import { Weather } from './weather.ts';
import type { SaleCode, World } from './world.ts';

/** A run that takes longer never ends. */
const STEPS_MAX = 400_000;
/** After the last shopper has gone: the longest that a lost hold may wait for the sweep, and more. */
const QUIET_MS = 2 * SWEEP_EVERY_MS + 2 * OVERDUE_MS;
const STREAMS = { scenario: 1, weather: 2, world: 3, admin: 4, shoppers: 1_000 };

export const REAL_SALE: SaleCode = { Batcher, Sale };

export interface RunOptions {
  seed: number;
  /** Makes the ledger for a scenario; the model unless given. */
  ledger?: (scenario: Scenario) => Promise<Ledger>;
  /** Whether the model is given the same groups and must answer the same. */
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
  const verdict = new Verdict(clock, trace);
  const died = (reason: unknown) =>
    verdict.complain('the object does not die of its own faults', String(reason));
  process.on('unhandledRejection', died);
  try {
    await play(await makeWorld(options, { trace, clock, verdict }));
  } finally {
    process.off('unhandledRejection', died);
  }
  const { seed } = options;
  const { counts, tail } = trace;
  const { violation } = verdict;
  return { seed, violation, steps: clock.steps, hash: trace.digest(), counts, tail };
}

async function makeWorld(
  options: RunOptions,
  parts: Pick<World, 'trace' | 'clock' | 'verdict'>,
): Promise<World> {
  const chance = new Chance(options.seed);
  const scenario = drawScenario(chance.fork(STREAMS.scenario));
  const { trace, clock, verdict } = parts;
  const ledger = (await options.ledger?.(scenario)) ?? new ModelLedger(scenario);
  const shadow = options.differential ? new ModelLedger(scenario) : undefined;
  const { complain } = verdict;
  return {
    ...parts,
    scenario,
    chance,
    sale: options.sale ?? REAL_SALE,
    weather: new Weather(scenario, chance.fork(STREAMS.weather)),
    store: await Store.open({ ledger, shadow, complain, trace }, START_MS),
    hadTwoObjects: () => (trace.counts.get('fault: two objects') ?? 0) > 0,
    note: (text) => trace.add(clock.nowMs - START_MS, text),
  };
}

async function play(world: World): Promise<void> {
  const { clock, scenario, weather, verdict, chance } = world;
  const answers = new AnswerCheck(world);
  const platform = new Platform({ ...world, chance: chance.fork(STREAMS.world) }, answers);
  const time = new TimeCheck(world, platform);
  scheduleFaults(world, platform);
  scheduleAdmin(world, chance.fork(STREAMS.admin));
  const ports = { world, enter: openEdges(world, platform, answers), answers, seen: [] };
  const shopping = new Set(scenario.customers.keys());
  for (const n of scenario.customers.keys()) void shop(ports, n).finally(() => shopping.delete(n));
  clock.at(scenario.chaosEndsAtMs, () => weather.calmDown());

  const isBroken = () => verdict.violation !== undefined;
  while (shopping.size > 0 && !isBroken() && clock.steps < STEPS_MAX) {
    await clock.step();
    time.check();
  }
  const quietAtMs = Math.max(clock.nowMs, scenario.chaosEndsAtMs) + QUIET_MS;
  while (clock.nowMs < quietAtMs && !isBroken() && clock.steps < STEPS_MAX) {
    await clock.step();
    time.check();
  }
  if (clock.steps >= STEPS_MAX)
    verdict.complain('a run comes to an end', `${shopping.size} still shop`);
  if (!isBroken()) checkEnd(world, platform, answers);
}

async function shop(ports: ShopperPorts, n: number): Promise<void> {
  const { scenario, chance, clock } = ports.world;
  const customerId = scenario.customers[n];
  if (customerId === undefined) return;
  const own = chance.fork(STREAMS.shoppers + n);
  const shopper = new Shopper(ports, customerId, own);
  const arrivesMs = own.weighted([
    [1, own.int(START_MS, scenario.startsAtMs)],
    [5, scenario.startsAtMs + own.int(0, 300)],
    [4, own.int(scenario.startsAtMs, scenario.chaosEndsAtMs)],
  ]);
  await clock.sleepUntil(arrivesMs);
  await drawRole(own)(shopper);
}

function scheduleFaults({ clock, scenario, store, weather }: World, platform: Platform): void {
  for (const atMs of scenario.evictionsAtMs) clock.at(atMs, () => platform.evict());
  for (const { fromMs, toMs } of scenario.splits) clock.at(fromMs, () => platform.split(toMs));
  const sweep = () => {
    clock.after(SWEEP_EVERY_MS, sweep);
    if (weather.isAway(clock.nowMs)) return;
    const isOverdue = [...store.latest.orders.values()].some(
      ({ status, expiresAtMs }) => status === 'pending' && expiresAtMs <= clock.nowMs - OVERDUE_MS,
    );
    // What fails is tried again by the next sweep.
    if (isOverdue) platform.tidy().catch(() => weather.disturb(clock.nowMs + SWEEP_EVERY_MS));
  };
  clock.at(START_MS + SWEEP_EVERY_MS, sweep);
}
