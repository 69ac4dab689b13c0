import { describe, expect, it } from 'vitest';
import { firstNotFull, SHARD_FULL, SHARDS, shardsInTurn } from './shards.ts';

const ALL = Array.from({ length: SHARDS }, (_, shard) => shard);

describe('a new socket', () => {
  it('is offered to each object once, and to each as often first', () => {
    const turns = Array.from({ length: 4_000 }, (_, random) => shardsInTurn(random));
    for (const turn of turns) expect(turn.toSorted((a, b) => a - b)).toEqual(ALL);
    const firsts = ALL.map((shard) => turns.filter(([first]) => first === shard).length);
    expect(firsts).toEqual(ALL.map(() => 4_000 / SHARDS));
  });

  it('goes to the first that is not full, and to no other where its address is refused', async () => {
    const asked: number[] = [];
    const answering = (statuses: number[]) => async (shard: number) => {
      asked.push(shard);
      return new Response(null, { status: statuses[shard] ?? 500 });
    };
    const full = SHARD_FULL;
    expect((await firstNotFull([2, 3, 0, 1], answering([200, 200, full, full]))).status).toBe(200);
    expect((await firstNotFull([0, 1, 2, 3], answering([429, 200, 200, 200]))).status).toBe(429);
    expect((await firstNotFull([1, 2, 3, 0], answering([full, full, full, full]))).status).toBe(
      full,
    );
    expect(asked).toEqual([2, 3, 0, 0, 1, 2, 3, 0]);
  });
});
