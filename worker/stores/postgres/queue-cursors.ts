/** Cursors of the list of queue entries: opaque to clients, a place in one of its parts to us. */
import * as z from 'zod';
import { queueEntryIdSchema } from '../../contract/ids.ts';

/** In the order of the list: those that wait with a rank, those that a draw has still to rank, the others. */
export const QUEUE_PARTS = ['ranked', 'unranked', 'ended'] as const;

const placeSchema = z.object({
  part: z.enum(QUEUE_PARTS),
  /** 0 in the other parts, which are in the order of the ids. */
  rank: z.int().min(0),
  id: queueEntryIdSchema,
  /** Whether the event was still to be drawn when the page was read. */
  beforeDraw: z.boolean(),
});

/** The last entry that was read for a page. */
export type QueuePlace = z.infer<typeof placeSchema>;

export function writeQueueCursor({ part, rank, id, beforeDraw }: QueuePlace): string {
  return btoa(JSON.stringify({ part, rank, id, beforeDraw }));
}

/** @returns undefined for text that no page gave. */
export function readQueueCursor(cursor: string): QueuePlace | undefined {
  try {
    return placeSchema.parse(JSON.parse(atob(cursor)));
  } catch {
    return undefined;
  }
}
