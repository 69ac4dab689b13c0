import { describe, expect, it } from 'vitest';
import type { BeaconRound } from './beacon.ts';
import { ASKED_EVERY_MS, KeptRound } from './kept-round.ts';
import { ROUND, START } from './testing/kept-draw.ts';

/** An object that can be ended, and relays that have the round or not. */
function setUp() {
  const world = {
    nowMs: 0,
    asked: 0,
    kept: undefined as BeaconRound | undefined,
    answer: undefined as BeaconRound | undefined,
  };
  const start = () =>
    new KeptRound({
      load: async () => world.kept,
      keep: async (round) => {
        world.kept = round;
      },
      ask: async () => {
        world.asked += 1;
        return world.answer;
      },
      nowMs: () => world.nowMs,
    });
  return { world, start, named: START.beacon };
}

describe('a round that is kept', () => {
  it('is asked for once, for all draws that want it at one time', async () => {
    const { world, start, named } = setUp();
    world.answer = ROUND;
    const kept = start();
    const rounds = await Promise.all([kept.get(named), kept.get(named), kept.get(named)]);
    expect(rounds).toEqual([ROUND, ROUND, ROUND]);
    expect(await kept.get(named)).toBe(ROUND);
    expect(world.asked).toBe(1);
  });

  it('is known after the object was ended', async () => {
    const { world, start, named } = setUp();
    world.answer = ROUND;
    await start().get(named);
    world.answer = undefined;
    expect(await start().get(named)).toBe(ROUND);
    expect(world.asked).toBe(1);
  });

  it('that relays do not have is asked for once a second, however often it is wanted', async () => {
    const { world, start, named } = setUp();
    const kept = start();
    for (; world.nowMs < 10 * ASKED_EVERY_MS; world.nowMs += 50) {
      expect(await kept.get(named)).toBeUndefined();
    }
    expect(world.asked).toBe(10);
    world.answer = ROUND;
    expect(await kept.get(named)).toBe(ROUND);
  });

  it('is asked for again where asking failed', async () => {
    const { world, start, named } = setUp();
    const kept = start();
    let fails = true;
    const failing = new KeptRound({
      load: async () => undefined,
      keep: async () => {},
      ask: async () => {
        if (fails) throw new Error('failed');
        return ROUND;
      },
      nowMs: () => world.nowMs,
    });
    await expect(failing.get(named)).rejects.toThrow('failed');
    fails = false;
    world.nowMs += ASKED_EVERY_MS;
    expect(await failing.get(named)).toBe(ROUND);
    expect(await kept.get(named)).toBeUndefined();
  });
});
