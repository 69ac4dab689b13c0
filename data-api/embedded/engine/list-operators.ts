/** Operators on lists. */
import type { Int32 } from 'bson';
import type { Fields } from '../../protocol/fields.ts';
import { isEqual } from './compare.ts';
import { int, toIndex } from './numbers.ts';
import {
  type Compile,
  type Evaluate,
  namedParts,
  type Operators,
  ofMany,
  ofNamed,
  ofOne,
  ofOnePresent,
  ofSome,
  ofTwo,
  withVariables,
} from './operator.ts';
import { comparatorOf } from './sorting.ts';
import { assertSize, isNullish, isTrue, mongoError, typeOf } from './values.ts';

/** Of a $range, which needs no document to be large. */
const RANGE_MAX = 100_000;

export const LIST_OPERATORS: Operators = {
  $isArray: ofOne('$isArray', (value) => Array.isArray(value)),
  $size: ofOne('$size', (list) => int(asList('$size', list).length)),
  $in: ofTwo('$in', (value, list) => asList('$in', list).some((one) => isEqual(one, value))),
  $arrayElemAt: ofTwo('$arrayElemAt', (list, at) => {
    if (isNullish(list) || isNullish(at)) return null;
    return asList('$arrayElemAt', list).at(index('$arrayElemAt', at));
  }),
  $concatArrays: ofMany((lists) => {
    if (lists.some(isNullish)) return null;
    const given = lists.map((list) => asList('$concatArrays', list));
    assertSize(
      given.map(({ length }) => length),
      'list',
    );
    return given.flat();
  }),
  $reverseArray: ofOnePresent('$reverseArray', (list) =>
    asList('$reverseArray', list).toReversed(),
  ),
  $slice: ofSome(['$slice', 2, 3], slice),
  $indexOfArray: ofSome(['$indexOfArray', 2, 4], (list, value, ...bounds) => {
    if (isNullish(list)) return null;
    const [from, to] = bounds;
    const start = bound('$indexOfArray', from, 0);
    const end = bound('$indexOfArray', to, Infinity);
    const at = asList('$indexOfArray', list).findIndex(
      (one, n) => n >= start && n < end && isEqual(one, value),
    );
    return int(at);
  }),
  $range: ofSome(['$range', 2, 3], range),
  $sortArray: (operand, compile) => {
    const parts = Object.fromEntries(namedParts(['$sortArray', 'input', 'sortBy'], operand));
    const input = compile(parts['input']);
    const comparator = comparatorOf(parts['sortBy']);
    return (scope) => {
      const list = input(scope);
      return isNullish(list) ? null : asList('$sortArray', list).toSorted(comparator);
    };
  },
  $zip: ofNamed(['$zip', 'inputs', 'useLongestLength?', 'defaults?'], zip),
  $filter: filter,
  $map: (operand, compile) => {
    const parts = Object.fromEntries(namedParts(['$map', 'input', 'as?', 'in'], operand));
    const [input, inside] = [compile(parts['input']), compile(parts['in'])];
    const name = variableName(parts['as']);
    return (scope) => {
      const list = input(scope);
      if (isNullish(list)) return null;
      const each = (one: unknown) => inside(withVariables(scope, { [name]: one })) ?? null;
      return asList('$map', list).map(each);
    };
  },
  $reduce: reduce,
  $firstN: ofNamed(['$firstN', 'input', 'n'], ({ input, n }) => {
    return asList('$firstN', input).slice(0, count('$firstN', n));
  }),
  $lastN: ofNamed(['$lastN', 'input', 'n'], ({ input, n }) => {
    return asList('$lastN', input).slice(-count('$lastN', n));
  }),
  $maxN: ofNamed(['$maxN', 'input', 'n'], ({ input, n }) => extremes('$maxN', input, n)),
  $minN: ofNamed(['$minN', 'input', 'n'], ({ input, n }) => extremes('$minN', input, n)),
};

function variableName(name: unknown): string {
  if (name === undefined) return 'this';
  if (typeof name === 'string') return name;
  throw mongoError('FailedToParse', 'the name of a variable must be a text');
}

