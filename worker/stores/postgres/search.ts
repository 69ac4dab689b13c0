/** Search texts as SQL patterns: no character of them has a special meaning. */
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';

/** In any case; reads every row that is left. */
export function contains(column: SQLWrapper, text: string): SQL {
  return sql`${column} ILIKE ${`%${escaped(text)}%`}`;
}

/** In this case; can use a `text_pattern_ops` index. */
export function beginsWith(column: SQLWrapper, text: string): SQL {
  return sql`${column} LIKE ${`${escaped(text)}%`}`;
}

function escaped(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
