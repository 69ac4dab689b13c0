/** What admins write: the catalogue, and events with their items. Never touches sold stock. */
import { eq, inArray, sql } from 'drizzle-orm';
import type { EventInput, Item, ItemInput } from '../contract/events.ts';
import { type EventId, type ItemId, makeEventItemId } from '../contract/ids.ts';
import { type Db, guarded } from './postgres.ts';
import { eventItems, events, itemCatalog } from './schema.ts';

export async function insertItem(db: Db, item: ItemInput & { id: ItemId }): Promise<Item> {
  const { id, name, description, category, imageUrl } = item;
  await guarded(() => db.insert(itemCatalog).values({ id, name, description, category, imageUrl }));
  return { id, name, description, category, imageUrl };
}

/** The ids among those given that the catalogue does not have. */
export async function findUnknownItems(db: Db, ids: ItemId[]): Promise<ItemId[]> {
  const rows = await guarded(() =>
    db.select({ id: itemCatalog.id }).from(itemCatalog).where(inArray(itemCatalog.id, ids)),
  );
  const known = new Set(rows.map(({ id }) => id));
  return ids.filter((id) => !known.has(id));
}

/** Writes an event with its items in one transaction. */
export async function insertEvent(db: Db, id: EventId, input: EventInput): Promise<void> {
  const { items, startsAt, endsAt, ...fields } = input;
  await guarded(() =>
    db.batch([
      db
        .insert(events)
        .values({ ...fields, id, startsAt: new Date(startsAt), endsAt: new Date(endsAt) }),
      db.insert(eventItems).values(
        items.map(({ itemId, priceCents, stock, limitPerCustomer }, n) => ({
          id: makeEventItemId(id, n + 1),
          eventId: id,
          itemId,
          position: n + 1,
          priceCents,
          stockTotal: stock,
          stockRemaining: stock,
          limitPerCustomer,
        })),
      ),
    ]),
  );
}

/**
 * Opens an event by hand, also one that was closed by hand. Opening twice changes nothing.
 * @returns `ended` if its scheduled end has passed, since an open sale needs a future end.
 */
export async function openEvent(
  db: Db,
  id: EventId,
  nowMs: number,
): Promise<'opened' | 'ended' | 'not_found'> {
  const now = sql`${new Date(nowMs).toISOString()}::timestamptz`;
  const [row] = await guarded(() =>
    db
      .update(events)
      .set({
        openedAt: sql`CASE WHEN ${events.endsAt} <= ${now} THEN ${events.openedAt}
          ELSE least(coalesce(${events.openedAt}, ${events.startsAt}), ${now}) END`,
        closedAt: sql`CASE WHEN ${events.endsAt} <= ${now} THEN ${events.closedAt} END`,
      })
      .where(eq(events.id, id))
      .returning({ endsAt: events.endsAt }),
  );
  if (row === undefined) return 'not_found';
  return row.endsAt.getTime() <= nowMs ? 'ended' : 'opened';
}

/** Closes an event by hand; closing twice keeps the first time. @returns false if unknown. */
export async function closeEvent(db: Db, id: EventId, nowMs: number): Promise<boolean> {
  const now = sql`${new Date(nowMs).toISOString()}::timestamptz`;
  const rows = await guarded(() =>
    db
      .update(events)
      .set({ closedAt: sql`coalesce(${events.closedAt}, least(${events.endsAt}, ${now}))` })
      .where(eq(events.id, id))
      .returning({ id: events.id }),
  );
  return rows.length > 0;
}
