/** The measurements in their order: memory on a fresh runtime, then rounds of short phases. */
import type { EventItemId } from '../../worker/contract/ids.ts';
import { LIMITS } from '../../worker/contract/values.ts';
import { inParallel } from '../rehearse/limiter.ts';
import { runArrivals } from './arrivals.ts';
import { type Bench, checkLaw, checkWaiting, readingsOf } from './bench.ts';
import { type DrawSize, measureDraw, measureDrawSql } from './draw.ts';
import { openSale } from './fixtures.ts';
import { type LapseSize, measureFreedUnits } from './freed-units.ts';
import type { Options } from './options.ts';
import { type Client, runPhase } from './phase.ts';
import { CONNECTIONS, SQL_CONNECTIONS } from './ratios.ts';
import {
  LIST_SIZE,
  openClients,
  type PhaseName,
  QUEUE_RUNS,
  type QueueRunName,
  type RowName,
} from './rows.ts';
import { type Memory, type RowKey, type Sample, sampleOf } from './samples.ts';

const RAMP_MS_MAX = 500;
const RAMP_SHARE = 0.25;
const MEMORY_MS_MAX = 60_000;
/** Rows that sell: what they were granted must be in the tables afterwards. */
const SELLING: ReadonlySet<RowName> = new Set([
  'reserve',
  'confirm',
  'naive',
  'list',
  'sql',
  'sql_statement',
]);

interface PhaseRow extends RowKey {
  name: PhaseName;
}

interface QueueRun extends RowKey {
  name: QueueRunName;
}

type PlannedRow = PhaseRow | QueueRun;

/** Of what is not done for a fixed time. */
export interface RunSizes {
  draw: DrawSize;
  lapses: LapseSize;
}

/** What a round measures, in an order that puts next to each other what a ratio compares. */
export function roundPlan(only: RowName[]): PlannedRow[] {
  const overHttp = Object.values(CONNECTIONS).flatMap((connections) =>
    (['ok', 'sold_out', 'empty', 'reserve', 'enter', 'confirm', 'naive'] as const).map((name) => ({
      name,
      connections,
    })),
  );
  const plan: PlannedRow[] = [
    ...overHttp,
    { name: 'list', connections: CONNECTIONS.few },
    ...SQL_CONNECTIONS.flatMap((connections) => [
      { name: 'sql' as const, connections },
      { name: 'sql_statement' as const, connections },
    ]),
    { name: 'draw', connections: 0 },
    { name: 'draw_sql', connections: 1 },
    { name: 'freed', connections: 0 },
    { name: 'freed_busy', connections: CONNECTIONS.few },
  ];
  return plan.filter(
    ({ name }) => only.includes(name) || (name === 'draw' && only.includes('rank')),
  );
}

export async function measureRounds(
  bench: Bench,
  options: Options,
  sizes: RunSizes,
): Promise<Sample[]> {
  const samples: Sample[] = [];
  const plan = roundPlan(options.only);
  for (let round = 0; round < options.rounds; round++) {
    // Back and forth, so that a machine that gets slower favours nobody.
    for (const row of round % 2 === 0 ? plan : plan.toReversed()) {
      bench.stopped.throwIfAborted();
      bench.logStep(`round ${round + 1} of ${options.rounds}: ${row.name} at ${row.connections}`);
      const measured = isQueueRun(row)
        ? await measureQueueRun(bench, { ...row, round }, sizes)
        : [await measurePhase(bench, { ...row, round, seconds: options.seconds })];
      samples.push(...measured);
    }
  }
  return samples;
}

function isQueueRun(row: PlannedRow): row is QueueRun {
  const names: readonly RowName[] = QUEUE_RUNS;
  return names.includes(row.name);
}

function measureQueueRun(
  bench: Bench,
  { name, connections, round }: QueueRun & { round: number },
  { draw, lapses }: RunSizes,
): Promise<Sample[]> {
  if (name === 'draw') return measureDraw(bench, { ...draw, round });
  if (name === 'draw_sql') return measureDrawSql(bench, { ...draw, round });
  return measureFreedUnits(bench, { name, connections, round }, lapses);
}

async function measurePhase(
  bench: Bench,
  phase: PhaseRow & { round: number; seconds: number },
): Promise<Sample> {
  return measureOn(bench, phase, await openRowSale(bench, phase.name));
}

