/** Expressions of aggregations: compiled once, then evaluated for each document. */
import { fieldEntries, fieldsFrom, isFields } from '../../protocol/fields.ts';
import { ACCUMULATOR_OPERATORS } from './accumulator-operators.ts';
import { ARITHMETIC_OPERATORS } from './arithmetic-operators.ts';
import { DATE_OPERATORS } from './date-operators.ts';
import { LIST_OPERATORS } from './list-operators.ts';
import { LOGIC_OPERATORS } from './logic-operators.ts';
import { OBJECT_OPERATORS } from './object-operators.ts';
import type { Evaluate, Operators, Scope, Variables } from './operator.ts';
import { valueAt } from './paths.ts';
import { SET_OPERATORS } from './set-operators.ts';
import { TEXT_OPERATORS } from './text-operators.ts';
import { TYPE_OPERATORS } from './type-operators.ts';
import { mongoError } from './values.ts';

const OPERATORS: Operators = {
  ...ACCUMULATOR_OPERATORS,
  ...ARITHMETIC_OPERATORS,
  ...DATE_OPERATORS,
  ...LIST_OPERATORS,
  ...LOGIC_OPERATORS,
  ...OBJECT_OPERATORS,
  ...SET_OPERATORS,
  ...TEXT_OPERATORS,
  ...TYPE_OPERATORS,
};

/** For documents by themselves, with the variables that every expression has. */
export function compileExpression(
  expression: unknown,
): (document: unknown, variables?: Variables) => unknown {
  const evaluate = compile(expression);
  const alone = { NOW: new Date() };
  return (document, variables = alone) => evaluate({ root: document, variables });
}

/** @throws Refused where MongoDB would not understand it. */
export function compile(expression: unknown): Evaluate {
  if (typeof expression === 'string') {
    return expression.startsWith('$') ? compilePath(expression) : () => expression;
  }
  if (Array.isArray(expression)) {
    const parts = expression.map(compile);
    return (scope) => parts.map((part) => part(scope) ?? null);
  }
  return isFields(expression) ? compileObject(fieldEntries(expression)) : () => expression;
}

function compileObject(entries: [string, unknown][]): Evaluate {
  const named = entries.find(([name]) => name.startsWith('$'));
  if (named !== undefined) {
    const [name, operand] = named;
    if (entries.length > 1) {
      const message = `an expression must have exactly one field, beside ${name} there are others`;
      throw mongoError('Location15983', message);
    }
    const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
    if (operator === undefined) {
      throw mongoError('InvalidPipelineOperator', `Unrecognized expression '${name}'`);
    }
    return operator(operand, compile);
  }
  const parts = entries.map(([name, part]) => {
    if (name.includes('.')) {
      throw mongoError('Location16412', `FieldPath field names may not contain '.': ${name}`);
    }
    return [name, compile(part)] as const;
  });
  return (scope) => {
    const values = parts.map(([name, part]) => [name, part(scope)] as const);
    return fieldsFrom(values.filter(([, value]) => value !== undefined));
  };
}

/** `$a.b` is `$$CURRENT.a.b`. */
function compilePath(text: string): Evaluate {
  if (!text.startsWith('$$')) {
    const path = text.slice(1).split('.');
    assertPath(text, path);
    return (scope) => valueAt(current(scope), path);
  }
  const [name = '', ...path] = text.slice(2).split('.');
  if (path.length > 0) assertPath(text, path);
  if (name === 'ROOT') return ({ root }) => valueAt(root, path);
  if (name === 'CURRENT') return (scope) => valueAt(current(scope), path);
  if (name === 'REMOVE') return () => undefined;
  return ({ variables }) => {
    if (!Object.hasOwn(variables, name)) {
      throw mongoError('Location17276', `Use of undefined variable: ${name}`);
    }
    return valueAt(variables[name], path);
  };
}

function current({ root, variables }: Scope): unknown {
  return Object.hasOwn(variables, 'CURRENT') ? variables['CURRENT'] : root;
}

function assertPath(text: string, path: string[]): void {
  if (path.includes('') || path.some((part) => part.startsWith('$'))) {
    throw mongoError('Location16872', `'${text}' is not a valid field path`);
  }
}
