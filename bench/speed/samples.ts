/** What a phase measured, and how the rounds of a row become one. Must not measure anything itself. */
import { percentile } from '../rehearse/statistics.ts';
import type { Counted } from './phase.ts';
import type { Usage } from './process-usage.ts';
import type { RowName } from './rows.ts';

const US_PER_SECOND = 1e6;

export const PROCESSES = ['runtime', 'endpoint', 'postgres', 'load'] as const;
export type ProcessName = (typeof PROCESSES)[number];
export type Readings = Record<ProcessName, Usage>;

export interface RowKey {
  name: RowName;
  /** 0 where nobody asks. */
  connections: number;
}

/** One phase. */
export interface Sample extends RowKey {
  round: number;
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  slowestMs: number;
  errors: Record<string, number>;
  /** Seconds of CPU in a second. */
  cpu: Record<ProcessName, number>;
  /** CPU that the runtime used for one of them: hardly touched by what else runs here. */
  runtimeUsEach: number;
  /** Of the runtime, when the phase ended. */
  rssBytes: number;
}

export interface Memory {
  purchases: [number, number];
  /** Of the runtime, after that many purchases. */
  rssBytes: [number, number];
}

export function sampleOf(row: RowKey & { round: number }, counted: Counted<Readings>): Sample {
  const { units, ms, before, after, errors } = counted;
  const seconds = ms / 1_000;
  const sorted = counted.tookMs.toSorted((a, b) => a - b);
  const cpuOf = (name: ProcessName): number =>
    Math.max(0, after[name].cpuSeconds - before[name].cpuSeconds) / seconds;
  return {
    ...row,
    perSecond: units / seconds,
    p50Ms: percentile(sorted, 50),
    p99Ms: percentile(sorted, 99),
    slowestMs: sorted.at(-1) ?? 0,
    errors,
    cpu: {
      runtime: cpuOf('runtime'),
      endpoint: cpuOf('endpoint'),
      postgres: cpuOf('postgres'),
      load: cpuOf('load'),
    },
    runtimeUsEach: units === 0 ? 0 : (cpuOf('runtime') * seconds * US_PER_SECOND) / units,
    rssBytes: after.runtime.rssBytes,
  };
}

/** Rows in the order in which they were first measured. */
export function mediansOf(samples: Sample[]): Sample[] {
  const byRow = Object.groupBy(samples, ({ name, connections }) => `${name} ${connections}`);
  return Object.values(byRow).flatMap((rounds = []) => {
    const [first] = rounds;
    if (first === undefined) return [];
    const middle = (of: (sample: Sample) => number): number => median(rounds.map(of));
    return {
      ...first,
      perSecond: middle(({ perSecond }) => perSecond),
      p50Ms: middle(({ p50Ms }) => p50Ms),
      p99Ms: middle(({ p99Ms }) => p99Ms),
      slowestMs: middle(({ slowestMs }) => slowestMs),
      errors: addedUp(rounds.map(({ errors }) => errors)),
      cpu: {
        runtime: middle(({ cpu }) => cpu.runtime),
        endpoint: middle(({ cpu }) => cpu.endpoint),
        postgres: middle(({ cpu }) => cpu.postgres),
        load: middle(({ cpu }) => cpu.load),
      },
      runtimeUsEach: middle(({ runtimeUsEach }) => runtimeUsEach),
      rssBytes: middle(({ rssBytes }) => rssBytes),
    };
  });
}

/** The middle one, or the mean of the two in the middle; 0 of none. */
export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? 0;
  return (lower + upper) / 2;
}

function addedUp(counts: Record<string, number>[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const [code, count] of counts.flatMap((one) => Object.entries(one))) {
    sum[code] = (sum[code] ?? 0) + count;
  }
  return sum;
}
