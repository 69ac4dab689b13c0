import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createDataApi } from '../../../data-api/app.ts';
import {
  type EmbeddedStore,
  openEmbeddedStore,
} from '../../../data-api/embedded/embedded-store.ts';
import { type Endpoint, serveDataApi } from '../../../data-api/node/endpoint.ts';
import { Fault } from '../../platform/faults.ts';
import { createDataApiClient, type DataApiOptions, instant } from './data-api-client.ts';

const reviewSchema = z.strictObject({
  _id: z.string(),
  rating: z.int(),
  at: z.iso.datetime(),
  tags: z.array(z.string()).default([]),
});
const AT_MS = 1_652_732_521_104;
const API_KEY = 'the key';

let store: EmbeddedStore;
let endpoint: Endpoint;

beforeEach(async () => {
  store = openEmbeddedStore(':memory:');
  const config = {
    key: API_KEY,
    dataSource: 'mongodb-atlas',
    database: 'shop',
    collections: new Set(['reviews']),
  };
  endpoint = await serveDataApi(createDataApi({ store, config }));
});

afterEach(async () => {
  await endpoint.close();
  store.close();
});

function client(options: Partial<DataApiOptions> = {}) {
  return createDataApiClient({
    fetcher: globalThis,
    baseUrl: endpoint.url,
    apiKey: API_KEY,
    dataSource: 'mongodb-atlas',
    database: 'shop',
    ...options,
  });
}

const reviews = (options?: Partial<DataApiOptions>) =>
  client(options).collection('reviews', reviewSchema);

const review = (_id: string, rating: number) => ({ _id, rating, at: instant(AT_MS), tags: [] });
const read = (_id: string, rating: number) => ({
  _id,
  rating,
  at: '2022-05-16T20:22:01.104Z',
  tags: [],
});

/** What a call is refused with. */
async function faultOf(call: Promise<unknown>): Promise<Fault> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof Fault) return error;
  throw new Error('there was no fault', { cause: error });
}

const answering = (status: number, body: string) => ({
  fetch: async () => new Response(body, { status }),
});

describe('the client of the Data API', () => {
  it('inserts once, and reports an _id that is taken', async () => {
    expect(await reviews().insertOne(review('a', 5))).toBe('inserted');
    expect(await reviews().insertOne(review('a', 1))).toBe('taken');
    expect(await reviews().findOne({ filter: { _id: 'a' } })).toEqual(read('a', 5));
  });

  it('finds what was asked for, in order, and null where there is none', async () => {
    for (const [id, rating] of [
      ['a', 5],
      ['b', 2],
      ['c', 4],
    ] as const) {
      await reviews().insertOne(review(id, rating));
    }
    const selection = { filter: { rating: { $gt: 2 } }, sort: { rating: 1 } as const, limit: 5 };
    expect(await reviews().find(selection)).toEqual([read('c', 4), read('a', 5)]);
    expect(await reviews().findOne({ filter: { _id: 'z' } })).toBeNull();
  });

  it('updates, upserts and replaces, and counts', async () => {
    const change = { filter: { _id: 'a' }, update: { $set: { rating: 3 } } };
    expect(await reviews().updateOne(change)).toEqual({ matchedCount: 0, modifiedCount: 0 });
    expect(await reviews().updateOne({ ...change, upsert: true })).toEqual({
      matchedCount: 0,
      modifiedCount: 0,
      upsertedId: 'a',
    });
    expect(await reviews().updateOne(change)).toEqual({ matchedCount: 1, modifiedCount: 0 });
    const all = { filter: {}, update: { $inc: { rating: 1 } } };
    expect(await reviews().updateMany(all)).toEqual({ matchedCount: 1, modifiedCount: 1 });
    const { _id, ...replacement } = review('a', 1);
    await reviews().replaceOne({ filter: { _id }, replacement });
    expect(await reviews().findOne({ filter: { _id } })).toEqual(read('a', 1));
  });

  it('deletes and aggregates', async () => {
    for (const [id, rating] of [
      ['a', 5],
      ['b', 2],
      ['c', 5],
    ] as const) {
      await reviews().insertOne(review(id, rating));
    }
    const row = z.object({ _id: z.int(), n: z.int() });
    const pipeline = [{ $group: { _id: '$rating', n: { $sum: 1 } } }, { $sort: { _id: 1 } }];
    expect(await reviews().aggregate(pipeline, row)).toEqual([
      { _id: 2, n: 1 },
      { _id: 5, n: 2 },
    ]);
    expect(await reviews().deleteOne({ _id: 'a' })).toBe(1);
    expect(await reviews().deleteMany({})).toBe(2);
  });

  it('compares dates as dates', async () => {
    await reviews().insertOne(review('a', 5));
    const since = (ms: number) => reviews().find({ filter: { at: { $gt: instant(ms) } } });
    expect(await since(AT_MS - 1)).toHaveLength(1);
    expect(await since(AT_MS)).toHaveLength(0);
  });

  it('takes a document of another form for a fault that will stay, and quotes nothing of it', async () => {
    await reviews().insertOne({ _id: 'a', rating: 'a private word' });
    const fault = await faultOf(reviews().findOne({ filter: { _id: 'a' } }));
    expect(fault.retryable).toBe(false);
    expect(fault.message).toContain('document.rating');
    expect(JSON.stringify([fault.message, String(fault.cause)])).not.toContain('private');
  });

  it.each([
    ['a wrong key', { apiKey: 'wrong' }],
    ['another database', { database: 'admin' }],
    ['another base path', { baseUrl: 'http://127.0.0.1:1' }],
  ])('throws a Fault for %s', async (name, options) => {
    const fault = await faultOf(reviews(options).find({ filter: {} }));
    expect(fault.retryable).toBe(name === 'another base path');
  });

  it('throws a Fault that will stay for an operator that is not allowed', async () => {
    const fault = await faultOf(reviews().find({ filter: { $where: 'true' } }));
    expect(fault).toMatchObject({ retryable: false, cause: expect.stringContaining('$where') });
  });

  it.each([
    [429, true],
    [500, true],
    [503, true],
    [504, true],
    [404, false],
  ])('reads status %i with a body that is no JSON', async (status, retryable) => {
    const fetcher = answering(status, '<h1>proxy</h1>');
    expect((await faultOf(reviews({ fetcher }).find({ filter: {} }))).retryable).toBe(retryable);
  });

  it('gives a silent server up after its time', async () => {
    const fetcher = {
      fetch: (_url: string, { signal }: RequestInit) =>
        new Promise<Response>((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason));
        }),
    };
    const fault = await faultOf(reviews({ fetcher, timeoutMs: 20 }).find({ filter: {} }));
    expect(fault).toMatchObject({ retryable: true, message: 'the Data API did not answer' });
  });

  it('lets a lost race of two upserts be tried again', async () => {
    const body = JSON.stringify({ error: 'E11000 duplicate key', error_code: 'DuplicateKey' });
    const change = { filter: { _id: 'a' }, update: { $set: { rating: 1 } }, upsert: true };
    const fault = await faultOf(reviews({ fetcher: answering(400, body) }).updateOne(change));
    expect(fault.retryable).toBe(true);
  });
});
