/** The rounds of the beacons that a draw can use, and their times: see docs/fairness.md. Pure. */
import type { BeaconKind, NamedBeacon } from '../contract/draw.ts';

/** The League of Entropy's network quicknet. Never changed: draws were and are checked by it. */
export const QUICKNET = {
  chain: '52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971',
  publicKey:
    '83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a',
} as const;

const PERIOD_MS = 3_000;
/** When round 1 is due. */
const GENESIS_MS: Record<BeaconKind, number> = { drand: 1_692_803_367_000, local: 0 };

/** The chain of a beacon, and by which key its signatures are checked, both in hex. */
export type BeaconChain = Pick<NamedBeacon, 'chain' | 'publicKey'>;

/**
 * The first round that is due at or after a time. (The round before it is published already at most times,
 * so whoever knows when entries close could know it.)
 * @param atMs milliseconds since the epoch.
 */
export function nameRound(kind: BeaconKind, chain: BeaconChain, atMs: number): NamedBeacon {
  const genesisMs = GENESIS_MS[kind];
  const round = Math.max(Math.ceil((atMs - genesisMs) / PERIOD_MS) + 1, 1);
  const { chain: hash, publicKey } = chain;
  return { kind, chain: hash, publicKey, round, roundAtMs: genesisMs + (round - 1) * PERIOD_MS };
}
