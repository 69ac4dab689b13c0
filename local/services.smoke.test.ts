/** `npm run services` beside a Worker that is started as anybody does: plain `wrangler dev`. */
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseEnv } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest';
import type { Session } from '../worker/contract/accounts.ts';
import type { EventDetail, EventList } from '../worker/contract/events.ts';
import type { OrderAnswer } from '../worker/contract/orders.ts';
import { freePort } from './free-port.ts';
import { type SpawnedGroup, spawnGroup } from './testing/dev-server.ts';

const HEALTHY_MS_MAX = 90_000;
const LOOK_MS = 200;
const UP = /The database and the documents are up/;

let folder = '';
/** Of all tests: to make its database takes longer than all that is asked of the services. */
let data = '';
let devVars = '';

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'swiftdrop-services-data-'));
});

afterAll(() => rm(data, { recursive: true, force: true }));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'swiftdrop-services-'));
  devVars = join(folder, '.dev.vars');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** Ended with the test. */
function run(command: string, args: string[], env: Record<string, string> = {}): SpawnedGroup {
  const running = spawnGroup(command, args, env);
  onTestFinished(() => interrupt(running));
  return running;
}

async function interrupt({ child }: SpawnedGroup): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const exited = once(child, 'exit');
  process.kill(-child.pid, 'SIGINT');
  await exited;
}

async function startServices(): Promise<SpawnedGroup> {
  const services = run('npm', ['run', '--silent', 'services'], {
    SWIFTDROP_DATA: data,
    DATABASE_URL: '',
    MONGODB_URI: '',
    DEV_VARS: devVars,
  });
  await new Promise<void>((resolve, reject) => {
    services.child.stdout?.on('data', () => UP.test(services.output()) && resolve());
    services.child.once('exit', () => reject(new Error(services.output())));
  });
  return services;
}

/** @returns the address of its API, once it can sell. */
async function startWrangler(): Promise<string> {
  const port = await freePort();
  const options = ['--port', String(port), '--inspector-port', '0', '--env-file', devVars];
  const wrangler = run(
    'npx',
    ['wrangler', 'dev', ...options, '--persist-to', join(folder, 'state')],
    { WRANGLER_SEND_METRICS: 'false', CLOUDFLARE_CF_FETCH_ENABLED: 'false' },
  );
  const api = `http://localhost:${port}/api/v1`;
  const giveUpAtMs = Date.now() + HEALTHY_MS_MAX;
  for (;;) {
    const health = await fetch(`${api}/health`).catch(() => undefined);
    if (health?.ok) return api;
    if (Date.now() > giveUpAtMs) throw new Error(`${await health?.text()} ${wrangler.output()}`);
    await pause(LOOK_MS);
  }
}

async function ask<T>(url: string, body?: unknown, token = ''): Promise<T> {
  const response = await fetch(url, {
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    headers: {
      'Content-Type': 'application/json',
      ...(token && { Authorization: `Bearer ${token}` }),
    },
  });
  expect(response.ok, `${url} ${response.status}`).toBe(true);
  return (await response.json()) as T;
}

it('make plain `wrangler dev` a shop that sells, and are found again after a restart', async () => {
  const first = await startServices();
  expect((await stat(devVars)).mode & 0o777).toBe(0o600);
  const api = await startWrangler();
  const account = { email: 'ada@example.com', password: 'correct horse', displayName: 'Ada' };
  const { accessToken } = await ask<Session>(`${api}/auth/register`, account);
  const { events } = await ask<EventList>(`${api}/events`);
  expect(events.map(({ status }) => status)).toEqual(['locked', 'locked', 'live']);
  const live = await ask<EventDetail>(`${api}/events/${events[2]?.id}`);
  const held = await ask<OrderAnswer>(`${api}/purchase/${live.items[0]?.id}`, {}, accessToken);
  const confirmed = `${api}/purchase/${held.order.id}/confirm`;
  expect((await ask<OrderAnswer>(confirmed, {}, accessToken)).order.status).toBe('confirmed');

  const before = await readFile(devVars, 'utf8');
  await interrupt(first);
  await startServices();
  expect(await readFile(devVars, 'utf8')).toBe(before);
  // What anyone may read is kept for up to two seconds.
  const sold = async () =>
    (await ask<EventDetail>(`${api}/events/${live.id}`)).items[0]?.stock.sold;
  await expect.poll(sold, { timeout: 10_000 }).toBe(1);
});

it('leave a .dev.vars that a developer wrote as it is, and say what to set in it', async () => {
  const own = 'DATABASE_URL="postgres://me:secret@db.example/shop"\n';
  await writeFile(devVars, own);
  const services = await startServices();
  expect(await readFile(devVars, 'utf8')).toBe(own);
  expect(services.output()).toContain('is your own, and stays as it is');
  const printed = parseEnv(services.output());
  expect(Object.keys(printed)).toEqual(expect.arrayContaining(['DATABASE_URL', 'DATA_API_URL']));
  expect(printed['DATABASE_ENDPOINT']).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/sql$/);
  expect(services.output()).not.toContain('me:secret');
});
