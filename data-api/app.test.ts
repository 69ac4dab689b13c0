import { describe, expect, it } from 'vitest';
import { createDataApi, type DataApiConfig } from './app.ts';
import { openEmbeddedStore } from './embedded/embedded-store.ts';
import { IN_FLIGHT_MAX } from './protocol/limits.ts';
import type { DocumentStore, Outcome } from './store.ts';

const CONFIG: DataApiConfig = {
  key: 'key',
  dataSource: 'mongodb-atlas',
  database: 'shop',
  collections: new Set(['reviews']),
};
const BASE = '/app/shop-abcde/endpoint/data/v1';

function serve(store: DocumentStore, config: Partial<DataApiConfig> = {}) {
  const complaints: string[] = [];
  const handle = createDataApi({
    store,
    config: { ...CONFIG, ...config },
    log: (message, error) => complaints.push(`${message}: ${String(error)}`),
  });
  // oxlint-disable-next-line max-params -- few cases need more than a request's fields
  const ask = (action: string, fields: object = {}, base = BASE, headers: object = {}) =>
    handle(
      new Request(`http://localhost${base}/action/${action}`, {
        method: 'POST',
        headers: { apiKey: 'key', 'Content-Type': 'application/json', ...headers },
        body: JSON.stringify({
          dataSource: 'mongodb-atlas',
          database: 'shop',
          collection: 'reviews',
          ...fields,
        }),
      }),
    );
  const send = (method: string, action: string, headers: Record<string, string>) =>
    handle(new Request(`http://localhost${BASE}/action/${action}`, { method, headers }));
  return { ask, send, complaints };
}

const saying = (outcome: Outcome): DocumentStore => ({ run: async () => outcome });

