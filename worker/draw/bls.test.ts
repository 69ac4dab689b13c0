import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { QUICKNET } from './beacon-rounds.ts';
import { KEY_SEED_BYTES, makeKey, signRound, verifyRound } from './bls.ts';
import { bytesOf, hexOf } from './hex.ts';
import { REAL_ROUNDS } from './testing/real-rounds.ts';

/** The prime of the curve's field. */
const PRIME = BigInt(
  '0x1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab',
);
const COORDINATE = (1n << 381n) - 1n;

function withBit(hex: string, bit: number): string {
  const bytes = bytesOf(hex);
  bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return hexOf(bytes);
}

describe('a round of quicknet', () => {
  it('that was published is verified, and its randomness computed', async () => {
    expect(REAL_ROUNDS).toHaveLength(8);
    for (const { round, signature, randomness } of REAL_ROUNDS) {
      const verified = await verifyRound(QUICKNET.publicKey, round, signature);
      expect(hexOf(verified?.signature ?? new Uint8Array())).toBe(signature);
      expect(hexOf(verified?.randomness ?? new Uint8Array())).toBe(randomness);
    }
  });

  it('is not verified with one bit changed, whichever it is', async () => {
    for (const [n, { round, signature }] of REAL_ROUNDS.entries()) {
      // Those of the first byte tell how a point is written, all others where it is.
      const bits = [...Array(8).keys(), ...[8, 100, 200, 300, 383].map((bit) => bit - n)];
      for (const bit of bits) {
        const changed = withBit(signature, Math.max(bit, 0));
        expect(await verifyRound(QUICKNET.publicKey, round, changed)).toBeUndefined();
      }
    }
  });

  it('is not verified as another one, nor by another key', async () => {
    const [first, second] = REAL_ROUNDS;
    const signature = first?.signature ?? '';
    expect(await verifyRound(QUICKNET.publicKey, second?.round ?? 0, signature)).toBeUndefined();
    const { publicKey } = await makeKey(new Uint8Array(KEY_SEED_BYTES).fill(1));
    expect(await verifyRound(publicKey, first?.round ?? 0, signature)).toBeUndefined();
  });

  it('is refused where it is no signature at all', async () => {
    const { round = 0, signature = '' } = REAL_ROUNDS[0] ?? {};
    const infinity = `c0${'00'.repeat(47)}`;
    for (const wrong of [
      '',
      signature.slice(2),
      `${signature}00`,
      signature.toUpperCase(),
      infinity,
    ]) {
      expect(await verifyRound(QUICKNET.publicKey, round, wrong)).toBeUndefined();
    }
  });
});

describe('a round of an own key', () => {
  it('is verified by the same code', async () => {
    const key = await makeKey(new Uint8Array(KEY_SEED_BYTES).fill(2));
    expect(key.chain).toBe(createHash('sha256').update(bytesOf(key.publicKey)).digest('hex'));
    const signature = await signRound(key, 5);
    expect(await verifyRound(key.publicKey, 5, signature)).toBeDefined();
    expect(await verifyRound(key.publicKey, 6, signature)).toBeUndefined();
  });

  it('is verified in one way of writing it only: another would have other randomness', async () => {
    const key = await makeKey(new Uint8Array(KEY_SEED_BYTES).fill(2));
    for (let round = 1; ; round++) {
      const number = BigInt(`0x${await signRound(key, round)}`);
      if ((number & COORDINATE) + PRIME > COORDINATE) continue;
      const other = (number + PRIME).toString(16);
      expect(await verifyRound(key.publicKey, round, other)).toBeUndefined();
      return;
    }
  });
});
