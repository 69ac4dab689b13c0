// Owns what only a real Postgres can show: many connections, locks, and connections that break.

import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { type NeonQueryFunction, neon, neonConfig } from '@neondatabase/serverless';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type NeonEndpoint, startNeonEndpoint } from './endpoint.ts';
import { openPostgres } from './postgres.ts';
import { type RealPostgres, startRealPostgres } from './real-postgres.ts';
import type { SqlBackend } from './sql-backend.ts';

/** On a machine that is busy with something else. */
const SOON = { timeout: 20_000 };

interface Served {
  backend: SqlBackend;
  endpoint: NeonEndpoint;
}

async function serve(backend: SqlBackend): Promise<Served> {
  return { backend, endpoint: await startNeonEndpoint({ backend, password: 'secret' }) };
}

async function stop({ backend, endpoint }: Served): Promise<void> {
  await endpoint.close();
  await backend.close();
}

/** The driver's endpoint is one for all, so each use names its own. */
function clientOf({ endpoint }: Served): NeonQueryFunction<false, false> {
  neonConfig.fetchEndpoint = endpoint.url;
  return neon(endpoint.connectionString);
}

describe('the endpoint before a real Postgres', () => {
  let real: RealPostgres;
  let served: Served;
  let sql: NeonQueryFunction<false, false>;

  beforeAll(async () => {
    real = await startRealPostgres();
    served = await serve(openPostgres(real.connectionString));
    await clientOf(served)`CREATE TABLE stock (id int PRIMARY KEY, units int NOT NULL)`;
  });

  afterAll(async () => {
    if (served) await stop(served);
    await real?.stop();
  });

  beforeEach(async () => {
    sql = clientOf(served);
    await sql`TRUNCATE stock`;
    await sql`INSERT INTO stock VALUES (1, 1000)`;
  });

  const unitsOf = async (id: number) =>
    (await sql`SELECT units FROM stock WHERE id = ${id}`)[0]?.units;

  const waitingForLocks = async () =>
    (await sql`SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock'`).map((r) => r.pid);

  /** Takes a unit of row 1 and holds its lock until freed, or until the test is over. */
  async function holdRow(): Promise<{ free: () => Promise<void> }> {
    const client = new pg.Client({ connectionString: real.connectionString });
    await client.connect();
    // A test that fails must not keep all others waiting. Ending it twice does nothing.
    onTestFinished(() => client.end());
    await client.query('BEGIN');
    await client.query('UPDATE stock SET units = units - 1 WHERE id = 1');
    return {
      free: async () => {
        await client.query('COMMIT');
        await client.end();
      },
    };
  }

  it('lets racing batches on one row all finish and lose no unit', async () => {
    const purchases = Array.from({ length: 60 }, () =>
      sql.transaction([
        sql`UPDATE stock SET units = units - 1 WHERE id = 1 AND units > 0`,
        sql`SELECT units FROM stock WHERE id = 1`,
      ]),
    );
    await Promise.all(purchases);
    expect(await unitsOf(1)).toBe(940);
  });

  it('makes a second writer wait for the first, and then both are done', async () => {
    const row = await holdRow();
    const waiting = sql`UPDATE stock SET units = units - 1 WHERE id = 1`;
    const done = waiting.then(() => 'done');
    await vi.waitFor(async () => expect(await waitingForLocks()).toHaveLength(1), SOON);
    await row.free();
    expect(await done).toBe('done');
    expect(await unitsOf(1)).toBe(998);
  });

  it('fails one of two serializable batches that cannot both be', async () => {
    const row = await holdRow();
    const raise = sql.transaction([sql`UPDATE stock SET units = 5 WHERE id = 1`], {
      isolationLevel: 'Serializable',
    });
    const outcome = raise.catch((error: unknown) => error);
    await vi.waitFor(async () => expect(await waitingForLocks()).toHaveLength(1), SOON);
    await row.free();
    expect(await outcome).toMatchObject({ code: '40001' });
    expect(await unitsOf(1)).toBe(999);
  });

  it('answers a server error when Postgres ends the connection, and works on', async () => {
    const row = await holdRow();
    const batch = sql.transaction([
      sql`INSERT INTO stock VALUES (2, 2)`,
      sql`UPDATE stock SET units = 0 WHERE id = 1`,
    ]);
    const outcome = batch.catch((error: unknown) => error);
    await vi.waitFor(async () => expect(await waitingForLocks()).toHaveLength(1), SOON);
    for (const pid of await waitingForLocks()) await sql`SELECT pg_terminate_backend(${pid})`;
    expect(await outcome).toMatchObject({
      message: expect.stringContaining('HTTP status 503'),
      code: undefined,
    });
    await row.free();
    expect(await unitsOf(2)).toBeUndefined();
    expect(await unitsOf(1)).toBe(999);
  });

  it('survives the end of its idle connections', async () => {
    const others = sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name = 'swiftdrop-local-neon' AND pid <> pg_backend_pid()`;
    await Promise.all([sql`SELECT 1`, sql`SELECT 2`, sql`SELECT 3`]);
    await others;
    await vi.waitFor(async () => expect(await unitsOf(1)).toBe(1000), SOON);
  });

  it('finishes a batch whose sender is gone, and keeps the connection usable', async () => {
    const row = await holdRow();
    const gone = new AbortController();
    const lone = await serve(openPostgres(real.connectionString, { connectionsMax: 1 }));
    const abandoned = fetch(lone.endpoint.url, {
      method: 'POST',
      signal: gone.signal,
      headers: { 'neon-connection-string': lone.endpoint.connectionString },
      body: JSON.stringify({
        queries: [
          { query: 'INSERT INTO stock VALUES (3, 3)' },
          { query: 'UPDATE stock SET units = units - 1 WHERE id = 1' },
        ],
      }),
    });
    const outcome = abandoned.catch((error: unknown) => error);
    await vi.waitFor(async () => expect(await waitingForLocks()).toHaveLength(1), SOON);
    gone.abort();
    await outcome;
    await row.free();
    // The only connection of this endpoint answers again, after the batch it was running.
    expect(await clientOf(lone)`SELECT units FROM stock ORDER BY id`).toEqual([
      { units: 998 },
      { units: 3 },
    ]);
    await stop(lone);
  });

  it('gives up waiting for a connection, and serves again when one is free', async () => {
    const row = await holdRow();
    const limits = { connectionsMax: 1, connectMsMax: 50 };
    const narrow = await serve(openPostgres(real.connectionString, limits));
    const client = clientOf(narrow);
    // To open its one connection may take a busy machine longer than it waits for one.
    await vi.waitFor(() => client`SELECT 1`, SOON);
    const busy = client`UPDATE stock SET units = units - 1 WHERE id = 1`.then(() => 'done');
    sql = clientOf(served);
    await vi.waitFor(async () => expect(await waitingForLocks()).toHaveLength(1), SOON);
    const impatient = clientOf(narrow)`SELECT 1`;
    await expect(impatient).rejects.toThrow('HTTP status 503');
    await row.free();
    expect(await busy).toBe('done');
    expect(await clientOf(narrow)`SELECT 1 AS one`).toEqual([{ one: 1 }]);
    await stop(narrow);
  });

  it('cuts a request that runs too long, and rolls it back', async () => {
    const row = await holdRow();
    const hasty = await serve(openPostgres(real.connectionString, { requestMsMax: 50 }));
    const client = clientOf(hasty);
    const batch = client.transaction([
      client`INSERT INTO stock VALUES (4, 4)`,
      client`UPDATE stock SET units = 0 WHERE id = 1`,
    ]);
    await expect(batch).rejects.toThrow('did not answer within 50 ms');
    await row.free();
    expect(await clientOf(hasty)`SELECT 1 AS one`).toEqual([{ one: 1 }]);
    await stop(hasty);
    sql = clientOf(served);
    await vi.waitFor(async () => expect(await waitingForLocks()).toEqual([]), SOON);
    expect(await unitsOf(4)).toBeUndefined();
  });

  it('takes no transaction of a lone BEGIN back into the pool', async () => {
    const lone = await serve(openPostgres(real.connectionString, { connectionsMax: 1 }));
    const client = clientOf(lone);
    await client`BEGIN`;
    await client`INSERT INTO stock VALUES (5, 5)`;
    await client`ROLLBACK`;
    await stop(lone);
    sql = clientOf(served);
    expect(await unitsOf(5)).toBe(5);
  });

  it('goes on by itself after the server was out of reach', async () => {
    const near = new URL(real.connectionString);
    const target = new URL(near);
    const relay = createServer((socket) => {
      const upstream = connect(Number(near.port || 5432), near.hostname);
      socket.pipe(upstream).pipe(socket);
      socket.on('error', () => upstream.destroy());
      upstream.on('error', () => socket.destroy());
    });
    relay.listen(0, '127.0.0.1');
    await once(relay, 'listening');
    const address = relay.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    relay.close();
    await once(relay, 'close');
    target.port = String(port);

    const far = await serve(openPostgres(target.href));
    await expect(clientOf(far)`SELECT 1`).rejects.toThrow('HTTP status 503');
    relay.listen(port, '127.0.0.1');
    await once(relay, 'listening');
    expect(await clientOf(far)`SELECT 1 AS one`).toEqual([{ one: 1 }]);
    await stop(far);
    relay.close();
  });

  it('never shows the credentials of the Postgres behind it', async () => {
    const wrong = new URL(real.connectionString);
    wrong.username = 'nobody';
    wrong.password = 'hunter2';
    const locked = await serve(openPostgres(wrong.href));
    const error: unknown = await clientOf(locked)`SELECT 1`.catch((thrown: unknown) => thrown);
    expect(String(error)).toContain('HTTP status 503');
    expect(String(error)).not.toContain('hunter2');
    await stop(locked);
  });
});
