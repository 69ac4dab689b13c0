/** Queue entries as admins look them up and disqualify them. */
import { eq, type SQL, sql } from 'drizzle-orm';
import { eventIdOf, type QueueEntryId } from '../../contract/ids.ts';
import type { AdminQueueEntry } from '../../contract/queue-administration.ts';
import { type Act, logChanges } from './audit.ts';
import { itemCatalog, itemVariants } from './catalogue-schema.ts';
import { type Db, guarded, instant } from './client.ts';
import { QUEUE_PARTS, type QueuePlace } from './queue-cursors.ts';
import { type ListedEntry, listedEntries, type QueuePage } from './queue-list.ts';
import { queueEntries } from './queue-schema.ts';
import { eventItems, events, orders, users } from './schema.ts';

export interface ListedPage {
  entries: AdminQueueEntry[];
  /** Null at the end. */
  next: QueuePlace | null;
}

/**
 * Those that wait first, by rank; then those that a draw has still to rank, and those that have ended, each
 * in the order in which they came, which is that of their ids. An entry that ends between two pages may come
 * again behind those that wait, and none that is there from the first page to the last is left out.
 * @returns undefined without such an event.
 */
export async function listQueueEntries(db: Db, page: QueuePage): Promise<ListedPage | undefined> {
  const { eventId, limit, nowMs } = page;
  const [found, rows] = await guarded(() =>
    db.batch([
      db.select({ id: events.id }).from(events).where(eq(events.id, eventId)),
      selectEntries(db, nowMs, sql<ListedEntry>`to_jsonb(listed)`)
        .innerJoin(sql`(${listedEntries(page)}) AS listed`, sql`listed.id = ${queueEntries.id}`)
        .orderBy(sql`listed.part, listed.rank, listed.id`),
    ]),
  );
  if (found.length === 0) return undefined;
  const shown = rows.filter(({ listed }) => listed.shown).slice(0, limit);
  const isFull = shown.length === limit && rows.length > limit;
  const last = (isFull ? shown : rows.filter(({ listed }) => listed.stops)).at(-1);
  return {
    entries: shown.map((row) => entryOf(row, nowMs)),
    next: last ? placeOf(last.listed) : null,
  };
}

function placeOf({ id, part, rank, before_draw: beforeDraw }: ListedEntry): QueuePlace {
  const name = QUEUE_PARTS[part];
  if (name === undefined) throw new Error(`${part} is no part of the list`);
  return { part: name, rank, id, beforeDraw };
}

/**
 * Skips an entry that waits. It keeps its rank. Doing it twice changes nothing.
 * @returns the entry as it is then; `not_waiting` where it was offered, left or skipped for another reason.
 */
export async function disqualifyEntry(
  db: Db,
  id: QueueEntryId,
  { actor, nowMs, reason }: Act & { reason: string },
): Promise<AdminQueueEntry | 'not_found' | 'not_waiting'> {
  const eventId = eventIdOf(id);
  const entry = { actor, action: 'queue.disqualify', subject: id };
  const after = JSON.stringify({ status: 'skipped', reason });
  const [, , , rows] = await guarded(() =>
    db.batch([
      db.execute(sql`SELECT id FROM events WHERE id = ${eventId} FOR NO KEY UPDATE`),
      db.execute(
        logChanges(
          entry,
          sql`SELECT '{"status": "waiting"}'::jsonb, ${after}::jsonb FROM queue_entries
               WHERE id = ${id} AND event_id = ${eventId} AND status = 'waiting'`,
        ),
      ),
      db.execute(sql`SELECT disqualify_entry(${eventId}, ${id}, ${nowMs}::bigint)`),
      selectEntries(db, nowMs).where(eq(queueEntries.id, id)),
    ]),
  );
  const [row] = rows;
  if (row === undefined) return 'not_found';
  return row.entry.reason === 'disqualified' ? entryOf(row, nowMs) : 'not_waiting';
}

function selectEntries<Listed = null>(db: Db, nowMs: number, listed = sql<Listed>`NULL`) {
  return db
    .select({
      listed,
      entry: queueEntries,
      itemName: itemCatalog.name,
      variantLabel: itemVariants.label,
      customerEmail: users.email,
      order: {
        id: orders.id,
        status: orders.status,
        quantity: orders.quantity,
        expiresAt: orders.expiresAt,
      },
      isOver: isOver(nowMs),
    })
    .from(queueEntries)
    .innerJoin(events, eq(events.id, queueEntries.eventId))
    .innerJoin(eventItems, eq(eventItems.id, queueEntries.eventItemId))
    .innerJoin(itemCatalog, eq(itemCatalog.id, eventItems.itemId))
    .leftJoin(itemVariants, eq(itemVariants.id, eventItems.variantId))
    .innerJoin(users, eq(users.id, queueEntries.customerId))
    .leftJoin(orders, eq(orders.id, queueEntries.orderId));
}

/** Whether the sale of an entry is over: one that waits is closed then, until it is opened again. */
function isOver(nowMs: number): SQL<boolean> {
  return sql<boolean>`(${events.closedAt} IS NOT NULL OR ${events.endsAt} <= ${instant(nowMs)})`;
}

interface EntryRow extends Pick<AdminQueueEntry, 'itemName' | 'variantLabel' | 'customerEmail'> {
  entry: typeof queueEntries.$inferSelect;
  order: Pick<typeof orders.$inferSelect, 'id' | 'status' | 'quantity' | 'expiresAt'> | null;
  isOver: boolean;
}

function entryOf(row: EntryRow, nowMs: number): AdminQueueEntry {
  const { entry, order, itemName, variantLabel, customerEmail, isOver: over } = row;
  const isDue = order?.status === 'pending' && order.expiresAt.getTime() <= nowMs;
  return {
    id: entry.id,
    eventId: entry.eventId,
    eventItemId: entry.eventItemId,
    itemName,
    variantLabel,
    customerId: entry.customerId,
    customerEmail,
    quantity: entry.quantity,
    minQuantity: entry.minQuantity,
    status: entry.status === 'waiting' && over ? 'closed' : entry.status,
    reason: entry.reason,
    enteredAt: entry.enteredAt.toISOString(),
    endedAt: entry.endedAt?.toISOString() ?? null,
    seq: entry.seq,
    rank: entry.rank,
    orderId: entry.orderId,
    order: order && {
      ...order,
      status: isDue ? 'expired' : order.status,
      expiresAt: order.expiresAt.toISOString(),
    },
  };
}
