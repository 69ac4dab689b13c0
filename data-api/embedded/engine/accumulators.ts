/** What `$group` and its relatives make of many values. Each takes all of a group's at once. */
import { Decimal128, type Double, Int32, Long } from 'bson';
import { type Fields, isFields } from '../../protocol/fields.ts';
import { compare } from './compare.ts';
import * as numbers from './numbers.ts';
import { merged } from './object-operators.ts';
import { type Compile, namedParts, type Scope } from './operator.ts';
import { distinct } from './set-operators.ts';
import { sorted } from './sorting.ts';
import { type BsonNumber, isNullish, isNumber, mongoError } from './values.ts';

type Accumulate = (values: unknown[]) => unknown;

/** Those that look at each value by itself. */
export const ACCUMULATORS: Record<string, Accumulate> = {
  $sum: sum,
  $avg: average,
  $min: (values) => extreme(values, -1),
  $max: (values) => extreme(values, 1),
  $first: (values) => values[0] ?? null,
  $last: (values) => values.at(-1) ?? null,
  $push: (values) => values.filter((value) => value !== undefined),
  $addToSet: (values) => distinct(values.filter((value) => value !== undefined)),
  $mergeObjects: merged,
  $stdDevPop: (values) => deviation(values, 0),
  $stdDevSamp: (values) => deviation(values, 1),
};

/** Of the documents of a group, each in its scope. */
export function compileAccumulator(spec: unknown, compile: Compile): (group: Scope[]) => unknown {
  const [[name, operand] = ['', undefined], ...more] = isFields(spec) ? Object.entries(spec) : [];
  if (more.length > 0 || !name.startsWith('$')) {
    throw mongoError('Location40234', 'a field of a group must be an accumulator object');
  }
  if (name === '$count') {
    if (!isFields(operand) || Object.keys(operand).length > 0) {
      throw mongoError('TypeMismatch', '$count takes no arguments, i.e. $count:{}');
    }
    return (group) => numbers.whole(group.length);
  }
  if (N_VALUES.has(name)) return compileSeveral(name, operand, compile);
  if (N_DOCUMENTS.has(name)) return compileRanked(name, operand, compile);
  const accumulate = Object.hasOwn(ACCUMULATORS, name) ? ACCUMULATORS[name] : undefined;
  if (accumulate === undefined) {
    throw mongoError('Location15952', `unknown group operator '${name}'`);
  }
  const evaluate = compile(operand);
  return (group) => accumulate(group.map(evaluate));
}

const N_VALUES = new Set(['$firstN', '$lastN', '$maxN', '$minN']);
const N_DOCUMENTS = new Set(['$top', '$bottom', '$topN', '$bottomN']);

function compileSeveral(name: string, operand: unknown, compile: Compile) {
  const parts = Object.fromEntries(namedParts([name, 'input', 'n'], operand));
  const [input, n] = [compile(parts['input']), compile(parts['n'])];
  return (group: Scope[]): unknown[] => {
    const count = countOf(name, group[0] === undefined ? numbers.int(1) : n(group[0]));
    const values = group.map((scope) => input(scope) ?? null);
    if (name === '$firstN') return values.slice(0, count);
    if (name === '$lastN') return values.slice(-count);
    const way = name === '$maxN' ? -1 : 1;
    const present = values.filter((value) => value !== null);
    return present.toSorted((a, b) => compare(a, b) * way).slice(0, count);
  };
}

function compileRanked(name: string, operand: unknown, compile: Compile) {
  const isMany = name.endsWith('N');
  const names = ['output', 'sortBy', ...(isMany ? ['n'] : [])];
  const parts = Object.fromEntries(namedParts([name, ...names], operand));
  const [output, n] = [compile(parts['output']), compile(parts['n'] ?? numbers.int(1))];
  return (group: Scope[]): unknown => {
    const count = countOf(name, group[0] === undefined ? numbers.int(1) : n(group[0]));
    const ranked = sorted(
      group.map((scope) => ({ root: scope.root, scope })),
      prefixed(parts['sortBy']),
    ).map(({ scope }) => output(scope) ?? null);
    const taken = name.startsWith('$top') ? ranked.slice(0, count) : ranked.slice(-count);
    return isMany ? taken : (taken[0] ?? null);
  };
}

function prefixed(sortBy: unknown): Fields {
  const entries = isFields(sortBy) ? Object.entries(sortBy) : [];
  return Object.fromEntries(entries.map(([path, way]) => [`root.${path.replace('\0', '')}`, way]));
}

function countOf(name: string, value: unknown): number {
  const count = numbers.toIndex(value);
  if (count === undefined || count <= 0) throw mongoError('BadValue', `${name} needs an n above 0`);
  return count;
}

/** What is no number is passed over. Whole numbers grow from int32 to int64 to double. */
export function sum(values: unknown[]): BsonNumber {
  const present = values.filter(isNumber);
  const isWhole = present.every((value) => value instanceof Int32 || value instanceof Long);
  const isLong = present.some((value) => value instanceof Long);
  if (isWhole) {
    const total = present.reduce((all, value) => all + BigInt(value.toString()), 0n);
    if (BigInt.asIntN(64, total) !== total) return numbers.double(Number(total));
    return isLong ? Long.fromBigInt(total) : numbers.whole(total);
  }
  if (present.some((value) => value instanceof Decimal128)) {
    return present.reduce(numbers.add, numbers.int(0));
  }
  return numbers.double(exactSum(present.map(numbers.toNumber)));
}

/** With what each step rounds off carried along, so that 0.1 ten times is 1. */
function exactSum(values: number[]): number {
  let [total, carried] = [0, 0];
  for (const value of values) {
    const next = total + value;
    const isLarger = Math.abs(total) >= Math.abs(value);
    carried += isLarger ? total - next + value : value - next + total;
    total = next;
  }
  return Number.isFinite(carried) ? total + carried : total;
}

function average(values: unknown[]): BsonNumber | null {
  const present = values.filter(isNumber);
  if (present.length === 0) return null;
  return numbers.divide(sum(present), numbers.int(present.length));
}

function extreme(values: unknown[], way: 1 | -1): unknown {
  const present = values.filter((value) => !isNullish(value));
  if (present.length === 0) return null;
  return present.reduce((best, value) => (compare(value, best) * way > 0 ? value : best));
}

/** @param freedom 1 for a sample of more values. */
function deviation(values: unknown[], freedom: 0 | 1): Double | null {
  const present = values.filter(isNumber).map(numbers.toNumber);
  if (present.length <= freedom) return null;
  const mean = exactSum(present) / present.length;
  const squares = exactSum(present.map((value) => (value - mean) ** 2));
  return numbers.double(Math.sqrt(squares / (present.length - freedom)));
}
