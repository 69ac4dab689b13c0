/** Operators that calculate: numbers of each width, dates where a sum may have one, and bits. */
import { Decimal128, Double, Int32, Long } from 'bson';
import * as numbers from './numbers.ts';
import { type Operators, ofMany, ofOne, ofOnePresent, ofSome, ofTwo } from './operator.ts';
import { round } from './rounding.ts';
import { type BsonNumber, isNullish, isNumber, mongoError, typeOf } from './values.ts';

const HALF_TURN_DEGREES = 180;

export const ARITHMETIC_OPERATORS: Operators = {
  $add: ofMany(add),
  $subtract: ofTwo('$subtract', subtract),
  $multiply: ofMany((values) => {
    if (values.some(isNullish)) return null;
    return values
      .map((value) => number('$multiply', value))
      .reduce(numbers.multiply, numbers.int(1));
  }),
  $divide: ofTwo('$divide', (a, b) => {
    if (isNullish(a) || isNullish(b)) return null;
    const divisor = notZero(number('$divide', b), "can't $divide by zero");
    return numbers.divide(number('$divide', a), divisor);
  }),
  $mod: ofTwo('$mod', (a, b) => {
    if (isNullish(a) || isNullish(b)) return null;
    const divisor = notZero(number('$mod', b), "can't $mod by zero");
    return numbers.remainder(number('$mod', a), divisor);
  }),
  $abs: ofOnePresent('$abs', (value) => {
    const given = number('$abs', value);
    return numbers.toNumber(given) < 0 ? numbers.multiply(given, numbers.int(-1)) : given;
  }),
  $ceil: ofOnePresent('$ceil', (value) => round(number('$ceil', value), 0, 'up')),
  $floor: ofOnePresent('$floor', (value) => round(number('$floor', value), 0, 'down')),
  $round: ofSome(['$round', 1, 2], (value, place) => rounded('$round', value, place)),
  $trunc: ofSome(['$trunc', 1, 2], (value, place) => rounded('$trunc', value, place)),
  $pow: ofTwo('$pow', power),
  $sqrt: ofDouble('$sqrt', Math.sqrt, (value) => !(value < 0)),
  $exp: ofDouble('$exp', Math.exp),
  $ln: ofDouble('$ln', Math.log, (value) => !(value <= 0)),
  $log10: ofDouble('$log10', Math.log10, (value) => !(value <= 0)),
  $log: ofTwo('$log', (value, base) => {
    if (isNullish(value) || isNullish(base)) return null;
    const [of, by] = [
      numbers.toNumber(number('$log', value)),
      numbers.toNumber(number('$log', base)),
    ];
    if (of <= 0 || by <= 0 || by === 1) {
      throw mongoError('Location28759', '$log needs a positive number and a positive base not 1');
    }
    return numbers.double(Math.log(of) / Math.log(by));
  }),
  ...Object.fromEntries(
    (
      [
        ...(['sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'sinh', 'cosh', 'tanh'] as const),
        ...(['asinh', 'acosh', 'atanh'] as const),
      ] as const
    ).map((name) => [`$${name}`, ofDouble(`$${name}`, Math[name])]),
  ),
  $atan2: ofTwo('$atan2', (y, x) => {
    if (isNullish(y) || isNullish(x)) return null;
    const [a, b] = [number('$atan2', y), number('$atan2', x)];
    return numbers.double(Math.atan2(numbers.toNumber(a), numbers.toNumber(b)));
  }),
  $degreesToRadians: ofDouble(
    '$degreesToRadians',
    (value) => (value * Math.PI) / HALF_TURN_DEGREES,
  ),
  $radiansToDegrees: ofDouble(
    '$radiansToDegrees',
    (value) => (value * HALF_TURN_DEGREES) / Math.PI,
  ),
  $bitAnd: ofMany((values) => bitwise('$bitAnd', values, (a, b) => a & b)),
  $bitOr: ofMany((values) => bitwise('$bitOr', values, (a, b) => a | b)),
  $bitXor: ofMany((values) => bitwise('$bitXor', values, (a, b) => a ^ b)),
  $bitNot: ofOne('$bitNot', (value) => {
    if (isNullish(value)) return null;
    return bitwise('$bitNot', [value, numbers.int(-1)], (a, b) => a ^ b);
  }),
  $rand: () => () => numbers.double(Math.random()),
};

function number(name: string, value: unknown): BsonNumber {
  if (isNumber(value)) return value;
  throw mongoError('TypeMismatch', `${name} only supports numeric types, not ${typeOf(value)}`);
}

function notZero(value: BsonNumber, message: string): BsonNumber {
  if (numbers.toNumber(value) === 0) throw mongoError('BadValue', message);
  return value;
}

/** One of the values may be a date, to which the others are milliseconds. */
function add(values: unknown[]): unknown {
  if (values.some(isNullish)) return null;
  const dates = values.filter((value) => value instanceof Date);
  if (dates.length > 1)
    throw mongoError('TypeMismatch', 'only one date allowed in an $add expression');
  const sum = values
    .filter((value) => !(value instanceof Date))
    .map((value) => number('$add', value))
    .reduce(numbers.add, numbers.int(0));
  const [date] = dates;
  return date === undefined ? sum : dateFrom(date.getTime() + Math.round(numbers.toNumber(sum)));
}

function subtract(a: unknown, b: unknown): unknown {
  if (isNullish(a) || isNullish(b)) return null;
  if (a instanceof Date) {
    if (b instanceof Date) return Long.fromNumber(a.getTime() - b.getTime());
    return dateFrom(a.getTime() - Math.round(numbers.toNumber(number('$subtract', b))));
  }
  return numbers.subtract(number('$subtract', a), number('$subtract', b));
}

function dateFrom(ms: number): Date {
  const date = new Date(ms);
  if (Number.isNaN(date.getTime())) throw mongoError('Overflow', 'date overflow');
  return date;
}

function rounded(
  name: '$round' | '$trunc',
  value: unknown,
  place: unknown = numbers.int(0),
): unknown {
  if (isNullish(value) || place === null) return null;
  const digits = numbers.toIndex(place);
  if (digits === undefined || digits < -20 || digits > 100) {
    throw mongoError(
      'Location51083',
      `cannot apply ${name} with a place that is not from -20 to 100`,
    );
  }
  return round(number(name, value), digits, name === '$round' ? 'half-even' : 'zero');
}

function power(base: unknown, exponent: unknown): unknown {
  if (isNullish(base) || isNullish(exponent)) return null;
  const [a, b] = [number('$pow', base), number('$pow', exponent)];
  const [x, y] = [numbers.toNumber(a), numbers.toNumber(b)];
  if (x === 0 && y < 0)
    throw mongoError('Location28764', '$pow cannot take a base of 0 and a negative exponent');
  const isWhole = [a, b].every((one) => one instanceof Int32 || one instanceof Long);
  if (isWhole && y >= 0 && Math.abs(x ** y) < 2 ** 63) {
    const result = BigInt(a.toString()) ** BigInt(b.toString());
    const isLong = a instanceof Long || b instanceof Long;
    return isLong ? Long.fromBigInt(result) : numbers.whole(result);
  }
  const isDecimal = a instanceof Decimal128 || b instanceof Decimal128;
  const result = new Double(x ** y);
  return isDecimal ? numbers.toDecimal(result) : result;
}

/** Calculated in doubles; of a decimal a decimal again. */
function ofDouble(
  name: string,
  apply: (value: number) => number,
  isAllowed?: (value: number) => boolean,
) {
  return ofOnePresent(name, (value) => {
    const given = number(name, value);
    const of = numbers.toNumber(given);
    if (isAllowed?.(of) === false)
      throw mongoError('Location28714', `${name}'s argument is out of its range`);
    const result = numbers.double(apply(of));
    return given instanceof Decimal128 ? numbers.toDecimal(result) : result;
  });
}

function bitwise(
  name: string,
  values: unknown[],
  apply: (a: bigint, b: bigint) => bigint,
): unknown {
  if (values.some(isNullish)) return null;
  const isLong = values.some((value) => value instanceof Long);
  const given = values.map((value) => {
    if (value instanceof Int32 || value instanceof Long) return BigInt(value.toString());
    throw mongoError('TypeMismatch', `${name} only supports int and long operands`);
  });
  const result = given.reduce(apply, name === '$bitAnd' ? -1n : 0n);
  return isLong ? Long.fromBigInt(result) : numbers.whole(result);
}
