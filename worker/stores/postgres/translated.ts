/** Translations out of their columns, for those who search and for those who name things by other names. */
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { Translations } from '../../contract/text-in.ts';

/** All of them as one text, in the words of the index item_catalog_search_translated: another spelling would not use it. */
export function allTranslated(translations: SQLWrapper, text: 'name' | 'title'): SQL {
  const spoken = (language: string) =>
    sql`coalesce(${translations} #>> ${sql.raw(`'{${language},${text}}'`)}, '')`;
  return sql`(${spoken('en')} || ' ' || ${spoken('de')})`;
}

/**
 * Each text under the name that it has there, for `textIn`.
 * @param texts of each the translations it is one of; null where none of them is meant.
 */
export function translationsAs<Name extends string>(
  texts: Record<Name, { from: SQLWrapper; text: 'name' | 'title' }>,
): SQL<Translations<Record<Name, string>>> {
  const spoken = (language: string) => {
    const named = Object.entries<{ from: SQLWrapper; text: string }>(texts).map(
      ([name, { from, text }]) =>
        sql`${sql.raw(`'${name}'`)}, ${from} #>> ${sql.raw(`'{${language},${text}}'`)}`,
    );
    return sql`jsonb_build_object(${sql.join(named, sql`, `)})`;
  };
  return sql`jsonb_strip_nulls(jsonb_build_object('en', ${spoken('en')}, 'de', ${spoken('de')}))`;
}
