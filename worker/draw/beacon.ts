/** Where a draw's randomness comes from: rounds that nobody can know before their time. */
import type { NamedBeacon } from '../contract/draw.ts';

/** A round whose signature was checked. */
export interface BeaconRound {
  /** 48 bytes. */
  signature: Uint8Array;
  /** SHA-256 of the signature, 32 bytes: computed, never believed. */
  randomness: Uint8Array;
}

export interface Beacon {
  /** @returns undefined where it cannot be had yet. Throws a Fault. */
  round(named: NamedBeacon, nowMs: number): Promise<BeaconRound | undefined>;
}
