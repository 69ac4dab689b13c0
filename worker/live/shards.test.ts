import { describe, expect, it } from 'vitest';
import { firstWithRoom, SHARD_FULL, SHARDS, shardsInTurn } from './shards.ts';

const ALL = Array.from({ length: SHARDS }, (_, shard) => shard);

describe('a new socket', () => {
  it('asks each object once, and each as often first', () => {
    const turns = Array.from({ length: 4_000 }, (_, random) => shardsInTurn(random));
    for (const turn of turns) expect(turn.toSorted((a, b) => a - b)).toEqual(ALL);
    const firsts = ALL.map((shard) => turns.filter(([first]) => first === shard).length);
    expect(firsts).toEqual(ALL.map(() => 4_000 / SHARDS));
  });

  it('takes the first that has room, and asks no further where it is refused for itself', async () => {
    const asked: number[] = [];
    const answering = (statuses: number[]) => async (shard: number) => {
      asked.push(shard);
      return new Response(null, { status: statuses[shard] ?? 500 });
    };
    const full = SHARD_FULL;
    expect((await firstWithRoom([2, 3, 0, 1], answering([200, 200, full, full]))).status).toBe(200);
    expect((await firstWithRoom([0, 1, 2, 3], answering([429, 200, 200, 200]))).status).toBe(429);
    expect((await firstWithRoom([1, 2, 3, 0], answering([full, full, full, full]))).status).toBe(
      full,
    );
    expect(asked).toEqual([2, 3, 0, 0, 1, 2, 3, 0]);
  });
});
