/** The bytes of a draw's proof, held to values that were computed by another program from docs/fairness.md. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { DrawStart } from './draw.ts';
import {
  chainRecord,
  HEAD_BYTES,
  headMessage,
  nextHeadMessage,
  rankingMessage,
  scoreMessage,
  seedMessage,
  startRecord,
} from './draw-records.ts';
import type { EventId, EventItemId } from './ids.ts';

const START: DrawStart = {
  eventId: 'evt_0123456789ab' as EventId,
  number: 7,
  startsAtMs: 1_800_000_000_000,
  entriesCloseAtMs: 1_799_999_960_000,
  beacon: {
    kind: 'local',
    chain: 'ab',
    publicKey: 'cd',
    round: 600_000_001,
    roundAtMs: 1_800_000_000_000,
  },
  offerSeconds: 600,
  payment: 'online',
  currency: 'EUR',
  items: [
    {
      eventItemId: 'evi_0123456789ab_1' as EventItemId,
      stock: 10,
      priceMinor: 1_999,
      limitPerCustomer: 2,
    },
  ],
};
const RECORD = {
  seq: 1,
  kind: 'enter' as const,
  entryId: 'ent_0123456789ab_000000000000000000',
  eventItemId: 'evi_0123456789ab_1',
  quantity: 2,
  minQuantity: 1,
  atMs: 1_799_999_900_123,
};

function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

describe('the records of a draw', () => {
  const first = sha256(headMessage(new Uint8Array(HEAD_BYTES), startRecord(START)));
  const second = sha256(headMessage(first, chainRecord(RECORD)));

  it('are chained', () => {
    expect(hex(first)).toBe('a7bd58261f28bdc90be805b11e4dd1e88d43ee3bbfaea94517927a05b3ac1cfc');
    expect(hex(second)).toBe('c55161b1d84675f685e070ed103a2c8dc582e3953aff8ee98e8db8c0b0a096d4');
  });

  it('are the same in one step', () => {
    for (const record of [RECORD, { ...RECORD, entryId: 'ä€😀', atMs: Number.MAX_SAFE_INTEGER }]) {
      const message = headMessage(first, chainRecord(record));
      expect(hex(nextHeadMessage(first, record))).toBe(hex(message));
    }
  });

  it('have text as UTF-8, of any length', () => {
    const long = 'ä€😀'.repeat(1_000);
    for (const entryId of ['plain', 'ä€😀', long]) {
      const utf8 = new TextEncoder().encode(entryId);
      expect(hex(scoreMessage(entryId))).toBe(hex(utf8));
      const size = utf8.length.toString(16).padStart(8, '0');
      expect(hex(chainRecord({ ...RECORD, entryId }))).toContain(size + hex(utf8));
    }
  });

  it('stay what they are while others are made', () => {
    const made = [startRecord(START), chainRecord(RECORD)];
    const before = made.map(hex);
    nextHeadMessage(first, { ...RECORD, seq: 2 });
    scoreMessage('another');
    expect(made.map(hex)).toEqual(before);
  });

  it('make the seed with the randomness', () => {
    const randomness = new Uint8Array(32).fill(9);
    const seed = sha256(seedMessage({ start: startRecord(START), head: second, randomness }));
    expect(hex(seed)).toBe('9d08bf6e4c40d900f15d5531bdeff385545c7b62c24ff3b0eccf0f5f3d087412');
  });

  it('are ranked, item by item', () => {
    const entryIds = [RECORD.entryId, 'ent_0123456789ab_000000000000000001'];
    const ranking = rankingMessage([{ eventItemId: RECORD.eventItemId, entryIds }]);
    expect(hex(sha256(ranking))).toBe(
      '25131ab525e28832cafb6487ef67f8de9b9998f91d6b9b1b5a0fb9c1946676c4',
    );
  });
});
