/**
 * Fields of documents in memory: plain objects in the order of the document. JavaScript puts
 * integer-like keys first, and `__proto__` and `_bsontype` have a meaning of their own, so such a name
 * is kept with a zero byte in front of it, which no name in MongoDB holds. Whatever reads or writes the name of a
 * document's field does it by these functions.
 */
export type Fields = Record<string, unknown>;

const MARK = '\0';
const MARKED_NAME = /^(?:0|[1-9]\d*|__proto__|_bsontype)$/;

/** Whether it is an object of fields, not a list or a typed value. */
export function isFields(value: unknown): value is Fields {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.getPrototypeOf(value) === Object.prototype &&
    !Object.hasOwn(value, '_bsontype')
  );
}

/** The key under which a field of this name is kept. */
export function keyOfField(name: string): string {
  return MARKED_NAME.test(name) ? MARK + name : name;
}

export function nameOfKey(key: string): string {
  return key.startsWith(MARK) ? key.slice(MARK.length) : key;
}

export function fieldNames(fields: Fields): string[] {
  return Object.keys(fields).map(nameOfKey);
}

/** Names and values, in the order of the document. */
export function fieldEntries(fields: Fields): [string, unknown][] {
  return Object.entries(fields).map(([key, value]) => [nameOfKey(key), value]);
}

export function fieldsFrom(entries: Iterable<readonly [string, unknown]>): Fields {
  const fields: Fields = {};
  for (const [name, value] of entries) fields[keyOfField(name)] = value;
  return fields;
}

/** Undefined where there is no such field. */
export function fieldOf(fields: Fields, name: string): unknown {
  const key = keyOfField(name);
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}

export function setField(fields: Fields, name: string, value: unknown): void {
  fields[keyOfField(name)] = value;
}

/** For the driver, whose serializer keeps the order of a Map; only what needs one becomes one. */
export function orderedForBson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(orderedForBson);
  if (!isFields(value)) return value;
  const entries = Object.entries(value).map(([key, part]) => [key, orderedForBson(part)] as const);
  return entries.some(([key]) => key.startsWith(MARK))
    ? new Map(entries.map(([key, part]) => [nameOfKey(key), part]))
    : Object.fromEntries(entries);
}
