/** The translations of one text in one column, for those who search. */
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';

/** All of them as one text, in the words of the index item_catalog_search_translated: another spelling would not use it. */
export function allTranslated(translations: SQLWrapper, text: 'name' | 'title'): SQL {
  const spoken = (language: string) =>
    sql`coalesce(${translations} #>> ${sql.raw(`'{${language},${text}}'`)}, '')`;
  return sql`(${spoken('en')} || ' ' || ${spoken('de')})`;
}
