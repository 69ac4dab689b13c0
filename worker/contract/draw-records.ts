/**
 * The bytes that a draw is proven by, as docs/fairness.md describes them: what is chained while people enter,
 * what the seed is made of, what is ranked. Pure, and without a hash function: whoever uses it brings theirs.
 */
import type { DrawReceipt, DrawStart } from './draw.ts';

/** Stands in front of everything, so that no bytes of another program read alike. */
const DOMAIN = 'swiftdrop draw 1';
/** What comes before the first head. */
export const HEAD_BYTES = 32;
const LENGTH_BYTES = 4;
const ASCII_MAX = 0x7f;
/** Of UTF-8, for each unit of a text. */
const CHAR_BYTES_MAX = 3;
/** Of 2^53 - 1. */
const DIGITS_MAX = 16;
const NOTHING = new Uint8Array();
const encoder = new TextEncoder();
/** Kept, since records are made by the hundred thousand: one has some 150 bytes. */
const shortBytes = new Uint8Array(2_048);

type Field = string | number | Uint8Array;

/** One entering or leaving, as it is chained. */
export interface ChainRecord {
  /** 1 for the first one after the start. */
  seq: number;
  kind: 'enter' | 'leave';
  entryId: string;
  eventItemId: string;
  quantity: number;
  minQuantity: number;
  /** Milliseconds since the epoch. */
  atMs: number;
}

/** Record 0: what must be fixed before anybody enters. */
export function startRecord(start: DrawStart): Uint8Array<ArrayBuffer> {
  const { beacon, items } = start;
  return fields([
    DOMAIN,
    'start',
    start.eventId,
    start.number,
    start.startsAtMs,
    start.entriesCloseAtMs,
    beacon.kind,
    beacon.chain,
    beacon.publicKey,
    beacon.round,
    beacon.roundAtMs,
    start.offerSeconds,
    start.payment,
    start.currency,
    items.length,
    ...items.flatMap((item) => [
      item.eventItemId,
      item.stock,
      item.priceMinor,
      item.limitPerCustomer,
    ]),
  ]).slice();
}

export function chainRecord(record: ChainRecord): Uint8Array<ArrayBuffer> {
  return fields(recordValues(record)).slice();
}

/**
 * `headMessage` of a record's bytes, in one step: for who checks very many.
 * @param head the one before, 32 bytes
 * @returns good until the next call of anything here
 */
export function nextHeadMessage(head: Uint8Array, record: ChainRecord): Uint8Array<ArrayBuffer> {
  return fields(recordValues(record), head);
}

/**
 * What the next head is the SHA-256 of.
 * @param head the one before: 32 bytes, zeros before record 0.
 */
export function headMessage(head: Uint8Array, record: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(head.length + record.length);
  bytes.set(head);
  bytes.set(record, head.length);
  return bytes;
}

/** What the seed is the SHA-256 of. */
export function seedMessage(parts: {
  /** The bytes of record 0. */
  start: Uint8Array;
  /** The last head before the lock, 32 bytes. */
  head: Uint8Array;
  /** SHA-256 of the beacon's signature, 32 bytes. */
  randomness: Uint8Array;
}): Uint8Array<ArrayBuffer> {
  return fields([`${DOMAIN} seed`, parts.start, parts.head, parts.randomness]).slice();
}

/**
 * What the ranking's hash is the SHA-256 of.
 * @param items in the order of the start, with the ids of their ranked entries, the first rank first.
 */
export function rankingMessage(
  items: readonly { eventItemId: string; entryIds: readonly string[] }[],
): Uint8Array<ArrayBuffer> {
  return fields([
    `${DOMAIN} ranking`,
    ...items.flatMap(({ eventItemId, entryIds }) => [eventItemId, entryIds.length, ...entryIds]),
  ]).slice();
}

/**
 * What an entry's score is the HMAC-SHA-256 of.
 * @returns good until the next call of anything here
 */
export function scoreMessage(entryId: string): Uint8Array<ArrayBuffer> {
  const bytesMax = CHAR_BYTES_MAX * entryId.length;
  const bytes = bytesMax <= shortBytes.length ? shortBytes : new Uint8Array(bytesMax);
  return bytes.subarray(0, writeText(entryId, bytes, 0));
}

/** What a receipt says of an entry must be what the list says of it. */
export function isReceiptOf(
  receipt: Pick<DrawReceipt, 'entryId' | 'eventItemId' | 'seq' | 'head' | 'enteredAt'>,
  record: ChainRecord & { head: string },
): boolean {
  return (
    record.kind === 'enter' &&
    receipt.entryId === record.entryId &&
    receipt.eventItemId === record.eventItemId &&
    receipt.seq === record.seq &&
    receipt.head === record.head &&
    Date.parse(receipt.enteredAt) === record.atMs
  );
}

function recordValues(record: ChainRecord): Field[] {
  const { kind, seq, entryId, eventItemId, quantity, minQuantity, atMs } = record;
  return [kind, seq, entryId, eventItemId, quantity, minQuantity, atMs];
}

/**
 * Each field with its length in front (4 bytes, the highest first); numbers as decimal digits, text as UTF-8.
 * @param before stands in front of all of them, as it is
 * @returns good until the next call
 */
function fields(values: readonly Field[], before: Uint8Array = NOTHING): Uint8Array<ArrayBuffer> {
  const bytesMax = values.reduce((sum: number, value) => sum + bytesMaxOf(value), before.length);
  const bytes = bytesMax <= shortBytes.length ? shortBytes : new Uint8Array(bytesMax);
  bytes.set(before);
  let at = before.length;
  for (const value of values) {
    const end = write(value, bytes, at + LENGTH_BYTES);
    const length = end - at - LENGTH_BYTES;
    bytes[at] = length >>> 24;
    bytes[at + 1] = length >>> 16;
    bytes[at + 2] = length >>> 8;
    bytes[at + 3] = length;
    at = end;
  }
  return bytes.subarray(0, at);
}

function bytesMaxOf(value: Field): number {
  if (typeof value === 'number') return LENGTH_BYTES + DIGITS_MAX;
  const each = typeof value === 'string' ? CHAR_BYTES_MAX : 1;
  return LENGTH_BYTES + each * value.length;
}

/** @returns where it ends */
function write(value: Field, bytes: Uint8Array, at: number): number {
  if (value instanceof Uint8Array) {
    bytes.set(value, at);
    return at + value.length;
  }
  return writeText(typeof value === 'number' ? `${value}` : value, bytes, at);
}

function writeText(text: string, bytes: Uint8Array, at: number): number {
  for (let n = 0; n < text.length; n++) {
    const code = text.charCodeAt(n);
    // An encoder takes three times as long for a short text, and nearly all texts of a draw are plain.
    if (code > ASCII_MAX) return at + encoder.encodeInto(text, bytes.subarray(at)).written;
    bytes[at + n] = code;
  }
  return at + text.length;
}
