/** Places in a document that an update names: found, made and removed, by MongoDB's rules. */
import { toCanonical } from '../../protocol/ejson.ts';
import { type Fields, fieldOf, isFields, keyOfField } from '../../protocol/fields.ts';
import { indexOf } from './paths.ts';
import { isNullish, mongoError, typeOf } from './values.ts';

/** Nulls that are put into a list in front of a position beyond its end. */
const FILLED_MAX = 10_000;

type Container = Fields | unknown[];

/** One value in a document that is being changed. */
export interface Place {
  /** The path with its positions filled in. */
  path: string;
  /** Undefined where there is none. */
  value: unknown;
  /** @throws Refused where something is in its way. Undefined removes it. */
  set(value: unknown): void;
  /** @throws Refused where something is in the way, for those that do nothing where it is absent. */
  assertViable(): void;
}

/**
 * The places of a path: `$` is the position that the filter found, `$[]` are all of a list.
 * @param positionOf of the list at the path in front of a `$`.
 */
export function placesAt(
  document: Fields,
  path: string,
  positionOf: (listPath: string) => number,
): Place[] {
  const parts = path.split('.');
  if (parts.includes('')) {
    throw mongoError('EmptyFieldName', `The update path '${path}' contains an empty field name`);
  }
  const at = parts.findIndex((part) => part.startsWith('$'));
  if (at < 0) return [placeAt(document, parts)];
  const [before, part, after] = [parts.slice(0, at), parts[at] ?? '', parts.slice(at + 1)];
  const rest = after.length === 0 ? '' : `.${after.join('.')}`;
  const listPath = before.join('.');
  if (part === '$') {
    const filled = `${listPath}.${positionOf(listPath)}${rest}`;
    return placesAt(document, filled, positionOf);
  }
  if (part !== '$[]') {
    throw mongoError('BadValue', `No array filter found for identifier in path '${path}'`);
  }
  const list = placeAt(document, before).value;
  if (!Array.isArray(list)) {
    const message = `The path '${listPath}' must exist and be an array to apply '$[]'`;
    throw mongoError('BadValue', message);
  }
  return list.flatMap((_, n) => placesAt(document, `${listPath}.${n}${rest}`, positionOf));
}

export function placeAt(document: Fields, parts: readonly string[]): Place {
  return {
    path: parts.join('.'),
    value: valueIn(document, parts),
    set: (value) => (value === undefined ? remove(document, parts) : put(document, parts, value)),
    assertViable: () => assertViable(document, parts),
  };
}

/** As in the messages of MongoDB: `{a: 1}`. */
export function shownElement(name: string, value: unknown): string {
  return `{${name}: ${shownValue(value)}}`;
}

export function shownValue(value: unknown): string {
  if (Array.isArray(value) && value.length === 0) return '[]';
  if (Array.isArray(value)) return `[ ${value.map(shownValue).join(', ')} ]`;
  if (isFields(value) && Object.keys(value).length === 0) return '{}';
  if (isFields(value)) {
    return `{ ${Object.keys(value)
      .map((key) => `${key.replace('\0', '')}: ${shownValue(value[key])}`)
      .join(', ')} }`;
  }
  if (['int', 'long', 'double', 'decimal'].includes(typeOf(value))) return String(value);
  return toCanonical(value);
}

function valueIn(document: Fields, parts: readonly string[]): unknown {
  let value: unknown = document;
  for (const part of parts) value = memberOf(value, part);
  return value;
}

function memberOf(value: unknown, part: string): unknown {
  if (isFields(value)) return fieldOf(value, part);
  const index = Array.isArray(value) ? indexOf(part) : undefined;
  return index === undefined ? undefined : (value as unknown[])[index];
}

function assertViable(document: Fields, parts: readonly string[]): void {
  let value: unknown = document;
  for (const [n, part] of parts.entries()) {
    if (value === undefined) return;
    if (!isContainer(value, part)) {
      const element = shownElement(parts[n - 1] ?? '', value);
      const message = `Cannot use the part (${part}) of (${parts.join('.')}) to traverse the element (${element})`;
      throw mongoError('PathNotViable', message);
    }
    value = memberOf(value, part);
  }
}

function put(document: Fields, parts: readonly string[], value: unknown): void {
  let at: Container = document;
  for (const [n, part] of parts.entries()) {
    if (n === parts.length - 1) {
      setMember(at, part, value);
      return;
    }
    const found = memberOf(at, part);
    const next = found === undefined ? {} : found;
    const following = parts[n + 1] ?? '';
    if (!isContainer(next, following)) throw inTheWay(following, part, next);
    if (found === undefined) setMember(at, part, next);
    at = next;
  }
}

function isContainer(value: unknown, part: string): value is Container {
  return isFields(value) || (Array.isArray(value) && indexOf(part) !== undefined);
}

function inTheWay(name: string, of: string, value: unknown) {
  const message = `Cannot create field '${name}' in element ${shownElement(of, value)}`;
  return mongoError('PathNotViable', message);
}

function setMember(container: Container, part: string, value: unknown): void {
  if (!Array.isArray(container)) {
    container[keyOfField(part)] = value;
    return;
  }
  const index = indexOf(part) ?? 0;
  if (index > container.length + FILLED_MAX) {
    throw mongoError('BadValue', `an update fills a list up with at most ${FILLED_MAX} nulls`);
  }
  while (container.length < index) container.push(null);
  container[index] = value;
}

/** An element of a list becomes null instead, so that the others keep their positions. */
function remove(document: Fields, parts: readonly string[]): void {
  const container = valueIn(document, parts.slice(0, -1));
  const last = parts.at(-1) ?? '';
  if (isFields(container)) delete container[keyOfField(last)];
  const index = Array.isArray(container) ? indexOf(last) : undefined;
  if (index === undefined || isNullish(container)) return;
  const list = container as unknown[];
  if (index < list.length) list[index] = null;
}
