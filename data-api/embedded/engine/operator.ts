/** How an operator of an expression is made: from what stands behind its name to a function. */
import { type Fields, fieldEntries, isFields } from '../../protocol/fields.ts';
import { isNullish, mongoError } from './values.ts';

export type Variables = Readonly<Record<string, unknown>>;

/** What an expression is about: `$$ROOT` and the variables by name. */
export interface Scope {
  root: unknown;
  variables: Variables;
}

/** Undefined is a missing value. */
export type Evaluate = (scope: Scope) => unknown;
export type Compile = (expression: unknown) => Evaluate;
export type Operator = (operand: unknown, compile: Compile) => Evaluate;
export type Operators = Readonly<Record<string, Operator>>;

/** Of any number of values. One that is no list stands for a list of it. */
export function ofMany(apply: (values: unknown[]) => unknown): Operator {
  return (operand, compile) => {
    const parts = (Array.isArray(operand) ? operand : [operand]).map(compile);
    return (scope) => apply(parts.map((part) => part(scope)));
  };
}

/** Of a number of values within bounds; those left out are undefined. */
export function ofSome(
  [name, min, max]: readonly [string, number, number],
  apply: (...values: unknown[]) => unknown,
): Operator {
  return (operand, compile) => {
    const parts = (Array.isArray(operand) ? operand : [operand]).map(compile);
    if (parts.length < min || parts.length > max) {
      const count = min === max ? `exactly ${min}` : `${min} to ${max}`;
      throw mongoError('Location16020', `Expression ${name} takes ${count} arguments`);
    }
    return (scope) => apply(...parts.map((part) => part(scope)));
  };
}

export function ofOne(name: string, apply: (value: unknown) => unknown): Operator {
  return ofSome([name, 1, 1], apply);
}

export function ofTwo(name: string, apply: (a: unknown, b: unknown) => unknown): Operator {
  return ofSome([name, 2, 2], apply);
}

/** Of one value that is null where it is null or missing. */
export function ofOnePresent(name: string, apply: (value: unknown) => unknown): Operator {
  return ofOne(name, (value) => (isNullish(value) ? null : apply(value)));
}

/** Of named values, such as `{ input, find, replacement }`; optional ones end with `?`. */
export function ofNamed(
  [name, ...parameters]: readonly string[],
  apply: (values: Fields) => unknown,
): Operator {
  return (operand, compile) => {
    const parts = namedParts([name ?? '', ...parameters], operand).map(
      ([key, part]) => [key, compile(part)] as const,
    );
    return (scope) => apply(Object.fromEntries(parts.map(([key, part]) => [key, part(scope)])));
  };
}

/** The named parts as they are written. @throws where one is missing or unknown. */
export function namedParts(
  [name, ...parameters]: readonly string[],
  operand: unknown,
): [string, unknown][] {
  if (!isFields(operand)) throw mongoError('FailedToParse', `${name} needs an object`);
  const given = fieldEntries(operand);
  for (const [key] of given) {
    if (!parameters.includes(key) && !parameters.includes(`${key}?`)) {
      throw mongoError('FailedToParse', `Unrecognized argument to ${name}: ${key}`);
    }
  }
  const absent = parameters.find(
    (parameter) => !parameter.endsWith('?') && !given.some(([key]) => key === parameter),
  );
  if (absent !== undefined) throw mongoError('FailedToParse', `Missing '${absent}' to ${name}`);
  return given;
}

/** A scope with some variables more. */
export function withVariables(scope: Scope, more: Record<string, unknown>): Scope {
  return { root: scope.root, variables: { ...scope.variables, ...more } };
}
