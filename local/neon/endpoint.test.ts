// Owns the endpoint's behaviour that no database has a part in: refusals, limits, faults, closing.

import { once } from 'node:events';
import { createServer, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { neon, neonConfig } from '@neondatabase/serverless';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { type NeonEndpoint, type NeonEndpointOptions, startNeonEndpoint } from './endpoint.ts';
import { BackendUnavailable, type SqlBackend, type SqlResult } from './sql-backend.ts';

const NOTHING: SqlResult = { fields: [], rows: [], command: 'SELECT', rowCount: 0 };

const started: NeonEndpoint[] = [];

afterEach(async () => {
  for (const endpoint of started.splice(0)) await endpoint.close();
});

/** Answers everything with nothing, by default. */
function fakeBackend(run: SqlBackend['run'] = async () => NOTHING): SqlBackend {
  return {
    run,
    runBatch: ({ statements }, meter) => Promise.all(statements.map((one) => run(one, meter))),
    close: async () => {},
  };
}

async function start(options: Partial<NeonEndpointOptions> = {}): Promise<NeonEndpoint> {
  const endpoint = await startNeonEndpoint({
    backend: fakeBackend(),
    password: 'secret',
    ...options,
  });
  started.push(endpoint);
  return endpoint;
}

function post(endpoint: NeonEndpoint, body: RequestInit['body'], headers = {}): Promise<Response> {
  const connection = { 'neon-connection-string': endpoint.connectionString };
  return fetch(endpoint.url, {
    method: 'POST',
    body: body ?? null,
    headers: { ...connection, ...headers },
  });
}

/** The answer to a request whose headers are all given, which `fetch` would not send so. */
async function statusAs(endpoint: NeonEndpoint, given: Record<string, string>): Promise<number> {
  const { port } = new URL(endpoint.url);
  const headers = Object.entries(given).map(([name, value]) => [name, value.replace('PORT', port)]);
  const asked = request(endpoint.url, {
    method: 'POST',
    headers: {
      'neon-connection-string': endpoint.connectionString,
      ...Object.fromEntries(headers),
    },
  });
  asked.end(JSON.stringify({ query: 'SELECT 1', params: [] }));
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  answer.resume();
  return answer.statusCode ?? 0;
}

describe('who may run SQL', () => {
  it.each([
    ['no connection string', undefined, 'invalid header: neon-connection-string'],
    ['an empty one', '', 'invalid connection string'],
    ['no URL', 'secret', 'invalid connection string'],
    ['another scheme', 'mysql://u:secret@localhost/d', 'incorrect scheme'],
    ['no database', 'postgres://u:secret@localhost', 'missing database name'],
    ['an empty database', 'postgres://u:secret@localhost/', 'missing database name'],
    ['no user', 'postgres://:secret@localhost/d', 'missing username'],
    [
      'no password',
      'postgres://u@localhost/d',
      'missing authentication credentials: required password',
    ],
    ['an IPv6 host', 'postgres://u:secret@[::1]/d', 'missing hostname'],
    [
      'bad percent-encoding',
      'postgres://u:%zz@localhost/d',
      'invalid connection string: bad percent-encoding',
    ],
    [
      'another password',
      'postgres://u:secre@localhost/d',
      "password authentication failed for user 'u'",
    ],
  ])('refuses %s', async (_case, connectionString, message) => {
    const ran: string[] = [];
    const backend = fakeBackend(async ({ text }) => {
      ran.push(text);
      return NOTHING;
    });
    const endpoint = await start({ backend });
    const response = await fetch(endpoint.url, {
      method: 'POST',
      body: '{"query":"SELECT 1"}',
      headers: connectionString === undefined ? {} : { 'neon-connection-string': connectionString },
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ message });
    expect(ran).toEqual([]);
  });

  it('refuses a JWT, having only passwords', async () => {
    const response = await post(await start(), '{"query":""}', { authorization: 'Bearer x.y.z' });
    expect(response.status).toBe(400);
  });

  it('takes any user, host, database and query string with the right password', async () => {
    const endpoint = await start({ password: 'p@ss/wörd %' });
    const password = encodeURIComponent('p@ss/wörd %');
    const response = await post(endpoint, '{"query":""}', {
      'neon-connection-string': `postgresql://me:${password}@ep-1.eu.neon.tech/shop?sslmode=require`,
    });
    expect(response.status).toBe(200);
  });

  it('takes any password only where its options say so', async () => {
    const endpoint = await start({ password: null });
    const anyPassword = { 'neon-connection-string': 'postgres://u:whatever@localhost/d' };
    expect((await post(endpoint, '{"query":""}', anyPassword)).status).toBe(200);
    expect((await post(endpoint, '{"query":""}')).status).toBe(200);
  });
});

describe('what is no request for SQL', () => {
  it('answers 404 elsewhere and 405 to other methods', async () => {
    const endpoint = await start();
    expect((await fetch(new URL('/', endpoint.url))).status).toBe(404);
    expect((await fetch(new URL('/sql/x', endpoint.url), { method: 'POST' })).status).toBe(404);
    expect((await fetch(endpoint.url)).status).toBe(405);
    expect((await fetch(endpoint.url, { method: 'DELETE' })).status).toBe(405);
  });

  it('lets no page of another site ask, and none read', async () => {
    const { url } = await start();
    const preflight = await fetch(url, { method: 'OPTIONS' });
    expect(preflight.status).toBe(405);
    expect([...preflight.headers.keys()].filter((name) => name.startsWith('access-'))).toEqual([]);
  });

  it.each<[string, Record<string, string>]>([
    ['under another name', { host: 'shop.evil.example' }],
    ['under another name with the port', { host: 'evil.example:PORT' }],
    ['under a name that begins like ours', { host: 'localhost.evil.example:PORT' }],
    ['from a page', { host: '127.0.0.1:PORT', origin: 'https://evil.example' }],
    ['from a sandboxed page', { host: '127.0.0.1:PORT', origin: 'null' }],
    ['as a navigation', { host: 'localhost:PORT', 'sec-fetch-site': 'cross-site' }],
  ])('runs no SQL that is asked %s', async (_how, headers) => {
    let ran = 0;
    const run = async () => {
      ran++;
      return NOTHING;
    };
    const endpoint = await start({ backend: fakeBackend(run) });
    expect(await statusAs(endpoint, { host: 'localhost' })).toBe(200);
    expect(await statusAs(endpoint, headers)).toBe(403);
    expect(ran).toBe(1);
  });

  it.each([
    ['nothing', ''],
    ['broken JSON', '{"query":'],
    ['no object', '[]'],
    ['a number', '7'],
    ['null', 'null'],
    ['neither query nor queries', '{}'],
    ['a query that is no text', '{"query":7}'],
    ['queries that are no list', '{"queries":{"query":"SELECT 1"}}'],
    ['a batch entry that is no query', '{"queries":[1]}'],
    ['params that are no list', '{"query":"SELECT 1","params":{}}'],
    ['null params', '{"query":"SELECT 1","params":null}'],
    ['an arrayMode that is no boolean', '{"query":"SELECT 1","arrayMode":1}'],
    ['a zero byte in the query', '{"query":"SELECT 1\\u0000; DROP"}'],
    ['bytes that are no UTF-8', new Uint8Array([0x7b, 0xff, 0x7d])],
    ['nesting without end', '['.repeat(100_000)],
    ['an array nested too deep', `{"query":"","params":[${'['.repeat(99)}${']'.repeat(99)}]}`],
    ['too many params', JSON.stringify({ query: '', params: Array(65_536).fill(null) })],
    ['too many queries', `{"queries":[${Array(10_001).fill('{"query":""}').join()}]}`],
  ])('answers 400 to %s', async (_case, body) => {
    const response = await post(await start(), body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ message: expect.any(String), code: '' });
  });

  it('refuses an unknown isolation level', async () => {
    const headers = { 'neon-batch-isolation-level': 'Snapshot' };
    const response = await post(await start(), '{"queries":[]}', headers);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ message: 'invalid isolation level' });
  });

  it('answers any body at all, and never with a fault of its own', async () => {
    const endpoint = await start();
    const like = fc.record(
      {
        query: fc.anything(),
        params: fc.anything(),
        queries: fc.anything(),
        arrayMode: fc.anything(),
      },
      { requiredKeys: [] },
    );
    const body = fc.oneof(
      fc.string(),
      fc.json(),
      like.map((value) => JSON.stringify(value, noBigInt)),
    );
    await fc.assert(
      fc.asyncProperty(body, async (text) => {
        const response = await post(endpoint, text);
        await response.arrayBuffer();
        expect([200, 400]).toContain(response.status);
      }),
      { numRuns: 200 },
    );
  });

  it('survives what is not even HTTP', async () => {
    const endpoint = await start();
    const socket = connect(Number(new URL(endpoint.url).port), '127.0.0.1');
    socket.end('\0\x16\x03 nonsense\r\n\r\n');
    socket.resume();
    await once(socket, 'close');
    expect((await post(endpoint, '{"query":""}')).status).toBe(200);
  });
});

