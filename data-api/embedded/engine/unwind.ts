/** The stage that turns the elements of a list into documents. */
import { Long } from 'bson';
import { type Fields, fieldOf, isFields, keyOfField } from '../../protocol/fields.ts';
import type { Run } from './stage.ts';
import { isNullish, isTrue, mongoError } from './values.ts';

export function compileUnwind(spec: unknown): Run {
  const named: Fields = isFields(spec) ? spec : { path: spec };
  const { path, includeArrayIndex, preserveNullAndEmptyArrays } = named;
  if (typeof path !== 'string' || !path.startsWith('$') || path.length < 2) {
    throw mongoError('Location28818', "path option to $unwind stage should be prefixed with a '$'");
  }
  const parts = path.slice(1).split('.');
  const index = typeof includeArrayIndex === 'string' ? includeArrayIndex : undefined;
  const keepsEmpty = isTrue(preserveNullAndEmptyArrays);

  function unwound(document: Fields): Fields[] {
    const value = parts.reduce<unknown>(
      (at, part) => (isFields(at) ? fieldOf(at, part) : undefined),
      document,
    );
    const numbered = (one: Fields, at: Long | null) =>
      index === undefined ? one : withValue(one, index.split('.'), at);
    if (Array.isArray(value) && value.length > 0) {
      return value.map((element: unknown, at) =>
        numbered(withValue(document, parts, element), Long.fromNumber(at)),
      );
    }
    if (!isNullish(value) && !Array.isArray(value)) return [numbered(document, null)];
    if (!keepsEmpty) return [];
    const emptied = Array.isArray(value) ? withValue(document, parts, undefined) : document;
    return [numbered(emptied, null)];
  }

  return (documents) => documents.flatMap(unwound);
}

/** A copy with one value changed, or left out where it is undefined. */
export function withValue(
  fields: Fields,
  [part = '', ...rest]: readonly string[],
  value: unknown,
): Fields {
  const key = keyOfField(part);
  const copy = { ...fields };
  const inner = copy[key];
  const changed = rest.length === 0 ? value : withValue(isFields(inner) ? inner : {}, rest, value);
  if (changed === undefined) delete copy[key];
  else copy[key] = changed;
  return copy;
}
