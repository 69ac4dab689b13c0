/** What an event shows of itself, in its own row. */
import { sql } from 'drizzle-orm';
import { type AnyPgColumn, index, jsonb, text } from 'drizzle-orm/pg-core';
import type { EventTranslations } from '../../contract/translations.ts';
import { written } from './columns.ts';
import { allTranslated } from './translated.ts';

export const eventWords = {
  title: written('title').notNull(),
  description: written('description').notNull().default(''),
  /** Without empty ones. */
  translations: jsonb('translations').$type<EventTranslations>().notNull().default({}),
  /** The address of its picture. */
  coverUrl: text('cover_url'),
};

/** What a search of the list finds in them. */
export const eventSearch = (t: Record<'title' | 'translations', AnyPgColumn>) => [
  index('events_search').using('gin', sql`search_grams(${t.title})`),
  index('events_search_translated').using(
    'gin',
    sql`search_grams(${allTranslated(t.translations, 'title')})`,
  ),
];
