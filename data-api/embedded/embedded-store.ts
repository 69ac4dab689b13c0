/**
 * Documents for machines without a MongoDB: held in memory, written through to one file, queried
 * by mingo. Every operation is one synchronous step, so writes stand in line by themselves.
 */
import { aggregate, find, ProcessingMode, Query } from 'mingo';
import { RESULT_BYTES_MAX } from '../protocol/limits.ts';
import type { Operation } from '../protocol/operation.ts';
import { Refused, toRefusal } from '../protocol/refusal.ts';
import type { DocumentStore, Outcome } from '../store.ts';
import { type Change, openJournal } from './journal.ts';
import { idText, replaced, replacementUpserted, updated, upserted, withId } from './update.ts';
import { type Document, readDocument, toEngine, writeDocument } from './values.ts';

/** Of one collection: they are all in memory, and a query looks at each. */
const DOCUMENTS_MAX = 100_000;
/** MongoDB's own limit. */
const DOCUMENT_BYTES_MAX = 16 * 1024 * 1024;
const NO_SCRIPTS = { scriptEnabled: false } as const;

export interface EmbeddedStore extends DocumentStore {
  close(): void;
}

type Collection = Map<string, Document>;

/** @param path of the file, or `:memory:`. @throws where another process has it open. */
export function openEmbeddedStore(path: string): EmbeddedStore {
  const journal = openJournal(path);
  const collections = new Map<string, Collection>();

  function open(name: string): Collection {
    const known = collections.get(name);
    if (known !== undefined) return known;
    const rows = journal.read(name).map(({ id, text }) => [id, readDocument(text)] as const);
    const collection = new Map(rows);
    collections.set(name, collection);
    return collection;
  }

  /** To disk first: what is in memory was never more than what would be found after a kill. */
  function write(name: string, changes: Map<string, Document | undefined>): void {
    const collection = open(name);
    if (collection.size + changes.size > DOCUMENTS_MAX && grows(collection, changes)) {
      throw new Refused('MongoDBError', `a collection holds at most ${DOCUMENTS_MAX} documents`);
    }
    const toDisk = [...changes].map(([id, document]) => toChange(name, id, document));
    journal.write(toDisk);
    for (const { id, text } of toDisk) {
      // From its text, so that memory holds the same as a restart would.
      if (text === undefined) collection.delete(id);
      else collection.set(id, readDocument(text));
    }
  }

  const engine: Engine = { open, write };
  return {
    async run(operation): Promise<Outcome> {
      try {
        return { answer: perform(engine, toEngine(operation) as Operation) };
      } catch (error) {
        if (error instanceof Refused) return { refusal: toRefusal(error) };
        if (isOfQuery(error)) return { refusal: { code: 'MongoDBError', message: error.message } };
        throw error;
      }
    },
    close: () => journal.close(),
  };
}

interface Engine {
  open(name: string): Collection;
  write(name: string, changes: Map<string, Document | undefined>): void;
}

function perform(engine: Engine, operation: Operation): Record<string, unknown> {
  const { collection: name } = operation;
  switch (operation.action) {
    case 'findOne': {
      const [document = null] = select(engine.open(name), { ...operation, skip: 0, limit: 1 });
      return { document };
    }
    case 'find':
      return { documents: fitting(select(engine.open(name), operation)) };
    case 'aggregate':
      return { documents: fitting(runPipeline(engine, name, operation.pipeline)) };
    case 'insertOne':
      return { insertedId: insert(engine, name, [operation.document])[0] };
    case 'insertMany':
      return { insertedIds: insert(engine, name, operation.documents) };
    case 'updateOne':
    case 'updateMany':
    case 'replaceOne':
      return update(engine, operation);
    case 'deleteOne':
    case 'deleteMany': {
      const found = matching(engine.open(name), operation.filter, operation.action === 'deleteOne');
      engine.write(name, new Map(found.map((document) => [idText(document), undefined])));
      return { deletedCount: found.length };
    }
    default:
      return operation satisfies never;
  }
}

interface Selection {
  filter: Document;
  projection?: Document | undefined;
  sort?: Document | undefined;
  skip: number;
  limit: number;
}

function select(collection: Collection, selection: Selection): Document[] {
  const { filter, projection, sort, skip, limit } = selection;
  if (limit === 0) return [];
  const source = candidates(collection, filter);
  const cursor = find<Document, Document>(source, filter, projection ?? {}, NO_SCRIPTS);
  if (sort !== undefined) cursor.sort(sort);
  return cursor
    .limit(skip + limit)
    .all()
    .slice(skip);
}

