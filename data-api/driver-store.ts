/**
 * Documents in a MongoDB, through its driver: one client, kept open and opened again when it has
 * been away. Runs in Node and inside a Durable Object; nothing of the driver leaves this file.
 */
import {
  type AggregationCursor,
  type Collection,
  type FindCursor,
  MongoClient,
  type MongoClientOptions,
} from 'mongodb';
import { DriverSilent, faultOf, isStuck } from './driver-faults.ts';
import { fromBson, toDriver, toDriverDocument } from './driver-values.ts';
import { type Fields, fieldEntries } from './protocol/fields.ts';
import { OPERATION_MS_MAX, RESULT_BYTES_MAX } from './protocol/limits.ts';
import type { Operation } from './protocol/operation.ts';
import { Refused, toRefusal } from './protocol/refusal.ts';
import type { DocumentStore } from './store.ts';

/** A connection that could not be made within this is given up, and the caller gets an error. */
const CONNECT_MS_MAX = 3_000;
/** Of one client; the runtime allows an object six sockets, and the driver watches with two. */
const CONNECTIONS_MAX = 4;
/** Without traffic for this long the client lets go of its sockets, which keep an object awake. */
const IDLE_MS_MAX = 30_000;
/** A little more than the driver's own limit, for the case that it forgets. */
const GIVE_UP_MS = OPERATION_MS_MAX + 500;

/** The server gives up a little earlier than we do, so that it is its answer that is heard. */
const TIMED = { maxTimeMS: OPERATION_MS_MAX - 500 } as const;
/** Read here: an int64 is not rounded, a 2.0 stays a double, and fields stay in their order. */
const READ = { ...TIMED, raw: true } as const;

const CLIENT_OPTIONS: MongoClientOptions = {
  appName: 'data-api',
  maxPoolSize: CONNECTIONS_MAX,
  minPoolSize: 0,
  connectTimeoutMS: CONNECT_MS_MAX,
  serverSelectionTimeoutMS: CONNECT_MS_MAX,
  waitQueueTimeoutMS: CONNECT_MS_MAX,
  socketTimeoutMS: OPERATION_MS_MAX,
  // One watching socket instead of two.
  serverMonitoringMode: 'poll',
};

export interface DriverStore extends DocumentStore {
  close(): Promise<void>;
}

export interface DriverStoreOptions {
  uri: string;
  database: string;
  /** Without traffic for this long the sockets are let go. */
  idleMsMax?: number;
  /** Called for faults, never with documents. */
  log?: (message: string, error: unknown) => void;
}

export function openDriverStore(options: DriverStoreOptions): DriverStore {
  const { uri, database, log = () => {}, idleMsMax = IDLE_MS_MAX } = options;
  let client: MongoClient | undefined;
  let running = 0;
  let idle: ReturnType<typeof setTimeout> | undefined;

  function acquire(): MongoClient {
    clearTimeout(idle);
    running++;
    client ??= newClient(uri);
    return client;
  }

  function release(): void {
    if (--running === 0) idle = setTimeout(() => void letGo(client), idleMsMax);
  }

  /** The next operation makes a new client: a dead socket is not waited for twice. */
  async function letGo(old: MongoClient | undefined): Promise<void> {
    if (client === old) client = undefined;
    await old?.close().catch((error: unknown) => log('closing the MongoDB client failed', error));
  }

  return {
    async run(operation) {
      let used: MongoClient | undefined;
      try {
        used = acquire();
        const collection = used.db(database).collection(operation.collection);
        const answer = await inTime(perform(collection, operation));
        return { answer };
      } catch (error) {
        if (error instanceof Refused) return { refusal: toRefusal(error) };
        if (isStuck(error)) void letGo(used);
        const refusal = faultOf(error);
        if (refusal === undefined) throw error;
        if (refusal.code !== 'MongoDBError' && refusal.code !== 'DuplicateKey') {
          log('MongoDB failed', error);
        }
        return { refusal };
      } finally {
        release();
      }
    },
    async close() {
      clearTimeout(idle);
      await letGo(client);
    },
  };
}

