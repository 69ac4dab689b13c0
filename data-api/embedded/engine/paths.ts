/** Dotted paths into documents, as filters, sorts and expressions follow them. Changes nothing. */
import { fieldOf, isFields } from '../../protocol/fields.ts';

const INDEX = /^(?:0|[1-9]\d{0,8})$/;

/** The position that a part of a path names in a list; undefined for a name. */
export function indexOf(part: string): number | undefined {
  return INDEX.test(part) ? Number(part) : undefined;
}

/**
 * The values at the end of a path in a filter: through lists on the way it may lead to several.
 * Undefined stands for a field that is not there.
 */
export function valuesAt(value: unknown, [part, ...rest]: readonly string[]): unknown[] {
  if (part === undefined) return [value];
  if (isFields(value)) {
    const inner = fieldOf(value, part);
    return rest.length === 0 ? [inner] : valuesAt(inner, rest);
  }
  if (!Array.isArray(value)) return [undefined];
  const index = indexOf(part);
  const inElements = value
    .filter((one) => isFields(one) && (index === undefined || fieldOf(one, part) !== undefined))
    .flatMap((one) => valuesAt(one, [part, ...rest]));
  if (index === undefined) return inElements;
  if (index < value.length) return [...valuesAt(value[index], rest), ...inElements];
  return inElements.length > 0 ? inElements : [undefined];
}

/** In an expression: lists on the way become lists of what is found in their elements. */
export function valueAt(value: unknown, path: readonly string[], at = 0): unknown {
  const part = path[at];
  if (part === undefined) return value;
  if (isFields(value)) return valueAt(fieldOf(value, part), path, at + 1);
  if (!Array.isArray(value)) return undefined;
  return value
    .filter((element) => isFields(element) || Array.isArray(element))
    .map((element) => valueAt(element, path, at))
    .filter((found) => found !== undefined);
}
