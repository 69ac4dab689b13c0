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

/**
 * Has all words of `q`, each anywhere, or, of one or two letters, at the beginning of a word: in any case, with its
 * accents or without. Of a text that `search_grams` is an index of.
 */
export function hasWords(text: SQL, q: string): SQL {
  return sql`${hasGrams(text, q)} AND ${hasSoughtWords(text, q)}`;
}

/** As `hasWords`, by reading every row that is left. */
export function hasSoughtWords(text: SQL, q: string): SQL {
  const patterns = sql`search_patterns(${q})`;
  return sql`cardinality(${patterns}) > 0 AND ${isLike(text, patterns)}`;
}

/** True of more than what has the words of `q`; what an index finds. */
export function hasGrams(text: SQL, q: string): SQL {
  return sql`search_grams(${text}) @> search_needs(${q})`;
}

/** @param patterns those that `search_patterns` gives */
export function isLike(text: SQL, patterns: SQL): SQL {
  return sql`' ' || search_text(${text}) LIKE ALL (${patterns})`;
}

function escaped(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