describe('limits', () => {
  it('answers 413 to a body too large, sent at once or in pieces of unknown number', async () => {
    const endpoint = await start({ limits: { requestBytesMax: 1_000 } });
    const body = JSON.stringify({ query: 'x'.repeat(2_000_000) });
    expect((await post(endpoint, body)).status).toBe(413);
    const pieces = new Blob([body]).stream();
    const init = { method: 'POST', body: pieces, duplex: 'half' as const };
    const headers = { 'neon-connection-string': endpoint.connectionString };
    const response = await fetch(endpoint.url, { ...init, headers });
    expect(response.status).toBe(413);
    expect((await post(endpoint, '{"query":""}')).status).toBe(200);
  });

  it('answers 503 to a request too many, and serves again when there is room', async () => {
    const held = Promise.withResolvers<SqlResult>();
    const running = Promise.withResolvers<void>();
    const backend = fakeBackend(() => {
      running.resolve();
      return held.promise;
    });
    const endpoint = await start({ backend, limits: { requestsInFlightMax: 1 } });
    const first = post(endpoint, '{"query":""}');
    await running.promise;
    expect((await post(endpoint, '{"query":""}')).status).toBe(503);
    held.resolve(NOTHING);
    expect((await first).status).toBe(200);
    expect((await post(endpoint, '{"query":""}')).status).toBe(200);
  });
});

