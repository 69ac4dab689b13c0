/** Draws with a beacon's round that is not the one that was named, or is none. Everything else follows from it. */
import { bls12_381 } from '@noble/curves/bls12-381.js';
import type { NamedBeacon } from '../../contract/draw.ts';
import { drandDraw, localDraw, localSignature } from './honest-draws.ts';
import { type DrawPlan, hex, type PublishedDraw, publishDraw, sha256 } from './publish-draw.ts';
import { QUICKNET, REAL_ROUNDS, type RealRound, ROUND_MS } from './real-rounds.ts';
import { type Change, type TamperedDraw, tampered } from './tampered-draw.ts';

const BLS = bls12_381.shortSignatures;
const { G1 } = bls12_381;
const FOREIGN_SECRET = new Uint8Array(32).fill(9);
const INFINITY_BYTE = 0xc0;
/** In the first byte of a point: which of the two with this x. */
const SIGN_BIT = 0x20;
const COMPRESSED_BIT = 0x80;
/** Above the bits of a coordinate stand three marks. */
const COORDINATE_END = 2n ** 381n;
/** A round of the local beacon whose signature has so small a coordinate that the order can be added to it. */
const SMALL_ROUND = 600_000_004;

export function tamperedRounds(): TamperedDraw[] {
  return [
    ...tampered('round', realRounds()),
    ...tampered('round', signatures()),
    ...tampered('round', namedBeacons()),
    ...tampered('round', namedRounds()),
  ];
}

/** Each real round changed in one bit, another one each time, and in its sign. */
function realRounds(): Change<PublishedDraw>[] {
  return REAL_ROUNDS.flatMap((real, index): Change<PublishedDraw>[] => {
    const plan = drandDraw(real);
    const bit = 8 + index * 47;
    const neighbour = REAL_ROUNDS[(index + 1) % REAL_ROUNDS.length] ?? real;
    return [
      [`${real.round} with bit ${bit} changed`, 'signature_wrong', by(plan, withBit(real, bit))],
      [
        `${real.round} with its sign changed`,
        'signature_wrong',
        by(plan, withSign(real, SIGN_BIT)),
      ],
      [`${real.round} by ${neighbour.round}`, 'signature_wrong', by(plan, bytesOf(neighbour))],
    ];
  });
}

