/** Whether an order that is drawn favours those who entered early or late. */
import { hash } from 'node:crypto';
import { expect, it } from 'vitest';
import { seedMessage, startRecord } from '../contract/draw-records.ts';
import { localDraw, recordsOf } from './testing/honest-draws.ts';
import { rankedIds, sha256 } from './testing/publish-draw.ts';

const DRAWS = 10_000;
const ENTRIES = 100;
const BLOCK_BYTES = 64;
const HASH_BYTES = 32;
/** Of a score, the first ones: exact as a number, and enough to tell 100 apart. */
const SCORE_BYTES = 6;
/** Of a fair draw, one test in five hundred is outside; this one is the same each time. */
const P_MIN = 0.001;
const P_MAX = 0.999;

/** 1 - Φ(z), by Abramowitz and Stegun 26.2.17, exact to 7.5e-8. */
function upperTail(z: number): number {
  if (z < 0) return 1 - upperTail(-z);
  const t = 1 / (1 + 0.2316419 * z);
  const weights = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429];
  const sum = weights.reduceRight((rest, weight) => (rest + weight) * t, 0);
  return (Math.exp(-(z ** 2) / 2) / Math.sqrt(2 * Math.PI)) * sum;
}

/** Of chi-squared with many degrees of freedom, by Wilson and Hilferty. */
function pValue(chiSquared: number, degrees: number): number {
  const share = 2 / (9 * degrees);
  return upperTail((Math.cbrt(chiSquared / degrees) - (1 - share)) / Math.sqrt(share));
}

it('knows chi-squared', () => {
  // From a printed table: the upper 5 % and 99.5 % points of 100 degrees of freedom.
  expect(pValue(124.342, 100)).toBeCloseTo(0.05, 3);
  expect(pValue(67.328, 100)).toBeCloseTo(0.995, 3);
});

/** HMAC-SHA-256 by its definition, several times as fast as a new `Hmac` for each message. */
function createScores(messages: readonly Buffer[]) {
  const [{ length } = Buffer.of()] = messages;
  const inner = Buffer.alloc(BLOCK_BYTES + length);
  const outer = Buffer.alloc(BLOCK_BYTES + HASH_BYTES);
  return (key: Uint8Array): number[] => {
    for (let at = 0; at < BLOCK_BYTES; at++) {
      inner[at] = (key[at] ?? 0) ^ 0x36;
      outer[at] = (key[at] ?? 0) ^ 0x5c;
    }
    return messages.map((message) => {
      inner.set(message, BLOCK_BYTES);
      outer.set(hash('sha256', inner, 'buffer'), BLOCK_BYTES);
      return hash('sha256', outer, 'buffer').readUIntBE(0, SCORE_BYTES);
    });
  };
}

const PLAN = localDraw();
const [{ eventItemId } = { eventItemId: '' }] = PLAN.start.items;
/** All for one item, and nobody leaves. */
const RECORDS = recordsOf(PLAN.start, ENTRIES)
  .filter(({ kind }) => kind === 'enter')
  .map((record) => ({ ...record, eventItemId }));
const scoresBy = createScores(RECORDS.map(({ entryId }) => Buffer.from(entryId)));

function seedOf(draw: number): Uint8Array {
  const parts = { head: sha256(`head ${draw}`), randomness: sha256(`round ${draw}`) };
  return sha256(seedMessage({ start: startRecord(PLAN.start), ...parts }));
}

/** By place of entering, the first rank first. */
function rankedPlaces(seed: Uint8Array): number[] {
  const scores = scoresBy(seed);
  return [...scores.keys()].toSorted((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
}

it('ranks as all other tests do', () => {
  const ids = rankedPlaces(seedOf(0)).map((place) => RECORDS[place]?.entryId);
  expect(ids).toEqual(rankedIds(RECORDS, eventItemId, seedOf(0)));
});

it('gives each place of entering each rank as often as any other', () => {
  const counts = new Uint32Array(ENTRIES ** 2);
  for (let draw = 0; draw < DRAWS; draw++) {
    for (const [rank, place] of rankedPlaces(seedOf(draw)).entries()) {
      counts[place * ENTRIES + rank] = (counts[place * ENTRIES + rank] ?? 0) + 1;
    }
  }
  const expected = DRAWS / ENTRIES;
  const sum = counts.reduce((all, count) => all + (count - expected) ** 2 / expected, 0);
  // Each draw gives every place one rank and every rank one place, so that rows and columns are fixed.
  const p = pValue((sum * (ENTRIES - 1)) / ENTRIES, (ENTRIES - 1) ** 2);
  process.stdout.write(`ranks by place of entering, ${DRAWS} draws: p = ${p.toFixed(3)}\n`);
  expect(p).toBeGreaterThan(P_MIN);
  expect(p).toBeLessThan(P_MAX);
});
