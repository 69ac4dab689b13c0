/** What an operation answers and which documents it changes. Changes nothing itself. */

import { toCanonical } from '../protocol/ejson.ts';
import type { Fields } from '../protocol/fields.ts';
import { RESULT_BYTES_MAX } from '../protocol/limits.ts';
import type { Operation } from '../protocol/operation.ts';
import { Refused } from '../protocol/refusal.ts';
import { identityOf } from './engine/compare.ts';
import { compilePipeline } from './engine/pipeline.ts';
import { compileProjection } from './engine/projection.ts';
import { compileFilter } from './engine/query.ts';
import { sorted } from './engine/sorting.ts';
import { createContext } from './engine/stage.ts';
import { idIn } from './operation-cost.ts';
import {
  assertUpdate,
  replaced,
  replacementUpserted,
  updated,
  upserted,
  withId,
} from './update.ts';

/** Documents by what their `_id` is, in the order in which they were inserted. */
export type Collection = Map<string, Fields>;
/** By the same; undefined removes. */
export type Changes = Map<string, Fields | undefined>;

export interface Plan {
  answer: Record<string, unknown>;
  changes?: Changes;
  /** To be thrown once the changes are written. */
  refusal?: Refused;
}

type Open = (name: string) => Collection;

/** @throws Refused for what MongoDB would refuse. */
export function planOperation(open: Open, operation: Operation): Plan {
  const collection = open(operation.collection);
  switch (operation.action) {
    case 'findOne': {
      const [document = null] = select(collection, { ...operation, skip: 0, limit: 1 });
      return { answer: { document } };
    }
    case 'find':
      return { answer: { documents: fitting(select(collection, operation)) } };
    case 'aggregate': {
      const context = createContext((name) => [...open(name).values()]);
      const run = compilePipeline(operation.pipeline, context);
      return { answer: { documents: fitting(run([...collection.values()])) } };
    }
    case 'insertOne': {
      const { ids, ...plan } = insert(collection, [operation.document], operation.collection);
      return { answer: { insertedId: ids[0] }, ...plan };
    }
    case 'insertMany': {
      const { ids, ...plan } = insert(collection, operation.documents, operation.collection);
      return { answer: { insertedIds: ids }, ...plan };
    }
    case 'updateOne':
    case 'updateMany':
    case 'replaceOne':
      return update(collection, operation);
    case 'deleteOne':
    case 'deleteMany': {
      const found = matching(collection, operation.filter, operation.action === 'deleteOne');
      const changes = new Map(found.map((one) => [identityOf(one['_id']), undefined]));
      return { answer: { deletedCount: found.length }, changes };
    }
    default:
      return operation satisfies never;
  }
}

interface Selection {
  filter: Fields;
  projection?: Fields | undefined;
  sort?: Fields | undefined;
  skip: number;
  limit: number;
}

function select(collection: Collection, selection: Selection): Fields[] {
  const { filter, projection, sort, skip, limit } = selection;
  const found = matching(collection, filter, sort === undefined ? skip + limit : Infinity);
  const isOrdered = sort !== undefined && Object.keys(sort).length > 0;
  const ordered = isOrdered ? sorted(found, sort) : found;
  const page = ordered.slice(skip, skip + limit);
  if (projection === undefined || Object.keys(projection).length === 0) return page;
  const project = compileProjection(projection);
  return page.map((document) => project(document, { root: document, variables: {} }));
}

/** @param max how many are enough; true is one. */
function matching(collection: Collection, filter: Fields, max: number | boolean): Fields[] {
  const enough = typeof max === 'number' ? max : max ? 1 : Infinity;
  const matches = compileFilter(filter);
  const found: Fields[] = [];
  for (const document of candidates(collection, filter)) {
    if (found.length >= enough) break;
    if (matches(document)) found.push(document);
  }
  return found;
}

/** A filter that names one `_id` needs no look at all the others. */
function candidates(collection: Collection, filter: Fields): Iterable<Fields> {
  const id = idIn(filter);
  if (id === undefined) return collection.values();
  const document = collection.get(id);
  return document === undefined ? [] : [document];
}

/** As MongoDB does it in order: those before the one at fault stay inserted. */
function insert(collection: Collection, documents: Fields[], name: string) {
  const changes = new Map<string, Fields>();
  let refusal: Refused | undefined;
  for (const given of documents) {
    try {
      const document = withId(given);
      const identity = identityOf(document['_id']);
      if (collection.has(identity) || changes.has(identity)) throw duplicate(name, document);
      changes.set(identity, document);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      refusal = error;
      break;
    }
  }
  const ids = [...changes.values()].map((document) => document['_id']);
  return { ids, changes, ...(refusal === undefined ? {} : { refusal }) };
}

type Update = Extract<Operation, { action: 'updateOne' | 'updateMany' | 'replaceOne' }>;

function update(collection: Collection, operation: Update): Plan {
  const { action, filter } = operation;
  if (action !== 'replaceOne') assertUpdate(operation.update);
  const found = matching(collection, filter, action !== 'updateMany');
  if (found.length === 0 && operation.upsert) return upsert(collection, operation);
  const changes = new Map<string, Fields>();
  for (const old of found) {
    const next =
      action === 'replaceOne'
        ? replaced(old, operation.replacement)
        : updated(old, filter, operation.update);
    if (toCanonical(next) !== toCanonical(old)) changes.set(identityOf(old['_id']), next);
  }
  return { answer: { matchedCount: found.length, modifiedCount: changes.size }, changes };
}

function upsert(collection: Collection, operation: Update): Plan {
  const { action, filter, collection: name } = operation;
  const document =
    action === 'replaceOne'
      ? replacementUpserted(filter, operation.replacement)
      : upserted(filter, operation.update);
  const identity = identityOf(document['_id']);
  if (collection.has(identity)) throw duplicate(name, document);
  return {
    answer: { matchedCount: 0, modifiedCount: 0, upsertedId: document['_id'] },
    changes: new Map([[identity, document]]),
  };
}

function fitting(documents: Fields[]): Fields[] {
  let bytes = 0;
  for (const document of documents) bytes += toCanonical(document).length;
  if (bytes > RESULT_BYTES_MAX) {
    throw new Refused('ResponseTooLarge', `the answer exceeds ${RESULT_BYTES_MAX} bytes`);
  }
  return documents;
}

function duplicate(name: string, document: Fields): Refused {
  const id = toCanonical(document['_id']);
  return new Refused('DuplicateKey', `E11000 duplicate key error collection: ${name} _id: ${id}`);
}