function signatures(): Change<PublishedDraw>[] {
  const drand = drandDraw();
  const local = localDraw();
  const { round } = local.start.beacon;
  const real = bytesOf({ round, signature: hex(drand.signature) });
  const point = G1.Point.fromBytes(drand.signature);
  const foreign = BLS.sign(BLS.hash(roundMessage(round)), FOREIGN_SECRET).toBytes();
  const ours = new Uint8Array(32).fill(7);
  const otherDomain = BLS.hash(roundMessage(round), 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_POP_');
  const unhashed = BLS.hash(roundBytes(round));
  const reversed = BLS.hash(sha256(roundBytes(round).toReversed()));
  return [
    ['at infinity', 'signature_wrong', by(drand, infinity(48))],
    [
      'with its point written in another way',
      'signature_wrong',
      by(localDraw(SMALL_ROUND), otherSpelling(localSignature(SMALL_ROUND))),
    ],
    ['not marked as compressed', 'signature_wrong', by(drand, flipped(real, COMPRESSED_BIT))],
    ['not compressed', 'signature_wrong', by(drand, point.toBytes(false))],
    ['outside of the group', 'signature_wrong', by(drand, outsider())],
    ['on no curve', 'signature_wrong', by(drand, offCurve())],
    ['a byte short', 'signature_wrong', by(drand, real.slice(0, -1))],
    ['a byte long', 'signature_wrong', by(drand, Uint8Array.of(...real, 0))],
    ['by another key', 'signature_wrong', by(local, foreign)],
    ['of the round before', 'signature_wrong', by(local, localSignature(round - 1))],
    ['of the round after', 'signature_wrong', by(local, localSignature(round + 1))],
    ['in another domain', 'signature_wrong', by(local, BLS.sign(otherDomain, ours).toBytes())],
    ['of the number itself', 'signature_wrong', by(local, BLS.sign(unhashed, ours).toBytes())],
    [
      'of the number lowest byte first',
      'signature_wrong',
      by(local, BLS.sign(reversed, ours).toBytes()),
    ],
    [
      'with randomness of its own',
      'randomness_wrong',
      () => publishDraw(drand, { randomness: sha256('as we like it') }),
    ],
  ];
}

/** Record 0 names another beacon. */
function namedBeacons(): Change<PublishedDraw>[] {
  const drand = drandDraw();
  const local = localDraw();
  const own = { chain: local.start.beacon.chain, publicKey: local.start.beacon.publicKey };
  const ownSignature = localSignature(drand.start.beacon.round);
  const anything = infinity(96);
  return [
    ['of an unknown kind', 'beacon_unknown', named(drand, { kind: 'dice' as 'local' })],
    ['of another chain', 'beacon_chain_wrong', named(drand, { chain: hex(sha256('chain')) })],
    [
      'by our key, called drand',
      'beacon_chain_wrong',
      named({ ...drand, signature: ownSignature }, own),
    ],
    [
      "by our key, with drand's chain",
      'beacon_chain_wrong',
      named({ ...drand, signature: ownSignature }, { publicKey: own.publicKey }),
    ],
    [
      "by drand's key, called local",
      'beacon_chain_wrong',
      named(local, { chain: QUICKNET.chain, publicKey: QUICKNET.publicKey }),
    ],
    ['of no chain', 'beacon_chain_wrong', named(local, { chain: '' })],
    [
      'by a key that signs everything',
      'signature_wrong',
      named(
        { ...local, signature: infinity(48) },
        { chain: hex(sha256(anything)), publicKey: hex(anything) },
      ),
    ],
  ];
}

/** Record 0 names a round that the shop could choose, or closes after it. */
function namedRounds(): Change<PublishedDraw>[] {
  const [, , first, second, third] = REAL_ROUNDS;
  if (!first || !second || !third) throw new Error('too few real rounds');
  const { start } = drandDraw(second);
  const at = (real: RealRound) => () =>
    publishDraw({ ...drandDraw(real), start: { ...drandDraw(real).start, ...times } });
  const { startsAtMs, entriesCloseAtMs } = start;
  const times = { startsAtMs, entriesCloseAtMs };
  const plan = drandDraw(second);
  const closing = (closeMs: number) => () =>
    publishDraw({ ...plan, start: { ...start, entriesCloseAtMs: closeMs } });
  const { roundAtMs } = start.beacon;
  return [
    ['the one before', 'round_wrong', at(first)],
    ['the one after', 'round_wrong', at(third)],
    [
      'at another time',
      'round_time_wrong',
      () => publishDraw(withBeacon(plan, { roundAtMs: roundAtMs + ROUND_MS })),
    ],
    ['closing after it', 'entries_close_late', closing(roundAtMs + 1)],
  ];
}

function by(plan: DrawPlan, signature: Uint8Array): () => PublishedDraw {
  return () => publishDraw({ ...plan, signature });
}

function named(plan: DrawPlan, beacon: Partial<NamedBeacon>): () => PublishedDraw {
  return () => publishDraw(withBeacon(plan, beacon));
}

function withBeacon(plan: DrawPlan, beacon: Partial<NamedBeacon>): DrawPlan {
  const { start } = plan;
  return { ...plan, start: { ...start, beacon: { ...start.beacon, ...beacon } } };
}

function bytesOf({ signature }: RealRound): Uint8Array {
  return new Uint8Array(Buffer.from(signature, 'hex'));
}

function withBit(real: RealRound, bit: number): Uint8Array {
  const bytes = bytesOf(real);
  const place = Math.floor(bit / 8);
  bytes[place] = (bytes[place] ?? 0) ^ (COMPRESSED_BIT >> (bit % 8));
  return bytes;
}

function withSign(real: RealRound, bit: number): Uint8Array {
  return flipped(bytesOf(real), bit);
}

function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  return Uint8Array.of((bytes[0] ?? 0) ^ bit, ...bytes.slice(1));
}

function infinity(length: number): Uint8Array {
  return Uint8Array.of(INFINITY_BYTE, ...new Uint8Array(length - 1));
}

/** A point of the curve, but not of its group of prime order: chance would hardly hit that. */
function outsider(): Uint8Array {
  return firstPoint(isOnCurve);
}

function offCurve(): Uint8Array {
  return firstPoint((x) => !isOnCurve(x));
}

/** The first one whose x fits, in its compressed form. */
function firstPoint(isWanted: (x: bigint) => boolean): Uint8Array {
  for (let x = 1; x < 100; x++) {
    if (isWanted(BigInt(x))) return Uint8Array.of(COMPRESSED_BIT, ...new Uint8Array(46), x);
  }
  throw new Error('there is no such point');
}

function isOnCurve(x: bigint): boolean {
  const { Fp } = bls12_381.fields;
  const square = Fp.add(Fp.pow(x, 3n), 4n);
  return Fp.eql(Fp.pow(square, (Fp.ORDER - 1n) / 2n), Fp.ONE);
}

function roundBytes(round: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(round));
  return bytes;
}

function roundMessage(round: number): Uint8Array {
  return sha256(roundBytes(round));
}

/** The same point to whoever takes the coordinate modulo the field's order, and another hash. */
function otherSpelling(signature: Uint8Array): Uint8Array {
  const coordinate = BigInt(`0x${hex(signature)}`) % COORDINATE_END;
  if (coordinate + G1.Point.Fp.ORDER >= COORDINATE_END) throw new Error('it does not fit');
  const spelled = BigInt(`0x${hex(signature)}`) + G1.Point.Fp.ORDER;
  return Buffer.from(spelled.toString(16), 'hex');
}
