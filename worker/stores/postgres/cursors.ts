/** Page cursors: opaque to clients, a place in a sorted list to us. */
import * as z from 'zod';

/** The last moment of the year 9999, behind which dates are written in another way. */
const AT_MS_MAX = Date.UTC(10_000, 0) - 1;

/** The last row of a page: its sorting time in milliseconds since the epoch, and its id. */
const placeSchema = z.tuple([z.int().min(0).max(AT_MS_MAX), z.string().regex(/^\w{1,100}$/)]);

export interface Place {
  atMs: number;
  id: string;
}

export function writeCursor({ atMs, id }: Place): string {
  return btoa(JSON.stringify([atMs, id]));
}

/** @returns undefined for text that no page gave. */
export function readCursor(cursor: string): Place | undefined {
  try {
    const [atMs, id] = placeSchema.parse(JSON.parse(atob(cursor)));
    return { atMs, id };
  } catch {
    return undefined;
  }
}

/** Cuts a list that was read one row longer than the page into the page and the way on. */
export function paged<T>(
  rows: T[],
  limit: number,
  placeOf: (row: T) => Place,
): { page: T[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const nextCursor = rows.length > limit && last ? writeCursor(placeOf(last)) : null;
  return { page, nextCursor };
}
