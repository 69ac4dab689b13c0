/**
 * One phase in which requests arrive by a clock, whether or not those before them were answered. A request that
 * finds no free client waits, and its time counts from its arrival. Must not know what clients do.
 */
import { setTimeout } from 'node:timers/promises';
import { BROKEN, broken, type Client, type Counted, type PhaseTimes } from './phase.ts';

/** How often it is looked who has arrived. */
const TICK_MS = 1;
/** One more is lost, and counts as refused by the load itself. */
const WAITING_MAX = 20_000;

export interface ArrivalClock {
  /** In milliseconds, from any moment. */
  nowMs(): number;
  pause(ms: number): Promise<unknown>;
}

export interface Arrivals<Reading> {
  times: PhaseTimes;
  perSecond: number;
  /** Taken at the start and at the end of counting. */
  read: () => Reading;
  clock?: ArrivalClock;
}

const MACHINE: ArrivalClock = { nowMs: () => performance.now(), pause: (ms) => setTimeout(ms) };

/**
 * What is answered while it counts is `units`; `tookMs` is of those who arrived while it counted. Whoever still
 * waits in the end is not sent, and has taken as long as it had waited by then.
 */
export async function runArrivals<Reading>(
  clients: Client[],
  { times: { rampMs, countMs }, perSecond, read, clock = MACHINE }: Arrivals<Reading>,
): Promise<Counted<Reading>> {
  const fromMs = clock.nowMs();
  const counting = { fromMs: fromMs + rampMs, untilMs: fromMs + rampMs + countMs };
  const isCounted = (atMs: number) => atMs >= counting.fromMs && atMs < counting.untilMs;
  const free = [...clients];
  const waiting: number[] = [];
  const running = new Set<Promise<void>>();
  const counted = { units: 0, unitsInAll: 0, tookMs: [] as number[] };
  const errors: Record<string, number> = {};
  const fail = (code: string) => {
    errors[code] = (errors[code] ?? 0) + 1;
  };

  const serve = async (client: Client, first: number): Promise<void> => {
    for (let atMs: number | undefined = first; atMs !== undefined; atMs = waiting.shift()) {
      const outcome = await client().catch(broken);
      const answeredAtMs = clock.nowMs();
      if (outcome.expected) counted.unitsInAll += outcome.units;
      else fail(outcome.code);
      if (isCounted(answeredAtMs)) counted.units += outcome.units;
      if (isCounted(atMs)) counted.tookMs.push(answeredAtMs - atMs);
      if (outcome.code === BROKEN) return;
    }
    free.push(client);
  };
  const arrive = (atMs: number): void => {
    const client = free.pop();
    if (client === undefined) {
      if (waiting.length < WAITING_MAX) waiting.push(atMs);
      else fail('too many wait');
      return;
    }
    const serving = serve(client, atMs).finally(() => running.delete(serving));
    running.add(serving);
  };

  let arrived = 0;
  const arriveUntil = async (untilMs: number): Promise<void> => {
    for (;;) {
      const nowMs = Math.min(clock.nowMs(), untilMs);
      const due = arrivedBy(nowMs - fromMs, perSecond);
      while (arrived < due) arrive(arrivalMs(arrived++, { fromMs, perSecond }));
      if (nowMs >= untilMs) return;
      await clock.pause(TICK_MS);
    }
  };
  await arriveUntil(counting.fromMs);
  const before = read();
  const countedFromMs = clock.nowMs();
  await arriveUntil(counting.untilMs);
  const after = read();
  const ms = clock.nowMs() - countedFromMs;
  for (const atMs of waiting.splice(0)) {
    if (isCounted(atMs)) counted.tookMs.push(counting.untilMs - atMs);
  }
  await Promise.all(running);
  return { ...counted, ms, errors, before, after };
}

/** How many have arrived in the first so many milliseconds, if they arrive evenly. */
export function arrivedBy(ms: number, perSecond: number): number {
  return Math.max(0, Math.ceil((ms * perSecond) / 1_000));
}

function arrivalMs(
  n: number,
  { fromMs, perSecond }: { fromMs: number; perSecond: number },
): number {
  return fromMs + (n * 1_000) / perSecond;
}
