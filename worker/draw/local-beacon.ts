/**
 * A beacon with a key of its own, for a developer's machine: whoever has the key knows every round in
 * advance, so it proves nothing to outsiders.
 */
import type { NamedBeacon } from '../contract/draw.ts';
import { type BeaconKey, KEY_SEED_BYTES, makeKey, signRound } from './bls.ts';
import { bytesOf, hexOf } from './hex.ts';
import type { Relay } from './relays.ts';
import { sha256 } from './sha256.ts';

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

/** The shop itself, as the relay of its own beacon. */
export function localRelay(key: BeaconKey, nowMs: () => number): Relay {
  return {
    name: 'this shop',
    async ask({ round, roundAtMs }: NamedBeacon) {
      if (nowMs() < roundAtMs) return { fault: 'not_there' };
      return { json: await localRound(key, round) };
    },
  };
}
