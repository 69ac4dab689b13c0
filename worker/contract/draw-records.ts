/**
 * The bytes that a draw is proven by, as docs/fairness.md describes them: what is chained while people enter,
 * what the seed is made of, what is ranked. Pure, and without a hash function: whoever uses it brings theirs.
 */
import type { DrawReceipt, DrawStart } from './draw.ts';

/** Stands in front of everything, so that no bytes of another program read alike. */
const DOMAIN = 'swiftdrop draw 1';
/** What comes before the first head. */
export const HEAD_BYTES = 32;

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
  ]);
}

export function chainRecord(record: ChainRecord): Uint8Array<ArrayBuffer> {
  return fields([
    record.kind,
    record.seq,
    record.entryId,
    record.eventItemId,
    record.quantity,
    record.minQuantity,
    record.atMs,
  ]);
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
  return fields([`${DOMAIN} seed`, parts.start, parts.head, parts.randomness]);
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
  ]);
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

/** Each field with its length in front (4 bytes, the highest first); numbers as decimal digits, text as UTF-8. */
function fields(values: readonly (string | number | Uint8Array)[]): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder();
  const parts = values.map((value) =>
    value instanceof Uint8Array ? value : text.encode(`${value}`),
  );
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + 4 + length, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const part of parts) {
    view.setUint32(at, part.length);
    bytes.set(part, at + 4);
    at += 4 + part.length;
  }
  return bytes;
}
