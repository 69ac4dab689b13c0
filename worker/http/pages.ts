/** Cursors on the wire: a cursor that no page gave is the client's mistake. */
import { type Place, readCursor } from '../stores/postgres/cursors.ts';
import { HttpProblem } from './problem.ts';

/** @param isId what an id in such a list can be, where that is not any word. */
export function pageStart(
  cursor: string | undefined,
  isId: (id: string) => boolean = () => true,
): Place | undefined {
  return placeAt(cursor, (text) => {
    const place = readCursor(text);
    return place && isId(place.id) ? place : undefined;
  });
}

/** @param read gives undefined for text that no page gave. */
export function placeAt<T>(
  cursor: string | undefined,
  read: (cursor: string) => T | undefined,
): T | undefined {
  if (cursor === undefined) return undefined;
  const place = read(cursor);
  if (place === undefined) {
    const message = 'is not a cursor that a page gave';
    throw new HttpProblem('malformed', { errors: [{ path: 'cursor', message }] });
  }
  return place;
}
