/** The tables of the catalogue. */
import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, text, unique } from 'drizzle-orm/pg-core';
import type { ItemId, VariantId } from '../../contract/ids.ts';
import type { ItemTranslations } from '../../contract/translations.ts';
import { instant, written } from './columns.ts';
import { itemPictures, itemPicturesCheck } from './picture-columns.ts';
import { allTranslated } from './translated.ts';

export const itemCatalog = pgTable(
  'item_catalog',
  {
    id: text('id').$type<ItemId>().primaryKey(),
    name: written('name').notNull(),
    description: written('description').notNull().default(''),
    /** Without empty ones. */
    translations: jsonb('translations').$type<ItemTranslations>().notNull().default({}),
    category: written('category').notNull(),
    ...itemPictures,
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    // Searched by any part of the name.
    index('item_catalog_search').using('gin', sql`search_grams(${t.name})`),
    index('item_catalog_search_translated').using(
      'gin',
      sql`search_grams(${allTranslated(t.translations, 'name')})`,
    ),
    itemPicturesCheck(t),
  ],
);

/** Sizes or colours of a catalogue item. An event sells each of them as an event item of its own. */
export const itemVariants = pgTable(
  'item_variants',
  {
    id: text('id').$type<VariantId>().primaryKey(),
    itemId: text('item_id')
      .$type<ItemId>()
      .notNull()
      // The version before deletes an item without knowing of them.
      .references(() => itemCatalog.id, { onDelete: 'cascade' }),
    label: written('label').notNull(),
    /** 1 to 50, the order in which they are shown. */
    position: integer('position').notNull(),
  },
  (t) => [
    // What an event item refers to: a variant of its own item.
    unique('item_variants_item_and_id').on(t.itemId, t.id),
    check('item_variants_position', sql`${t.position} BETWEEN 1 AND 50`),
  ],
);