/** @throws Refused where the address makes no sense, of which nothing may be shown. */
function newClient(uri: string): MongoClient {
  try {
    return new MongoClient(uri, CLIENT_OPTIONS);
  } catch {
    throw new Refused('ServiceUnavailable', 'MONGODB_URI is malformed');
  }
}

type Answer = Record<string, unknown>;
type Documents = Collection;

async function perform(collection: Documents, operation: Operation): Promise<Answer> {
  switch (operation.action) {
    case 'findOne': {
      const { filter, projection } = operation;
      const options = { ...projected(projection), ...READ, limit: 1 };
      const cursor = collection.find(toDriver(filter), options);
      const [document = null] = await collect(cursor);
      return { document };
    }
    case 'find': {
      const { filter, projection, sort, limit, skip } = operation;
      const order = sort === undefined ? {} : { sort: plainDirections(sort) };
      const options = { ...projected(projection), ...order, ...READ, limit, skip };
      return { documents: await collect(collection.find(toDriver(filter), options)) };
    }
    case 'aggregate':
      return {
        documents: await collect(collection.aggregate(operation.pipeline.map(toDriver), READ)),
      };
    case 'insertOne':
      return {
        insertedId: (await collection.insertOne(toDriverDocument(operation.document), TIMED))
          .insertedId,
      };
    case 'insertMany': {
      const { insertedIds } = await collection.insertMany(
        operation.documents.map(toDriverDocument),
        TIMED,
      );
      return { insertedIds: Object.values(insertedIds) };
    }
    case 'updateOne':
    case 'updateMany':
    case 'replaceOne':
      return update(collection, operation);
    case 'deleteOne':
      return deleted(await collection.deleteOne(toDriver(operation.filter), TIMED));
    case 'deleteMany':
      return deleted(await collection.deleteMany(toDriver(operation.filter), TIMED));
    default:
      return operation satisfies never;
  }
}

type Update = Extract<Operation, { action: 'updateOne' | 'updateMany' | 'replaceOne' }>;

async function update(collection: Documents, operation: Update): Promise<Answer> {
  const filter = toDriver(operation.filter);
  const { upsert } = operation;
  const options = { upsert, ...TIMED };
  const result =
    operation.action === 'replaceOne'
      ? await collection.replaceOne(filter, toDriver(operation.replacement), options)
      : await collection[operation.action](filter, toDriver(operation.update), options);
  const { matchedCount, modifiedCount, upsertedId, upsertedCount } = result;
  return { matchedCount, modifiedCount, ...(upsertedCount > 0 ? { upsertedId } : {}) };
}

function deleted({ deletedCount }: { deletedCount: number }): Answer {
  return { deletedCount };
}

function projected(projection: Fields | undefined) {
  return projection === undefined ? {} : { projection: toDriver(projection) };
}

/** The driver understands plain numbers only. */
function plainDirections(sort: Fields): [string, 1 | -1][] {
  return fieldEntries(sort).map(([path, way]) => [path, String(way) === '1' ? 1 : -1]);
}

/** All of a cursor's documents, as long as they fit an answer. */
async function collect(cursor: FindCursor | AggregationCursor): Promise<Fields[]> {
  const documents: Fields[] = [];
  let bytes = 0;
  try {
    for await (const raw of cursor) {
      // The driver's types do not know what `raw` makes of a document.
      const document = raw as unknown as Uint8Array;
      bytes += document.byteLength;
      if (bytes > RESULT_BYTES_MAX) {
        throw new Refused('ResponseTooLarge', `the answer exceeds ${RESULT_BYTES_MAX} bytes`);
      }
      documents.push(fromBson(document));
    }
  } finally {
    await cursor.close().catch(() => {});
  }
  return documents;
}

/** @throws Refused when the driver has not kept to its own time limit. */
async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new DriverSilent()), GIVE_UP_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
