/** What was drawn: clause 6 of docs/fairness.md. Computes seed and ranks anew from what they are made of. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import type { Draw, DrawStart } from '../../../worker/contract/draw.ts';
import {
  rankingMessage,
  scoreMessage,
  seedMessage,
  startRecord,
} from '../../../worker/contract/draw-records.ts';
import { checkRound } from './beacon.ts';
import type { Chain, Entrant } from './chain.ts';
import type { Findings } from './findings.ts';
import { createHmacSha256 } from './many-hashes.ts';

export interface Ranked {
  /** In hex, as computed here. */
  readonly seed: string;
  readonly ranking: string;
  /** How many have a rank. */
  readonly count: number;
  /** Of an entry that has a rank: which, of how many of its item, and its score in hex. */
  placeOf(entry: Pick<Entrant, 'entryId' | 'eventItemId'>): Place | undefined;
}

export interface Place {
  readonly rank: number;
  readonly of: number;
  readonly score: string;
}

const SCORE_BYTES = 32;

interface Scored {
  readonly entrant: Entrant;
  readonly score: Uint8Array;
  /** The first bytes of the score, by which nearly all are told apart. */
  readonly start: number;
}

export interface Drawing {
  readonly draw: Draw;
  readonly start: DrawStart;
  readonly chain: Chain;
}

/** @returns undefined where nothing is drawn, or what was published does not suffice to compute it */
export function checkResult({ draw, start, chain }: Drawing, found: Findings): Ranked | undefined {
  const { signature, randomness, seed, ranking, drawnAt } = draw;
  if (draw.status !== 'drawn') {
    const result = [signature, randomness, seed, ranking, drawnAt];
    const isEarly = result.some((value) => value !== null) || hasRanks(chain);
    if (isEarly) found.add('result_early');
    return undefined;
  }
  if (!signature || !randomness || !seed || !ranking || !drawnAt) {
    found.add('result_missing');
    return undefined;
  }
  checkRound(start.beacon, { signature, randomness }, found);
  const computed = sha256(
    seedMessage({
      start: startRecord(start),
      head: chain.head(),
      randomness: hexToBytes(randomness),
    }),
  );
  found.expect(bytesToHex(computed) === seed, 'seed_wrong');
  const ranked = rank({ start, chain }, computed, found);
  found.expect(ranked.ranking === ranking, 'ranking_wrong');
  return ranked;
}

function rank(
  { start, chain }: Pick<Drawing, 'start' | 'chain'>,
  seed: Uint8Array,
  found: Findings,
): Ranked {
  const byItem = scoredByItem({ start, chain }, seed, found);
  let count = 0;
  for (const scored of byItem.values()) {
    scored.sort(bySmallestScore);
    count += scored.length;
    scored.forEach(({ entrant }, index) => {
      const { rank: given, seq } = entrant;
      if (typeof given !== 'number') found.add('rank_missing', seq);
      else found.expect(given === index + 1, 'rank_wrong', seq);
    });
  }
  const items = [...byItem].map(([eventItemId, scored]) => ({
    eventItemId,
    entryIds: scored.map(({ entrant }) => entrant.entryId),
  }));
  return {
    seed: bytesToHex(seed),
    ranking: bytesToHex(sha256(rankingMessage(items))),
    count,
    placeOf: ({ entryId, eventItemId }) => {
      // Asked for one's own entries alone, which are few.
      const scored = byItem.get(eventItemId) ?? [];
      const index = scored.findIndex(({ entrant }) => entrant.entryId === entryId);
      const score = scored[index]?.score;
      return score && { rank: index + 1, of: scored.length, score: bytesToHex(score) };
    },
  };
}

/** Who takes part, in the order of record 0. */
function scoredByItem(
  { start, chain }: Pick<Drawing, 'start' | 'chain'>,
  seed: Uint8Array,
  found: Findings,
): Map<string, Scored[]> {
  const byItem = new Map<string, Scored[]>(start.items.map((item) => [item.eventItemId, []]));
  // What does not depend on the message is computed once, a third of the work.
  const scoreInto = createHmacSha256(seed);
  for (const entrant of chain.entrants.values()) {
    if (entrant.hasLeft) {
      if (typeof entrant.rank === 'number') found.add('rank_of_left', entrant.seq);
      continue;
    }
    const score = new Uint8Array(SCORE_BYTES);
    scoreInto(scoreMessage(entrant.entryId), score);
    const view = new DataView(score.buffer, score.byteOffset);
    byItem.get(entrant.eventItemId)?.push({ entrant, score, start: view.getUint32(0) });
  }
  return byItem;
}

function bySmallestScore(a: Scored, b: Scored): number {
  if (a.start !== b.start) return a.start - b.start;
  const [first, second] = [bytesToHex(a.score), bytesToHex(b.score)];
  if (first !== second) return first < second ? -1 : 1;
  return a.entrant.entryId < b.entrant.entryId ? -1 : 1;
}

function hasRanks({ entrants }: Chain): boolean {
  for (const { rank: given } of entrants.values()) if (typeof given === 'number') return true;
  return false;
}
