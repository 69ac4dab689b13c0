/** Events as calendars keep them, through the read cache as all that anyone may read. */
import { and, eq, sql } from 'drizzle-orm';
import type { EventId } from '../../contract/ids.ts';
import type { EventTranslations, ItemTranslations } from '../../contract/translations.ts';
import { withoutDirectionControls } from '../../contract/visible-text.ts';
import { type Db, guarded } from './client.ts';
import { isCalledOff, timesOf } from './event-status.ts';
import { cachedByEventId, type Requester, type Sources } from './public-events.ts';
import { events } from './schema.ts';

export interface CalendarEntry {
  id: EventId;
  title: string;
  description: string;
  translations: EventTranslations;
  startsAtMs: number;
  endsAtMs: number;
  items: CalendarItem[];
  /** Cancelled, or closed by hand before it opened. */
  isCalledOff: boolean;
  /** Grows with each change of the event that a calendar shows; not when an item is renamed. */
  sequence: number;
  /** When any of it changed. */
  changedAtMs: number;
  /** What the shop's own face calls it, without a double quote and control characters; undefined where it has none. */
  shopName: string | undefined;
}

/** What is sold. */
export interface CalendarItem {
  name: string;
  translations: ItemTranslations;
  /** Of its variants; empty for an item without variants. */
  labels: string[];
}

const soldItems = sql<CalendarItem[] | null>`(
  SELECT jsonb_agg(jsonb_build_object('name', c.name, 'translations', c.translations, 'labels', l.labels) ORDER BY l.position)
    FROM (SELECT i.item_id, min(i.position) AS position,
                 array_remove(array_agg(v.label ORDER BY i.position), NULL) AS labels
            FROM event_items i LEFT JOIN item_variants v ON v.id = i.variant_id
           WHERE i.event_id = events.id GROUP BY i.item_id) AS l
    JOIN item_catalog c ON c.id = l.item_id)`;

/** When an item of it was renamed last, or its variants, in milliseconds since the epoch; null for never. */
const renamedAtMs = sql<number | null>`(
  SELECT epoch_ms(max(a.at))::float8 FROM audit_log a
   WHERE a.action = 'item.edit' AND (a.before || a.after) ?| ARRAY['name', 'translations', 'variants']
     AND a.subject IN (SELECT i.item_id FROM event_items i WHERE i.event_id = events.id))`;

const shopName = sql<string | null>`(
  SELECT nullif(btrim(regexp_replace(face ->> 'name', '["[:cntrl:]]', '', 'g')), '') FROM shop_face)`;

/**
 * At most two seconds old.
 * @returns undefined if there is no such event, or it is not published.
 */
export function cachedCalendarEntry(
  { db, readCache, known }: Sources,
  id: EventId,
  requester: Requester,
): Promise<CalendarEntry | undefined> {
  return cachedByEventId(known.events, { id, requester }, (read) =>
    readCache.get({
      key: `calendar ${id}`,
      ...read,
      async read() {
        const entry = await findCalendarEntry(db, id);
        // The clock alone changes nothing of it.
        return entry && { value: entry, changesAtMs: Number.POSITIVE_INFINITY };
      },
    }),
  );
}

async function findCalendarEntry(db: Db, id: EventId): Promise<CalendarEntry | undefined> {
  const [found] = await guarded(() =>
    db
      .select({ event: events, items: soldItems, renamedAtMs, shopName })
      .from(events)
      .where(and(eq(events.id, id), events.published)),
  );
  if (found === undefined) return undefined;
  const { event, items } = found;
  const { startsAt, endsAt } = timesOf(event);
  return {
    id,
    title: event.title,
    description: event.description,
    translations: event.translations,
    startsAtMs: startsAt.getTime(),
    endsAtMs: endsAt.getTime(),
    items: (items ?? []).map(({ name, translations, labels }) => ({
      name: withoutDirectionControls(name),
      translations,
      labels: labels.map(withoutDirectionControls),
    })),
    isCalledOff: isCalledOff(event) || event.cancelledAt !== null,
    sequence: event.calendarSequence,
    changedAtMs: Math.max(event.calendarChangedAt.getTime(), found.renamedAtMs ?? 0),
    shopName: found.shopName ?? undefined,
  };
}
