/** The update operators on lists. */
import { BSONRegExp } from 'bson';
import { type Fields, fieldNames, fieldOf, isFields } from '../../protocol/fields.ts';
import { identityOf, isEqual } from './compare.ts';
import { toIndex } from './numbers.ts';
import { compileElement, isOperators } from './query.ts';
import { distinct } from './set-operators.ts';
import { comparatorOf } from './sorting.ts';
import type { Place } from './update-paths.ts';
import { shownValue } from './update-paths.ts';
import { copyOf, isNullish, mongoError, typeOf } from './values.ts';

const PUSH_PARTS = new Set(['$each', '$slice', '$sort', '$position']);

export const LIST_UPDATES: Readonly<
  Record<string, (place: Place, operand: unknown, document: Fields) => void>
> = {
  $push: (place, operand, document) => {
    const list = listIn(place, ({ path, value }) => {
      const id = shownValue(fieldOf(document, '_id') ?? null);
      return `The field '${path}' must be an array but is of type ${typeOf(value)} in document {_id: ${id}}`;
    });
    place.set(pushed(list ?? [], operand));
  },
  $addToSet: (place, operand) => {
    const list = listIn(place, ({ path, value }) => {
      return `Cannot apply $addToSet to non-array field. Field named '${path}' has non-array type ${typeOf(value)}`;
    });
    const old = list ?? [];
    const known = new Set(old.map(identityOf));
    const added = distinct(eachOf('$addToSet', operand)).filter(
      (one) => !known.has(identityOf(one)),
    );
    if (list === undefined || added.length > 0) place.set([...old, ...added.map(copyOf)]);
  },
  $pull: (place, operand) => {
    const matches = compilePull(operand);
    const list = listIn(place, () => 'Cannot apply $pull to a non-array value');
    if (list !== undefined) place.set(list.filter((one) => !matches(one)));
  },
  $pullAll: (place, operand) => {
    if (!Array.isArray(operand)) {
      throw mongoError(
        'BadValue',
        `$pullAll requires an array argument but was given a ${typeOf(operand)}`,
      );
    }
    const removed = new Set(operand.map(identityOf));
    const list = listIn(place, () => 'Cannot apply $pullAll to a non-array value');
    if (list !== undefined) place.set(list.filter((one) => !removed.has(identityOf(one))));
  },
  $pop: (place, operand) => {
    const way = toIndex(operand);
    if (way !== 1 && way !== -1) {
      throw mongoError('FailedToParse', `$pop expects 1 or -1, found: ${shownValue(operand)}`);
    }
    const list = listIn(place, ({ path, value }) => {
      return `Path '${path}' contains an element of non-array type '${typeOf(value)}'`;
    });
    if (list !== undefined) place.set(way === 1 ? list.slice(0, -1) : list.slice(1));
  },
};

/** Undefined where there is nothing yet. @throws Refused where there is something else, null too. */
function listIn(place: Place, message: (place: Place) => string): unknown[] | undefined {
  const { value } = place;
  if (value === undefined) place.assertViable();
  if (value === undefined || Array.isArray(value)) return value;
  throw mongoError(
    message(place).startsWith('The field') ? 'BadValue' : 'TypeMismatch',
    message(place),
  );
}

function hasEach(operand: unknown): operand is Fields {
  return isFields(operand) && Object.hasOwn(operand, '$each');
}

function eachOf(name: string, operand: unknown): unknown[] {
  if (!hasEach(operand)) {
    assertStorable(operand);
    return [operand];
  }
  const { $each } = operand;
  if (Array.isArray($each)) return $each;
  const message = `The argument to $each in ${name} must be an array but it was of type ${typeOf($each)}`;
  throw mongoError(name === '$push' ? 'BadValue' : 'TypeMismatch', message);
}

/** In the order of MongoDB: put in, sorted, then cut. */
function pushed(list: unknown[], operand: unknown): unknown[] {
  const added = eachOf('$push', operand).map(copyOf);
  if (!hasEach(operand)) return [...list, ...added];
  const unknown = fieldNames(operand).find((name) => !PUSH_PARTS.has(name));
  if (unknown !== undefined) {
    throw mongoError('BadValue', `Unrecognized clause in $push: ${unknown}`);
  }
  const { $position, $sort, $slice } = operand;
  const at = $position === undefined ? list.length : indexFor('$position', $position);
  const result = list.toSpliced(at, 0, ...added);
  const ordered = $sort === undefined ? result : result.toSorted(comparatorOf($sort));
  if ($slice === undefined) return ordered;
  const count = indexFor('$slice', $slice);
  if (count === 0) return [];
  return count < 0 ? ordered.slice(count) : ordered.slice(0, count);
}

function indexFor(name: string, value: unknown): number {
  const index = toIndex(value);
  if (index !== undefined) return index;
  throw mongoError(
    'BadValue',
    `The value for ${name} must be an integer value but was given type: ${typeOf(value)}`,
  );
}

/** Without `$each` the other parts mean nothing, and no document may hold them. */
function assertStorable(value: unknown): void {
  if (!isOperators(value)) return;
  const [name = ''] = fieldNames(value);
  throw mongoError(
    'DollarPrefixedFieldName',
    `The dollar ($) prefixed field '${name}' is not allowed`,
  );
}

/** A list is equal as a whole; an object describes elements by their fields. */
function compilePull(operand: unknown): (value: unknown) => boolean {
  if (isNullish(operand)) return (value) => value === null;
  if (isFields(operand) || operand instanceof BSONRegExp) return compileElement(operand);
  return (value) => isEqual(value, operand);
}
