/** A customer's own queue entries, as they take them away. */
import { desc, eq } from 'drizzle-orm';
import type { UserId } from '../../contract/ids.ts';
import type { OwnData } from '../../contract/own-data.ts';
import { itemCatalog, itemVariants } from './catalogue-schema.ts';
import { type Db, guarded } from './client.ts';
import { ofCustomer, queueEntries } from './queue-schema.ts';
import { eventItems, events } from './schema.ts';

/** Newest first, at most `limit`. */
export async function readOwnEntries(
  db: Db,
  { userId, limit }: { userId: UserId; limit: number },
): Promise<OwnData['queueEntries']> {
  const rows = await guarded(() =>
    db
      .select({
        id: queueEntries.id,
        eventId: queueEntries.eventId,
        eventTitle: events.title,
        eventItemId: queueEntries.eventItemId,
        itemName: itemCatalog.name,
        variantLabel: itemVariants.label,
        quantity: queueEntries.quantity,
        minQuantity: queueEntries.minQuantity,
        status: queueEntries.status,
        reason: queueEntries.reason,
        enteredAt: queueEntries.enteredAt,
        endedAt: queueEntries.endedAt,
        seq: queueEntries.seq,
        rank: queueEntries.rank,
        orderId: queueEntries.orderId,
      })
      .from(queueEntries)
      .innerJoin(events, eq(events.id, queueEntries.eventId))
      .innerJoin(eventItems, eq(eventItems.id, queueEntries.eventItemId))
      .innerJoin(itemCatalog, eq(itemCatalog.id, eventItems.itemId))
      .leftJoin(itemVariants, eq(itemVariants.id, eventItems.variantId))
      .where(ofCustomer(userId))
      .orderBy(desc(queueEntries.enteredAt), desc(queueEntries.id))
      .limit(limit),
  );
  return rows.map(({ enteredAt, endedAt, ...entry }) => ({
    ...entry,
    enteredAt: enteredAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  }));
}
