/** One document under an update or as an upsert's first one, by MongoDB's rules. Pure. */
import { ObjectId } from 'bson';
import { type Fields, fieldEntries, fieldOf, isFields } from '../protocol/fields.ts';
import { identityOf, isEqual } from './engine/compare.ts';
import { indexOf } from './engine/paths.ts';
import { compileElement, compileFilter, isOperators } from './engine/query.ts';
import { UPDATES } from './engine/update-operators.ts';
import { placeAt, placesAt } from './engine/update-paths.ts';
import { copyOf, mongoError, typeOf } from './engine/values.ts';

const ON_INSERT = '$setOnInsert';
const ID_TYPES_REFUSED = new Set(['array', 'regex', 'missing']);

interface Step {
  operator: string;
  path: string;
  operand: unknown;
}

/** @returns the changed copy. @throws Refused where the `_id` would change. */
export function updated(document: Fields, filter: Fields, update: Fields): Fields {
  const steps = stepsOf(update).filter(({ operator }) => operator !== ON_INSERT);
  const result = applied(document, filter, steps);
  if (!isEqual(result['_id'], document['_id'])) throw immutableId();
  return result;
}

/** The document that an upsert makes where nothing matched: the filter's equalities, then the update. */
export function upserted(filter: Fields, update: Fields): Fields {
  const base: Fields = {};
  for (const [path, value] of equalities(filter)) placeAt(base, path.split('.')).set(copyOf(value));
  const result = applied(base, {}, stepsOf(update));
  const wanted = fieldOf(base, '_id');
  if (wanted !== undefined && !isEqual(wanted, result['_id'])) throw immutableId();
  return withId(result);
}

/** With an `_id`, as its first field. @throws Refused where it may be none. */
export function withId(document: Fields): Fields {
  const { _id = new ObjectId(), ...fields } = document;
  const type = typeOf(_id);
  if (ID_TYPES_REFUSED.has(type)) {
    throw mongoError('InvalidIdField', `The '_id' value cannot be of type ${type}`);
  }
  return { _id, ...fields };
}

/** The `_id` of a replacement is the one of what it replaces. */
export function replaced(document: Fields, replacement: Fields): Fields {
  const { _id = document['_id'], ...fields } = replacement;
  if (!isEqual(_id, document['_id'])) throw immutableId();
  return { _id: document['_id'], ...fields };
}

export function replacementUpserted(filter: Fields, replacement: Fields): Fields {
  const id = equalities(filter).get('_id');
  if (id === undefined) return withId(replacement);
  const result = withId({ _id: id, ...replacement });
  if (!isEqual(result['_id'], id)) throw immutableId();
  return result;
}

/** Checks what an update says before any document is looked at. */
export function assertUpdate(update: Fields): void {
  stepsOf(update);
}

/** In the order in which MongoDB applies them: by path, numbers as numbers. */
function stepsOf(update: Fields): Step[] {
  const steps = fieldEntries(update).flatMap(([operator, fields]): Step[] =>
    fieldEntries(isFields(fields) ? fields : {}).flatMap(([path, operand]) =>
      operator === '$rename' ? renameSteps(path, operand) : [{ operator, path, operand }],
    ),
  );
  const sorted = steps.toSorted((a, b) => comparePaths(a.path, b.path));
  for (const [n, { path }] of sorted.entries()) {
    const next = sorted[n + 1]?.path ?? '';
    if (next === path || next.startsWith(`${path}.`)) {
      const message = `Updating the path '${next}' would create a conflict at '${path}'`;
      throw mongoError('ConflictingUpdateOperators', message);
    }
  }
  return sorted;
}

function renameSteps(path: string, operand: unknown): Step[] {
  if (typeof operand !== 'string') {
    throw mongoError('BadValue', `The 'to' field for $rename must be a string: ${path}`);
  }
  if (path === operand) {
    const message = `The source and target field for $rename must differ: ${path}`;
    throw mongoError('BadValue', message);
  }
  if (`${path}.${operand}`.split('.').some((part) => part.startsWith('$'))) {
    throw mongoError('BadValue', 'the source and target field of $rename may not be dynamic');
  }
  return [
    { operator: '$rename', path, operand },
    { operator: '$renamed', path: operand, operand: path },
  ];
}

