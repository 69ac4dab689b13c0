/**
 * A beacon with a key of its own, for a developer's machine: whoever has the key knows every round in
 * advance, so it proves nothing to outsiders.
 */
import type { Beacon } from './beacon.ts';
import { type BeaconKey, KEY_SEED_BYTES, makeKey, signRound, verifyRound } from './bls.ts';
import { bytesOf, hexOf } from './hex.ts';
import { sha256 } from './sha256.ts';

export const LOCAL_LEAD_SECONDS = 5;

const KEY_LABEL = 'swiftdrop local beacon';

/** @param secret whoever has it knows every round, and with it who comes first: never empty, never public. */
export async function localBeaconKey(secret: string): Promise<BeaconKey> {
  const text = new TextEncoder();
  const { subtle } = crypto;
  const key = await subtle.importKey('raw', text.encode(secret), 'HKDF', false, ['deriveBits']);
  const info = text.encode(KEY_LABEL);
  const derivation = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info };
  const seed = await subtle.deriveBits(derivation, key, KEY_SEED_BYTES * 8);
  return makeKey(new Uint8Array(seed));
}

/** What a relay of the League of Entropy would answer for a round. */
export async function localRound(key: BeaconKey, round: number) {
  const signature = await signRound(key, round);
  const randomness = hexOf(await sha256(bytesOf(signature)));
  return { round, randomness, signature };
}

export function createLocalBeacon(secret: string): Beacon {
  return {
    async round({ round, roundAtMs }, nowMs) {
      if (nowMs < roundAtMs) return undefined;
      const key = await localBeaconKey(secret);
      const { signature } = await localRound(key, round);
      return verifyRound(key.publicKey, round, signature);
    },
  };
}
