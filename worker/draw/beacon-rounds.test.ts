import { describe, expect, it } from 'vitest';
import { nameRound, QUICKNET } from './beacon-rounds.ts';

/** Round 1,000 of quicknet, as it was published. */
const ROUND_1000_MS = 1_692_806_364_000;

const at = (atMs: number) => nameRound('drand', QUICKNET, atMs);

describe('the round of a draw', () => {
  it('is the first one due at the opening or after it', () => {
    const named = { kind: 'drand', chain: QUICKNET.chain, publicKey: QUICKNET.publicKey };
    expect(at(ROUND_1000_MS)).toEqual({ ...named, round: 1_000, roundAtMs: ROUND_1000_MS });
    expect(at(ROUND_1000_MS - 2_999)).toMatchObject({ round: 1_000 });
    expect(at(ROUND_1000_MS + 1)).toMatchObject({ round: 1_001, roundAtMs: ROUND_1000_MS + 3_000 });
  });

  it('is never due before it, nor a whole period after it', () => {
    for (let n = 0; n < 10_000; n++) {
      const atMs = ROUND_1000_MS + n * 1_237;
      for (const kind of ['drand', 'local'] as const) {
        const { round, roundAtMs } = nameRound(kind, QUICKNET, atMs);
        expect(roundAtMs - atMs).toBeGreaterThanOrEqual(0);
        expect(roundAtMs - atMs).toBeLessThan(3_000);
        expect(Number.isInteger(round)).toBe(true);
      }
    }
  });

  it('of a local beacon counts from the epoch', () => {
    expect(nameRound('local', QUICKNET, 0)).toMatchObject({ round: 1, roundAtMs: 0 });
    expect(nameRound('local', QUICKNET, 6_001)).toMatchObject({ round: 4, roundAtMs: 9_000 });
  });

  it('is the first one of all for a time before the network began', () => {
    expect(nameRound('drand', QUICKNET, 0).round).toBe(1);
  });
});
