/** EJSON to BSON values and back: canonical or relaxed in, canonical out. Knows no action. */
import { Decimal128, Double, EJSON, Int32, Long, ObjectId } from 'bson';
import { type Fields, isFields, nameOfKey } from './fields.ts';
import { NotJson, parseJson } from './json.ts';
import { NESTING_MAX } from './limits.ts';
import { invalid } from './refusal.ts';

/** A type that EJSON knows and that stands for code to run. */
const REFUSED_TYPE = 'Code';
/** MongoDB's own limit, for what comes from it; written as EJSON a value nests deeper by two. */
const STORED_NESTING_MAX = 210;
const OBJECT_ID = /^[0-9a-f]{24}$/i;
const INT_TEXT = /^-?\d{1,19}$/;
/** Written with a type of its own, other than the common ones below. */
const RARE_WRAPPERS = new Set(
  '$binary $uuid $timestamp $regularExpression $minKey $maxKey $symbol $code $dbPointer $undefined'.split(
    ' ',
  ),
);

/**
 * JSON is EJSON that happens to need no types, so both media types are read alike. Numbers keep
 * the type they are written with (`1` is an int32, `1.0` a double, `$numberLong` an int64).
 * @throws Refused where it is not JSON, too deep, or holds a key that means something else here.
 */
export function parseBody(bytes: Uint8Array): unknown {
  const value = read(decode(bytes), NESTING_MAX);
  assertPlainKeys(value);
  return value;
}

export function toCanonical(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value !== 'object') return canonicalPrimitive(value);
  if (value instanceof Date) return `{"$date":{"$numberLong":"${value.getTime()}"}}`;
  if (Array.isArray(value)) return `[${value.map(toCanonical).join(',')}]`;
  if (isFields(value)) return writeFields(value, toCanonical);
  if (value instanceof Int32) return `{"$numberInt":"${value.value}"}`;
  if (value instanceof ObjectId) return `{"$oid":"${value.toHexString()}"}`;
  return EJSON.stringify(value, { relaxed: false });
}

/** For what {@link toCanonical} wrote. */
export function fromCanonical(text: string): unknown {
  return read(text, STORED_NESTING_MAX);
}

/** Fields without a value are left out, as BSON has none for them. */
export function writeFields(fields: Fields, write: (value: unknown) => string): string {
  const parts: string[] = [];
  for (const [key, value] of Object.entries(fields)) {
    if (value !== undefined) parts.push(`${JSON.stringify(nameOfKey(key))}:${write(value)}`);
  }
  return `{${parts.join(',')}}`;
}

/** A copy in which numbers of JavaScript are those of BSON. */
export function withTypedNumbers(value: unknown): unknown {
  if (typeof value === 'number') return fromNumber(value);
  if (Array.isArray(value)) return value.map(withTypedNumbers);
  if (!isFields(value)) return value;
  const copy: Fields = {};
  for (const key of Object.keys(value)) {
    if (value[key] !== undefined) copy[key] = withTypedNumbers(value[key]);
  }
  return copy;
}

/** The name of a BSON type that JavaScript does not have, such as `ObjectId`. */
export function bsonTypeOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || isFields(value)) return undefined;
  const name: unknown = Reflect.get(value, '_bsontype');
  return typeof name === 'string' ? name : undefined;
}

function canonicalPrimitive(value: unknown): string {
  if (typeof value === 'number') return toCanonical(fromNumber(value));
  return JSON.stringify(value);
}

/** As the driver does: whole numbers are int32 if they fit, all others doubles. */
function fromNumber(value: number): Int32 | Double {
  const isInt = Number.isInteger(value) && Object.is(value | 0, value);
  return isInt ? new Int32(value) : new Double(value);
}

function read(text: string, nestingMax: number): unknown {
  try {
    return parseJson(text, { nestingMax, number: readNumber, object: unwrap });
  } catch (error) {
    if (error instanceof NotJson) throw invalid(`the body is not valid JSON: ${error.message}`);
    throw error;
  }
}

