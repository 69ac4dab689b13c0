/** Operators about types. */
import { Binary } from 'bson';
import { Refused } from '../../protocol/refusal.ts';
import { convert } from './conversions.ts';
import { int } from './numbers.ts';
import {
  type Compile,
  type Evaluate,
  namedParts,
  type Operators,
  ofOne,
  ofOnePresent,
} from './operator.ts';
import { isNullish, isNumber, mongoError, typeOf } from './values.ts';

export const TYPE_OPERATORS: Operators = {
  $type: ofOne('$type', typeOf),
  $isNumber: ofOne('$isNumber', isNumber),
  $toString: converting('$toString', 'string'),
  $toInt: converting('$toInt', 'int'),
  $toLong: converting('$toLong', 'long'),
  $toDouble: converting('$toDouble', 'double'),
  $toDecimal: converting('$toDecimal', 'decimal'),
  $toBool: converting('$toBool', 'bool'),
  $toDate: converting('$toDate', 'date'),
  $toObjectId: converting('$toObjectId', 'objectId'),
  $convert: compileConvert,
  $binarySize: ofOnePresent('$binarySize', (value) => {
    if (typeof value === 'string') return int(Buffer.byteLength(value));
    if (value instanceof Binary) return int(value.length());
    throw mongoError('TypeMismatch', '$binarySize requires a string or BinData');
  }),
};

function converting(name: string, to: string) {
  return ofOnePresent(name, (value) => convert(value, to));
}

function compileConvert(operand: unknown, compile: Compile): Evaluate {
  const parts = Object.fromEntries(
    namedParts(['$convert', 'input', 'to', 'onError?', 'onNull?'], operand),
  );
  const [input, to, onNull] = [parts['input'], parts['to'], parts['onNull'] ?? null].map(compile);
  const onError = Object.hasOwn(parts, 'onError') ? compile(parts['onError']) : undefined;
  return (scope) => {
    const [value, type] = [input?.(scope), to?.(scope)];
    if (isNullish(value)) return onNull?.(scope);
    if (isNullish(type)) return null;
    try {
      return convert(value, type);
    } catch (error) {
      if (onError === undefined || !(error instanceof Refused)) throw error;
      return onError(scope);
    }
  };
}
