/** Arithmetic on BSON's four kinds of numbers, with the kind of result that MongoDB gives. Pure. */
import { Decimal128, Double, Int32, Long } from 'bson';
import * as decimal from './decimals.ts';
import { type BsonNumber, isLong } from './values.ts';

const LONG_BITS = 64;

export function int(value: number): Int32 {
  return new Int32(value);
}

export function double(value: number): Double {
  return new Double(value);
}

/** An int32 where it fits, else an int64. */
export function whole(value: number | bigint): Int32 | Long {
  const number = Number(value);
  return (number | 0) === number ? new Int32(number | 0) : Long.fromBigInt(BigInt(value));
}

/** As a number of JavaScript, perhaps rounded. */
export function toNumber(value: BsonNumber): number {
  return value instanceof Int32 || value instanceof Double ? value.value : Number(value.toString());
}

/** The whole number it is, without a loss; undefined for any other. */
export function toWhole(value: unknown): bigint | undefined {
  if (value instanceof Int32) return BigInt(value.value);
  if (isLong(value)) return value.toBigInt();
  if (value instanceof Double) {
    return Number.isInteger(value.value) ? BigInt(value.value) : undefined;
  }
  return value instanceof Decimal128 ? decimal.toWhole(value) : undefined;
}

/** A whole number that fits an int32, which sizes and positions must be. */
export function toIndex(value: unknown): number | undefined {
  const number = toWhole(value);
  return number !== undefined && BigInt.asIntN(32, number) === number ? Number(number) : undefined;
}

type WholeOperation = (a: bigint, b: bigint) => bigint;
type DoubleOperation = (a: number, b: number) => number;
type DecimalOperation = (a: Decimal128, b: Decimal128) => Decimal128;

interface Operation {
  whole: WholeOperation;
  double: DoubleOperation;
  decimal: DecimalOperation;
}

const ADD: Operation = {
  whole: (a, b) => a + b,
  double: (a, b) => a + b,
  decimal: decimal.add,
};
const SUBTRACT: Operation = {
  whole: (a, b) => a - b,
  double: (a, b) => a - b,
  decimal: decimal.subtract,
};
const MULTIPLY: Operation = {
  whole: (a, b) => a * b,
  double: (a, b) => a * b,
  decimal: decimal.multiply,
};
const REMAINDER: Operation = {
  whole: (a, b) => a % b,
  double: (a, b) => a % b,
  decimal: decimal.remainder,
};

export const add = (a: BsonNumber, b: BsonNumber): BsonNumber => combine(ADD, a, b);
export const subtract = (a: BsonNumber, b: BsonNumber): BsonNumber => combine(SUBTRACT, a, b);
export const multiply = (a: BsonNumber, b: BsonNumber): BsonNumber => combine(MULTIPLY, a, b);
/** The divisor must not be zero. */
export const remainder = (a: BsonNumber, b: BsonNumber): BsonNumber => combine(REMAINDER, a, b);

/** A double, or a decimal if one of them is. The divisor must not be zero. */
export function divide(a: BsonNumber, b: BsonNumber): BsonNumber {
  if (a instanceof Decimal128 || b instanceof Decimal128) {
    return decimal.divide(toDecimal(a), toDecimal(b));
  }
  return new Double(toNumber(a) / toNumber(b));
}

export function toDecimal(value: BsonNumber): Decimal128 {
  if (value instanceof Decimal128) return value;
  return value instanceof Double
    ? decimal.fromDouble(value.value)
    : Decimal128.fromString(value.toString());
}

function combine(operation: Operation, a: BsonNumber, b: BsonNumber): BsonNumber {
  if (a instanceof Decimal128 || b instanceof Decimal128) {
    return operation.decimal(toDecimal(a), toDecimal(b));
  }
  if (a instanceof Double || b instanceof Double) {
    return new Double(operation.double(toNumber(a), toNumber(b)));
  }
  const result = operation.whole(BigInt(a.toString()), BigInt(b.toString()));
  if (BigInt.asIntN(LONG_BITS, result) !== result) return new Double(Number(result));
  return a instanceof Long || b instanceof Long ? Long.fromBigInt(result) : whole(result);
}
