/** BSON's order over values of all types, and equality by it. Pure. */
import type { Binary, BSONRegExp, Code, Timestamp } from 'bson';
import { Decimal128, Double, Int32, Long, type ObjectId } from 'bson';
import { type Fields, fieldEntries, nameOfKey } from '../../protocol/fields.ts';
import { compareExact, type Exact, exactDouble, normalized, toExact } from './decimals.ts';
import { type BsonNumber, orderOf, typeOf } from './values.ts';

/** @returns below, at or above zero. A missing value comes before null. */
export function compare(a: unknown, b: unknown): number {
  if (a === b) return 0;
  const types = orderOf(a) - orderOf(b);
  return types === 0 ? compareAlike(a, b) : types;
}

export function isEqual(a: unknown, b: unknown): boolean {
  return compare(a, b) === 0;
}

/** Equal values, and no others, have the same text. */
export function identityOf(value: unknown): string {
  const type = typeOf(value);
  switch (type) {
    case 'missing':
    case 'null':
    case 'bool':
    case 'minKey':
    case 'maxKey':
      return type + String(value === true);
    case 'int':
    case 'long':
    case 'double':
    case 'decimal':
      return `n${identityOfNumber(value as BsonNumber)}`;
    case 'string':
      return JSON.stringify(value);
    case 'symbol':
      return JSON.stringify(String(value));
    case 'object': {
      const entries = fieldEntries(value as Fields);
      const parts = entries.map(([name, part]) => `${JSON.stringify(name)}:${identityOf(part)}`);
      return `{${parts.join(',')}}`;
    }
    case 'array':
      return `[${(value as unknown[]).map(identityOf).join(',')}]`;
    case 'date':
      return `d${(value as Date).getTime()}`;
    case 'objectId':
      return `o${(value as ObjectId).toHexString()}`;
    case 'binData':
      return `b${(value as Binary).sub_type}:${(value as Binary).toString('hex')}`;
    case 'timestamp':
      return `t${(value as Timestamp).t}:${(value as Timestamp).i}`;
    case 'regex': {
      const { pattern, options } = value as BSONRegExp;
      return `r${JSON.stringify([pattern, options])}`;
    }
    case 'javascript':
    case 'javascriptWithScope':
      return `c${JSON.stringify(value)}`;
    default:
      return type satisfies never;
  }
}

/** By code points, as UTF-8 compares. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const [left, right] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (left !== right) return codePointOrder(left) - codePointOrder(right);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above all others. */
function codePointOrder(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

function compareAlike(a: unknown, b: unknown): number {
  const type = typeOf(a);
  switch (type) {
    case 'int':
    case 'long':
    case 'double':
    case 'decimal':
      return compareNumbers(a as BsonNumber, b as BsonNumber);
    case 'string':
    case 'symbol':
      return compareText(String(a), String(b));
    case 'object':
      return compareFields(a as Fields, b as Fields);
    case 'array':
      return compareLists(a as unknown[], b as unknown[]);
    case 'date':
    case 'bool':
      return Number(a) - Number(b);
    case 'objectId':
      return compareText((a as ObjectId).toHexString(), (b as ObjectId).toHexString());
    case 'binData':
      return compareBinary(a as Binary, b as Binary);
    case 'timestamp':
      return (a as Timestamp).t - (b as Timestamp).t || (a as Timestamp).i - (b as Timestamp).i;
    case 'regex':
      return compareRegExps(a as BSONRegExp, b as BSONRegExp);
    case 'javascript':
    case 'javascriptWithScope':
      return compareText((a as Code).code, (b as Code).code);
    case 'missing':
    case 'null':
    case 'minKey':
    case 'maxKey':
      return 0;
    default:
      return type satisfies never;
  }
}

function compareNumbers(a: BsonNumber, b: BsonNumber): number {
  if (isSmall(a) && isSmall(b)) return compareDoubles(a.value, b.value);
  if (a instanceof Long && b instanceof Long) return a.compare(b);
  const [left, right] = [exactOf(a), exactOf(b)];
  if (typeof left === 'number' || typeof right === 'number') {
    // NaN or an infinity on one side at least; the other one's size does not matter.
    return compareDoubles(sizeOf(left), sizeOf(right));
  }
  return compareExact(left, right);
}

function isSmall(value: BsonNumber): value is Int32 | Double {
  return value instanceof Int32 || value instanceof Double;
}

/** NaN equals itself and comes before all others. */
function compareDoubles(a: number, b: number): number {
  if (a === b) return 0;
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : -1;
  return Number.isNaN(b) || a > b ? 1 : -1;
}

function sizeOf(value: Exact | number): number {
  return typeof value === 'number' ? value : 0;
}

/** A number where it is NaN or an infinity. */
function exactOf(value: BsonNumber): Exact | number {
  if (value instanceof Decimal128) return toExact(value) ?? Number(value.toString());
  if (value instanceof Double) {
    return Number.isFinite(value.value) ? exactDouble(value.value) : value.value;
  }
  return { coefficient: BigInt(value.toString()), exponent: 0 };
}

function identityOfNumber(value: BsonNumber): string {
  if (isSmall(value) && Number.isSafeInteger(value.value)) return String(value.value + 0);
  const exact = exactOf(value);
  if (typeof exact === 'number') return String(exact);
  const { coefficient, exponent } = normalized(exact);
  const isShort = exponent >= 0 && exponent <= 16;
  const whole = isShort ? coefficient * 10n ** BigInt(exponent) : undefined;
  return whole !== undefined && Number.isSafeInteger(Number(whole))
    ? String(whole)
    : `${coefficient}e${exponent}`;
}

function compareFields(a: Fields, b: Fields): number {
  const [left, right] = [Object.entries(a), Object.entries(b)];
  for (const [at, [name, value]] of left.entries()) {
    const other = right[at];
    if (other === undefined) return 1;
    const order =
      orderOf(value) - orderOf(other[1]) ||
      compareText(nameOfKey(name), nameOfKey(other[0])) ||
      compare(value, other[1]);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function compareLists(a: unknown[], b: unknown[]): number {
  for (const [at, value] of a.entries()) {
    if (at >= b.length) return 1;
    const order = compare(value, b[at]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareBinary(a: Binary, b: Binary): number {
  const lengths = a.length() - b.length() || a.sub_type - b.sub_type;
  return lengths || Buffer.compare(Buffer.from(a.value()), Buffer.from(b.value()));
}

function compareRegExps(a: BSONRegExp, b: BSONRegExp): number {
  return compareText(a.pattern, b.pattern) || compareText(a.options, b.options);
}
