/** Operators that compare, choose and name. */
import { type Fields, fieldEntries, isFields } from '../../protocol/fields.ts';
import { compare } from './compare.ts';
import { int } from './numbers.ts';
import {
  type Compile,
  type Evaluate,
  namedParts,
  type Operator,
  type Operators,
  ofTwo,
  withVariables,
} from './operator.ts';
import { isNullish, isTrue, mongoError } from './values.ts';

export const LOGIC_OPERATORS: Operators = {
  $eq: ofTwo('$eq', (a, b) => compare(a, b) === 0),
  $ne: ofTwo('$ne', (a, b) => compare(a, b) !== 0),
  $gt: ofTwo('$gt', (a, b) => compare(a, b) > 0),
  $gte: ofTwo('$gte', (a, b) => compare(a, b) >= 0),
  $lt: ofTwo('$lt', (a, b) => compare(a, b) < 0),
  $lte: ofTwo('$lte', (a, b) => compare(a, b) <= 0),
  $cmp: ofTwo('$cmp', (a, b) => int(Math.sign(compare(a, b)))),
  $and: ofParts((parts) => (scope) => parts.every((part) => isTrue(part(scope)))),
  $or: ofParts((parts) => (scope) => parts.some((part) => isTrue(part(scope)))),
  $not: (operand, compile) => {
    const parts = Array.isArray(operand) ? operand : [operand];
    if (parts.length !== 1) {
      throw mongoError('Location16020', 'Expression $not takes exactly 1 argument');
    }
    const evaluate = compile(parts[0]);
    return (scope) => !isTrue(evaluate(scope));
  },
  $ifNull: ofParts((parts) => {
    if (parts.length < 2) {
      throw mongoError('Location1257300', '$ifNull needs at least two arguments');
    }
    return (scope) => {
      let value: unknown;
      for (const part of parts) {
        value = part(scope);
        if (!isNullish(value)) return value;
      }
      return value;
    };
  }),
  $cond: cond,
  $switch: choose,
  $literal: (operand) => () => operand,
  $let: (operand, compile) => {
    const parts = Object.fromEntries(namedParts(['$let', 'vars', 'in'], operand));
    if (!isFields(parts['vars'])) throw mongoError('Location16876', '$let needs vars as an object');
    const variables = compileVariables(parts['vars'], compile);
    const inside = compile(parts['in']);
    return (scope) => inside(withVariables(scope, variables(scope)));
  },
};

/** Named expressions, for `$let` and `$lookup`. */
export function compileVariables(named: Fields, compile: Compile) {
  const parts = fieldEntries(named).map(([name, part]) => {
    if (!/^[a-z]\w*$/.test(name) && name !== 'CURRENT') {
      throw mongoError(
        'FailedToParse',
        `'${name}' starts with an invalid character for a variable`,
      );
    }
    return [name, compile(part)] as const;
  });
  return (scope: Parameters<Evaluate>[0]): Record<string, unknown> =>
    Object.fromEntries(parts.map(([name, part]) => [name, part(scope)]));
}

/** Evaluated one after the other, as far as it is needed. */
function ofParts(combine: (parts: Evaluate[]) => Evaluate): Operator {
  return (operand, compile) =>
    combine((Array.isArray(operand) ? operand : [operand]).map((part) => compile(part)));
}

function cond(operand: unknown, compile: Compile): Evaluate {
  const listed = Array.isArray(operand) ? operand : undefined;
  if (listed !== undefined && listed.length !== 3) {
    throw mongoError('Location16020', 'Expression $cond takes exactly 3 arguments');
  }
  const parts = listed ?? namedConditions(operand);
  const [test, yes, no] = parts.map((part) => compile(part));
  return (scope) => (isTrue(test?.(scope)) ? yes?.(scope) : no?.(scope));
}

/** In the order of the list that may stand for them. */
function namedConditions(operand: unknown): unknown[] {
  const named = Object.fromEntries(namedParts(['$cond', 'if', 'then', 'else'], operand));
  return [named['if'], named['then'], named['else']];
}

function choose(operand: unknown, compile: Compile): Evaluate {
  const parts = Object.fromEntries(namedParts(['$switch', 'branches', 'default?'], operand));
  const { branches } = parts;
  if (!Array.isArray(branches) || branches.length === 0) {
    throw mongoError('Location40068', '$switch requires at least one branch');
  }
  const cases = branches.map((branch) => {
    const named = Object.fromEntries(namedParts(['$switch', 'case', 'then'], branch));
    return { test: compile(named['case']), result: compile(named['then']) };
  });
  const otherwise = Object.hasOwn(parts, 'default') ? compile(parts['default']) : undefined;
  return (scope) => {
    const branch = cases.find(({ test }) => isTrue(test(scope)));
    if (branch !== undefined) return branch.result(scope);
    if (otherwise !== undefined) return otherwise(scope);
    throw mongoError(
      'Location40066',
      '$switch could not find a matching branch, and has no default',
    );
  };
}
