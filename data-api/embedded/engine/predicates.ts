/** The operators of a filter that look at one value: each checks its operand and gives a test. */
import { Binary, BSONRegExp, Double } from 'bson';
import { isFields } from '../../protocol/fields.ts';
import { compare, isEqual } from './compare.ts';
import { toIndex, toNumber, toWhole } from './numbers.ts';
import { compileRegex } from './regex.ts';
import { isNullish, isNumber, mongoError, orderOf, typeOf, typesNamed } from './values.ts';

export type Holds = (value: unknown) => boolean;

export const PREDICATES: Record<string, (operand: unknown) => Holds> = {
  $eq: equals,
  $gt: (operand) => ordered('$gt', operand, (order) => order > 0),
  $gte: (operand) => ordered('$gte', operand, (order) => order >= 0),
  $lt: (operand) => ordered('$lt', operand, (order) => order < 0),
  $lte: (operand) => ordered('$lte', operand, (order) => order <= 0),
  $type: ofType,
  $mod: remains,
  $size: ofSize,
  $bitsAllSet: (operand) => bits(operand, (set, wanted) => (set & wanted) === wanted),
  $bitsAllClear: (operand) => bits(operand, (set, wanted) => (set & wanted) === 0n),
  $bitsAnySet: (operand) => bits(operand, (set, wanted) => (set & wanted) !== 0n),
  $bitsAnyClear: (operand) => bits(operand, (set, wanted) => (set & wanted) !== wanted),
};

/** Null equals what is not there. */
export function equals(operand: unknown): Holds {
  if (isNullish(operand)) return isNullish;
  return (value) => isEqual(value, operand);
}

/** @param pattern a text, or a regular expression with options of its own. */
export function regexOf(pattern: unknown, options: unknown): Holds {
  const isTyped = pattern instanceof BSONRegExp;
  if (!isTyped && typeof pattern !== 'string') {
    throw mongoError('BadValue', '$regex has to be a string');
  }
  if (options !== undefined && typeof options !== 'string') {
    throw mongoError('BadValue', '$options has to be a string');
  }
  const regex = isTyped
    ? compileRegex(pattern.pattern, options ?? pattern.options)
    : compileRegex(pattern, options ?? '');
  return (value) => {
    const isText = typeof value === 'string' || typeOf(value) === 'symbol';
    return isText && regex.test(String(value));
  };
}

/** Compares values of one type only, but for the keys that come before and after all others. */
function ordered(name: string, operand: unknown, holds: (order: number) => boolean): Holds {
  if (operand instanceof BSONRegExp)
    throw mongoError('BadValue', `Can't have RegEx as arg to ${name}`);
  const type = typeOf(operand);
  if (type === 'null') return (value) => isNullish(value) && holds(0);
  const isAnyType = type === 'minKey' || type === 'maxKey';
  const isNaN = isNotANumber(operand);
  return (value) => {
    if (isAnyType) return value !== undefined && holds(compare(value, operand));
    if (orderOf(value) !== orderOf(operand)) return false;
    const order = compare(value, operand);
    return isNaN || isNotANumber(value) ? order === 0 && holds(0) : holds(order);
  };
}

function isNotANumber(value: unknown): boolean {
  return isNumber(value) && Number.isNaN(toNumber(value));
}

function ofType(operand: unknown): Holds {
  const named = Array.isArray(operand) ? operand : [operand];
  if (named.length === 0) throw mongoError('FailedToParse', '$type must match at least one type');
  const types = new Set(named.flatMap(typesNamed));
  return (value) => types.has(typeOf(value));
}

function remains(operand: unknown): Holds {
  if (!Array.isArray(operand) || operand.length !== 2 || !operand.every(isNumber)) {
    throw mongoError('BadValue', 'malformed mod, needs to be an array of two numbers');
  }
  const [divisor, wanted] = operand.map(truncated);
  if (divisor === undefined || wanted === undefined) {
    throw mongoError('BadValue', 'malformed mod, its numbers must be finite');
  }
  if (divisor === 0n) throw mongoError('BadValue', 'divisor cannot be 0');
  return (value) => {
    const number = truncated(value);
    return number !== undefined && number % divisor === wanted;
  };
}

function truncated(value: unknown): bigint | undefined {
  if (!isNumber(value)) return undefined;
  const exact = toWhole(value);
  if (exact !== undefined) return exact;
  const number = Math.trunc(toNumber(value));
  return Number.isFinite(number) ? BigInt(number) : undefined;
}

function ofSize(operand: unknown): Holds {
  const size = toIndex(operand);
  if (size === undefined || size < 0) {
    throw mongoError('BadValue', '$size must be a whole number that is not negative');
  }
  return (value) => Array.isArray(value) && value.length === size;
}

function bits(operand: unknown, holds: (set: bigint, wanted: bigint) => boolean): Holds {
  const wanted = wantedBits(operand);
  return (value) => {
    const set = value instanceof Binary ? bitsOf(value) : toWhole(value);
    const isInRange = value instanceof Binary || (set !== undefined && fits(set));
    return set !== undefined && isInRange && holds(set, wanted);
  };
}

function wantedBits(operand: unknown): bigint {
  if (Array.isArray(operand)) {
    return operand.reduce((set: bigint, one: unknown) => set | (1n << BigInt(position(one))), 0n);
  }
  if (operand instanceof Binary) return bitsOf(operand);
  const mask = operand instanceof Double || isNumber(operand) ? toWhole(operand) : undefined;
  if (mask === undefined || mask < 0n || !fits(mask) || isFields(operand)) {
    throw mongoError('BadValue', 'bits must be a mask, a list of positions or binary data');
  }
  return mask;
}

function position(value: unknown): number {
  const at = toIndex(value);
  if (at === undefined || at < 0 || at > 1_024) {
    throw mongoError('BadValue', 'bit positions must be whole numbers from 0');
  }
  return at;
}

function fits(value: bigint): boolean {
  return BigInt.asIntN(64, value) === value;
}

/** The first byte holds the lowest bits. */
function bitsOf(value: Binary): bigint {
  const bytes = Buffer.from(value.value()).toReversed();
  return bytes.length === 0 ? 0n : BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}
