/** Proves what is compared with what, and which of several numbers counts. */
import { describe, expect, it } from 'vitest';
import { isMet, ratiosOf } from './ratios.ts';
import type { RowName } from './rows.ts';
import type { Memory, Sample } from './samples.ts';

const memory: Memory = { purchases: [1_000, 100_000], rssBytes: [100, 120] };

function sample(name: RowName, connections: number, perSecond: number): Sample {
  const cpu = { runtime: 1, endpoint: 0, postgres: 0, load: 0 };
  const spread = { p50Ms: 10, p99Ms: 30, slowestMs: 40, errors: {}, runtimeUsEach: 1, rssBytes: 1 };
  return { name, connections, perSecond, round: 0, cpu, ...spread };
}

describe('a ratio', () => {
  it('compares the best of each side, whatever number of connections gave it', () => {
    const samples = [
      sample('reserve', 32, 1_800),
      sample('empty', 32, 2_000),
      sample('reserve', 256, 1_600),
      sample('empty', 256, 1_900),
      sample('list', 32, 9_000),
    ];
    expect(ratiosOf(samples, memory)).toMatchObject({
      reserve_vs_empty_object: 0.9,
      lists_vs_reserve: 5,
    });
  });

  it('is taken within a round and is the median of the rounds', () => {
    const rounds = [2, 9, 4].flatMap((times, round) => [
      { ...sample('reserve', 256, 100 * times * (round + 1)), round },
      { ...sample('naive', 256, 100 * (round + 1)), round },
    ]);
    expect(ratiosOf(rounds, memory).reserve_vs_naive_256).toBe(4);
  });

  it('compares with the best that SQL transactions do, and with a crowd of them', () => {
    const samples = [
      sample('reserve', 32, 3_000),
      sample('reserve', 256, 2_400),
      sample('sql', 1, 1_200),
      sample('sql', 8, 900),
      sample('sql_statement', 8, 1_600),
      sample('sql', 32, 400),
    ];
    const ratios = ratiosOf(samples, memory);
    expect(ratios).toMatchObject({ reserve_vs_best_sql: 2.5, reserve_vs_sql_32: 7.5 });
  });

  it('of times and of memory grows when things get worse', () => {
    const ratios = ratiosOf([sample('reserve', 256, 1)], memory);
    expect(ratios).toMatchObject({ p99_vs_p50_256: 3, memory_growth: 1.2 });
  });

  it('is left out where something of it was not measured', () => {
    const noMemory: Memory = { purchases: [0, 0], rssBytes: [0, 0] };
    expect(ratiosOf([sample('ok', 32, 5)], noMemory)).toEqual({});
  });
});

describe('a target', () => {
  it('is met by reaching it, from above or from below', () => {
    expect(isMet('reserve_vs_empty_object', 0.8)).toBe(true);
    expect(isMet('reserve_vs_empty_object', 0.79)).toBe(false);
    expect(isMet('p99_vs_p50_256', 5)).toBe(true);
    expect(isMet('p99_vs_p50_256', 5.01)).toBe(false);
  });
});
