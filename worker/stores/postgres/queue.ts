/** Queues as anyone may read them. */
import { and, asc, eq } from 'drizzle-orm';
import type { EventId } from '../../contract/ids.ts';
import type { EventQueue, ItemQueue } from '../../contract/queue.ts';
import { type Db, guarded } from './client.ts';
import { draws } from './queue-schema.ts';
import { eventItems, events } from './schema.ts';

/** How an item's queue stands, from its row. */
export function queueOf(row: typeof eventItems.$inferSelect): ItemQueue {
  return {
    waiting: row.queueWaiting,
    waitingUnits: row.queueWaitingUnits,
    servedRank: row.queueServedRank,
    offers: row.queueOffers,
  };
}

/** How a published event's queue stands. @returns undefined without such an event. Throws a Fault. */
export async function findEventQueue(
  db: Db,
  id: EventId,
): Promise<Omit<EventQueue, 'serverNow'> | undefined> {
  const rows = await guarded(() =>
    db
      .select({
        admission: events.admission,
        item: eventItems,
        draw: { drawnAt: draws.drawnAt, seed: draws.seed, steps: draws.steps },
      })
      .from(events)
      .leftJoin(eventItems, eq(eventItems.eventId, events.id))
      .leftJoin(draws, eq(draws.eventId, events.id))
      .where(and(eq(events.id, id), events.published))
      .orderBy(asc(eventItems.position)),
  );
  const [first] = rows;
  if (first === undefined) return undefined;
  const { admission, draw } = first;
  const items = rows.flatMap(({ item }) => {
    if (item === null) return [];
    const steps = draw?.steps?.[item.id];
    return [{ eventItemId: item.id, ...queueOf(item), ...(steps && { steps }) }];
  });
  const drawnAt = draw?.drawnAt?.toISOString() ?? null;
  const drawn = admission !== 'draw' || drawnAt !== null;
  return { items, drawn, drawnAt, seed: draw?.seed ?? null };
}
