/** A customer's own queue entries. Reads only: they change in the sale's ledger and nowhere else. */
import { and, desc, eq, type SQL, sql } from 'drizzle-orm';
import type { EventId, QueueEntryId, UserId } from '../../contract/ids.ts';
import type { Ahead, OwnQueue } from '../../contract/queue.ts';
import type { CachedRead } from '../cache/cached-read.ts';
import { itemCatalog, itemVariants } from './catalogue-schema.ts';
import { type Db, guarded, instant } from './client.ts';
import type { Place } from './cursors.ts';
import { overdueUnits } from './event-status.ts';
import { COUNTED_WAITING_MAX, type PlaceSources, readAhead } from './queue-places.ts';
import { ofCustomer, queueEntries } from './queue-schema.ts';
import { eventItems, events } from './schema.ts';

/** An entry with what its outlook follows from, all of one moment. */
export interface OwnEntry {
  /** With the members of EntryRecord in sale/rules/attempts.ts. */
  entry: ReturnType<typeof recordOf>;
  /** Null where it does not wait or has no rank. */
  ahead: Ahead | null;
  /** Whether its sale is over. */
  isOver: boolean;
  /** Units of its item. */
  free: number;
  held: number;
  texts: Pick<OwnQueue['entries'][number], 'eventTitle' | 'itemName' | 'variantLabel'>;
}

type Requester = Pick<CachedRead<unknown>, 'keepAlive'>;

/** @returns undefined where the customer has no such entry. Throws a Fault. */
export async function findOwnEntry(
  sources: PlaceSources,
  wanted: { id: QueueEntryId; customerId: UserId; nowMs: number },
  requester: Requester,
): Promise<OwnEntry | undefined> {
  const { id, customerId, nowMs } = wanted;
  const which = and(eq(queueEntries.id, id), eq(queueEntries.customerId, customerId));
  const rows = await guarded(() => selectEntries(sources.db, which, nowMs));
  const [entry] = await placed(
    sources,
    rows.map((row) => ownEntryOf(row, nowMs)),
    requester,
  );
  return entry;
}

/** Newest first. Reads one row more than `limit`, to learn whether there is a next page. Throws a Fault. */
export async function listOwnEntries(
  sources: PlaceSources,
  page: {
    customerId: UserId;
    /** Only those of one event. */
    eventId: EventId | undefined;
    after: Place | undefined;
    limit: number;
    nowMs: number;
  },
  requester: Requester,
): Promise<OwnEntry[]> {
  const { customerId, eventId, after, limit, nowMs } = page;
  const which = and(
    ofCustomer(customerId),
    eventId && eq(queueEntries.eventId, eventId),
    after &&
      sql`(${queueEntries.enteredAt}, ${queueEntries.id}) < (${instant(after.atMs)}, ${after.id})`,
  );
  const rows = await guarded(() =>
    selectEntries(sources.db, which, nowMs)
      .orderBy(desc(queueEntries.enteredAt), desc(queueEntries.id))
      .limit(limit + 1),
  );
  return placed(
    sources,
    rows.map((row) => ownEntryOf(row, nowMs)),
    requester,
  );
}

function selectEntries(db: Db, which: SQL | undefined, nowMs: number) {
  return db
    .select({
      entry: queueEntries,
      head: sql<string | null>`(SELECT encode(r.head, 'hex') FROM draw_records r
        WHERE r.event_id = ${queueEntries.eventId} AND r.seq = ${queueEntries.recordSeq})`,
      eventItem: eventItems,
      overdue: overdueUnits(nowMs),
      event: {
        title: events.title,
        published: events.published,
        endsAt: events.endsAt,
        closedAt: events.closedAt,
      },
      itemName: itemCatalog.name,
      variantLabel: itemVariants.label,
      ahead: sql<Ahead | null>`CASE WHEN ${eventItems.queueWaiting} <= ${COUNTED_WAITING_MAX}
        THEN queue_ahead_of(${queueEntries}) END`,
    })
    .from(queueEntries)
    .innerJoin(events, eq(events.id, queueEntries.eventId))
    .innerJoin(eventItems, eq(eventItems.id, queueEntries.eventItemId))
    .innerJoin(itemCatalog, eq(itemCatalog.id, eventItems.itemId))
    .leftJoin(itemVariants, eq(itemVariants.id, eventItems.variantId))
    .where(which);
}

type Row = Awaited<ReturnType<typeof selectEntries>>[number];

function ownEntryOf(row: Row, nowMs: number): OwnEntry & { offers: number } {
  const { entry, head, eventItem, overdue, event, itemName, variantLabel, ahead } = row;
  return {
    entry: recordOf(entry, head),
    ahead,
    isOver: !event.published || event.closedAt !== null || event.endsAt.getTime() <= nowMs,
    free: eventItem.stockRemaining + overdue,
    held: eventItem.stockHeld - overdue,
    offers: eventItem.queueOffers,
    texts: { eventTitle: event.title, itemName, variantLabel },
  };
}

function recordOf(entry: typeof queueEntries.$inferSelect, head: string | null) {
  const { id, eventId, eventItemId, quantity, minQuantity, status, reason, seq, rank } = entry;
  const wish = { id, eventId, eventItemId, quantity, minQuantity };
  const enteredAtMs = entry.enteredAt.getTime();
  const record = entry.recordSeq === null || head === null ? null : { seq: entry.recordSeq, head };
  return { ...wish, status, reason, enteredAtMs, seq, rank, record, orderId: entry.orderId };
}

/** Those whose queue was too long to count it for them alone. */
async function placed(
  sources: PlaceSources,
  entries: (OwnEntry & { offers: number })[],
  requester: Requester,
): Promise<OwnEntry[]> {
  const uncounted = entries.flatMap((own) => {
    const { rank, status, eventItemId } = own.entry;
    const isUncounted = status === 'waiting' && own.ahead === null && rank !== null;
    return isUncounted ? [{ own, entry: { eventItemId, rank }, offers: own.offers }] : [];
  });
  const counted = await readAhead(sources, uncounted, requester);
  for (const [n, { own }] of uncounted.entries()) own.ahead = counted[n] ?? null;
  return entries;
}
