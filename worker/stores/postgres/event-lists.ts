/** Lists of events with their stock added up, as shoppers and admins read them. */
import {
  and,
  desc,
  eq,
  inArray,
  isNotNull,
  isNull,
  or,
  type SQL,
  type SQLWrapper,
  sql,
} from 'drizzle-orm';
import type { EventStatus, EventSummary } from '../../contract/events.ts';
import { shownPicture } from '../../contract/pictures.ts';
import { itemCatalog } from './catalogue-schema.ts';
import { type Db, guarded, instant } from './client.ts';
import type { Place } from './cursors.ts';
import { fieldsOf } from './event-fields.ts';
import { type EventRow, overdueUnits, statusSql } from './event-status.ts';
import { eventItems, events } from './schema.ts';
import { contains, hasForm, hasFormByGrams, hasStart } from './search.ts';
import { allTranslated } from './translated.ts';
import { soughtWords } from './word-forms.ts';

export interface EventPage {
  after: Place | undefined;
  limit: number;
  nowMs: number;
  /** A cancelled one is also closed. */
  status?: EventStatus | 'cancelled' | undefined;
  /** Words, each a part of the title, or of the name or the category of one of its items. */
  q?: string | undefined;
  /** Of one of its items. */
  category?: string | undefined;
}

interface More {
  published?: boolean | undefined;
  /** Of closed ones, leaves out those that were cancelled. */
  isCancelledApart?: boolean;
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
  page: EventPage & More,
): Promise<{ row: EventRow; event: EventSummary }[]> {
  const rows = await guarded(() => eventsQuery(db, page));
  return rows.map(({ event, itemCount, shown: { firstPicture, ...facts }, ...stock }) => {
    const fields = fieldsOf(event, stock.remaining, page.nowMs);
    const pictureUrl = fields.coverUrl ?? shownPicture(firstPicture);
    return { row: event, event: { ...fields, itemCount, pictureUrl, ...facts, stock } };
  });
}

/** Exported for how Postgres reads it. */
export function eventsQuery(db: Db, page: EventPage & More) {
  const { limit, nowMs } = page;
  const due = overdueUnits(nowMs);
  const remaining = sum(sql`${eventItems.stockRemaining} + ${due}`);
  const newestFirst = [desc(events.startsAt), desc(events.id)];
  // Only units of the page are counted, and of events that are on now, where their state depends on them.
  const onPage = db
    .select({ id: events.id })
    .from(events)
    .where(filterOf(page))
    .orderBy(...newestFirst)
    .limit(limit + 1);
  return db
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
    .where(inArray(events.id, onPage))
    .groupBy(events.id)
    .orderBy(...newestFirst)
    .limit(limit + 1);
}

function filterOf(page: EventPage & More): SQL | undefined {
  const { after, status, q, category, published, nowMs } = page;
  return and(
    after && sql`(${events.startsAt}, ${events.id}) < (${instant(after.atMs)}, ${after.id})`,
    published === undefined ? undefined : eq(events.published, published),
    status === 'cancelled'
      ? isNotNull(events.cancelledAt)
      : status && eq(statusSql(unitsFree(nowMs), nowMs), status),
    page.isCancelledApart && status === 'closed' ? isNull(events.cancelledAt) : undefined,
    q === undefined ? undefined : hasSought(q),
    category === undefined ? undefined : hasItem(eq(itemCatalog.category, category)),
  );
}

/** Has each word, in one of its forms: in its title, or in the name or the category of one of its items. */
function hasSought(q: string): SQL | undefined {
  const words = soughtWords(q);
  const { name, category } = itemCatalog;
  const names = allTranslated(itemCatalog.translations, 'name');
  const [title, titles] = [sql`titled.title`, allTranslated(sql`titled.translations`, 'title')];
  // Of single letters and signs alone.
  if (words.length === 0) {
    return or(
      contains(events.title, q),
      contains(allTranslated(events.translations, 'title'), q),
      ...[name, names].map((text) => hasItem(contains(text, q))),
    );
  }
  return and(
    ...words.map((forms) => {
      const { text: word = '' } = forms[0] ?? {};
      const has = (text: SQL) =>
        word.length > 1 ? hasFormByGrams(text, forms) : hasStart(text, word);
      return or(
        // Each looked up once by its index: put together in one condition they would be read row by row.
        ...[title, titles].map(
          (text) => sql`${events.id} IN (SELECT titled.id FROM events titled WHERE ${has(text)})`,
        ),
        ...[name, names].map((text) => hasItem(has(sql`${text}`))),
        hasItem(sql`${category} IN (
          WITH kinds AS MATERIALIZED (SELECT DISTINCT category AS kind FROM item_catalog)
          SELECT kind FROM kinds WHERE ${hasForm(sql`kind`, forms)})`),
      );
    }),
  );
}

/** Looked up for each event whose state depends on it. */
function unitsFree(nowMs: number): SQL {
  return sql`(SELECT coalesce(sum(${eventItems.stockRemaining} + ${overdueUnits(nowMs)}), 0)
    FROM event_items WHERE ${eventItems.eventId} = ${events.id})`;
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

/** Looked up once for all events, not for each of them. */
function hasItem(filter: SQL): SQL {
  return sql`${events.id} IN (SELECT sought.event_id FROM event_items sought
    JOIN item_catalog ON item_catalog.id = sought.item_id WHERE ${filter})`;
}

function sum(units: SQLWrapper) {
  return sql<number>`coalesce(sum(${units}), 0)::int`;
}
