/** Values turned into other types, as `$convert` and `$toInt` do it. */
import { Binary, Decimal128, Double, Int32, Long, ObjectId } from 'bson';
import { parseDate } from './date-parsing.ts';
import { double, int, toDecimal, toNumber } from './numbers.ts';
import { round } from './rounding.ts';
import { type BsonNumber, isNumber, isTrue, mongoError, typeNameOfCode, typeOf } from './values.ts';

const INT_TEXT = /^[+-]?\d+$/;
const NUMBER_TEXT = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const HEX = /^[0-9a-f]{24}$/i;

const CONVERSIONS: Record<string, (value: unknown) => unknown> = {
  string: toText,
  int: (value) => toWholeNumber(value, 'int'),
  long: (value) => toWholeNumber(value, 'long'),
  double: toDouble,
  decimal: (value) => {
    if (typeof value === 'string') return decimalFrom(value);
    return toDecimal(
      value instanceof Date ? Long.fromNumber(value.getTime()) : numberFrom(value, 'decimal'),
    );
  },
  bool: (value) => (typeOf(value) === 'string' ? true : isTrue(value)),
  date: toDate,
  objectId: toObjectId,
};

/** @param to the name or number of a type. @throws Refused where the value has no such form. */
export function convert(value: unknown, to: unknown): unknown {
  const name = isNumber(to) ? typeNameOfCode(toNumber(to)) : to;
  if (name === typeOf(value)) return value;
  const conversion = CONVERSIONS[String(name)];
  if (conversion === undefined) throw mongoError('BadValue', `Unknown type name: ${String(name)}`);
  return conversion(value);
}

export function toText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof ObjectId) return value.toHexString();
  if (value instanceof Double) return doubleText(value.value);
  if (isNumber(value)) return value.toString();
  if (value instanceof Binary) {
    return value.sub_type === Binary.SUBTYPE_UUID
      ? value.toUUID().toHexString()
      : value.toString('base64');
  }
  throw unsupported(value, 'string');
}

/** Large and small ones have an exponent of two digits there. */
function doubleText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return String(value).replace(/e([+-])(\d)$/, 'e$10$2');
}

function toWholeNumber(value: unknown, to: 'int' | 'long'): Int32 | Long {
  const bits = to === 'int' ? 32 : 64;
  const number = wholeFrom(value, to);
  if (BigInt.asIntN(bits, number) !== number) {
    throw conversionFailure(`the value would overflow ${to === 'int' ? 'an int' : 'a long'}`);
  }
  return to === 'int' ? int(Number(number)) : Long.fromBigInt(number);
}

function wholeFrom(value: unknown, to: 'int' | 'long'): bigint {
  if (typeof value === 'string') {
    if (INT_TEXT.test(value)) return BigInt(value.replace('+', ''));
    throw conversionFailure(`Failed to parse number '${value}'`);
  }
  if (value instanceof Date && to === 'long') return BigInt(value.getTime());
  if (value instanceof Date) throw unsupported(value, to);
  const number = numberFrom(value, to);
  if (number instanceof Int32 || number instanceof Long) return BigInt(number.toString());
  const truncated = round(number, 0, 'zero');
  const text = truncated instanceof Decimal128 ? plainDigits(truncated) : undefined;
  const size = toNumber(truncated);
  if (!Number.isFinite(size)) throw conversionFailure('NaN and infinities have no whole number');
  return BigInt(text ?? size);
}

function plainDigits(value: Decimal128): string | undefined {
  const text = value.toString();
  return INT_TEXT.test(text) ? text : undefined;
}

function toDouble(value: unknown): Double {
  if (value instanceof Date) return double(value.getTime());
  if (typeof value !== 'string') return double(toNumber(numberFrom(value, 'double')));
  const named = /^[+-]?(?:inf|infinity)$|^nan$/i.test(value);
  if (!named && !NUMBER_TEXT.test(value))
    throw conversionFailure(`Failed to parse number '${value}'`);
  if (!named) return double(Number(value));
  const size = value.startsWith('-') ? -Infinity : Infinity;
  return double(/nan/i.test(value) ? Number.NaN : size);
}

function decimalFrom(text: string): Decimal128 {
  try {
    return Decimal128.fromString(text);
  } catch {
    throw conversionFailure(`Failed to parse number '${text}'`);
  }
}

function toDate(value: unknown): Date {
  if (value instanceof ObjectId) return value.getTimestamp();
  if (typeof value === 'string') return parseDate(value, {});
  if (typeOf(value) === 'timestamp')
    return new Date(Number(Reflect.get(value as object, 't')) * 1_000);
  if (!isNumber(value) || value instanceof Int32) throw unsupported(value, 'date');
  const date = new Date(toNumber(value));
  if (Number.isNaN(date.getTime())) throw conversionFailure('the number is no date');
  return date;
}

function toObjectId(value: unknown): ObjectId {
  if (typeof value !== 'string') throw unsupported(value, 'objectId');
  if (HEX.test(value)) return new ObjectId(value);
  throw conversionFailure(
    `Failed to parse objectId '${value}': it must have 24 hexadecimal digits`,
  );
}

function numberFrom(value: unknown, to: string): BsonNumber {
  if (typeof value === 'boolean') return int(Number(value));
  if (isNumber(value)) return value;
  throw unsupported(value, to);
}

function unsupported(value: unknown, to: string) {
  return conversionFailure(`Unsupported conversion from ${typeOf(value)} to ${to} in $convert`);
}

function conversionFailure(message: string) {
  return mongoError('ConversionFailure', message);
}