/** Of a phase on an event that is there already. */
export interface PhaseOptions extends PhaseRow {
  round: number;
  /** Counted. */
  seconds: number;
  /** As many arrive by a clock; without it each client does one thing after the other. */
  perSecond?: number;
  /** Called when counting starts and when it ends. */
  onCount?: () => void;
  /** Called with the last answer. */
  onOver?: () => void;
}

/** One phase of a row, on an event that is there already. */
export async function measureOn(
  bench: Bench,
  { seconds, perSecond, onCount, onOver, ...row }: PhaseOptions,
  eventItemId: EventItemId,
): Promise<Sample> {
  const { clients, close } = await openClients(row, eventItemId, bench.target);
  const countMs = seconds * 1_000;
  const times = { rampMs: Math.min(RAMP_MS_MAX, countMs * RAMP_SHARE), countMs };
  const read = () => {
    onCount?.();
    return readingsOf(bench.testBed);
  };
  try {
    const counted =
      perSecond === undefined
        ? await runPhase(clients, times, read)
        : await runArrivals(clients, { times, perSecond, read });
    onOver?.();
    for (const [code, count] of Object.entries(counted.errors)) {
      bench.wrong.push(`${row.name} at ${row.connections}: ${count} times ${code}`);
    }
    const granted = SELLING.has(row.name) ? counted.unitsInAll : undefined;
    await checkLaw(bench, eventItemId, granted);
    if (row.name === 'enter') await checkWaiting(bench, eventItemId, counted.unitsInAll);
    return sampleOf(row, counted);
  } finally {
    await close();
  }
}

/** An event of its own for each phase, so that neither its size nor its age matters. */
async function openRowSale(
  { testBed, target, itemId }: Bench,
  name: PhaseName,
): Promise<EventItemId> {
  const isSoldOut = name === 'sold_out' || name === 'enter';
  const stock = isSoldOut ? LIST_SIZE : LIMITS.stockMax;
  const eventItemId = await openSale(testBed, { itemId, stock });
  if (isSoldOut) {
    const buyer = await openClients({ name: 'list', connections: 1 }, eventItemId, target);
    await buyer.clients[0]?.();
    await buyer.close();
  }
  return eventItemId;
}

/**
 * The runtime's memory after few and after many purchases; lists make it quick to get there. Calls
 * that buy nothing come first: a new runtime takes up room for garbage, whatever it is asked.
 */
export async function measureMemory(
  bench: Bench,
  purchases: { warmUp: number; few: number; many: number },
): Promise<Memory> {
  const eventItemId = await openSale(bench.testBed, {
    itemId: bench.itemId,
    stock: LIMITS.stockMax,
  });
  const rssBytes = () => readingsOf(bench.testBed).runtime.rssBytes;
  const call = async (row: PhaseRow, calls: number): Promise<number> => {
    const { clients, close } = await openClients(row, eventItemId, bench.target);
    try {
      return await callAll(clients, calls, bench);
    } finally {
      await close();
    }
  };
  await call({ name: 'empty', connections: CONNECTIONS.many }, purchases.warmUp);
  const few = await call({ name: 'reserve', connections: CONNECTIONS.many }, purchases.few);
  const rssFew = rssBytes();
  const lists = Math.ceil((purchases.many - few) / LIST_SIZE);
  const more = await call({ name: 'list', connections: CONNECTIONS.few }, lists);
  const rssMany = rssBytes();
  await checkLaw(bench, eventItemId, few + more);
  return { purchases: [few, few + more], rssBytes: [rssFew, rssMany] };
}

/** @returns the units that were granted; fewer than asked for if it takes too long. */
async function callAll(clients: Client[], calls: number, bench: Bench): Promise<number> {
  const free = [...clients];
  const giveUpAtMs = performance.now() + MEMORY_MS_MAX;
  const unexpected = new Set<string>();
  let units = 0;
  await inParallel(clients.length, calls, async () => {
    const client = free.pop();
    if (client === undefined || performance.now() > giveUpAtMs || bench.stopped.aborted) return;
    const outcome = await client();
    if (outcome.expected) units += outcome.units;
    else unexpected.add(outcome.code);
    free.push(client);
  });
  if (unexpected.size > 0) bench.wrong.push(`memory: ${[...unexpected].join(', ')}`);
  return units;
}
