/**
 * Events and their items as shoppers read them. Stock is computed at read: a hold that has ended
 * counts as free, whether or not anything has expired it yet.
 */
import { and, asc, desc, eq, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { EventDetail, EventStatus, EventSummary, Integrity } from '../../contract/events.ts';
import type { EventId } from '../../contract/ids.ts';
import { shownPicture } from '../../contract/pictures.ts';
import { itemCatalog, itemVariants } from './catalogue-schema.ts';
import { type Db, guarded, instant } from './client.ts';
import type { Place } from './cursors.ts';
import { type EventRow, overdueUnits, statusOf, statusSql, timesOf } from './event-status.ts';
import { queueOf } from './queue.ts';
import { queueIntegrityOf, queueRecountSql } from './queue-recount.ts';
import { eventItems, events, orders } from './schema.ts';
import { contains } from './search.ts';

export interface EventPage {
  after: Place | undefined;
  limit: number;
  nowMs: number;
  status?: EventStatus | undefined;
  /** A part of the title. */
  q?: string | undefined;
}

/** @returns undefined if there is no such event, or it is not published. */
export async function findEvent(
  db: Db,
  id: EventId,
  nowMs: number,
): Promise<EventDetail | undefined> {
  const found = await readEvent(db, id, { nowMs });
  return found?.row.published ? found.event : undefined;
}

/**
 * Published or not, with its row.
 * @param at.version to be read of the event `events` at the same moment
 * @returns undefined if there is no such event.
 */
export async function readEvent(
  db: Db,
  id: EventId,
  at: { nowMs: number; version?: SQL<string> },
): Promise<{ row: EventRow; event: EventDetail; version: string | null } | undefined> {
  const { nowMs, version = sql<null>`NULL` } = at;
  const overdue = overdueUnits(nowMs);
  const rows = await guarded(() =>
    db
      .select({
        event: events,
        eventItem: eventItems,
        item: itemCatalog,
        variant: { id: itemVariants.id, label: itemVariants.label },
        overdue,
        version,
      })
      .from(events)
      .leftJoin(eventItems, eq(eventItems.eventId, events.id))
      .leftJoin(itemCatalog, eq(itemCatalog.id, eventItems.itemId))
      .leftJoin(itemVariants, eq(itemVariants.id, eventItems.variantId))
      .where(eq(events.id, id))
      .orderBy(asc(eventItems.position)),
  );
  const row = rows[0]?.event;
  if (row === undefined) return undefined;
  const items = rows.flatMap(({ eventItem, item, variant, overdue: due }) =>
    eventItem && item
      ? {
          id: eventItem.id,
          itemId: eventItem.itemId,
          variant,
          name: item.name,
          description: item.description,
          imageUrl: shownPicture(item.imageUrl),
          priceCents: eventItem.priceMinor,
          stock: {
            total: eventItem.stockTotal,
            remaining: eventItem.stockRemaining + due,
            held: eventItem.stockHeld - due,
            sold: eventItem.stockSold,
          },
          limitPerCustomer: eventItem.limitPerCustomer,
          queue: queueOf(eventItem),
        }
      : [],
  );
  const unitsFree = items.reduce((units, { stock }) => units + stock.remaining, 0);
  const serverNow = new Date(nowMs).toISOString();
  const event = { ...fieldsOf(row, unitsFree, nowMs), serverNow, items };
  return { row, event, version: rows[0]?.version ?? null };
}

/** Published ones, newest opening first, one more than `limit` to learn whether there is a next page. */
export async function listEvents(
  db: Db,
  page: EventPage,
): Promise<{ event: EventSummary; scheduledAtMs: number }[]> {
  const found = await readEvents(db, { ...page, published: true });
  return found.map(({ row, event }) => ({ event, scheduledAtMs: row.startsAt.getTime() }));
}

/** As `listEvents`, with their rows, published or not unless `published` is given. */
export async function readEvents(
  db: Db,
  page: EventPage & { published?: boolean | undefined },
): Promise<{ row: EventRow; event: EventSummary }[]> {
  const { after, limit, nowMs, status, q, published } = page;
  const due = overdueUnits(nowMs);
  const remaining = sum(sql`${eventItems.stockRemaining} + ${due}`);
  const rows = await guarded(() =>
    db
      .select({
        event: events,
        itemCount: sql<number>`count(DISTINCT ${eventItems.itemId})::int`,
        total: sum(eventItems.stockTotal),
        remaining,
        held: sum(sql`${eventItems.stockHeld} - ${due}`),
        sold: sum(eventItems.stockSold),
      })
      .from(events)
      .leftJoin(eventItems, eq(eventItems.eventId, events.id))
      .where(
        and(
          after && sql`(${events.startsAt}, ${events.id}) < (${instant(after.atMs)}, ${after.id})`,
          published === undefined ? undefined : eq(events.published, published),
          q === undefined ? undefined : contains(events.title, q),
        ),
      )
      .groupBy(events.id)
      .having(status && eq(statusSql(remaining, nowMs), status))
      .orderBy(desc(events.startsAt), desc(events.id))
      .limit(limit + 1),
  );
  return rows.map(({ event, itemCount, ...stock }) => ({
    row: event,
    event: { ...fieldsOf(event, stock.remaining, nowMs), itemCount, stock },
  }));
}

/** Recounts a published event from its orders and queue entries. @returns undefined without such. */
export async function recountEvent(db: Db, id: EventId): Promise<Integrity | undefined> {
  // One statement sees one moment, so a sale in full run recounts right.
  const rows = await guarded(() =>
    db
      .select({
        item: eventItems,
        held: unitsOf('pending'),
        sold: unitsOf('confirmed'),
        recount: queueRecountSql(id),
      })
      .from(events)
      .leftJoin(eventItems, eq(eventItems.eventId, events.id))
      .where(and(eq(events.id, id), events.published))
      .orderBy(asc(eventItems.position)),
  );
  if (rows.length === 0) return undefined;
  const items = rows.flatMap(({ item, held, sold }) => {
    if (item === null) return [];
    const { stockTotal: total, stockRemaining: remaining } = item;
    const counted = { total, remaining, held: item.stockHeld, sold: item.stockSold };
    const ok =
      remaining >= 0 &&
      remaining + counted.held + counted.sold === total &&
      counted.held === held &&
      counted.sold === sold;
    return { eventItemId: item.id, ...counted, recounted: { held, sold }, ok };
  });
  const queues = rows.flatMap(({ item }) =>
    item === null ? [] : [{ eventItemId: item.id, queue: queueOf(item) }],
  );
  const queue = queueIntegrityOf(queues, rows[0]?.recount ?? null);
  return { ok: queue.ok && items.every(({ ok }) => ok), items, queue };
}

/** Events with holds that ended before `beforeMs` and are still pending, at most `limit`. */
export async function findOverdueEvents(
  db: Db,
  overdue: { beforeMs: number; limit: number },
): Promise<EventId[]> {
  const rows = await guarded(() =>
    db
      .selectDistinct({ id: orders.eventId })
      .from(orders)
      .where(
        sql`${orders.status} = 'pending' AND ${orders.expiresAt} <= ${instant(overdue.beforeMs)}`,
      )
      .limit(overdue.limit),
  );
  return rows.map(({ id }) => id);
}

/** Published events that open by the clock between two moments, the first ones first. */
export async function findOpeningEvents(
  db: Db,
  opening: { afterMs: number; byMs: number; limit: number },
): Promise<EventId[]> {
  const { afterMs, byMs, limit } = opening;
  const rows = await guarded(() =>
    db
      .select({ id: events.id })
      .from(events)
      .where(
        and(
          sql`${events.startsAt} > ${instant(afterMs)} AND ${events.startsAt} <= ${instant(byMs)}`,
          sql`${events.openedAt} IS NULL AND ${events.closedAt} IS NULL`,
          events.published,
        ),
      )
      .orderBy(asc(events.startsAt), asc(events.id))
      .limit(limit),
  );
  return rows.map(({ id }) => id);
}

function sum(units: SQLWrapper) {
  return sql<number>`coalesce(sum(${units}), 0)::int`;
}

/** Written out, not a parameter: the partial indexes are found by the literal. */
function unitsOf(status: 'pending' | 'confirmed') {
  return sql<number>`coalesce((
    SELECT sum(${orders.quantity}) FROM ${orders}
     WHERE ${orders.eventItemId} = ${eventItems.id} AND ${orders.status} = ${sql.raw(`'${status}'`)}
  ), 0)::int`;
}

function fieldsOf(event: EventRow, unitsFree: number, nowMs: number) {
  const { startsAt, endsAt } = timesOf(event);
  return {
    id: event.id,
    title: event.title,
    description: event.description,
    status: statusOf(event, unitsFree, nowMs),
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    closedAt: event.closedAt?.toISOString() ?? null,
    holdSeconds: event.holdSeconds,
    currency: event.currency,
    admission: event.admission,
    waitlist: event.waitlist,
    offerSeconds: event.offerSeconds,
    entriesCloseAt: event.entriesCloseAt?.toISOString() ?? null,
    requireVerifiedEmail: event.requireVerifiedEmail,
    oneLimitPerMailbox: event.oneLimitPerMailbox,
  };
}
