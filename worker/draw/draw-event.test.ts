import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { EventId } from '../contract/ids.ts';
import { drawEvent, type PlannedDraw } from './draw-event.ts';
import { createLocalBeacon } from './local-beacon.ts';
import { drawSeed } from './seed.ts';

const EVENT = 'evt_0123456789ab' as EventId;
const STARTS_MS = Date.UTC(2030, 0, 1);
const LOCKED: PlannedDraw = { startsAtMs: STARTS_MS, entryCount: 12, isDrawn: false };
const RANDOMNESS = new Uint8Array(32).fill(9);

/** The same by another implementation: each field behind its length in four bytes. */
function seedOf(entryCount: number, randomness: Uint8Array): string {
  const fields = ['swiftdrop draw 1', EVENT, String(entryCount)].map((text) => Buffer.from(text));
  const parts = [...fields, Buffer.from(randomness)].flatMap((field) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(field.length);
    return [length, field];
  });
  return createHash('sha256').update(Buffer.concat(parts)).digest('hex');
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

function ports(draw: PlannedDraw | undefined, randomness: Uint8Array | undefined = RANDOMNESS) {
  const ranked: [seed: string, nowMs: number][] = [];
  return {
    ranked,
    eventId: EVENT,
    beacon: { leadSeconds: 5, randomness: async () => randomness },
    read: async () => draw,
    rank: async (seed: Uint8Array, nowMs: number) => {
      ranked.push([hex(seed), nowMs]);
      return true;
    },
  };
}

const beacon = createLocalBeacon('a secret');

/** The round of that time, once it can be had. */
async function at(ms: number): Promise<string> {
  return hex((await beacon.randomness(ms, ms + 3_000)) ?? RANDOMNESS);
}

describe('the seed of a draw', () => {
  it('is made of the event, the entries and the randomness', async () => {
    const seed = await drawSeed({ eventId: EVENT, entryCount: 12 }, RANDOMNESS);
    expect(hex(seed)).toBe(seedOf(12, RANDOMNESS));
  });

  it('is another one for each of them', async () => {
    const seeds = await Promise.all([
      drawSeed({ eventId: EVENT, entryCount: 12 }, RANDOMNESS),
      drawSeed({ eventId: EVENT, entryCount: 13 }, RANDOMNESS),
      drawSeed({ eventId: 'evt_0123456789ac' as EventId, entryCount: 12 }, RANDOMNESS),
      drawSeed({ eventId: EVENT, entryCount: 12 }, new Uint8Array(32).fill(8)),
    ]);
    expect(new Set(seeds.map(hex)).size).toBe(4);
  });
});

describe('the local beacon', () => {
  it('keeps a round to itself until its time', async () => {
    const late = STARTS_MS + 1;
    expect(await beacon.randomness(late, late + 2_998)).toBeUndefined();
    expect(await beacon.randomness(late, late + 2_999)).toHaveLength(32);
  });

  it('gives one round the same bytes, and each round others', async () => {
    expect(await at(STARTS_MS)).toBe(await at(STARTS_MS - 2_999));
    expect(await at(STARTS_MS)).not.toBe(await at(STARTS_MS + 1));
    const key = 'swiftdrop local beacon a secret';
    const round = `round ${STARTS_MS / 3_000}`;
    expect(await at(STARTS_MS)).toBe(createHmac('sha256', key).update(round).digest('hex'));
  });
});

describe('a draw that is due', () => {
  it('is ranked by its seed', async () => {
    const given = ports(LOCKED);
    expect(await drawEvent(given, STARTS_MS + 7)).toBe(true);
    expect(given.ranked).toEqual([[seedOf(12, RANDOMNESS), STARTS_MS + 7]]);
  });

  it('is not ranked twice', async () => {
    const given = ports({ ...LOCKED, isDrawn: true });
    expect(await drawEvent(given, STARTS_MS)).toBe(true);
    expect(given.ranked).toEqual([]);
  });

  it('waits where its entries are not locked, or its round cannot be had', async () => {
    const unlocked = ports(undefined);
    expect(await drawEvent(unlocked, STARTS_MS)).toBe(false);
    const silent = {
      ...ports(LOCKED),
      beacon: { leadSeconds: 5, randomness: async () => undefined },
    };
    expect(await drawEvent(silent, STARTS_MS)).toBe(false);
    expect([...unlocked.ranked, ...silent.ranked]).toEqual([]);
  });
});
