/** The receipt of an entry, which proves to anybody that and when it entered a draw: docs/fairness.md. */
import { RECEIPT_TYPE } from '../contract/draw.ts';
import type { QueueEntry } from '../contract/queue.ts';
import type { Needs } from '../deps/deps.ts';

export type ReceiptNeeds = Needs<{ draws: 'signer'; logging: 'log' }>;

/** An entry without a receipt is worth more than none: where it cannot be signed it has none, and can be read again. */
export async function withReceipt(
  { draws, logging }: ReceiptNeeds,
  entry: Omit<QueueEntry, 'receipt'>,
): Promise<QueueEntry> {
  const { id: entryId, eventId, eventItemId, enteredAt, record } = entry;
  if (record === null) return { ...entry, receipt: null };
  const { seq, head } = record;
  const claims = { entryId, eventId, eventItemId, seq, head, enteredAt };
  try {
    return { ...entry, receipt: await draws.signer.sign(claims, RECEIPT_TYPE) };
  } catch (error) {
    logging.log('error', 'receipt was not signed', { eventId, entryId, error });
    return { ...entry, receipt: null };
  }
}
