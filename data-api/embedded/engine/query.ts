/** Filters: compiled once, then asked of each document. Knows the logic, not the single operators. */
import { BSONRegExp } from 'bson';
import {
  type Fields,
  fieldEntries,
  fieldNames,
  fieldsFrom,
  isFields,
} from '../../protocol/fields.ts';
import { isEqual } from './compare.ts';
import { compileExpression } from './expression.ts';
import type { Variables } from './operator.ts';
import { valuesAt } from './paths.ts';
import { equals, type Holds, PREDICATES, regexOf } from './predicates.ts';
import { isTrue, mongoError } from './values.ts';

/** @param variables of the expressions in it, where it stands inside a `$lookup`. */
export type Matches = (document: unknown, variables?: Variables) => boolean;

/** About the values that a path leads to, of which undefined is one that is not there. */
type Condition = (values: unknown[]) => boolean;

/** @throws Refused where MongoDB would not understand the filter. */
export function compileFilter(filter: unknown): Matches {
  if (!isFields(filter)) throw mongoError('BadValue', 'a filter must be an object');
  const parts = fieldEntries(filter).map(([name, value]) =>
    name.startsWith('$') ? compileLogic(name, value) : compileField(name, value),
  );
  return (document, variables) => parts.every((matches) => matches(document, variables));
}

/** For a value by itself, such as an element of a list under `$pull` or `$elemMatch`. */
export function compileElement(condition: unknown): (value: unknown) => boolean {
  if (isFields(condition) && !isOperators(condition)) {
    const matches = compileFilter(condition);
    return (value) => {
      // A list inside a list is a document whose fields are its positions.
      const fields = Array.isArray(value) ? fieldsFrom(Object.entries(value)) : value;
      return isFields(fields) && matches(fields);
    };
  }
  const holds = compileCondition(condition);
  return (value) => holds([value]);
}

/** Whether it says something by operators instead of being a value to be equal to. */
export function isOperators(value: unknown): value is Fields {
  const [first] = isFields(value) ? fieldNames(value) : [];
  return first?.startsWith('$') === true && first !== '$ref' && first !== '$id';
}

function compileLogic(name: string, value: unknown): Matches {
  switch (name) {
    case '$and': {
      const parts = listOf(name, value).map(compileFilter);
      return (document, variables) => parts.every((matches) => matches(document, variables));
    }
    case '$or': {
      const parts = listOf(name, value).map(compileFilter);
      return (document, variables) => parts.some((matches) => matches(document, variables));
    }
    case '$nor': {
      const parts = listOf(name, value).map(compileFilter);
      return (document, variables) => !parts.some((matches) => matches(document, variables));
    }
    case '$expr': {
      const evaluate = compileExpression(value);
      return (document, variables) => isTrue(evaluate(document, variables));
    }
    case '$comment':
      return () => true;
    case '$sampleRate': {
      const evaluate = compileExpression({ $lt: [{ $rand: {} }, value] });
      return (document, variables) => isTrue(evaluate(document, variables));
    }
    default:
      throw mongoError('BadValue', `unknown top level operator: ${name}`);
  }
}

function listOf(name: string, value: unknown): unknown[] {
  if (Array.isArray(value) && value.length > 0) return value;
  throw mongoError('BadValue', `${name} must be a nonempty array`);
}

function compileField(path: string, value: unknown): Matches {
  const parts = path.split('.');
  const condition = compileCondition(value);
  return (document) => condition(valuesAt(document, parts));
}

function compileCondition(value: unknown): Condition {
  if (value instanceof BSONRegExp) return anyOf(regexOrEqual(value));
  if (!isOperators(value)) return anyOf(equals(value));
  const parts = fieldEntries(value).map(([name, operand]) => compileOperator(name, operand, value));
  return (values) => parts.every((holds) => holds(values));
}

function compileOperator(name: string, operand: unknown, all: Fields): Condition {
  switch (name) {
    case '$ne':
      return not(compileNe(operand));
    case '$nin':
      return not(compileOperator('$in', operand, all));
    case '$not':
      if (!isOperators(operand) && !(operand instanceof BSONRegExp)) {
        throw mongoError('BadValue', '$not needs a regex or a document');
      }
      return not(compileCondition(operand));
    case '$in': {
      if (!Array.isArray(operand)) throw mongoError('BadValue', '$in needs an array');
      return anyOf(compileIn(operand));
    }
    case '$exists': {
      const wanted = isTrue(operand);
      return (values) => values.some((value) => value !== undefined) === wanted;
    }
    case '$size':
    case '$elemMatch':
      return compileList(name, operand);
    case '$all':
      return compileAll(operand);
    case '$options':
      if (all['$regex'] === undefined) throw mongoError('BadValue', '$options needs a $regex');
      return () => true;
    case '$regex':
      return anyOf(regexOf(operand, all['$options']));
    case '$comment':
      return () => true;
    default: {
      const compile = PREDICATES[name];
      if (compile === undefined) throw mongoError('BadValue', `unknown operator: ${name}`);
      return anyOf(compile(operand));
    }
  }
}

function compileNe(operand: unknown): Condition {
  if (operand instanceof BSONRegExp)
    throw mongoError('BadValue', "Can't have regex as arg to $ne.");
  return anyOf(equals(operand));
}

function regexOrEqual(pattern: BSONRegExp): Holds {
  const matches = regexOf(pattern, undefined);
  return (value) => matches(value) || (value instanceof BSONRegExp && isEqual(value, pattern));
}

function compileIn(list: unknown[]): Holds {
  const values = list.map((one) => {
    if (isOperators(one)) throw mongoError('BadValue', 'cannot nest $ under $in');
    return one instanceof BSONRegExp ? regexOrEqual(one) : equals(one);
  });
  return (value) => values.some((holds) => holds(value));
}

function compileList(name: '$size' | '$elemMatch', operand: unknown): Condition {
  const holds = name === '$size' ? PREDICATES['$size']?.(operand) : elementMatches(operand);
  return (values) => values.some((value) => Array.isArray(value) && holds?.(value) === true);
}

function elementMatches(operand: unknown): Holds {
  if (!isFields(operand)) throw mongoError('BadValue', '$elemMatch needs an Object');
  const [first = ''] = fieldNames(operand);
  const isLogic = ['$and', '$or', '$nor', '$expr'].includes(first);
  const matches = isLogic ? compileFilter(operand) : compileElement(operand);
  return (list) => (list as unknown[]).some((element) => matches(element));
}

function compileAll(operand: unknown): Condition {
  if (!Array.isArray(operand)) throw mongoError('BadValue', '$all needs an array');
  if (operand.length === 0) return () => false;
  const parts = operand.map((one): Condition => {
    if (isFields(one) && '$elemMatch' in one) return compileList('$elemMatch', one['$elemMatch']);
    return anyOf(one instanceof BSONRegExp ? regexOrEqual(one) : equals(one));
  });
  return (values) => parts.every((holds) => holds(values));
}

/** For a value, or for one of the elements if it is a list. */
function anyOf(holds: Holds): Condition {
  return (values) =>
    values.some((value) => holds(value) || (Array.isArray(value) && value.some(holds)));
}

function not(condition: Condition): Condition {
  return (values) => !condition(values);
}
