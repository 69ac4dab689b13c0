/** One's own entry in the list: by the receipt that was given for it, clauses 7 and 8, or by its id. */
import type { DrawEntry, DrawReceipt } from '../../../worker/contract/draw.ts';
import { isReceiptOf } from '../../../worker/contract/draw-records.ts';
import type { Findings } from './findings.ts';
import type { Keys } from './jws.ts';
import type { Place, Ranked } from './ranks.ts';
import { isReceipt } from './shapes.ts';

/** As worker/contract/draw.ts names it, which brings its library along. */
const TYPE = 'swiftdrop-receipt';

/** An entry as the list has it. */
export interface OwnEntry {
  readonly entryId: string;
  readonly eventItemId: string;
  readonly quantity: number;
  readonly seq: number;
  readonly at: string;
  readonly head: string;
  readonly hasLeft: boolean;
  readonly place: Place | null;
  readonly outcome: DrawEntry['outcome'];
  readonly reason: DrawEntry['reason'];
  /** Whether it was shown by a receipt; null where it was looked for by its id. */
  readonly isAsReceipt: boolean | null;
}

export interface OwnEntries {
  /** Looks at a record while the list is read. */
  see(line: DrawEntry): void;
  /** Once all of it was read. */
  close(ranked: Ranked | undefined): OwnEntry[];
  /** False where the receipt's signature could not be checked. */
  readonly isChecked: boolean;
}

export interface OwnAsked {
  /** Compact JWS. */
  readonly receipt?: string | undefined;
  /** Of entries that are known to be one's own. */
  readonly entryIds?: readonly string[] | undefined;
}

export async function lookForOwn(
  { receipt, entryIds = [] }: OwnAsked,
  { keys, eventId }: { keys: Keys; eventId: string },
  found: Findings,
): Promise<OwnEntries> {
  const read = receipt === undefined ? undefined : await readReceipt(receipt, keys, found);
  const shown = read?.receipt;
  const isHere = shown?.eventId === eventId;
  if (shown && !isHere) found.add('receipt_of_other_event');
  const wanted = new Set(shown && isHere ? [...entryIds, shown.entryId] : entryIds);
  const entered = new Map<string, DrawEntry>();
  const left = new Set<string>();
  return {
    isChecked: read?.signature !== 'unchecked',
    see: (line) => {
      if (!wanted.has(line.entryId)) return;
      if (line.kind === 'leave') left.add(line.entryId);
      else if (!entered.has(line.entryId)) entered.set(line.entryId, line);
    },
    close: (ranked) => {
      const own = [...entered.values()].map((line) => ({
        ...pickEntry(line),
        hasLeft: left.has(line.entryId),
        place: ranked?.placeOf(line) ?? null,
        isAsReceipt: shown?.entryId === line.entryId ? isAsReceipt(shown, line) : null,
      }));
      if (shown && isHere && !own.some((entry) => entry.isAsReceipt)) {
        found.add('receipt_not_in_list');
      }
      return own;
    },
  };
}

async function readReceipt(text: string, keys: Keys, found: Findings) {
  const read = await keys.read(text.trim());
  if (read === undefined) return found.add('receipt_malformed');
  const { type, claims, signature } = read;
  found.expect(type === TYPE, 'receipt_type_wrong');
  if (signature === 'unknown_key') found.add('receipt_key_unknown');
  if (signature === 'bad') found.add('receipt_signature_wrong');
  if (isReceipt(claims)) return { receipt: claims, signature };
  // What is signed as something else need not look like a receipt.
  return type === TYPE ? found.add('receipt_malformed') : undefined;
}

function isAsReceipt(receipt: DrawReceipt, line: DrawEntry): boolean {
  return isReceiptOf(receipt, { ...line, atMs: Date.parse(line.at) });
}

function pickEntry({ entryId, eventItemId, quantity, seq, at, head, outcome, reason }: DrawEntry) {
  return { entryId, eventItemId, quantity, seq, at, head, outcome, reason };
}
