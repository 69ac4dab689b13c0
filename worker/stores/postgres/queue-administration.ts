/** Queue entries as admins look them up and disqualify them. */
import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import {
  type EventId,
  eventIdOf,
  type QueueEntryId,
  queueEntryIdRange,
  type UserId,
} from '../../contract/ids.ts';
import type { QueueEntryStatus } from '../../contract/queue.ts';
import type { AdminQueueEntry } from '../../contract/queue-administration.ts';
import { type Act, logChanges } from './audit.ts';
import { itemCatalog, itemVariants } from './catalogue-schema.ts';
import { type Db, guarded, instant } from './client.ts';
import type { Place } from './cursors.ts';
import { queueEntries } from './queue-schema.ts';
import { eventItems, events, orders, users } from './schema.ts';

export interface QueuePage {
  eventId: EventId;
  email?: string | undefined;
  customerId?: UserId | undefined;
  entryId?: QueueEntryId | undefined;
  status?: QueueEntryStatus | undefined;
  after: Place | undefined;
  limit: number;
  nowMs: number;
}

/** Behind every rank, and before what has ended. */
const UNRANKED = 1e12;
const ENDED = 2e12;
const placeInList = sql`CASE WHEN ${queueEntries.status} = 'waiting'
  THEN coalesce(${queueEntries.rank}, ${sql.raw(String(UNRANKED))}) ELSE ${sql.raw(String(ENDED))} END`;

/** Where an entry of the list is, for the page after it. */
export function entryPlace({ id, status, rank }: AdminQueueEntry): Place {
  const waits = status === 'waiting' || status === 'closed';
  return { atMs: waits ? (rank ?? UNRANKED) : ENDED, id };
}

/**
 * Those that wait first, by rank; then those that a draw has still to rank, and those that have ended, each
 * in the order in which they came, which is that of their ids. Reads one row more than `limit`, to learn
 * whether there is a next page. Goes through all entries of the event.
 * @returns undefined without such an event.
 */
export async function listQueueEntries(
  db: Db,
  page: QueuePage,
): Promise<AdminQueueEntry[] | undefined> {
  const { eventId, email, customerId, entryId, status, after, limit, nowMs } = page;
  const [first, last] = queueEntryIdRange(eventId);
  // The page is found before the rest of it is joined.
  const listed = db
    .select({ id: queueEntries.id })
    .from(queueEntries)
    .innerJoin(events, eq(events.id, queueEntries.eventId))
    .where(
      and(
        eq(queueEntries.eventId, eventId),
        sql`${queueEntries.id} BETWEEN ${first} AND ${last}`,
        entryId && eq(queueEntries.id, entryId),
        customerId && eq(queueEntries.customerId, customerId),
        email === undefined
          ? undefined
          : sql`${queueEntries.customerId} = (SELECT id FROM users WHERE email = ${email})`,
        status && hasStatus(status, nowMs),
        after && sql`(${placeInList}, ${queueEntries.id}) > (${after.atMs}::bigint, ${after.id})`,
      ),
    )
    .orderBy(placeInList, asc(queueEntries.id))
    .limit(limit + 1);
  const [found, rows] = await guarded(() =>
    db.batch([
      db.select({ id: events.id }).from(events).where(eq(events.id, eventId)),
      selectEntries(db, nowMs)
        .where(inArray(queueEntries.id, listed))
        .orderBy(placeInList, asc(queueEntries.id)),
    ]),
  );
  return found.length === 0 ? undefined : rows.map((row) => entryOf(row, nowMs));
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

function selectEntries(db: Db, nowMs: number) {
  return db
    .select({
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

function hasStatus(status: QueueEntryStatus, nowMs: number): SQL | undefined {
  if (status === 'waiting') return sql`${queueEntries.status} = 'waiting' AND NOT ${isOver(nowMs)}`;
  if (status === 'closed') return sql`${queueEntries.status} = 'waiting' AND ${isOver(nowMs)}`;
  return eq(queueEntries.status, status);
}

interface EntryRow extends Pick<AdminQueueEntry, 'itemName' | 'variantLabel' | 'customerEmail'> {
  entry: typeof queueEntries.$inferSelect;
  order: Pick<typeof orders.$inferSelect, 'id' | 'status' | 'quantity' | 'expiresAt'> | null;
  isOver: boolean;
}

function entryOf(
  { entry, order, isOver: over, ...named }: EntryRow,
  nowMs: number,
): AdminQueueEntry {
  const isDue = order?.status === 'pending' && order.expiresAt.getTime() <= nowMs;
  return {
    id: entry.id,
    eventId: entry.eventId,
    eventItemId: entry.eventItemId,
    ...named,
    customerId: entry.customerId,
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
