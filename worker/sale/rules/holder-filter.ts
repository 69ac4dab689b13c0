/**
 * Who may have an order in this sale: a Bloom filter that never forgets one and takes few others
 * for one. Somebody who may have an order is never refused without asking the ledger, because a
 * repeated request must be given its first answer. Pure.
 */
import type { UserId } from '../../contract/ids.ts';

/** With ten bits and seven probes for each customer, under one in a hundred is taken for another. */
const BITS_PER_CUSTOMER = 10;
const PROBES = 7;
const BYTES_MIN = 128;
/** A sale with more customers than this is still sold right, only with fewer early refusals. */
const BYTES_MAX = 256 * 1024;

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

export type HolderBits = Uint8Array<ArrayBuffer>;

/** @param customersExpected what the filter is sized for; more make it ask the ledger more often. */
export function makeHolders(customersExpected: number): HolderBits {
  const wanted = Math.ceil((customersExpected * BITS_PER_CUSTOMER) / 8);
  return new Uint8Array(Math.min(BYTES_MAX, Math.max(BYTES_MIN, wanted)));
}

export function addHolder(holders: HolderBits, customerId: UserId): void {
  for (const bit of bitsOf(holders, customerId)) {
    holders[bit >>> 3] = (holders[bit >>> 3] ?? 0) | (1 << (bit & 7));
  }
}

/** True for everybody who was added; seldom for others. */
export function mayHold(holders: HolderBits, customerId: UserId): boolean {
  return bitsOf(holders, customerId).every(
    (bit) => ((holders[bit >>> 3] ?? 0) & (1 << (bit & 7))) !== 0,
  );
}

/** Two hashes make all probes (Kirsch and Mitzenmacher, 2006). */
function bitsOf(holders: HolderBits, customerId: UserId): number[] {
  const bits = holders.length * 8;
  let one = FNV_OFFSET;
  let two = ~FNV_OFFSET;
  for (let n = 0; n < customerId.length; n++) {
    const char = customerId.charCodeAt(n);
    one = Math.imul(one ^ char, FNV_PRIME);
    two = Math.imul(two ^ ((char << 3) + n), FNV_PRIME);
  }
  const step = (mixed(two) | 1) >>> 0;
  return Array.from({ length: PROBES }, (_, probe) => (mixed(one) + probe * step) % bits);
}

/** MurmurHash3's finaliser: spreads the last characters, which FNV leaves low, over the word. */
function mixed(hash: number): number {
  let word = hash;
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return (word ^ (word >>> 16)) >>> 0;
}
