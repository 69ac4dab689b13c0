/** Bytes to BSON values and back: EJSON in, plain JSON or canonical EJSON out. Knows no action. */
import { EJSON, type ObjectId } from 'bson';
import { NESTING_MAX } from './limits.ts';
import { invalid } from './refusal.ts';

/** Types that EJSON knows and that stand for code to run or for nothing a document should hold. */
const REFUSED_TYPES = new Set(['Code', 'DBRef']);

/**
 * JSON is EJSON that happens to need no types, so both media types are read alike. Numbers keep
 * the type they are written with (`1` is an int32, `$numberLong` an int64).
 * @throws Refused where it is not JSON, too deep, or holds a key that means something else here.
 */
export function parseBody(bytes: Uint8Array): unknown {
  const text = decode(bytes);
  assertNesting(text);
  let value: unknown;
  try {
    value = EJSON.parse(text, { relaxed: false });
  } catch (error) {
    throw invalid(`the body is not valid EJSON: ${messageOf(error)}`);
  }
  assertPlainKeys(value);
  return value;
}

export function toCanonical(value: unknown): string {
  return EJSON.stringify(value, { relaxed: false });
}

/** For what {@link toCanonical} wrote. */
export function fromCanonical(text: string): unknown {
  return EJSON.parse(text, { relaxed: false });
}

/** As App Services answers `Accept: application/json`: ids and dates are plain text. */
export function toPlainJson(value: unknown): string {
  return JSON.stringify(plain(value));
}

/** Whether it is an object of fields, not a list or a typed value. */
export function isFields(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.getPrototypeOf(value) === Object.prototype &&
    !Object.hasOwn(value, '_bsontype')
  );
}

/** The name of a BSON type that JavaScript does not have, such as `ObjectId`. */
export function bsonTypeOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || isFields(value)) return undefined;
  const name: unknown = Reflect.get(value, '_bsontype');
  return typeof name === 'string' ? name : undefined;
}

function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof RegExp) return { Pattern: value.source, Options: value.flags };
  if (bsonTypeOf(value) !== undefined) return plainTyped(value);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]));
}

function plainTyped(value: object): unknown {
  switch (bsonTypeOf(value)) {
    case 'ObjectId':
      return (value as ObjectId).toHexString();
    case 'Int32':
    case 'Double':
    case 'Long':
      return Number(textOf(value));
    case 'Decimal128':
      return textOf(value);
    case 'Binary': {
      const { sub_type, toString } = value as { sub_type: number; toString(as: string): string };
      return { Subtype: sub_type, Data: toString.call(value, 'base64') };
    }
    case 'BSONRegExp': {
      const { pattern, options } = value as { pattern: string; options: string };
      return { Pattern: pattern, Options: options };
    }
    case undefined:
    default:
      return JSON.parse(toCanonical(value));
  }
}

/** What a BSON number writes itself as. */
function textOf(value: { toString(): string }): string {
  return value.toString();
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    throw invalid('the body is not valid UTF-8');
  }
}

/** Before it is parsed, since a parser may go as deep as the body does. */
function assertNesting(text: string): void {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (quoted) {
      if (char === '\\') at++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '{' || char === '[') {
      if (++depth > NESTING_MAX) throw invalid(`the body nests deeper than ${NESTING_MAX}`);
    } else if (char === '}' || char === ']') depth--;
  }
}

function assertPlainKeys(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) throw invalid('the body holds an invalid date');
    return;
  }
  if (Array.isArray(value)) return value.forEach(assertPlainKeys);
  if (Object.getPrototypeOf(value) !== Object.prototype) {
    const type = bsonTypeOf(value);
    if (type === undefined || REFUSED_TYPES.has(type)) {
      throw invalid(`a value of type ${type ?? 'unknown'} is not allowed`);
    }
    return;
  }
  for (const [key, part] of Object.entries(value)) {
    // `_bsontype` would make a plain object pass for a typed one.
    if (key === '_bsontype' || key.split('.').includes('__proto__')) {
      throw invalid(`the key "${key}" is not allowed`);
    }
    assertPlainKeys(part);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
