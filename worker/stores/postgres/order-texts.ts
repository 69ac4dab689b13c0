/**
 * What an order's item and event are called: as they were at the hold, not as they are today. Orders from
 * before they kept that themselves are called as they were when the change came.
 */
import { eq, sql } from 'drizzle-orm';
import { pgTable, text } from 'drizzle-orm/pg-core';
import type { EventItemId } from '../../contract/ids.ts';
import { itemCatalog } from './catalogue-schema.ts';
import { eventItems, events, orders } from './schema.ts';
import { translationsAs } from './translated.ts';

/**
 * What each event item was called when orders began to keep that themselves; read for older orders
 * and written once, by the migration.
 */
export const eventItemTexts = pgTable('event_item_texts', {
  eventItemId: text('event_item_id').$type<EventItemId>().primaryKey(),
  eventTitle: text('event_title').notNull(),
  itemName: text('item_name').notNull(),
  itemDescription: text('item_description').notNull(),
  itemImageUrl: text('item_image_url'),
});

/** Selected beside an order whose tables are joined as below. */
export const orderTexts = {
  eventTitle: sql<string>`coalesce(${orders.eventTitle}, ${eventItemTexts.eventTitle}, ${events.title})`,
  itemName: sql<string>`coalesce(${orders.itemName}, ${eventItemTexts.itemName}, ${itemCatalog.name})`,
  itemDescription: sql<string>`coalesce(${orders.itemDescription}, ${eventItemTexts.itemDescription},
    left(${itemCatalog.description}, 200))`,
  variantLabel: orders.variantLabel,
  /** Null can mean that the item had no picture, so it is chosen together with the name. */
  itemImageUrl: sql<
    string | null
  >`CASE WHEN ${orders.itemName} IS NOT NULL THEN ${orders.itemImageUrl}
    WHEN ${eventItemTexts.itemName} IS NOT NULL THEN ${eventItemTexts.itemImageUrl}
    ELSE ${itemCatalog.imageUrl} END`,
};

/**
 * Of the names above in other languages: those that translate the very name that the order keeps. Where that is
 * another one today, none is known.
 */
export const orderTranslations = translationsAs({
  eventTitle: {
    from: sql`CASE WHEN ${events.title} = ${orderTexts.eventTitle} THEN ${events.translations} END`,
    text: 'title',
  },
  itemName: {
    from: sql`CASE WHEN ${itemCatalog.name} = ${orderTexts.itemName} THEN ${itemCatalog.translations} END`,
    text: 'name',
  },
});

/** The conditions by which the tables that hold them are joined to orders. */
export const orderTextsOn = {
  eventItems: eq(eventItems.id, orders.eventItemId),
  events: eq(events.id, orders.eventId),
  itemCatalog: eq(itemCatalog.id, eventItems.itemId),
  eventItemTexts: eq(eventItemTexts.eventItemId, orders.eventItemId),
};

export function unitPriceOf(order: typeof orders.$inferSelect): number {
  return order.unitPriceMinor ?? order.unitPriceCents;
}
