// Owns the promise that a throw-away Postgres goes away with the process that started it.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { describe, expect, it, vi } from 'vitest';
import { startRealPostgres } from './real-postgres.ts';

const REAL_POSTGRES = fileURLToPath(new URL('./real-postgres.ts', import.meta.url));
const SLOW_MS_MAX = 30_000;

describe('a throw-away Postgres', { timeout: SLOW_MS_MAX }, () => {
  it('answers until it is stopped', async () => {
    const real = await startRealPostgres();
    const client = new pg.Client({ connectionString: real.connectionString });
    await client.connect();
    expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    await client.end();
    await real.stop();
    await expect(dataFolder(real.connectionString)).rejects.toThrow(/ECONNREFUSED|does not exist/);
  });

  it('goes away when its starter is killed', async () => {
    const program = `
      const { startRealPostgres } = await import(${JSON.stringify(REAL_POSTGRES)});
      console.log((await startRealPostgres()).connectionString);
      process.stdin.resume();`;
    // Always a server of its own: a database on a given server is not ours to guard.
    const { TEST_DATABASE_URL: _, ...env } = process.env;
    const starter = spawn(process.execPath, ['--input-type=module', '-e', program], { env });
    const [line] = await once(createInterface(starter.stdout), 'line');
    const connectionString = String(line);
    const folder = await dataFolder(connectionString);
    expect(existsSync(folder)).toBe(true);
    starter.kill('SIGKILL');
    const within = { timeout: SLOW_MS_MAX };
    await vi.waitFor(() => expect(existsSync(folder)).toBe(false), within);
    await expect(dataFolder(connectionString)).rejects.toThrow('ECONNREFUSED');
  });
});

async function dataFolder(connectionString: string): Promise<string> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  const { rows } = await client.query('SHOW data_directory');
  await client.end();
  return rows[0].data_directory;
}
