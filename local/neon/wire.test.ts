// Owns the bytes of the protocol: requests and answers as they are without a driver between.

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BOTH_BACKENDS, type TestBackend } from './both-backends.ts';
import { type NeonEndpoint, startNeonEndpoint } from './endpoint.ts';
import { PG_ERROR_FIELDS } from './sql-backend.ts';

const RESULT_BYTES_MAX = 100_000;

/** What these tests look into; elsewhere answers are compared whole. */
interface Answer {
  message?: string;
  rows: { v?: unknown }[];
}

describe.each(BOTH_BACKENDS)('the wire over $name', ({ start }) => {
  let database: TestBackend;
  let endpoint: NeonEndpoint;

  beforeAll(async () => {
    database = await start();
    endpoint = await startNeonEndpoint({
      backend: database.backend,
      password: 'secret',
      limits: { resultBytesMax: RESULT_BYTES_MAX },
    });
    await post({ query: 'CREATE TABLE things (id int, name varchar(20))' });
  });

  afterAll(async () => {
    await endpoint?.close();
    await database?.stop();
  });

  function post(body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(endpoint.url, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: { 'neon-connection-string': endpoint.connectionString, ...headers },
    });
  }

  async function typed(expression: string, params: unknown[] = []): Promise<unknown> {
    const response = await post({ query: `SELECT ${expression} AS v`, params });
    const answer = (await response.json()) as Answer;
    return response.ok ? answer.rows[0]?.v : answer.message;
  }

  it('describes every field of a result', async () => {
    const response = await post({ query: "INSERT INTO things VALUES (1, 'a') RETURNING id, name" });
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    const shared = { tableID: expect.any(Number), format: 'text' };
    expect(await response.json()).toEqual({
      fields: [
        {
          name: 'id',
          dataTypeID: 23,
          columnID: 1,
          dataTypeSize: 4,
          dataTypeModifier: -1,
          ...shared,
        },
        {
          name: 'name',
          dataTypeID: 1043,
          columnID: 2,
          dataTypeSize: -1,
          dataTypeModifier: 24,
          ...shared,
        },
      ],
      rows: [{ id: 1, name: 'a' }],
      command: 'INSERT',
      rowCount: 1,
      rowAsArray: false,
    });
  });

  it.each([
    ["'t'::bool", true],
    ['7::smallint', 7],
    ['-7::int', -7],
    ['9007199254740993::bigint', '9007199254740993'],
    ['1.50::numeric', '1.50'],
    ['0.5::float4', 0.5],
    ["'NaN'::float8", 'NaN'],
    ["'-Infinity'::float8", '-Infinity'],
    ['\'{"a": [1, null]}\'::jsonb', { a: [1, null] }],
    ["'[1]'::json", [1]],
    ["'2026-11-22'::date", '2026-11-22'],
    ["'2026-11-22 10:00:00+00'::timestamptz AT TIME ZONE 'UTC'", '2026-11-22 10:00:00'],
    ["'\\x00ff'::bytea", '\\x00ff'],
    ["ARRAY['a', NULL, 'NULL', 'x,\"y\\', '']", ['a', null, 'NULL', 'x,"y\\', '']],
    [
      'ARRAY[[1,2],[3,4]]',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ["'[0:1]={5,6}'::int[]", [5, 6]],
    ["'{}'::text[]", []],
    ['ARRAY[true, NULL]', [true, null]],
    ['ARRAY[\'{"a":1}\'::jsonb]', [{ a: 1 }]],
    ['NULL::int', null],
  ])('gives %s as JSON', async (expression, expected) => {
    expect(await typed(expression)).toEqual(expected);
  });

  it.each([
    ['$1::int', 3, 3],
    ['$1::bool', true, true],
    ['$1::text', { a: 1 }, '{"a":1}'],
    ['$1::text[]', ['x', null, 'q"uote', 1.5], ['x', null, 'q"uote', '1.5']],
    ['$1::jsonb[]', [{ a: 'b"' }], [{ a: 'b"' }]],
    [
      '$1::int[]',
      [
        [1, 2],
        [3, 4],
      ],
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ['$1::text', null, null],
    // Neon writes an element as JSON does, and Postgres reads no such escape. The driver does not
    // depend on it: it sends an array as text of its own.
    ['$1::text[]', ['a\nb'], ['anb']],
  ])('takes the parameter of %s: %j', async (expression, param, expected) => {
    expect(await typed(expression, [param])).toEqual(expected);
  });

  it('takes any list of texts and gives it back as it was', async () => {
    // Without those that JSON escapes (see above).
    const texts = fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('NULL', '{}')));
    const property = fc.asyncProperty(texts, async (list) => {
      const sent = list.map((text) => text.replaceAll(/[\p{Cc}]/gu, ''));
      expect(await typed('$1::text[]', [sent])).toEqual(sent);
    });
    await fc.assert(property, { numRuns: 50 });
  });

  it('takes a number beyond 2^53 digit by digit', async () => {
    const response = await post(
      '{"query": "SELECT $1::bigint AS v", "params": [9007199254740993]}',
    );
    expect(await response.json()).toMatchObject({ rows: [{ v: '9007199254740993' }] });
  });

  it('gives text as Postgres wrote it, in arrays, where the headers say so', async () => {
    const query = { query: 'SELECT true AS b, 1 AS i, \'{"a": 1}\'::jsonb AS j, NULL AS n' };
    const headers = { 'neon-raw-text-output': 'true', 'neon-array-mode': 'true' };
    expect(await (await post(query, headers)).json()).toMatchObject({
      rows: [['t', '1', '{"a": 1}', null]],
      rowAsArray: true,
    });
  });

  it("lets a query's own arrayMode win over the header", async () => {
    const queries = [{ query: 'SELECT 1 AS a', arrayMode: false }, { query: 'SELECT 1 AS a' }];
    const response = await post({ queries }, { 'neon-array-mode': 'true' });
    expect(await response.json()).toMatchObject({
      results: [
        { rows: [{ a: 1 }], rowAsArray: false },
        { rows: [[1]], rowAsArray: true },
      ],
    });
  });

  it('repeats the transaction headers of a batch', async () => {
    const asked = {
      'neon-batch-isolation-level': 'Serializable',
      'neon-batch-read-only': 'true',
      'neon-batch-deferrable': 'true',
    };
    const response = await post({ queries: [{ query: 'SELECT 1' }] }, asked);
    expect(Object.fromEntries(response.headers)).toMatchObject(asked);
  });

  it('answers an empty batch and an empty query', async () => {
    expect(await (await post({ queries: [] })).json()).toEqual({ results: [] });
    expect(await (await post({ query: '' })).json()).toEqual({
      fields: [],
      rows: [],
      command: '',
      rowCount: null,
      rowAsArray: false,
    });
  });

  it('sends every field of a Postgres error with status 400', async () => {
    const response = await post({ query: 'SELECT nope' });
    expect(response.status).toBe(400);
    const answer = (await response.json()) as object;
    expect(Object.keys(answer).toSorted()).toEqual(['message', ...PG_ERROR_FIELDS].toSorted());
    expect(answer).toMatchObject({
      message: 'column "nope" does not exist',
      severity: 'ERROR',
      code: '42703',
      position: '8',
      detail: null,
      constraint: null,
    });
  });

  it('answers 507 to too many rows, keeps nothing of the batch, and works on', async () => {
    const rows = `SELECT repeat('x', 1000) FROM generate_series(1, ${RESULT_BYTES_MAX / 500})`;
    const single = await post({ query: rows });
    expect(single.status).toBe(507);
    expect(await single.json()).toMatchObject({ message: 'response is too large' });
    const write = { query: "INSERT INTO things VALUES (2, 'lost')" };
    expect((await post({ queries: [write, { query: rows }] })).status).toBe(507);
    expect(await typed('(SELECT count(*)::int FROM things WHERE id = 2)')).toBe(0);
  });

  it('lets a whole batch bring back only as much as one query', async () => {
    const half = { query: `SELECT repeat('x', ${RESULT_BYTES_MAX * 0.6})` };
    expect((await post(half)).status).toBe(200);
    expect((await post({ queries: [half, half] })).status).toBe(507);
  });

  it.each([
    ['a wrong number of parameters', { query: 'SELECT $1::int', params: [] }, '08P01'],
    ['text that is no number', { query: 'SELECT $1::int', params: ['x'] }, '22P02'],
    ['a zero byte in a parameter', { query: 'SELECT $1::text', params: ['\0'] }, '22021'],
    ['a division by zero', { query: 'SELECT 1/0' }, '22012'],
  ])('passes on what Postgres says to %s', async (_case, body, code) => {
    const response = await post(body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code });
    expect(await typed('1')).toBe(1);
  });
});
