/** Search texts as SQL patterns: no character of them has a special meaning. */
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';

/** In any case; reads every row that is left. */
export function contains(column: SQLWrapper, text: string): SQL {
  return sql`${column} ILIKE ${`%${escaped(text)}%`}`;
}

/**
 * As `contains`, of names that `search_grams` is an index of. What is sought may begin and end within
 * a word, so that it needs no more than the letters that follow each other within its words.
 */
export function namesContaining(name: SQLWrapper, text: string): SQL {
  return sql`search_grams(${name}) @> ARRAY(
      SELECT gram FROM unnest(search_needs(${text})) AS gram WHERE gram NOT LIKE ' %')
    AND ${contains(name, text)}`;
}

/** In this case; can use a `text_pattern_ops` index. */
export function beginsWith(column: SQLWrapper, text: string): SQL {
  return sql`${column} LIKE ${`${escaped(text)}%`}`;
}

function escaped(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
