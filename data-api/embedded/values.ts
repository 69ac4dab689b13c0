/**
 * BSON values as the query engine understands them, and back as text. Its numbers are JavaScript's:
 * a whole number is an int32 or an int64 by its size, and an int64 beyond 2^53 stays as
 * it is, to be kept and compared but not calculated with.
 */
import { BSONRegExp, type Long } from 'bson';
import { bsonTypeOf, fromCanonical, isFields, toCanonical } from '../protocol/ejson.ts';

export type Document = Record<string, unknown>;

export function toEngine(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toEngine);
  switch (bsonTypeOf(value)) {
    case 'Int32':
    case 'Double':
      return Number(String(value));
    case 'Long': {
      const number = (value as Long).toNumber();
      return Number.isSafeInteger(number) ? number : value;
    }
    case 'BSONRegExp': {
      const { pattern, options } = value as BSONRegExp;
      return new RegExp(pattern, options.replaceAll(/[^imsu]/g, ''));
    }
    case undefined:
      return isFields(value) ? mapFields(value, toEngine) : value;
    default:
      return value;
  }
}

/** As it is kept on disk. */
export function writeDocument(document: Document): string {
  return toCanonical(fromEngine(document));
}

export function readDocument(text: string): Document {
  return toEngine(fromCanonical(text)) as Document;
}

/** Fields without a value are left out, as BSON has none for them. */
export function fromEngine(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((part) => fromEngine(part) ?? null);
  if (value instanceof RegExp) return new BSONRegExp(value.source, value.flags);
  return isFields(value) ? mapFields(value, fromEngine) : value;
}

function mapFields(fields: Document, map: (value: unknown) => unknown): Document {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([key, value]) => [key, map(value)]));
}
