/** Pages of documents: filters and sorts that go on where a page ended. Values only, no queries. */
import * as z from 'zod';
import { withoutDirectionControls } from '../../contract/visible-text.ts';
import type { Place } from '../postgres/cursors.ts';
import { type Expression, instant } from './data-api-client.ts';

/** After every character that an id may have. */
const LAST_CHAR = '~';

/** Documents whose `_id` begins with the prefix: found by the index that every collection has. */
export function idsWithin(prefix: string): Expression {
  return { _id: { $gte: prefix, $lt: `${prefix}${LAST_CHAR}` } };
}

/** What comes after a place in a list that is sorted by an instant and then by `_id`. */
export function afterInstant(
  place: Place | undefined,
  field: string,
  direction: 1 | -1 = -1,
): Expression[] {
  return place === undefined ? [] : [beyond(place, { field, at: instant(place.atMs) }, direction)];
}

/** As `afterInstant`, in a list that is sorted by a number, greatest first. */
export function afterNumber(place: Place | undefined, field: string): Expression[] {
  return place === undefined ? [] : [beyond(place, { field, at: place.atMs }, -1)];
}

function beyond(
  { id }: Place,
  { field, at }: { field: string; at: unknown },
  direction: 1 | -1,
): Expression {
  const further = direction === 1 ? '$gt' : '$lt';
  return { $or: [{ [field]: { [further]: at } }, { [field]: at, _id: { [further]: id } }] };
}

/** Text that people wrote, as a column of that kind in schema.ts: what turns others is not read. */
export const writtenSchema = z.string().overwrite(withoutDirectionControls);