describe('faults', () => {
  it('makes a lost database a server error to the driver, without a code', async () => {
    const lines: string[] = [];
    const backend = fakeBackend(async () => {
      throw new BackendUnavailable('the database is gone');
    });
    const endpoint = await start({ backend, log: (line) => lines.push(line) });
    neonConfig.fetchEndpoint = endpoint.url;
    await expect(neon(endpoint.connectionString)`SELECT 'private'`).rejects.toMatchObject({
      name: 'NeonDbError',
      message: expect.stringContaining('HTTP status 503'),
      code: undefined,
    });
    expect(lines.join()).toContain('the database is gone');
    expect(lines.join()).not.toContain('private');
  });

  it('answers 500 to a bug, without its details', async () => {
    const backend = fakeBackend(async () => {
      throw new TypeError('undefined is not a function');
    });
    const response = await post(await start({ backend }), '{"query":""}');
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('undefined is not');
  });
});

describe('starting and closing', () => {
  it('answers what is in flight before it closes', async () => {
    const held = Promise.withResolvers<SqlResult>();
    const running = Promise.withResolvers<void>();
    const backend = fakeBackend(() => {
      running.resolve();
      return held.promise;
    });
    const endpoint = await start({ backend });
    const first = post(endpoint, '{"query":""}');
    await running.promise;
    const closed = endpoint.close();
    held.resolve(NOTHING);
    expect((await first).status).toBe(200);
    await closed;
    await expect(post(endpoint, '{"query":""}')).rejects.toThrow('fetch failed');
    await endpoint.close();
  });

  it('says which port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    await expect(start({ port })).rejects.toThrow(`Cannot serve SQL on 127.0.0.1:${port}`);
    other.close();
  });
});

function noBigInt(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
