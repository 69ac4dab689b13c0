/** Lists of events with their stock added up, as shoppers and admins read them. */
import { and, desc, eq, isNotNull, isNull, type SQLWrapper, sql } from 'drizzle-orm';
import type { EventStatus, EventSummary } from '../../contract/events.ts';
import { shownPicture } from '../../contract/pictures.ts';
import { itemCatalog } from './catalogue-schema.ts';
import { type Db, guarded, instant } from './client.ts';
import type { Place } from './cursors.ts';
import { fieldsOf } from './event-fields.ts';
import { type EventRow, overdueUnits, statusSql } from './event-status.ts';
import { eventItems, events } from './schema.ts';
import { contains } from './search.ts';

export interface EventPage {
  after: Place | undefined;
  limit: number;
  nowMs: number;
  /** A cancelled one is also closed. */
  status?: EventStatus | 'cancelled' | undefined;
  /** A part of the title. */
  q?: string | undefined;
}

/** Published ones, newest opening first, one more than `limit` to learn whether there is a next page. */
export async function listEvents(
  db: Db,
  page: EventPage,
): Promise<{ event: EventSummary; scheduledAtMs: number }[]> {
  const found = await readEvents(db, { ...page, published: true });
  return found.map(({ row, event }) => ({ event, scheduledAtMs: row.startsAt.getTime() }));
}

/**
 * As `listEvents`, with their rows, published or not unless `published` is given.
 * @param page.isCancelledApart of closed ones, leaves out those that were cancelled
 */
export async function readEvents(
  db: Db,
  page: EventPage & { published?: boolean | undefined; isCancelledApart?: boolean },
): Promise<{ row: EventRow; event: EventSummary }[]> {
  const { after, limit, nowMs, status, q, published, isCancelledApart = false } = page;
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
        shown,
      })
      .from(events)
      .leftJoin(eventItems, eq(eventItems.eventId, events.id))
      .leftJoin(itemCatalog, eq(itemCatalog.id, eventItems.itemId))
      .where(
        and(
          after && sql`(${events.startsAt}, ${events.id}) < (${instant(after.atMs)}, ${after.id})`,
          published === undefined ? undefined : eq(events.published, published),
          status === 'cancelled' ? isNotNull(events.cancelledAt) : undefined,
          isCancelledApart && status === 'closed' ? isNull(events.cancelledAt) : undefined,
          q === undefined ? undefined : contains(events.title, q),
        ),
      )
      .groupBy(events.id)
      .having(
        status && status !== 'cancelled' ? eq(statusSql(remaining, nowMs), status) : undefined,
      )
      .orderBy(desc(events.startsAt), desc(events.id))
      .limit(limit + 1),
  );
  return rows.map(({ event, itemCount, shown: { firstPicture, ...facts }, ...stock }) => {
    const fields = fieldsOf(event, stock.remaining, nowMs);
    const pictureUrl = fields.coverUrl ?? shownPicture(firstPicture);
    return { row: event, event: { ...fields, itemCount, pictureUrl, ...facts, stock } };
  });
}

/** What a list shows of an event's items. */
const shown = {
  firstPicture: sql<
    string | null
  >`(array_agg(${itemCatalog.imageUrl} ORDER BY ${eventItems.position})
    FILTER (WHERE ${itemCatalog.imageUrl} IS NOT NULL))[1]`,
  priceFromCents: sql`coalesce(min(${eventItems.priceMinor}), 0)`.mapWith(Number),
  priceToCents: sql`coalesce(max(${eventItems.priceMinor}), 0)`.mapWith(Number),
  categories: sql<string[]>`coalesce(array_agg(DISTINCT ${itemCatalog.category})
    FILTER (WHERE ${itemCatalog.category} IS NOT NULL), '{}')`,
};

function sum(units: SQLWrapper) {
  return sql<number>`coalesce(sum(${units}), 0)::int`;
}
