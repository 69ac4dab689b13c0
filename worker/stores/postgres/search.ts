/** Search texts as SQL patterns: no character of them has a special meaning. */
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { WordForm } from './word-forms.ts';

/** In any case; reads every row that is left. */
export function contains(column: SQLWrapper, text: string): SQL {
  return sql`${column} ILIKE ${`%${escaped(text)}%`}`;
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

/** Has one of the forms; reads every row that is left. */
export function hasForm(text: SQLWrapper, forms: readonly WordForm[]): SQL {
  const each = (fold: (form: string) => SQL) =>
    sql.join(
      forms.map(({ text: form, isStart }) => sql`${isStart ? '% ' : '%'} || ${fold(form)} || '%'`),
      sql`, `,
    );
  // The first is much faster, and enough for most of what has it.
  return sql`(' ' || ${text} ILIKE ANY (ARRAY[${each((form) => sql`${form}`)}])
    OR ' ' || search_text(${text}) LIKE ANY (ARRAY[${each((form) => sql`search_text(${form})`)}]))`;
}

/** Has a word that begins with a digit: too short for `search_grams`. Reads every row that is left, and folds none. */
export function hasStart(text: SQLWrapper, digit: string): SQL {
  return sql`${text} ~ ${String.raw`\m${digit}`}`;
}

/** As `hasForm`, of a text that `search_grams` is an index of. */
export function hasFormByGrams(text: SQLWrapper, forms: readonly WordForm[]): SQL {
  const found = forms.map((form) => sql`search_grams(${text}) @> search_needs(${form.text})`);
  return sql`(${sql.join(found, sql` OR `)}) AND ${hasForm(text, forms)}`;
}

function escaped(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
