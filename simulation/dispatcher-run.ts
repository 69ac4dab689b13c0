/** Plays one seed of the outbox: the dispatcher's code, on a platform that evicts it at any await. */
import { Dispatcher } from '../worker/outbox/rules/dispatcher.ts';
import { drainOutbox } from '../worker/outbox/rules/drain.ts';
import { SendBudget } from '../worker/outbox/rules/send-budget.ts';
import type { OutboxCode } from './dispatcher-code.ts';
import { OutboxLaws } from './dispatcher-laws.ts';
import { OutboxPlatform } from './dispatcher-platform.ts';
import { OutboxRows } from './dispatcher-rows.ts';
import { type Chance, drawOutbox, type OutboxScenario, START_MS } from './dispatcher-scenario.ts';
import { FirstViolation } from './first-violation.ts';
import type { Outcome } from './run.ts';
import { SeededRandom } from './seeded-random.ts';
import { Trace } from './trace.ts';
import { VirtualClock } from './virtual-clock.ts';

/** A run with more steps counts as endless, as does one that takes longer. */
const STEPS_MAX = 30_000;
const PLAYED_MS_MAX = 6 * 24 * 60 * 60_000;
const SWEEP_EVERY_MS = 60_000;
/** Once nothing goes wrong any more, when a sweep only has to look. */
const QUIET_SWEEP_EVERY_MS = 15 * 60_000;
const OVERDUE_MS = 5_000;
const STREAMS = { scenario: 1, faults: 2, world: 3 };

const REAL_CODE: OutboxCode = { drainOutbox, Dispatcher, SendBudget };

export interface OutboxRunOptions {
  seed: number;
  code?: OutboxCode;
  print?: (line: string) => void;
}

export async function runOutbox({
  seed,
  code = REAL_CODE,
  print,
}: OutboxRunOptions): Promise<Outcome> {
  const trace = new Trace(print);
  const clock = new VirtualClock(START_MS);
  const violations = new FirstViolation(clock, trace);
  const random = new SeededRandom(seed);
  const scenario = drawOutbox(random.fork(STREAMS.scenario));
  const faults = random.fork(STREAMS.faults);
  const table = new OutboxRows();
  const laws = new OutboxLaws(scenario, table, violations.record);
  const platform = new OutboxPlatform({
    scenario,
    clock,
    trace,
    table,
    laws,
    code,
    random: random.fork(STREAMS.world),
    note: (text) => trace.add(clock.nowMs - START_MS, text),
    occurs: (what: Chance) => {
      const does = clock.nowMs < scenario.faultsEndAtMs && faults.happens(scenario.chances[what]);
      if (does) trace.count(`outbox fault: ${what}`);
      return does;
    },
  });
  const onUnhandledRejection = (reason: unknown) =>
    violations.record('the dispatcher does not die of its own faults', String(reason));
  process.on('unhandledRejection', onUnhandledRejection);
  try {
    schedule({ scenario, clock, table, platform });
    const isOver = () =>
      violations.violation !== undefined ||
      (table.rows.size === scenario.rows.length && table.waiting.length === 0);
    const untilMs = START_MS + PLAYED_MS_MAX;
    while (!isOver() && clock.nowMs < untilMs && clock.steps < STEPS_MAX) {
      if (!(await clock.step())) break;
    }
    laws.atEnd();
  } finally {
    process.off('unhandledRejection', onUnhandledRejection);
  }
  for (const { end } of table.rows.values()) trace.count(`outbox end: ${end?.outcome ?? 'none'}`);
  const { counts, tail } = trace;
  const { violation } = violations;
  return { seed, violation, steps: clock.steps, hash: trace.digest(), counts, tail };
}

interface Played {
  scenario: OutboxScenario;
  clock: VirtualClock;
  table: OutboxRows;
  platform: OutboxPlatform;
}

function schedule({ scenario, clock, table, platform }: Played): void {
  // In the order in which they are written, as ids are.
  scenario.rows.sort((a, b) => a.writtenAtMs - b.writtenAtMs);
  for (const planned of scenario.rows) {
    clock.at(planned.writtenAtMs, () => {
      const { kind, priority, dueAtMs, dropAfterMs } = planned;
      const payload = { email: 'somebody@example.com' };
      const row = { kind, priority, dueAtMs, dropAfterMs, payload, userId: null };
      table.insert({ ...row, createdAtMs: clock.nowMs });
      if (planned.isWoken) platform.wake();
    });
  }
  for (const atMs of scenario.evictionsAtMs) clock.at(atMs, () => platform.evict());
  const { twins } = scenario;
  if (twins) clock.at(twins.fromMs, () => platform.split(twins.toMs));
  const sweep = () => {
    const isQuiet = clock.nowMs > scenario.faultsEndAtMs;
    clock.after(isQuiet ? QUIET_SWEEP_EVERY_MS : SWEEP_EVERY_MS, sweep);
    if (table.hasOverdue(clock.nowMs - OVERDUE_MS)) platform.wake();
  };
  if (scenario.hasSweep) clock.at(START_MS + SWEEP_EVERY_MS, sweep);
}
