/** Operators on lists as sets: order and repetition do not matter. */
import { identityOf } from './compare.ts';
import { type Operators, ofMany, ofOne, ofTwo } from './operator.ts';
import { isNullish, isTrue, mongoError, typeOf } from './values.ts';

export const SET_OPERATORS: Operators = {
  $setUnion: ofMany((lists) => {
    if (lists.some(isNullish)) return null;
    return distinct(lists.flatMap((list) => asList('$setUnion', list)));
  }),
  $setIntersection: ofMany((lists) => {
    if (lists.some(isNullish)) return null;
    const [first = [], ...others] = lists.map((list) => asList('$setIntersection', list));
    const identities = others.map(identitiesOf);
    return distinct(first).filter((one) => identities.every((known) => known.has(identityOf(one))));
  }),
  $setDifference: ofTwo('$setDifference', (a, b) => {
    if (isNullish(a) || isNullish(b)) return null;
    const known = identitiesOf(asList('$setDifference', b));
    return distinct(asList('$setDifference', a)).filter((one) => !known.has(identityOf(one)));
  }),
  $setIsSubset: ofTwo('$setIsSubset', (a, b) => {
    const known = identitiesOf(asList('$setIsSubset', b));
    return asList('$setIsSubset', a).every((one) => known.has(identityOf(one)));
  }),
  $setEquals: ofMany((lists) => {
    const [first, ...others] = lists.map((list) => identitiesOf(asList('$setEquals', list)));
    if (first === undefined || others.length === 0) {
      throw mongoError('Location17045', '$setEquals needs at least two arguments');
    }
    return others.every(
      (other) => other.size === first.size && [...other].every((one) => first.has(one)),
    );
  }),
  $allElementsTrue: ofOne('$allElementsTrue', (list) =>
    asList('$allElementsTrue', list).every(isTrue),
  ),
  $anyElementTrue: ofOne('$anyElementTrue', (list) => asList('$anyElementTrue', list).some(isTrue)),
};

/** The first of each, in order. */
export function distinct(list: unknown[]): unknown[] {
  const found = new Map<string, unknown>();
  for (const one of list) {
    const identity = identityOf(one);
    if (!found.has(identity)) found.set(identity, one);
  }
  return [...found.values()];
}

function identitiesOf(list: unknown[]): Set<string> {
  return new Set(list.map(identityOf));
}

function asList(name: string, value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  throw mongoError('Location17040', `All operands of ${name} must be arrays, not ${typeOf(value)}`);
}
