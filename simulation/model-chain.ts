/** The model's chain of a draw, its bytes written from docs/fairness.md and not from the contract's code. */
import { createHash } from 'node:crypto';
import type { DrawStart } from '../worker/contract/draw.ts';
import type { ChainRow, EntryRow } from './queue-rows.ts';

const DOMAIN = 'swiftdrop draw 1';
const NO_HEAD = Buffer.alloc(32);

export class ModelChain {
  readonly #records: ChainRow[] = [];
  readonly #takingPart = new Set<string>();

  /** Null before the start. */
  get last(): ChainRow | null {
    return this.#records.at(-1) ?? null;
  }

  get all(): ChainRow[] {
    return [...this.#records];
  }

  start(start: DrawStart, atMs: number): void {
    const head = headOf(NO_HEAD, startBytes(start));
    this.#records.push({ seq: 0, kind: 'start', entryId: null, atMs, head });
  }

  add(kind: 'enter' | 'leave', entry: EntryRow, atMs: number): ChainRow {
    const last = this.last;
    if (last === null) throw new Error('the chain has no start');
    const seq = last.seq + 1;
    const { id, eventItemId, quantity, minQuantity } = entry;
    const bytes = joined(kind, seq, id, eventItemId, quantity, minQuantity, atMs);
    const head = headOf(Buffer.from(last.head, 'hex'), bytes);
    const record: ChainRow = { seq, kind, entryId: id, atMs, head };
    this.#records.push(record);
    if (kind === 'enter') this.#takingPart.add(id);
    else this.#takingPart.delete(id);
    return record;
  }

  /** Whether an entry takes part. */
  has(id: string): boolean {
    return this.#takingPart.has(id);
  }
}

function startBytes(start: DrawStart): Buffer {
  const { beacon, items } = start;
  return joined(
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
    ...items.flatMap((one) => [one.eventItemId, one.stock, one.priceMinor, one.limitPerCustomer]),
  );
}

/** The seed by which a locked draw is made. */
export function seedOf(start: DrawStart, head: string, randomness: Uint8Array): Buffer {
  const parts = [`${DOMAIN} seed`, startBytes(start), Buffer.from(head, 'hex'), randomness];
  return createHash('sha256')
    .update(joined(...parts))
    .digest();
}

/** @param items in the order of the start; the entries of each in the order of rank. */
export function rankingOf(items: { id: string; ranked: EntryRow[] }[]): string {
  const parts = items.flatMap(({ id, ranked }) => [id, ranked.length, ...ranked.map((e) => e.id)]);
  return createHash('sha256')
    .update(joined(`${DOMAIN} ranking`, ...parts))
    .digest('hex');
}

function headOf(before: Uint8Array, record: Uint8Array): string {
  return createHash('sha256').update(before).update(record).digest('hex');
}

/** Each with its length in four bytes before it. */
function joined(...values: (string | number | Uint8Array)[]): Buffer {
  return Buffer.concat(
    values.flatMap((value) => {
      const bytes = typeof value === 'object' ? value : Buffer.from(String(value), 'utf8');
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );
}