describe('the Data API over any store', () => {
  it('answers below any base path, or below the one that is configured', async () => {
    const store = saying({ answer: { documents: [] } });
    expect((await serve(store).ask('find', {}, '/anything')).status).toBe(200);
    const { ask } = serve(store, { basePath: BASE });
    expect((await ask('find')).status).toBe(200);
    expect((await ask('find', {}, '/anything')).status).toBe(404);
    expect((await ask('find', {}, '')).status).toBe(404);
  });

  it('answers inserts with 200, or with 201 as the hosted service did', async () => {
    const store = saying({ answer: { insertedId: 1 } });
    expect((await serve(store).ask('insertOne', { document: {} })).status).toBe(200);
    const { ask } = serve(store, { insertedStatus: 201 });
    expect((await ask('insertOne', { document: {} })).status).toBe(201);
    expect((await ask('insertMany', { documents: [{}] })).status).toBe(201);
    expect((await ask('find')).status).toBe(200);
  });

  it.each([
    ['JSON', undefined, 'application/json'],
    ['EJSON', undefined, 'application/ejson'],
    ['EJSON', '*/*', 'application/ejson'],
    ['EJSON', 'application/json', 'application/json'],
    ['JSON', 'application/ejson', 'application/ejson'],
    ['JSON', 'application/ejson;q=0.5, application/json', 'application/json'],
    ['JSON', 'text/html, application/EJSON; charset=utf-8', 'application/ejson'],
  ] as const)('configured for %s answers %s with %s', async (returnType, accept, type) => {
    const { ask } = serve(saying({ answer: { documents: [{ n: 5 }] } }), { returnType });
    const response = await ask('find', {}, BASE, accept === undefined ? {} : { Accept: accept });
    expect(response.headers.get('Content-Type')).toBe(type);
    const n = type === 'application/ejson' ? { $numberInt: '5' } : 5;
    expect(await response.json()).toEqual({ documents: [{ n }] });
  });

  describe('for a page in a browser', () => {
    const origin = 'https://shop.example';
    const allowedOrigins = new Set([origin]);
    const store = saying({ answer: { documents: [] } });
    const preflight = {
      Origin: origin,
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'apikey,content-type',
    };

    it('allows nothing where no origin is configured', async () => {
      const { ask, send } = serve(store);
      expect((await send('OPTIONS', 'find', preflight)).status).toBe(405);
      const response = await ask('find', {}, BASE, { Origin: origin });
      expect(response.headers.get('Access-Control-Allow-Origin')).toBeNull();
    });

    it('answers the preflight of an allowed origin, without a key', async () => {
      const { send } = serve(store, { allowedOrigins });
      const response = await send('OPTIONS', 'find', preflight);
      expect(response.status).toBe(204);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'access-control-allow-origin': origin,
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers': expect.stringMatching(/apiKey.*Content-Type/),
        vary: 'Origin',
      });
      expect((await send('OPTIONS', 'dropDatabase', preflight)).status).toBe(404);
    });

    it('lets an allowed origin read answers and refusals, and no other one', async () => {
      const { ask } = serve(store, { allowedOrigins });
      const read = async (fields: object, from: string) => {
        const response = await ask('find', fields, BASE, { Origin: from });
        return response.headers.get('Access-Control-Allow-Origin');
      };
      expect(await read({}, origin)).toBe(origin);
      expect(await read({ filter: { $where: 'x' } }, origin)).toBe(origin);
      expect(await read({}, 'https://other.example')).toBeNull();
      const { send } = serve(store, { allowedOrigins });
      const other = await send('OPTIONS', 'find', {
        ...preflight,
        Origin: 'https://other.example',
      });
      expect(other.status).toBe(405);
    });

    it('allows any origin where that is configured', async () => {
      const { ask } = serve(store, { allowedOrigins: new Set(['*']) });
      const response = await ask('find', {}, BASE, { Origin: 'https://any.example' });
      expect(response.headers.get('Access-Control-Allow-Origin')).toBe('https://any.example');
    });
  });

  it('turns away what exceeds the number of requests in flight, and takes more when they end', async () => {
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    const { ask } = serve({ run: () => promise });
    const held = Array.from({ length: IN_FLIGHT_MAX }, () => ask('find'));
    // The others' bodies are read by then.
    await ask('find', { filter: { $where: 'x' } });
    const refused = await ask('find');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('Retry-After')).toBe('1');
    expect(await refused.json()).toMatchObject({ error_code: 'TooManyRequests' });
    resolve({ answer: { documents: [] } });
    expect(new Set((await Promise.all(held)).map(({ status }) => status))).toEqual(new Set([200]));
    expect((await ask('find')).status).toBe(200);
  });

  it('answers when to try again where MongoDB is away, and forbids to cache any answer', async () => {
    const { ask } = serve(saying({ refusal: { code: 'ServiceUnavailable', message: 'away' } }));
    const response = await ask('find');
    expect(response.status).toBe(503);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'retry-after': '1',
      'cache-control': 'no-store',
    });
  });

  it('answers 500 to a bug without a detail of it, which only the log gets', async () => {
    const { ask, complaints } = serve({
      run: () => Promise.reject(new Error('inner words')),
    });
    const response = await ask('find');
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('inner words');
    expect(complaints).toEqual(['the Data API failed: Error: inner words']);
  });

  it('refuses an answer that is too large instead of cutting it', async () => {
    const store = openEmbeddedStore(':memory:');
    const { ask } = serve(store);
    const text = 'x'.repeat(3_000_000);
    await Promise.all([1, 2, 3].map((n) => ask('insertOne', { document: { n, text } })));
    const response = await ask('find');
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error_code: 'ResponseTooLarge' });
    expect((await ask('find', { limit: 2 })).status).toBe(200);
    store.close();
  });

  it('leaves the prototypes of this process alone', async () => {
    const store = openEmbeddedStore(':memory:');
    const { ask } = serve(store);
    await ask('insertOne', { document: { _id: 1, constructor: { prototype: { polluted: 1 } } } });
    for (const path of ['constructor.prototype.polluted', 'toString.polluted', 'a.constructor.x']) {
      await ask('updateOne', { filter: { _id: 1 }, update: { $set: { [path]: true } } });
      await ask('find', { filter: { [path]: true }, sort: { [path]: 1 } });
    }
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(Reflect.get(Object, 'x')).toBeUndefined();
    store.close();
  });
});
