/** Orders of documents and of list elements, as `$sort` and its relatives describe them. */
import { fieldEntries, isFields } from '../../protocol/fields.ts';
import { compare } from './compare.ts';
import { toNumber } from './numbers.ts';
import { valuesAt } from './paths.ts';
import { isNumber, mongoError } from './values.ts';

type Comparator = (a: unknown, b: unknown) => number;

interface Key {
  path: string[];
  way: 1 | -1;
}

/** @param spec fields with 1 or -1, in the order in which they count. */
export function sorted<T>(documents: T[], spec: unknown): T[] {
  const keys = keysOf(spec);
  const decorated = documents.map((document) => ({
    document,
    values: keys.map((key) => sortValue(document, key)),
  }));
  decorated.sort((a, b) => {
    for (const [at, { way }] of keys.entries()) {
      const order = compare(a.values[at], b.values[at]);
      if (order !== 0) return order * way;
    }
    return 0;
  });
  return decorated.map(({ document }) => document);
}

/** @param spec 1 or -1 for the elements themselves, or fields in them. */
export function comparatorOf(spec: unknown): Comparator {
  if (!isFields(spec)) {
    const way = wayOf(spec);
    return (a, b) => compare(a, b) * way;
  }
  const keys = keysOf(spec);
  return (a, b) => {
    for (const key of keys) {
      const order = compare(sortValue(a, key), sortValue(b, key));
      if (order !== 0) return order * key.way;
    }
    return 0;
  };
}

function keysOf(spec: unknown): Key[] {
  if (!isFields(spec) || Object.keys(spec).length === 0) {
    throw mongoError('Location15976', 'a sort must have at least one field');
  }
  return fieldEntries(spec).map(([path, way]) => {
    const parts = path.split('.');
    if (parts.includes('')) throw mongoError('Location15998', 'a path may not have an empty part');
    return { path: parts, way: wayOf(way) };
  });
}

function wayOf(way: unknown): 1 | -1 {
  const number = isNumber(way) ? toNumber(way) : 0;
  if (number === 1 || number === -1) return number;
  throw mongoError('Location15975', 'a sort must be 1 or -1');
}

/** Of a list its smallest element, or its largest where it goes down; what is not there is null. */
function sortValue(document: unknown, { path, way }: Key): unknown {
  const values = valuesAt(document, path).flatMap((value): unknown[] => {
    if (!Array.isArray(value)) return [value ?? null];
    // An empty list comes before null.
    return value.length === 0 ? [undefined] : value.map((one: unknown) => one ?? null);
  });
  if (values.length <= 1) return values.length === 0 ? null : values[0];
  return values.reduce((best, value) => (compare(value, best) * way < 0 ? value : best));
}
