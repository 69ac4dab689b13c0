/** Operators on objects and their fields. */
import {
  type Fields,
  fieldEntries,
  fieldOf,
  fieldsFrom,
  isFields,
  keyOfField,
} from '../../protocol/fields.ts';
import {
  type Compile,
  type Evaluate,
  namedParts,
  type Operators,
  ofMany,
  ofOnePresent,
} from './operator.ts';
import { isNullish, mongoError, typeOf } from './values.ts';

export const OBJECT_OPERATORS: Operators = {
  $mergeObjects: ofMany((values) =>
    merged(values.flatMap((one) => (Array.isArray(one) ? one : [one]))),
  ),
  $objectToArray: ofOnePresent('$objectToArray', (value) => {
    if (!isFields(value)) throw wrongType('$objectToArray', value);
    return fieldEntries(value).map(([k, v]) => ({ k, v }));
  }),
  $arrayToObject: ofOnePresent('$arrayToObject', (value) => {
    if (!Array.isArray(value)) throw wrongType('$arrayToObject', value);
    return fieldsFrom(value.map(pairOf));
  }),
  $getField: (operand, compile) => {
    const isNamed = isFields(operand) && Object.hasOwn(operand, 'field');
    const parts = isNamed
      ? Object.fromEntries(namedParts(['$getField', 'field', 'input?'], operand))
      : { field: operand };
    const input = compile(parts['input'] ?? '$$CURRENT');
    const field = fieldNameOf(parts['field'], compile);
    return (scope) => {
      const value = input(scope);
      if (isNullish(value)) return value;
      return isFields(value) ? fieldOf(value, field(scope)) : undefined;
    };
  },
  $setField: (operand, compile) => setField('$setField', operand, compile),
  $unsetField: (operand, compile) => setField('$unsetField', operand, compile),
};

/** The later ones win; null and missing ones are passed over. */
export function merged(values: unknown[]): Fields {
  const result: Fields = {};
  for (const value of values) {
    if (isNullish(value)) continue;
    if (!isFields(value)) throw wrongType('$mergeObjects', value);
    Object.assign(result, value);
  }
  return result;
}

/** `[key, value]` or `{ k, v }`. */
function pairOf(pair: unknown): [string, unknown] {
  const [name, value] = isFields(pair) ? [pair['k'], pair['v']] : listed(pair);
  if (typeof name === 'string') return [name, value ?? null];
  throw mongoError('Location40394', '$arrayToObject needs keys that are texts');
}

function listed(pair: unknown): unknown[] {
  if (Array.isArray(pair) && pair.length === 2) return pair;
  throw mongoError('Location40397', '$arrayToObject needs pairs of a key and a value');
}

function fieldNameOf(field: unknown, compile: Compile): (scope: Parameters<Evaluate>[0]) => string {
  const evaluate = compile(field);
  return (scope) => {
    const name = evaluate(scope);
    if (typeof name === 'string') return name;
    throw mongoError('Location5654602', 'the field must be a text');
  };
}

function setField(name: '$setField' | '$unsetField', operand: unknown, compile: Compile): Evaluate {
  const parameters = name === '$setField' ? ['field', 'input', 'value'] : ['field', 'input'];
  const parts = Object.fromEntries(namedParts([name, ...parameters], operand));
  const [input, value] = [compile(parts['input']), compile(parts['value'] ?? '$$REMOVE')];
  const field = fieldNameOf(parts['field'], compile);
  return (scope) => {
    const object = input(scope);
    if (isNullish(object)) return null;
    if (!isFields(object)) throw wrongType(name, object);
    const result = { ...object };
    const [key, set] = [keyOfField(field(scope)), value(scope)];
    if (set === undefined) delete result[key];
    else result[key] = set;
    return result;
  };
}

function wrongType(name: string, value: unknown) {
  return mongoError(
    'TypeMismatch',
    `${name} cannot be applied to a value of type ${typeOf(value)}`,
  );
}
