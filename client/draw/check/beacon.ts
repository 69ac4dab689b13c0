/** The beacon of a draw: which ones there are, when their rounds are due, and whether a round is genuine. */
import { bls12_381 } from '@noble/curves/bls12-381.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import type { Draw, DrawStart, NamedBeacon } from '../../../worker/contract/draw.ts';
import type { Findings } from './findings.ts';

/** The League of Entropy's network quicknet. */
const DRAND = {
  chain: '52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971',
  publicKey:
    '83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a',
};
/** When round 1 is due, in ms since the epoch. */
const FIRST_ROUND_MS: Readonly<Record<string, number>> = { drand: 1_692_803_367_000, local: 0 };
const PERIOD_MS = 3_000;
const DOMAIN = 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_';
const SIGNATURE_BYTES = 48;
const PUBLIC_KEY_BYTES = 96;

export function isKnownBeacon({ kind }: Pick<NamedBeacon, 'kind'>): boolean {
  return Object.hasOwn(FIRST_ROUND_MS, kind);
}

/** Clauses 1 and 2: what was fixed before anybody entered. */
export function checkPlan(start: DrawStart, { beacon }: Draw, found: Findings) {
  const named = start.beacon;
  found.expect(isChainOfKind(named), 'beacon_chain_wrong');
  const firstMs = FIRST_ROUND_MS[named.kind] ?? 0;
  const round = Math.max(1, Math.ceil((start.startsAtMs - firstMs) / PERIOD_MS) + 1);
  found.expect(named.round === round, 'round_wrong');
  const roundAtMs = firstMs + (named.round - 1) * PERIOD_MS;
  found.expect(named.roundAtMs === roundAtMs, 'round_time_wrong');
  found.expect(start.entriesCloseAtMs <= named.roundAtMs, 'entries_close_late');
  const isSame =
    beacon.kind === named.kind &&
    beacon.chain === named.chain &&
    beacon.publicKey === named.publicKey &&
    beacon.round === named.round &&
    Date.parse(beacon.roundAt) === named.roundAtMs;
  found.expect(isSame, 'beacon_differs');
}

/** Clause 3: whether a round is the beacon's. */
export function checkRound(
  { publicKey, round }: NamedBeacon,
  { signature, randomness }: { signature: string; randomness: string },
  found: Findings,
) {
  found.expect(isSignatureOf(round, { signature, publicKey }), 'signature_wrong');
  found.expect(bytesToHex(sha256(hexToBytes(signature))) === randomness, 'randomness_wrong');
}

function isChainOfKind({ kind, chain, publicKey }: NamedBeacon): boolean {
  if (kind === 'drand') return chain === DRAND.chain && publicKey === DRAND.publicKey;
  return chain === bytesToHex(sha256(hexToBytes(publicKey)));
}

/** BLS on the curve BLS12-381, signatures on G1. */
function isSignatureOf(round: number, by: { signature: string; publicKey: string }): boolean {
  const signature = hexToBytes(by.signature);
  const publicKey = hexToBytes(by.publicKey);
  if (signature.length !== SIGNATURE_BYTES || publicKey.length !== PUBLIC_KEY_BYTES) return false;
  const numbered = new Uint8Array(8);
  new DataView(numbered.buffer).setBigUint64(0, BigInt(round));
  const { hash, verify } = bls12_381.shortSignatures;
  try {
    return verify(signature, hash(sha256(numbered), DOMAIN), publicKey);
  } catch {
    // Thrown for bytes that are no point of the curve.
    return false;
  }
}
