/** Starts this package in Node as its README says, and asks it as an application would. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';

const SERVE = fileURLToPath(new URL('./serve.ts', import.meta.url));
const REACH = { DATA_API_DATABASE: 'shop', DATA_API_COLLECTIONS: 'notes' };
const NOTES = { dataSource: 'mongodb-atlas', database: 'shop', collection: 'notes' };

let server: ChildProcess | undefined;

afterEach(() => {
  server?.kill('SIGKILL');
});

async function start(env: Record<string, string>) {
  const started = spawn(process.execPath, [SERVE], {
    env: { PORT: '0', DATA_FILE: ':memory:', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  server = started;
  const printed: string[] = [];
  for await (const line of createInterface(started.stdout)) {
    printed.push(line.replace(/^[^:]+: /, ''));
    if (printed.length === 2) break;
  }
  const [url = '', key = ''] = printed;
  const ask = async (action: string, body: object): Promise<unknown> => {
    const response = await fetch(`${url}/action/${action}`, {
      method: 'POST',
      headers: { apiKey: key, 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...NOTES, ...body }),
    });
    return response.json();
  };
  return { started, key, ask };
}

it('keeps a document and finds it again, until it is stopped', async () => {
  const { started, ask } = await start(REACH);
  await ask('insertOne', { document: { _id: 'a', text: 'kept' } });
  const found = await ask('findOne', { filter: { text: 'kept' } });
  expect(found).toEqual({ document: { _id: 'a', text: 'kept' } });
  const exited = once(started, 'exit');
  started.kill('SIGTERM');
  expect(await exited).toEqual([0, null]);
});

it('takes the key that it is given', async () => {
  const given = 'k'.repeat(32);
  const { key, ask } = await start({ ...REACH, DATA_API_KEY: given });
  expect(key).toBe(given);
  expect(await ask('findOne', { filter: {} })).toEqual({ document: null });
});

it('names each variable that is missing, and ends', async () => {
  server = spawn(process.execPath, [SERVE], { env: { PORT: '0' } });
  let complaint = '';
  server.stderr?.on('data', (text) => {
    complaint += text;
  });
  const [code] = (await once(server, 'close')) as [number | null];
  expect(code).toBe(1);
  expect(complaint).toMatch(/DATA_API_DATABASE is missing; .+DATA_API_COLLECTIONS is missing/);
});
