/** Queues and their entries as they are read. */
import type { ItemQueue } from '../../contract/queue.ts';
import type { eventItems } from './schema.ts';

/** How an item's queue stands, from its row. */
export function queueOf(row: typeof eventItems.$inferSelect): ItemQueue {
  return {
    waiting: row.queueWaiting,
    waitingUnits: row.queueWaitingUnits,
    servedRank: row.queueServedRank,
    offers: row.queueOffers,
  };
}
