// Owns the promise that Neon's own driver works against the endpoint, whichever database is behind.

import { type NeonQueryFunction, neon, neonConfig } from '@neondatabase/serverless';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BOTH_BACKENDS, type TestBackend } from './both-backends.ts';
import { type NeonEndpoint, startNeonEndpoint } from './endpoint.ts';

describe.each(BOTH_BACKENDS)('the Neon driver over $name', ({ start }) => {
  let database: TestBackend;
  let endpoint: NeonEndpoint;
  let sql: NeonQueryFunction<false, false>;

  beforeAll(async () => {
    database = await start();
    endpoint = await startNeonEndpoint({ backend: database.backend, password: 's3 cr/et' });
    neonConfig.fetchEndpoint = endpoint.url;
    sql = neon(endpoint.connectionString);
    await sql`CREATE TABLE stock (
      id int PRIMARY KEY, left_over int NOT NULL,
      CONSTRAINT stock_not_negative CHECK (left_over >= 0))`;
    await sql`CREATE TABLE orders (
      id int PRIMARY KEY,
      stock_id int CONSTRAINT orders_stock REFERENCES stock DEFERRABLE INITIALLY DEFERRED)`;
  });

  afterAll(async () => {
    await endpoint?.close();
    await database?.stop();
  });

  beforeEach(async () => {
    await sql`TRUNCATE stock, orders`;
    await sql`INSERT INTO stock VALUES (1, 5)`;
  });

  const stockIds = async () => (await sql`SELECT id FROM stock ORDER BY id`).map((row) => row.id);

  it.each([
    ['text', 'ünï\n"\\', 'ünï\n"\\'],
    ['text', '', ''],
    ['text', null, null],
    ['text[]', ['a', 'b,"c\\', '', 'NULL', '{}'], ['a', 'b,"c\\', '', 'NULL', '{}']],
    ['int[]', [[1], [2]], [[1], [2]]],
    ['jsonb', { a: [1, { b: null }] }, { a: [1, { b: null }] }],
    ['jsonb', '[1,"x"]', [1, 'x']],
    ['numeric', '12345678901234567890.123456789', '12345678901234567890.123456789'],
    ['bigint', '9007199254740993', '9007199254740993'],
    ['int', 42, 42],
    ['float8', 0.1, 0.1],
    ['bool', true, true],
    ['bytea', Buffer.from([0, 255, 92]), Buffer.from([0, 255, 92])],
    ['uuid', '0190a6c2-0000-7000-8000-000000000001', '0190a6c2-0000-7000-8000-000000000001'],
    ['timestamptz', '2026-11-22T10:00:00.123Z', new Date('2026-11-22T10:00:00.123Z')],
    ['timestamptz', new Date(0), new Date(0)],
    ['date', '2026-02-28', new Date(2026, 1, 28)],
  ])('carries a %s there and back: %j', async (type, value, expected) => {
    const rows = await sql.query(`SELECT $1::${type} AS value`, [value]);
    expect(rows).toEqual([{ value: expected }]);
  });

  it('carries any list of texts there and back', async () => {
    const texts = fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('NULL', '{}')));
    const property = fc.asyncProperty(texts, async (list) => {
      // Postgres text has no zero byte.
      const sent = list.map((text) => text.replaceAll('\0', ''));
      expect(await sql`SELECT ${sent}::text[] AS value`).toEqual([{ value: sent }]);
    });
    await fc.assert(property, { numRuns: 50 });
  });

  it('carries a bigint parameter there', async () => {
    expect(await sql`SELECT ${9007199254740993n}::bigint AS value`).toEqual([
      { value: '9007199254740993' },
    ]);
  });

  it('answers the command and the number of rows', async () => {
    const full = { fullResults: true } as const;
    const insert = await sql.query('INSERT INTO stock VALUES (2, 1), (3, 1)', [], full);
    expect(insert).toMatchObject({ command: 'INSERT', rowCount: 2, rows: [] });
    const update = await sql.query('UPDATE stock SET left_over = 9 WHERE id = 77', [], full);
    expect(update).toMatchObject({ command: 'UPDATE', rowCount: 0 });
    const create = await sql.query('CREATE TEMP TABLE passing (a int)', [], full);
    expect(create).toMatchObject({ command: 'CREATE', rowCount: null });
  });

  it('gives rows as arrays where asked', async () => {
    const rows = await sql.query('SELECT id, left_over FROM stock', [], { arrayMode: true });
    expect(rows).toEqual([[1, 5]]);
  });

  it('reports a duplicate key with its code and constraint', async () => {
    await expect(sql`INSERT INTO stock VALUES (1, 1)`).rejects.toMatchObject({
      name: 'NeonDbError',
      code: '23505',
      constraint: 'stock_pkey',
      table: 'stock',
      schema: 'public',
      severity: 'ERROR',
      detail: 'Key (id)=(1) already exists.',
    });
  });

  it('reports a failed check with its code and constraint', async () => {
    await expect(sql`UPDATE stock SET left_over = -1`).rejects.toMatchObject({
      code: '23514',
      constraint: 'stock_not_negative',
    });
  });

  it('reports where a syntax error is', async () => {
    await expect(sql`SELECT 1 FORM stock`).rejects.toMatchObject({ code: '42601', position: '15' });
  });

  it('keeps all of a batch, in order', async () => {
    const results = await sql.transaction([
      sql`INSERT INTO stock VALUES (2, 2)`,
      sql`SELECT count(*)::int AS n FROM stock`,
    ]);
    expect(results).toEqual([[], [{ n: 2 }]]);
    expect(await stockIds()).toEqual([1, 2]);
  });

  it('keeps nothing of a batch that fails, and works on', async () => {
    const batch = sql.transaction([
      sql`INSERT INTO stock VALUES (2, 2)`,
      sql`INSERT INTO stock VALUES (1, 1)`,
      sql`INSERT INTO stock VALUES (3, 3)`,
    ]);
    await expect(batch).rejects.toMatchObject({ code: '23505' });
    expect(await stockIds()).toEqual([1]);
  });

  it('refuses a batch that fails only at its commit', async () => {
    const batch = sql.transaction([sql`INSERT INTO orders VALUES (1, 99)`]);
    await expect(batch).rejects.toMatchObject({ code: '23503', constraint: 'orders_stock' });
    expect(await sql`SELECT * FROM orders`).toEqual([]);
  });

  it('refuses a write in a read-only batch', async () => {
    const batch = sql.transaction([sql`INSERT INTO stock VALUES (2, 2)`], { readOnly: true });
    await expect(batch).rejects.toMatchObject({ code: '25006' });
    expect(await stockIds()).toEqual([1]);
  });

  it.each([
    ['ReadUncommitted', 'read uncommitted'],
    ['ReadCommitted', 'read committed'],
    ['RepeatableRead', 'repeatable read'],
    ['Serializable', 'serializable'],
  ] as const)('runs a batch as %s', async (isolationLevel, shown) => {
    const [rows] = await sql.transaction([sql`SHOW transaction_isolation`], { isolationLevel });
    expect(rows).toEqual([{ transaction_isolation: shown }]);
  });

  it('runs a deferrable batch', async () => {
    const [rows] = await sql.transaction([sql`SHOW transaction_deferrable`], {
      isolationLevel: 'Serializable',
      readOnly: true,
      deferrable: true,
    });
    expect(rows).toEqual([{ transaction_deferrable: 'on' }]);
  });

  it('leaves no transaction open after a lone BEGIN', async () => {
    await sql`BEGIN`;
    await sql`INSERT INTO stock VALUES (2, 2)`;
    await sql`ROLLBACK`;
    expect(await stockIds()).toEqual([1, 2]);
  });

  it('refuses several statements in one query', async () => {
    const two = sql.query('DELETE FROM stock; SELECT 1');
    await expect(two).rejects.toMatchObject({ code: '42601' });
    expect(await stockIds()).toEqual([1]);
  });

  it('refuses COPY FROM STDIN and works on', async () => {
    await expect(sql`COPY stock FROM STDIN`).rejects.toMatchObject({ code: '57014' });
    await expect(sql.transaction([sql`COPY stock FROM STDIN`])).rejects.toMatchObject({
      code: '57014',
    });
    expect(await stockIds()).toEqual([1]);
  });

  it('refuses another password the way Neon does', async () => {
    const intruder = neon(endpoint.connectionString.replace('s3%20cr%2Fet', 'guess'));
    await expect(intruder`SELECT 1`).rejects.toMatchObject({
      code: '28P01',
      message: "password authentication failed for user 'swiftdrop'",
    });
  });
});
