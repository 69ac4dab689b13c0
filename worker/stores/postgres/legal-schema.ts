/** The table of the shop's legal texts. */
import { sql } from 'drizzle-orm';
import { check, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Language } from '../../contract/languages.ts';
import type { LegalPage } from '../../contract/legal.ts';
import { instant, written } from './columns.ts';

export const legalTexts = pgTable(
  'legal_texts',
  {
    page: text('page').$type<LegalPage>().notNull(),
    language: text('language').$type<Language>().notNull(),
    /** In Markdown. Null once it was deleted: the row stays, or a version could come again. */
    text: written('text'),
    version: integer('version').notNull(),
    changedAt: instant('changed_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.page, t.language] }),
    check('legal_texts_length', sql`char_length(${t.text}) BETWEEN 1 AND 60000`),
    check('legal_texts_version', sql`${t.version} >= 1`),
  ],
);
