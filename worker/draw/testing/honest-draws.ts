/** Draws as honest shops plan them, in every status, of both kinds of beacon. */
import { createHash } from 'node:crypto';
import { bls12_381 } from '@noble/curves/bls12-381.js';
import type { DrawStart, NamedBeacon } from '../../contract/draw.ts';
import type { ChainRecord } from '../../contract/draw-records.ts';
import type { EventId, EventItemId, QueueEntryId } from '../../contract/ids.ts';
import { type DrawPlan, hex, sha256 } from './publish-draw.ts';
import { QUICKNET, REAL_ROUNDS, type RealRound, ROUND_MS, roundAtMs } from './real-rounds.ts';

export const EVENT_ID = 'evt_0123456789ab' as EventId;
export const ITEM_IDS = [4, 7].map((number) => `evi_0123456789ab_${number}` as EventItemId);
/** Of the local beacon. */
const SECRET_KEY = new Uint8Array(32).fill(7);
const LEAD_MS = 40_000;
/** Every so often somebody enters. */
const ENTRY_MS = 700;
const BLS = bls12_381.shortSignatures;

/** An id that no draw has had: opaque, and the same each time. */
export function entryId(number: number): QueueEntryId {
  const digits = createHash('sha256').update(`entry ${number}`).digest('hex').slice(0, 18);
  return `ent_0123456789ab_${digits}` as QueueEntryId;
}

/** A draw by a round that drand published, and that is the newest one known here. */
export function drandDraw(real: RealRound = newestRound()): DrawPlan {
  const beacon: NamedBeacon = {
    kind: 'drand',
    chain: QUICKNET.chain,
    publicKey: QUICKNET.publicKey,
    round: real.round,
    roundAtMs: roundAtMs(real.round),
  };
  return planned(beacon, Buffer.from(real.signature, 'hex'));
}

/** A draw by a beacon of the shop's own. */
export function localDraw(round = 600_000_001): DrawPlan {
  const publicKey = BLS.getPublicKey(SECRET_KEY).toBytes();
  const beacon: NamedBeacon = {
    kind: 'local',
    chain: hex(sha256(publicKey)),
    publicKey: hex(publicKey),
    round,
    roundAtMs: (round - 1) * ROUND_MS,
  };
  return planned(beacon, localSignature(round));
}

/** Of the local beacon's key. */
export function localSignature(round: number): Uint8Array {
  const message = new Uint8Array(8);
  new DataView(message.buffer).setBigUint64(0, BigInt(round));
  return BLS.sign(BLS.hash(sha256(message)), SECRET_KEY).toBytes();
}

/** @param many how many enter; every fourth one leaves again */
export function recordsOf(start: DrawStart, many: number): ChainRecord[] {
  const beginMs = start.entriesCloseAtMs - many * 2 * ENTRY_MS;
  const wishes = Array.from({ length: many }, (_, index) => ({
    entryId: entryId(index),
    eventItemId: start.items[index % 3 === 2 ? 1 : 0]?.eventItemId ?? '',
    quantity: 1 + (index % 2),
    minQuantity: 1,
  }));
  const events = wishes.flatMap((wish, index) => [
    { kind: 'enter' as const, wish, atMs: beginMs + index * ENTRY_MS },
    ...(index % 4 === 3
      ? [{ kind: 'leave' as const, wish, atMs: beginMs + (index + 2) * ENTRY_MS }]
      : []),
  ]);
  return events
    .toSorted((a, b) => a.atMs - b.atMs)
    .map(({ kind, wish, atMs }, index) => ({ seq: index + 1, kind, ...wish, atMs }));
}

function planned(beacon: NamedBeacon, signature: Uint8Array): DrawPlan {
  // Between two rounds, so that the first one after it is not the one at it.
  const startsAtMs = beacon.roundAtMs - ROUND_MS / 2;
  const start: DrawStart = {
    eventId: EVENT_ID,
    number: 7,
    startsAtMs,
    entriesCloseAtMs: startsAtMs - LEAD_MS,
    beacon,
    offerSeconds: 600,
    payment: 'online',
    currency: 'EUR',
    items: ITEM_IDS.map((eventItemId, index) => ({
      eventItemId,
      stock: 3 + index,
      priceMinor: 1_999,
      limitPerCustomer: 2,
    })),
  };
  return { start, records: recordsOf(start, 12), signature, status: 'drawn' };
}

function newestRound(): RealRound {
  const newest = REAL_ROUNDS.at(-1);
  if (newest === undefined) throw new Error('there is no real round');
  return newest;
}

/** One draw in each status, by name. */
export function honestPlans(): Record<string, DrawPlan> {
  const drand = drandDraw();
  const { roundAtMs: dueMs } = drand.start.beacon;
  const cancelled = { atMs: dueMs - 60_000, reason: 'cancelled' as const };
  const silent = { atMs: dueMs + 3_700_000, reason: 'beacon_silent' as const };
  return {
    'drawn by drand': drand,
    'drawn by a local beacon': localDraw(),
    open: { ...drand, status: 'open' },
    locked: { ...drand, status: 'locked' },
    'waiting for its beacon': { ...drand, status: 'waiting_for_beacon' },
    'given up before its lock': { ...drand, status: 'given_up', givenUp: cancelled },
    'given up for the silence of the beacon': { ...drand, status: 'given_up', givenUp: silent },
    'with nobody left': { ...drand, records: allLeaving(drand.records) },
  };
}

/** Two enter, and both leave. */
function allLeaving(records: readonly ChainRecord[]): ChainRecord[] {
  const [first, second] = records;
  if (first === undefined || second === undefined) throw new Error('too few records');
  const leaving = [first, second].map((record, index) => ({
    ...record,
    kind: 'leave' as const,
    seq: index + 3,
    atMs: second.atMs + index,
  }));
  return [first, second, ...leaving];
}
