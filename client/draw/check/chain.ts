/** The records of a draw, one after the other: clauses 4 and 5 of docs/fairness.md, and who takes part. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Draw, DrawEntry, DrawStart } from '../../../worker/contract/draw.ts';
import {
  type ChainRecord,
  HEAD_BYTES,
  headMessage,
  nextHeadMessage,
  startRecord,
} from '../../../worker/contract/draw-records.ts';
import type { Findings } from './findings.ts';
import { instantMs } from './instants.ts';
import { createSha256 } from './many-hashes.ts';

/** Somebody who entered. */
export interface Entrant {
  readonly entryId: string;
  readonly eventItemId: string;
  readonly quantity: number;
  readonly minQuantity: number;
  readonly seq: number;
  /** As published; undefined where it is left out. */
  readonly rank: number | null | undefined;
  hasLeft: boolean;
}

export interface Chain {
  take(line: DrawEntry): void;
  /** Once all are taken, or as many as the draw has of a list that goes on. */
  close(draw: Draw): void;
  /** In the order in which they entered. */
  readonly entrants: ReadonlyMap<string, Entrant>;
  records(): number;
  /** Of the last record that was taken. */
  head(): Uint8Array;
}

/** @param start the bytes of record 0 are made of it */
export function createChain(start: DrawStart, found: Findings): Chain {
  const entrants = new Map<string, Entrant>();
  const items = new Set(start.items.map(({ eventItemId }) => eventItemId as string));
  const hash = createSha256();
  const head = sha256(headMessage(new Uint8Array(HEAD_BYTES), startRecord(start)));
  let records = 0;
  let lastMs = 0;

  function enter(line: DrawEntry) {
    const { entryId, eventItemId, quantity, minQuantity, seq, rank } = line;
    if (entrants.has(entryId)) return found.add('entered_twice', seq);
    entrants.set(entryId, {
      entryId,
      eventItemId,
      quantity,
      minQuantity,
      seq,
      rank,
      hasLeft: false,
    });
  }
  function leave(line: DrawEntry) {
    const entrant = entrants.get(line.entryId);
    if (entrant === undefined) return found.add('left_without_entering', line.seq);
    found.expect(!entrant.hasLeft, 'left_twice', line.seq);
    found.expect(isSameWish(entrant, line), 'entry_changed', line.seq);
    if (typeof line.rank === 'number') found.add('rank_of_left', line.seq);
    entrant.hasLeft = true;
  }
  return {
    entrants,
    records: () => records,
    head: () => head,
    take: (line) => {
      const { seq, kind } = line;
      const atMs = instantMs(line.at);
      records += 1;
      found.expect(seq === records, 'sequence_wrong', seq);
      found.expect(atMs >= lastMs, 'time_backwards', seq);
      found.expect(atMs < start.entriesCloseAtMs, 'record_after_lock', seq);
      found.expect(items.has(line.eventItemId), 'item_unknown', seq);
      lastMs = atMs;
      hash(nextHeadMessage(head, recordOf(line, atMs)), head);
      found.expect(isHexOf(head, line.head), 'record_head_wrong', seq);
      if (kind === 'enter') enter(line);
      else if (kind === 'leave') leave(line);
      else found.add('kind_unknown', seq);
    },
    close: (draw) => {
      found.expect(bytesToHex(head) === draw.head, 'head_wrong');
      found.expect(records === draw.records, 'records_differ');
      found.expect(entrants.size === draw.entries, 'entries_differ');
    },
  };
}

function recordOf(line: DrawEntry, atMs: number): ChainRecord {
  const { seq, kind, entryId, eventItemId, quantity, minQuantity } = line;
  return { seq, kind, entryId, eventItemId, quantity, minQuantity, atMs };
}

function isSameWish(entrant: Entrant, line: DrawEntry): boolean {
  return (
    entrant.eventItemId === line.eventItemId &&
    entrant.quantity === line.quantity &&
    entrant.minQuantity === line.minQuantity
  );
}

const DIGITS = '0123456789abcdef';

/** What a comparison with `bytesToHex` says, for a tenth of its time. */
function isHexOf(bytes: Uint8Array, hex: string): boolean {
  if (hex.length !== 2 * bytes.length) return false;
  for (let n = 0; n < bytes.length; n++) {
    const byte = bytes[n] ?? 0;
    if (hex[2 * n] !== DIGITS[byte >> 4] || hex[2 * n + 1] !== DIGITS[byte & 15]) return false;
  }
  return true;
}
