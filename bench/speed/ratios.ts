/**
 * The ratios that a machine's speed does not decide, and what they should reach. Each is taken
 * within a round, between phases that ran close to each other, and the median of the rounds counts.
 */

import type { RowName } from './rows.ts';
import { type Memory, median, type Sample } from './samples.ts';

export const CONNECTIONS = { few: 32, many: 256 } as const;
export const SQL_CONNECTIONS = [1, 8, 32] as const;
const SQL_CROWD = 32;

export type RatioName = keyof typeof TARGETS;

export const TARGETS = {
  /** A purchase against a call to an object that does nothing: the sale must be nearly free. */
  reserve_vs_empty_object: { atLeast: 0.8 },
  reserve_vs_naive_256: { atLeast: 4 },
  /** Against the best that an application's transaction does, however few its connections. */
  reserve_vs_best_sql: { atLeast: 1.5 },
  /** Against the same when a crowd races for the row. */
  reserve_vs_sql_32: { atLeast: 6 },
  sold_out_vs_ok: { atLeast: 0.85 },
  lists_vs_reserve: { atLeast: 4 },
  enter_vs_reserve_256: { atLeast: 0.8 },
  /** What the object serves of a draw against the same offers in groups as large, made by one program. */
  draw_vs_sql: { atLeast: 0.67 },
  p99_vs_p50_256: { atMost: 5 },
  memory_growth: { atMost: 1.3 },
} as const satisfies Record<string, { atLeast: number } | { atMost: number }>;

/** A round's rates by row and connections; undefined for what was not measured. */
type RateOf = (name: RowName, connections: number) => number | undefined;

/**
 * Where a ratio names no number of connections, capacities are compared: the best rate of each side,
 * whatever number gave it. At few connections a purchase waits for the disk, not for the engine.
 */
const PER_ROUND: Record<
  Exclude<RatioName, 'p99_vs_p50_256' | 'memory_growth'>,
  (rate: RateOf) => number | undefined
> = {
  reserve_vs_empty_object: (rate) => quotient(best('reserve', rate), best('empty', rate)),
  reserve_vs_naive_256: (rate) =>
    quotient(rate('reserve', CONNECTIONS.many), rate('naive', CONNECTIONS.many)),
  reserve_vs_best_sql: (rate) =>
    quotient(best('reserve', rate), most(SQL_CONNECTIONS.map((n) => rate('sql', n)))),
  reserve_vs_sql_32: (rate) => quotient(best('reserve', rate), rate('sql', SQL_CROWD)),
  sold_out_vs_ok: (rate) => quotient(best('sold_out', rate), best('ok', rate)),
  lists_vs_reserve: (rate) => quotient(rate('list', CONNECTIONS.few), best('reserve', rate)),
  enter_vs_reserve_256: (rate) =>
    quotient(rate('enter', CONNECTIONS.many), rate('reserve', CONNECTIONS.many)),
  draw_vs_sql: (rate) => quotient(rate('draw', 0), rate('draw_sql', 1)),
};

export function ratiosOf(samples: Sample[], memory: Memory): Partial<Record<RatioName, number>> {
  const rounds = Object.values(Object.groupBy(samples, ({ round }) => round));
  const perRound = Object.entries(PER_ROUND).map(([name, take]) => {
    const taken = rounds.map((round = []) => take(rateIn(round)));
    return [name, medianOf(taken)];
  });
  const [before, after] = memory.rssBytes;
  return Object.fromEntries(
    [
      ...perRound,
      ['p99_vs_p50_256', medianOf(tails(samples))],
      ['memory_growth', quotient(after, before)],
    ].filter(([, value]) => value !== undefined),
  );
}

export function isMet(name: RatioName, reach: number): boolean {
  const target = TARGETS[name];
  return 'atLeast' in target ? reach >= target.atLeast : reach <= target.atMost;
}

function rateIn(round: Sample[]): RateOf {
  return (name, connections) =>
    round.find((sample) => sample.name === name && sample.connections === connections)?.perSecond;
}

function tails(samples: Sample[]): (number | undefined)[] {
  return samples
    .filter(({ name, connections }) => name === 'reserve' && connections === CONNECTIONS.many)
    .map(({ p99Ms, p50Ms }) => quotient(p99Ms, p50Ms));
}

function best(name: RowName, rate: RateOf): number | undefined {
  return most(Object.values(CONNECTIONS).map((connections) => rate(name, connections)));
}

function quotient(of: number | undefined, by: number | undefined): number | undefined {
  return of === undefined || !by ? undefined : of / by;
}

function most(values: (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length > 0 ? Math.max(...known) : undefined;
}

function medianOf(values: (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length > 0 ? median(known) : undefined;
}