function readNumber(text: string): unknown {
  if (!INT_TEXT.test(text) || text === '-0') return new Double(Number(text));
  const number = Number(text);
  if (Object.is(number | 0, number)) return new Int32(number);
  const whole = BigInt(text);
  return BigInt.asIntN(64, whole) === whole ? Long.fromBigInt(whole) : new Double(number);
}

/** @returns the typed value that an object with `$` names stands for, or the object itself. */
function unwrap(fields: Fields): unknown {
  const keys = Object.keys(fields);
  const [first = ''] = keys;
  if (!keys.some((key) => key.startsWith('$'))) return fields;
  const value = fields[first];
  try {
    if (keys.length === 1) {
      const typed = unwrapCommon(first, value);
      if (typed !== undefined) return typed;
    }
    const rare = keys.find((key) => RARE_WRAPPERS.has(key));
    if (rare === undefined) return fields;
    return EJSON.parse(writeFields(fields, toWrapperText), { relaxed: false });
  } catch (error) {
    throw invalid(`the body is not valid EJSON: ${messageOf(error)}`);
  }
}

/** Numbers inside a wrapper are plain ones: `{"$timestamp":{"t":1,"i":2}}`. */
function toWrapperText(value: unknown): string {
  if (isFields(value)) return writeFields(value, toWrapperText);
  return value instanceof Int32 || value instanceof Long ? value.toString() : toCanonical(value);
}

function unwrapCommon(wrapper: string, value: unknown): unknown {
  switch (wrapper) {
    case '$oid':
      if (typeof value === 'string' && OBJECT_ID.test(value)) return new ObjectId(value);
      throw new Error('$oid must be 24 hexadecimal digits');
    case '$date':
      return readDate(value);
    case '$numberInt':
    case '$numberLong':
      return readWhole(wrapper, value);
    case '$numberDouble':
      return readDouble(value);
    case '$numberDecimal':
      return Decimal128.fromString(textOf(value) ?? '');
    default:
      return undefined;
  }
}

/** Some clients write the number inside a wrapper as a number instead of a text. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  const isNumber = value instanceof Int32 || value instanceof Long || value instanceof Double;
  return isNumber ? value.toString() : undefined;
}

function readWhole(wrapper: string, value: unknown): Int32 | Long {
  const text = textOf(value);
  if (text !== undefined && INT_TEXT.test(text)) {
    const whole = BigInt(text);
    const bits = wrapper === '$numberInt' ? 32 : 64;
    if (BigInt.asIntN(bits, whole) === whole) {
      return bits === 32 ? new Int32(Number(whole)) : Long.fromBigInt(whole);
    }
  }
  throw new Error(`${wrapper} must be a whole number within its range`);
}

function readDouble(value: unknown): Double {
  const text = textOf(value) ?? '';
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isNaN(number) && value !== 'NaN') throw new Error('$numberDouble must be a number');
  return new Double(number);
}

function readDate(value: unknown): Date {
  const isMs = value instanceof Long || value instanceof Int32 || value instanceof Double;
  const date = new Date(isMs ? Number(value.toString()) : String(value));
  if (Number.isNaN(date.getTime()) || !(isMs || typeof value === 'string')) {
    throw new Error('$date must be a date');
  }
  return date;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    throw invalid('the body is not valid UTF-8');
  }
}

function assertPlainKeys(value: unknown): void {
  if (typeof value !== 'object' || value === null || value instanceof Date) return;
  if (Array.isArray(value)) return value.forEach(assertPlainKeys);
  const type = bsonTypeOf(value);
  if (type === REFUSED_TYPE) throw invalid(`a value of type ${type} is not allowed`);
  if (type !== undefined) return;
  for (const [key, part] of Object.entries(value)) {
    const name = nameOfKey(key);
    // `_bsontype` would make a plain object pass for a typed one.
    if (name === '_bsontype' || name.split('.').includes('__proto__')) {
      throw invalid(`the key "${name}" is not allowed`);
    }
    assertPlainKeys(part);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
