/** One document under an update or as an upsert's first one, by MongoDB's rules. Pure. */
import { ObjectId } from 'bson';
import { updateOne } from 'mingo/updater';
import { isFields, toCanonical } from '../protocol/ejson.ts';
import { Refused } from '../protocol/refusal.ts';
import { type Document, fromEngine } from './values.ts';

/** What the engine has no operator for, since it is about upserts. */
const ON_INSERT = '$setOnInsert';

const isNumber = (value: unknown) => typeof value === 'number';
const TYPES: [string, (value: unknown) => boolean][] = [
  ['$inc', isNumber],
  ['$mul', isNumber],
  ['$push', Array.isArray],
  ['$addToSet', Array.isArray],
  ['$pull', Array.isArray],
  ['$pop', Array.isArray],
];

export function idText(document: Document): string {
  return toCanonical(fromEngine(document['_id']));
}

/** @returns the changed copy. @throws Refused where the `_id` would change. */
export function updated(document: Document, filter: Document, update: Document): Document {
  const { [ON_INSERT]: _ignored, ...modifier } = update;
  assertTypes(document, modifier);
  const result = applied(document, filter, modifier);
  if (idText(result) !== idText(document)) throw immutableId();
  return result;
}

/** The document that an upsert makes where nothing matched: the filter's equalities, then the update. */
export function upserted(filter: Document, update: Document): Document {
  const { [ON_INSERT]: onInsert, $set, ...modifier } = update;
  const { _id, ...equal } = equalities(filter);
  const { _id: idSet = _id, ...fields } = { ...equal, ...fieldsOf($set), ...fieldsOf(onInsert) };
  if (_id !== undefined && idText({ _id: idSet }) !== idText({ _id })) throw immutableId();
  const base = idSet === undefined ? {} : { _id: idSet };
  return withId(applied(applied(base, {}, { $set: fields }), {}, modifier));
}

export function withId(document: Document): Document {
  return Object.hasOwn(document, '_id') ? document : { _id: new ObjectId(), ...document };
}

/** The `_id` of a replacement is the one of what it replaces. */
export function replaced(document: Document, replacement: Document): Document {
  const result = { _id: document['_id'], ...replacement };
  if (idText(result) !== idText(document)) throw immutableId();
  return result;
}

export function replacementUpserted(filter: Document, replacement: Document): Document {
  const { _id } = equalities(filter);
  return withId(_id === undefined ? replacement : { _id, ...replacement });
}

/** The engine passes over a field of the wrong type in silence; MongoDB refuses it. */
function assertTypes(document: Document, modifier: Document): void {
  for (const [operator, isRight] of TYPES) {
    for (const path of Object.keys(fieldsOf(modifier[operator]))) {
      const value = valueAt(document, path);
      if (value !== undefined && !isRight(value)) {
        const message = `(TypeMismatch) cannot apply ${operator} to the field '${path}'`;
        throw new Refused('MongoDBError', message);
      }
    }
  }
}

/** Undefined too where the path goes through a list. */
function valueAt(document: Document, path: string): unknown {
  let value: unknown = document;
  for (const key of path.split('.')) {
    if (!isFields(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}

function applied(document: Document, filter: Document, modifier: Document): Document {
  if (Object.keys(modifier).length === 0) return document;
  const documents = [structuredCopy(document) as Document];
  updateOne(documents, filter, modifier, { cloneMode: 'deep' });
  return documents[0] ?? document;
}

/** The fields that a filter asks to be equal to one value. */
function equalities(filter: Document): Document {
  const found: Document = {};
  for (const [path, condition] of Object.entries(filter)) {
    if (path === '$and' && Array.isArray(condition)) {
      for (const part of condition) Object.assign(found, equalities(part as Document));
    } else if (!path.startsWith('$')) {
      const operators = operatorsOf(condition);
      if (operators === undefined) found[path] = condition;
      else if (Object.hasOwn(operators, '$eq')) found[path] = operators['$eq'];
    }
  }
  return found;
}

function operatorsOf(condition: unknown): Document | undefined {
  if (condition instanceof RegExp) return {};
  if (typeof condition !== 'object' || condition === null) return undefined;
  return Object.keys(condition).some((key) => key.startsWith('$'))
    ? (condition as Document)
    : undefined;
}

/** Values of BSON's own types are never changed in place, so they may be shared. */
function structuredCopy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(structuredCopy);
  if (typeof value !== 'object' || value === null) return value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, structuredCopy(part)]),
  );
}

function fieldsOf(value: unknown): Document {
  return isFields(value) ? value : {};
}

function immutableId(): Refused {
  return new Refused('MongoDBError', "(ImmutableField) the field '_id' is immutable");
}
