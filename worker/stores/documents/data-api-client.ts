/**
 * Documents in MongoDB, over the Data API v1 in plain JSON. Loads no driver. Owns no collection: the
 * modules that do pass a schema, and answers are checked against it.
 */
import * as z from 'zod';
import { Fault } from '../../platform/faults.ts';

/** An operation without an answer after this long has an unknown outcome. */
export const DATA_API_TIMEOUT_MS = 4_000;

export interface DataApiOptions {
  /** A service binding, or `globalThis` for the open network. */
  fetcher: { fetch(url: string, init: RequestInit): Promise<Response> };
  /** Such as `https://…/app/<id>/endpoint/data/v1`; of a service binding any host will do. */
  baseUrl: string;
  apiKey: string;
  dataSource: string;
  database: string;
  timeoutMs?: number;
}

/** Filters, updates and stages, as MongoDB writes them. Made by us; a client's value is a value. */
export type Expression = Record<string, unknown>;

export interface Selection {
  filter: Expression;
  /** Fields shown (1) or hidden (0). The schema must fit what is left. */
  projection?: Record<string, 0 | 1>;
  sort?: Record<string, 1 | -1>;
  limit?: number;
  skip?: number;
}

export interface Change {
  filter: Expression;
  update: Expression;
  upsert?: boolean;
}

export interface Changed {
  matchedCount: number;
  modifiedCount: number;
  /** Of the document that an upsert made. */
  upsertedId?: string;
}

/**
 * Every function throws a Fault: retryable where MongoDB or the way to it is down, busy or late,
 * and a write may then have taken place; else the request or the configuration is wrong.
 */
export interface Documents<T> {
  findOne(query: Pick<Selection, 'filter' | 'projection'>): Promise<T | null>;
  find(selection: Selection): Promise<T[]>;
  /** `taken` where a document of this `_id` is there already. */
  insertOne(document: Expression): Promise<'inserted' | 'taken'>;
  updateOne(change: Change): Promise<Changed>;
  updateMany(change: Change): Promise<Changed>;
  replaceOne(change: {
    filter: Expression;
    replacement: Expression;
    upsert?: boolean;
  }): Promise<Changed>;
  /** @returns how many were deleted. */
  deleteOne(filter: Expression): Promise<number>;
  deleteMany(filter: Expression): Promise<number>;
  aggregate<Row>(pipeline: Expression[], row: z.ZodType<Row>): Promise<Row[]>;
}

export interface DataApiClient {
  collection<T>(name: string, document: z.ZodType<T>): Documents<T>;
}

/** An instant as MongoDB keeps it. It comes back as RFC 3339 text. */
export function instant(ms: number): { $date: string } {
  return { $date: new Date(ms).toISOString() };
}

const changedSchema = z.object({
  matchedCount: z.int(),
  modifiedCount: z.int(),
  upsertedId: z.string().optional(),
});
const insertedSchema = z.object({ insertedId: z.unknown() });
const deletedSchema = z.object({ deletedCount: z.int() });
const refusalSchema = z.object({ error: z.string(), error_code: z.string() });

export function createDataApiClient(options: DataApiOptions): DataApiClient {
  return {
    collection(name, document) {
      const ask = <T>(action: string, body: Expression, answer: z.ZodType<T>): Promise<T> =>
        request(options, { action, body: { collection: name, ...body }, answer });
      return {
        findOne: async (query) =>
          (await ask('findOne', query, z.object({ document: document.nullable() }))).document,
        find: async (selection) => (await ask('find', { ...selection }, list(document))).documents,
        insertOne: (inserted) =>
          insertOne(ask('insertOne', { document: inserted }, insertedSchema)),
        updateOne: async (change) => changed(await ask('updateOne', { ...change }, changedSchema)),
        updateMany: async (change) =>
          changed(await ask('updateMany', { ...change }, changedSchema)),
        replaceOne: async (change) =>
          changed(await ask('replaceOne', { ...change }, changedSchema)),
        deleteOne: async (filter) =>
          (await ask('deleteOne', { filter }, deletedSchema)).deletedCount,
        deleteMany: async (filter) =>
          (await ask('deleteMany', { filter }, deletedSchema)).deletedCount,
        aggregate: async (pipeline, row) =>
          (await ask('aggregate', { pipeline }, list(row))).documents,
      };
    },
  };
}

function list<T>(row: z.ZodType<T>) {
  return z.object({ documents: z.array(row) });
}

/** A unique key that is taken: a refusal for an insert, and a race that an upsert lost, which may be sent again. */
export class Taken extends Fault {}

async function insertOne(inserting: Promise<unknown>): Promise<'inserted' | 'taken'> {
  try {
    await inserting;
    return 'inserted';
  } catch (error) {
    if (error instanceof Taken) return 'taken';
    throw error;
  }
}

function changed({ upsertedId, ...counts }: z.infer<typeof changedSchema>): Changed {
  return upsertedId === undefined ? counts : { ...counts, upsertedId };
}

async function request<T>(
  options: DataApiOptions,
  call: { action: string; body: Expression; answer: z.ZodType<T> },
): Promise<T> {
  const { dataSource, database } = options;
  const { status, text } = await send(options, call.action, {
    dataSource,
    database,
    ...call.body,
  });
  const json = parse(text);
  if (status < 200 || status > 299) throw faultOf(status, json);
  const parsed = call.answer.safeParse(json);
  // What the documents hold stays out of the message, and so out of the log.
  if (!parsed.success) {
    const paths = parsed.error.issues.map(({ path }) => path.join('.')).join(', ');
    const message = `the Data API's answer to ${call.action} has another form: ${paths}`;
    throw new Fault(message, { retryable: false });
  }
  return parsed.data;
}

async function send(
  { fetcher, baseUrl, apiKey, timeoutMs = DATA_API_TIMEOUT_MS }: DataApiOptions,
  action: string,
  body: Expression,
): Promise<{ status: number; text: string }> {
  try {
    const response = await fetcher.fetch(`${baseUrl}/action/${action}`, {
      method: 'POST',
      headers: {
        apiKey,
        'Content-Type': 'application/json',
        Accept: 'application/json',
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { status: response.status, text: await response.text() };
  } catch (cause) {
    throw new Fault('the Data API did not answer', { retryable: true, cause });
  }
}

/** Other servers of this protocol answer some errors as plain text. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function faultOf(status: number, json: unknown): Fault {
  const refusal = refusalSchema.safeParse(json);
  const code = refusal.success ? refusal.data.error_code : 'no error code';
  const message = `the Data API answered ${status} (${code})`;
  const cause = refusal.success ? refusal.data.error : undefined;
  if (code === 'DuplicateKey') return new Taken(message, { retryable: true, cause });
  return new Fault(message, { retryable: status === 429 || status >= 500, cause });
}
