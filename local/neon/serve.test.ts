// Starts this package as its README says, and runs SQL through Neon's driver as a program would.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { neon, neonConfig } from '@neondatabase/serverless';
import { afterEach, expect, it } from 'vitest';
import { startRealPostgres } from './real-postgres.ts';

const SERVE = fileURLToPath(new URL('./serve.ts', import.meta.url));

let server: ChildProcess | undefined;

afterEach(() => {
  server?.kill('SIGKILL');
});

async function start(env: Record<string, string>) {
  const started = spawn(process.execPath, [SERVE], {
    env: { PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  server = started;
  const printed: string[] = [];
  for await (const line of createInterface(started.stdout)) {
    printed.push(/'(.+)'/.exec(line)?.[1] ?? '');
    if (printed.length === 2) break;
  }
  const [url = '', connectionString = ''] = printed;
  return { started, url, connectionString };
}

async function stop(started: ChildProcess): Promise<number | null> {
  const exited = once(started, 'exit');
  started.kill('SIGTERM');
  const [code] = (await exited) as [number | null];
  return code;
}

it('serves an embedded Postgres at the address that it prints, until it is stopped', async () => {
  const { started, url, connectionString } = await start({ DATA_FOLDER: 'memory' });
  neonConfig.fetchEndpoint = url;
  const sql = neon(connectionString);
  expect(await sql`SELECT ${'one'}::text AS word`).toEqual([{ word: 'one' }]);
  expect(await stop(started)).toBe(0);
});

it('serves the Postgres in DATABASE_URL with the given password', async () => {
  const real = await startRealPostgres();
  try {
    const env = { DATABASE_URL: real.connectionString, PASSWORD: 'a password' };
    const { started, url, connectionString } = await start(env);
    expect(connectionString).toContain(':a%20password@');
    neonConfig.fetchEndpoint = url;
    expect(await neon(connectionString)`SELECT 1 AS one`).toEqual([{ one: 1 }]);
    expect(await stop(started)).toBe(0);
  } finally {
    await real.stop();
  }
});

it('says in one line what is wrong, and ends', async () => {
  server = spawn(process.execPath, [SERVE], { env: { PORT: '0', DATA_FOLDER: '/dev/null/no' } });
  let complaint = '';
  server.stderr?.on('data', (text) => {
    complaint += text;
  });
  const [code] = (await once(server, 'close')) as [number | null];
  expect(code).toBe(1);
  expect(complaint).toMatch(/^Cannot open the local database in [^\n]+\n$/);
});
