/** Accumulators as expressions, where they look at the values of one document. */
import { ACCUMULATORS } from './accumulators.ts';
import { type Operator, type Operators } from './operator.ts';
import { isNullish, mongoError } from './values.ts';

const OF_ANY = ['$sum', '$avg', '$min', '$max', '$stdDevPop', '$stdDevSamp'];

export const ACCUMULATOR_OPERATORS: Operators = {
  ...Object.fromEntries(OF_ANY.map((name) => [name, ofValues(name)])),
  $first: ofList('$first', (list) => list[0]),
  $last: ofList('$last', (list) => list.at(-1)),
};

/** Of several expressions, or of the elements of one that gives a list. */
function ofValues(name: string): Operator {
  return (operand, compile) => {
    const parts = Array.isArray(operand) ? operand.map(compile) : undefined;
    const single =
      parts === undefined ? compile(operand) : parts.length === 1 ? parts[0] : undefined;
    return (scope) => {
      const values =
        single === undefined ? (parts ?? []).map((part) => part(scope)) : single(scope);
      return ACCUMULATORS[name]?.(Array.isArray(values) ? values : [values]);
    };
  };
}

function ofList(name: string, take: (list: unknown[]) => unknown): Operator {
  return (operand, compile) => {
    const single: unknown = Array.isArray(operand) && operand.length === 1 ? operand[0] : operand;
    const evaluate = compile(single);
    return (scope) => {
      const list = evaluate(scope);
      if (isNullish(list)) return null;
      if (Array.isArray(list)) return take(list);
      throw mongoError('Location28689', `${name}'s argument must be an array`);
    };
  };
}