function comparePaths(a: string, b: string): number {
  const [left, right] = [a.split('.'), b.split('.')];
  for (const [n, part] of left.entries()) {
    const other = right[n];
    if (other === undefined) return 1;
    if (part === other) continue;
    const [x, y] = [indexOf(part), indexOf(other)];
    if (x !== undefined && y !== undefined) return x - y;
    return part < other ? -1 : 1;
  }
  return left.length - right.length;
}

function applied(document: Fields, filter: Fields, steps: Step[]): Fields {
  const result = copyOf(document);
  for (const { operator, path, operand } of steps) {
    if (operator === '$rename') placeAt(result, path.split('.')).set(undefined);
    else if (operator === '$renamed') rename(document, result, { from: String(operand), to: path });
    else {
      const positionOf = (listPath: string) => matchedPosition(document, filter, listPath);
      for (const place of placesAt(result, path, positionOf)) {
        UPDATES[operator]?.(place, operand, document);
      }
    }
  }
  return result;
}

function rename(
  document: Fields,
  result: Fields,
  { from, to }: { from: string; to: string },
): void {
  for (const path of [from, to]) {
    let at: unknown = document;
    for (const part of path.split('.')) {
      at = isFields(at) ? fieldOf(at, part) : undefined;
      if (Array.isArray(at) && path.split('.').at(-1) !== part) {
        const what = path === from ? 'source' : 'destination';
        const message = `The ${what} field cannot be an array element, '${path}' in doc with _id: ${identityOf(document['_id'])} has an array field called '${part}'`;
        throw mongoError('BadValue', message);
      }
    }
  }
  const { value } = placeAt(document, from.split('.'));
  if (value !== undefined) placeAt(result, to.split('.')).set(copyOf(value));
}

/** Of the first element that the filter's conditions on the list are about. */
function matchedPosition(document: Fields, filter: Fields, listPath: string): number {
  const list = placeAt(document, listPath.split('.')).value;
  const matches = conditionsOn(filter, listPath);
  const at =
    Array.isArray(list) && matches.length > 0
      ? list.findIndex((one) => matches.every((matchesOne) => matchesOne(one)))
      : -1;
  const first =
    at < 0 && Array.isArray(list) ? list.findIndex((one) => matches.some((f) => f(one))) : at;
  if (first >= 0) return first;
  const message = 'The positional operator did not find the match needed from the query.';
  throw mongoError('BadValue', message);
}

function conditionsOn(filter: Fields, listPath: string): ((element: unknown) => boolean)[] {
  return fieldEntries(filter).flatMap(([path, condition]) => {
    if (path === '$and' && Array.isArray(condition)) {
      return condition.flatMap((part) => conditionsOn(part as Fields, listPath));
    }
    if (path === '$or' && Array.isArray(condition)) {
      const branches = condition.flatMap((part) => conditionsOn(part as Fields, listPath));
      return branches.length === 0 ? [] : [(one) => branches.some((matches) => matches(one))];
    }
    if (path === listPath) return [elementCondition(condition)];
    if (!path.startsWith(`${listPath}.`)) return [];
    return [compileFilter({ [path.slice(listPath.length + 1)]: condition })];
  });
}

function elementCondition(condition: unknown): (element: unknown) => boolean {
  if (isFields(condition) && isOperators(condition)) {
    const inner = condition['$elemMatch'];
    return compileElement(inner ?? condition);
  }
  return isFields(condition) ? (one) => isEqual(one, condition) : compileElement(condition);
}

/** The fields that a filter asks to be equal to one value. */
function equalities(filter: Fields): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const [path, condition] of fieldEntries(filter)) {
    const isSingle = path === '$and' || (path === '$or' && (condition as unknown[]).length === 1);
    if (isSingle && Array.isArray(condition)) {
      for (const part of condition) {
        for (const [inner, value] of equalities(part as Fields)) found.set(inner, value);
      }
    } else if (!path.startsWith('$')) {
      const value = equalTo(condition);
      if (value !== undefined) found.set(path, value);
    }
  }
  return found;
}

function equalTo(condition: unknown): unknown {
  if (typeOf(condition) === 'regex') return undefined;
  if (!isOperators(condition)) return condition;
  const { $eq, $in, $all } = condition;
  const single = [$in, $all].find((list) => Array.isArray(list) && list.length === 1);
  return $eq ?? (single as unknown[] | undefined)?.[0];
}

function immutableId() {
  return mongoError(
    'ImmutableField',
    "Performing an update on the path '_id' would modify the immutable field '_id'",
  );
}