function runPipeline(engine: Engine, name: string, pipeline: Document[]): Document[] {
  return aggregate([...engine.open(name).values()], pipeline, {
    ...NO_SCRIPTS,
    // Stages may write into what they are given.
    processingMode: ProcessingMode.CLONE_INPUT,
    collectionResolver: (other) => [...engine.open(other).values()],
  });
}

/** As MongoDB does it in order: those before the one at fault stay inserted. */
function insert(engine: Engine, name: string, documents: Document[]): unknown[] {
  const collection = engine.open(name);
  const changes = new Map<string, Document>();
  let taken: Refused | undefined;
  for (const document of documents.map(withId)) {
    const id = idText(document);
    if (collection.has(id) || changes.has(id)) {
      taken = duplicate(name, id);
      break;
    }
    changes.set(id, document);
  }
  engine.write(name, changes);
  if (taken !== undefined) throw taken;
  return [...changes.values()].map((document) => document['_id']);
}

type Update = Extract<Operation, { action: 'updateOne' | 'updateMany' | 'replaceOne' }>;

function update(engine: Engine, operation: Update): Record<string, unknown> {
  const { action, collection: name, filter, upsert } = operation;
  const collection = engine.open(name);
  const found = matching(collection, filter, action !== 'updateMany');
  if (found.length === 0 && upsert) {
    const document =
      action === 'replaceOne'
        ? replacementUpserted(filter, operation.replacement)
        : withId(upserted(filter, operation.update));
    const id = idText(document);
    if (collection.has(id)) throw duplicate(name, id);
    engine.write(name, new Map([[id, document]]));
    return { matchedCount: 0, modifiedCount: 0, upsertedId: document['_id'] };
  }
  const changes = new Map<string, Document>();
  for (const old of found) {
    const next =
      action === 'replaceOne'
        ? replaced(old, operation.replacement)
        : updated(old, filter, operation.update);
    if (writeDocument(next) !== writeDocument(old)) changes.set(idText(old), next);
  }
  engine.write(name, changes);
  return { matchedCount: found.length, modifiedCount: changes.size };
}

function matching(collection: Collection, filter: Document, firstOnly: boolean): Document[] {
  const query = new Query<Document>(filter, NO_SCRIPTS);
  const found: Document[] = [];
  for (const document of candidates(collection, filter)) {
    if (!query.test(document)) continue;
    found.push(document);
    if (firstOnly) break;
  }
  return found;
}

/** A filter that names one `_id` needs no look at all the others. */
function candidates(collection: Collection, filter: Document): Document[] {
  const id = filter['_id'];
  const named = typeof id === 'string' || typeof id === 'number';
  if (!named) return [...collection.values()];
  const document = collection.get(idText({ _id: id }));
  return document === undefined ? [] : [document];
}

function toChange(collection: string, id: string, document: Document | undefined): Change {
  const text = document === undefined ? undefined : writeDocument(document);
  if (text !== undefined && text.length > DOCUMENT_BYTES_MAX) {
    throw new Refused('MongoDBError', `a document holds at most ${DOCUMENT_BYTES_MAX} bytes`);
  }
  return { collection, id, text };
}

function grows(collection: Collection, changes: Map<string, Document | undefined>): boolean {
  const added = [...changes].filter(([id, document]) => document && !collection.has(id));
  return collection.size + added.length > DOCUMENTS_MAX;
}

function fitting(documents: Document[]): Document[] {
  let bytes = 0;
  for (const document of documents) bytes += writeDocument(document).length;
  if (bytes > RESULT_BYTES_MAX) {
    throw new Refused('ResponseTooLarge', `the answer exceeds ${RESULT_BYTES_MAX} bytes`);
  }
  return documents;
}

function duplicate(name: string, id: string): Refused {
  return new Refused('DuplicateKey', `E11000 duplicate key error collection: ${name} _id: ${id}`);
}

/** The engine throws plain errors for what MongoDB would refuse, and TypeErrors at odd places. */
function isOfQuery(error: unknown): error is Error {
  return (
    error instanceof Error &&
    (error.name === 'Error' ||
      error.name === 'MingoError' ||
      error instanceof TypeError ||
      error instanceof SyntaxError)
  );
}