function asList(name: string, value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  throw mongoError(
    'TypeMismatch',
    `The argument to ${name} must be an array, but was of type: ${typeOf(value)}`,
  );
}

function index(name: string, value: unknown): number {
  const number = toIndex(value);
  if (number !== undefined) return number;
  throw mongoError('TypeMismatch', `${name} needs a position that is a 32-bit whole number`);
}

function bound(name: string, value: unknown, otherwise: number): number {
  if (value === undefined) return otherwise;
  const number = index(name, value);
  if (number < 0) throw mongoError('BadValue', `${name} needs a position from 0`);
  return number;
}

function count(name: string, value: unknown): number {
  const number = index(name, value);
  if (number > 0) return number;
  throw mongoError('BadValue', `${name} needs an n above 0`);
}

/** `[list, n]` or `[list, position, n]`; from the end where negative. */
function slice(list: unknown, first: unknown, second: unknown): unknown {
  if (isNullish(list) || isNullish(first)) return null;
  const values = asList('$slice', list);
  const at = index('$slice', first);
  if (second === undefined) return at < 0 ? values.slice(at) : values.slice(0, at);
  if (second === null) return null;
  const length = count('$slice', second);
  const start = at < 0 ? Math.max(0, values.length + at) : at;
  return values.slice(start, start + length);
}

function range(from: unknown, to: unknown, by: unknown = int(1)): Int32[] {
  const [start, end, step] = [from, to, by].map((value) => index('$range', value));
  if (start === undefined || end === undefined || !step) {
    throw mongoError('Location34449', '$range requires a non-zero step value');
  }
  const length = Math.max(0, Math.ceil((end - start) / step));
  if (length > RANGE_MAX)
    throw mongoError('ExceededMemoryLimit', `$range gives more than ${RANGE_MAX} values`);
  return Array.from({ length }, (_, n) => int(start + n * step));
}

function zip({ inputs, useLongestLength, defaults }: Fields): unknown {
  const lists = asList('$zip', inputs);
  if (lists.some(isNullish)) return null;
  const rows = lists.map((list) => asList('$zip', list));
  const lengths = rows.map(({ length }) => length);
  const length = isTrue(useLongestLength) ? Math.max(0, ...lengths) : Math.min(...lengths);
  const fill = isNullish(defaults) ? [] : asList('$zip', defaults);
  return Array.from({ length }, (_, n) =>
    rows.map((row, at) => (n < row.length ? row[n] : (fill[at] ?? null))),
  );
}

function filter(operand: unknown, compile: Compile): Evaluate {
  const parts = Object.fromEntries(
    namedParts(['$filter', 'input', 'as?', 'cond', 'limit?'], operand),
  );
  const [input, cond, limit] = [parts['input'], parts['cond'], parts['limit']].map(compile);
  const name = variableName(parts['as']);
  return (scope) => {
    const list = input?.(scope);
    if (isNullish(list)) return null;
    const most = limit?.(scope);
    const found = asList('$filter', list).filter((one) =>
      isTrue(cond?.(withVariables(scope, { [name]: one }))),
    );
    return isNullish(most) ? found : found.slice(0, count('$filter', most));
  };
}

function reduce(operand: unknown, compile: Compile): Evaluate {
  const parts = Object.fromEntries(namedParts(['$reduce', 'input', 'initialValue', 'in'], operand));
  const [input, initial, inside] = [parts['input'], parts['initialValue'], parts['in']].map(
    compile,
  );
  return (scope) => {
    const list = input?.(scope);
    if (isNullish(list)) return null;
    return asList('$reduce', list).reduce(
      (value, one) => inside?.(withVariables(scope, { value, this: one })),
      initial?.(scope),
    );
  };
}

function extremes(name: '$maxN' | '$minN', input: unknown, n: unknown): unknown[] {
  const order = comparatorOf(int(name === '$maxN' ? -1 : 1));
  const present = asList(name, input).filter((value) => !isNullish(value));
  return present.toSorted(order).slice(0, count(name, n));
}
