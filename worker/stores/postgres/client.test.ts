import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NeonDbError } from '@neondatabase/serverless';
import { DrizzleQueryError, sql } from 'drizzle-orm';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Fault } from '../../platform/faults.ts';
import { guarded, openDb } from './client.ts';

async function failing(error: unknown): Promise<unknown> {
  try {
    return await guarded(async () => {
      throw error;
    });
  } catch (thrown) {
    return thrown;
  }
}

function postgresError(code: string | undefined): NeonDbError {
  return Object.assign(new NeonDbError('no'), { code });
}

describe('a failed query', () => {
  it('may be tried again if the store was away, busy or rolled back', async () => {
    for (const code of [undefined, '08006', '40001', '40P01', '53300', '55P03', '57P01']) {
      expect(await failing(postgresError(code))).toMatchObject({ name: 'Fault', retryable: true });
    }
  });

  it('may not be tried again if it was the query that was wrong', async () => {
    for (const code of ['23514', '42P01', '22P02', 'P0001']) {
      expect(await failing(postgresError(code))).toMatchObject({ name: 'Fault', retryable: false });
    }
  });

  it('is run again where a migration may have made its plan invalid, three times at most', async () => {
    for (const code of ['42703', '42883', '42P01', '42704', '42804', '0A000', 'XX000']) {
      let runs = 0;
      const query = (failures: number) => async () => {
        runs += 1;
        if (runs <= failures) throw postgresError(code);
        return runs;
      };
      expect(await guarded(query(2))).toBe(3);
      runs = 0;
      await expect(guarded(query(9))).rejects.toMatchObject({ name: 'Fault', retryable: false });
      expect(runs).toBe(3);
    }
  });

  it('is run once where it was refused for anything else, or its outcome is unknown', async () => {
    for (const code of [undefined, '40001', '55P03', '23514', '22P02', 'P0001', 'XX001']) {
      let runs = 0;
      const query = async () => {
        runs += 1;
        throw postgresError(code);
      };
      await expect(guarded(query)).rejects.toMatchObject({ name: 'Fault' });
      expect(runs).toBe(1);
    }
  });

  it('never repeats its parameters, which may be somebody’s address', async () => {
    const cause = postgresError('23514');
    const thrown = await failing(new DrizzleQueryError('SELECT $1', ['ada@example.com'], cause));
    expect(thrown).toBeInstanceOf(Fault);
    for (let error = thrown; error instanceof Error; error = error.cause) {
      expect(error.message).not.toContain('ada@example.com');
    }
  });

  it('may be tried again if its answer broke off half-way', async () => {
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '1000' });
      response.write('{"fields":[', () => response.destroy());
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const databaseEndpoint = `http://127.0.0.1:${port}/sql`;
    const db = openDb({ databaseUrl: 'postgres://user:password@host/shop', databaseEndpoint });
    const one = guarded(() => db.execute(sql`SELECT 1`));
    await expect(one).rejects.toMatchObject({ name: 'Fault', retryable: true });
    const many = guarded(() => db.batch([db.execute(sql`SELECT 1`)]));
    await expect(many).rejects.toMatchObject({ name: 'Fault', retryable: true });
  });

  it('has the time that its connection was opened with', async () => {
    const server = createServer(() => {});
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const databaseEndpoint = `http://127.0.0.1:${port}/sql`;
    const databaseUrl = 'postgres://user:password@host/shop';
    const waits = vi.spyOn(AbortSignal, 'timeout');
    const db = openDb({ databaseUrl, databaseEndpoint, timeoutMs: 20 });
    const query = guarded(() => db.execute(sql`SELECT 1`));
    await expect(query).rejects.toMatchObject({ name: 'Fault', retryable: true });
    expect(waits.mock.calls).toEqual([[20]]);
  });

  it('that is no fault of the store stays what it is', async () => {
    const bug = new TypeError('a bug');
    expect(await failing(bug)).toBe(bug);
    expect(await failing(new DrizzleQueryError('SELECT 1', [], bug))).toBe(bug);
  });
});
