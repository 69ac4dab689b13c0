/** What a BSON value is: its type's name, its place in the order of types, and whether it is true. */
import { Code, Decimal128, Double, Int32, Long, Timestamp } from 'bson';
import { type Fields, isFields } from '../../protocol/fields.ts';
import { Refused } from '../../protocol/refusal.ts';

export type BsonNumber = Int32 | Long | Double | Decimal128;

/** Names, numbers and places in the order, of the types that `$type` knows. */
const TYPES = {
  minKey: { code: -1, order: -1 },
  missing: { code: 0, order: 0 },
  null: { code: 10, order: 5 },
  int: { code: 16, order: 10 },
  long: { code: 18, order: 10 },
  double: { code: 1, order: 10 },
  decimal: { code: 19, order: 10 },
  string: { code: 2, order: 15 },
  symbol: { code: 14, order: 15 },
  object: { code: 3, order: 20 },
  array: { code: 4, order: 25 },
  binData: { code: 5, order: 30 },
  objectId: { code: 7, order: 35 },
  bool: { code: 8, order: 40 },
  date: { code: 9, order: 45 },
  timestamp: { code: 17, order: 47 },
  regex: { code: 11, order: 50 },
  javascript: { code: 13, order: 60 },
  javascriptWithScope: { code: 15, order: 65 },
  maxKey: { code: 127, order: 127 },
} as const;

export type TypeName = keyof typeof TYPES;

/** Types that MongoDB had once, and which no value here is of. */
const PAST_TYPES: Record<string, number> = { undefined: 6, dbPointer: 12 };
const NAMES_BY_CODE = new Map(Object.entries(TYPES).map(([name, { code }]) => [code, name]));

const CLASSES: Record<string, TypeName> = {
  Int32: 'int',
  Long: 'long',
  Double: 'double',
  Decimal128: 'decimal',
  ObjectId: 'objectId',
  Binary: 'binData',
  BSONRegExp: 'regex',
  BSONSymbol: 'symbol',
  Timestamp: 'timestamp',
  MinKey: 'minKey',
  MaxKey: 'maxKey',
};

export function typeOf(value: unknown): TypeName {
  switch (typeof value) {
    case 'undefined':
      return 'missing';
    case 'string':
      return 'string';
    case 'boolean':
      return 'bool';
    case 'object':
      return value === null ? 'null' : typeOfObject(value);
    default:
      throw new Error(`a ${typeof value} is no BSON value`);
  }
}

function typeOfObject(value: object): TypeName {
  if (isFields(value)) return 'object';
  if (Array.isArray(value)) return 'array';
  if (value instanceof Date) return 'date';
  if (value instanceof Code) return value.scope === null ? 'javascript' : 'javascriptWithScope';
  const name = CLASSES[String(Reflect.get(value, '_bsontype'))];
  if (name === undefined) throw new Error('an object of an unknown class is no BSON value');
  return name;
}

/** Types of one order compare with each other: all numbers, and texts with symbols. */
export function orderOf(value: unknown): number {
  return TYPES[typeOf(value)].order;
}

export function isNullish(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

export function isNumber(value: unknown): value is BsonNumber {
  return (
    value instanceof Int32 ||
    value instanceof Double ||
    isLong(value) ||
    value instanceof Decimal128
  );
}

/** A timestamp is a Long too, by its class. */
export function isLong(value: unknown): value is Long {
  return value instanceof Long && !(value instanceof Timestamp);
}

/** Whether a filter, `$and` or `$cond` takes it for true. */
export function isTrue(value: unknown): boolean {
  if (isNullish(value) || value === false) return false;
  if (value instanceof Int32 || value instanceof Double) return value.value !== 0;
  if (isLong(value)) return !value.isZero();
  if (value instanceof Decimal128) return !/^-?0+(\.0+)?(E[+-]?\d+)?$/.test(value.toString());
  return true;
}

/** @param named a name, `number` or a number of `$type`. @throws where there is none such. */
export function typesNamed(named: unknown): readonly string[] {
  if (named === 'number') return ['int', 'long', 'double', 'decimal'];
  if (typeof named === 'string') {
    if (named in TYPES && named !== 'missing') return [named];
    if (Object.hasOwn(PAST_TYPES, named)) return [];
    throw mongoError('BadValue', `Unknown type name alias: ${named}`);
  }
  const code = isNumber(named) ? Number(named.toString()) : Number.NaN;
  const name = NAMES_BY_CODE.get(code as never);
  if (name !== undefined && name !== 'missing') return [name];
  if (Object.values(PAST_TYPES).includes(code)) return [];
  throw mongoError('BadValue', 'Invalid numerical type code');
}

export function typeNameOfCode(code: number): string | undefined {
  return NAMES_BY_CODE.get(code as never);
}

/** Of a text or a list that is calculated, which each step may double. */
const CALCULATED_MAX = 16 * 1024 * 1024;
const CALCULATED_ELEMENTS_MAX = 1_000_000;

/** @throws Refused where it would be larger than any document. */
export function assertSize(lengths: number[], of: 'text' | 'list'): void {
  const length = lengths.reduce((sum, one) => sum + one, 0);
  if (length <= (of === 'text' ? CALCULATED_MAX : CALCULATED_ELEMENTS_MAX)) return;
  throw mongoError('ExceededMemoryLimit', `a calculated ${of} becomes too large`);
}

/** In the words and with the code's name of MongoDB. */
export function mongoError(codeName: string, message: string): Refused {
  return new Refused('MongoDBError', `(${codeName}) ${message}`);
}

/** Lists and objects are copied, since an update changes them in place; typed values never are. */
export function copyOf<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copyOf) as T;
  if (!isFields(value)) return value;
  const copy: Fields = {};
  for (const key of Object.keys(value)) copy[key] = copyOf(value[key]);
  return copy as T;
}
