/**
 * A sale on the shop as it is deployed, from an empty Postgres and MongoDB on: migrated, given an
 * admin and rehearsed by the commands that do so in the cloud, reviews included.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dropDatabase, mongodbUri } from '../../data-api/testing/backends.ts';
import type { Session } from '../../worker/contract/accounts.ts';
import { eventIdOf } from '../../worker/contract/ids.ts';
import { findDifferences } from '../../worker/stores/postgres/reconciliation.ts';
import { rehearseWhile } from '../faults/rehearsed-sale.ts';
import { insertCatalogueItem, openSale } from '../speed/fixtures.ts';
import { openProduction, type Production } from './production.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const DATABASE = `production_${process.pid}`;
const ADMIN = { email: 'boss@example.com', password: 'a password that is long enough' };
/** Few: each of them costs a quarter of a second of hashing, as in production. */
const SHOPPERS = 40;
const STOCK = 12;
const REVIEW = { rating: 4, comment: 'Came as it was shown.' };

let production: Production;

beforeAll(async () => {
  production = await openProduction({ uri: mongodbUri(), database: DATABASE });
}, 120_000);

afterAll(async () => {
  await production?.close();
  await dropDatabase(mongodbUri(), DATABASE);
});

async function npmRun(name: string, args: string[], stdin = ''): Promise<number | null> {
  const child = spawn('npm', ['run', '--silent', name, '--', ...args], {
    cwd: PROJECT,
    stdio: ['pipe', 'inherit', 'inherit'],
    env: { ...process.env, DATABASE_URL: production.databaseUrl },
  });
  child.stdin.end(stdin);
  const [code] = await once(child, 'close');
  return code;
}

async function ask(path: string, init?: { token?: string; body?: object }): Promise<Response> {
  const { token, body } = init ?? {};
  return fetch(`${production.url}/api/v1${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...(body && { 'Content-Type': 'application/json' }),
      ...(token && { Authorization: `Bearer ${token}` }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
}

async function read<T>(asked: Promise<Response>): Promise<T> {
  return (await (await asked).json()) as T;
}

it('the shop is not ready before it is migrated, and is afterwards', async () => {
  const early = await ask('/health');
  expect(early.status).toBe(503);
  expect(await early.json()).toMatchObject({ detail: 'no migration is applied' });
  expect(await npmRun('db:migrate', [])).toBe(0);
  // Health is read once a second.
  await expect.poll(async () => (await ask('/health')).status, { timeout: 10_000 }).toBe(200);
});

it('a sale is sold out and adds up, with an admin who was made by the command', async () => {
  const { email, password } = ADMIN;
  expect(await npmRun('admin:create', [email], `${password}\n`)).toBe(0);
  const sale = { ...production, admin: ADMIN, shoppers: SHOPPERS, stock: STOCK };
  const verdict = await rehearseWhile(sale, async () => {});
  expect(verdict).toMatchObject({ ok: true, sold: STOCK, oversold: 0, lost: 0, retries: {} });
  expect(await findDifferences(production.db)).toEqual([]);
}, 240_000);

it('a shopper’s review goes through both Workers to MongoDB and comes back', async () => {
  const itemId = await insertCatalogueItem(production.db);
  const eventId = eventIdOf(await openSale(production, { itemId, stock: 1 }));
  const reviews = `/reviews/items/${itemId}`;
  const account = { email: 'ada@example.com', password: ADMIN.password, displayName: 'Ada' };
  const { accessToken: token } = await read<Session>(ask('/auth/register', { body: account }));
  const written = await ask(reviews, { token, body: REVIEW });
  expect(written.status).toBe(201);
  expect(await (await ask(reviews)).json()).toMatchObject({ reviews: [REVIEW] });
  const summary = await (await ask(`${reviews}/summary`)).json();
  expect(summary).toMatchObject({ average: REVIEW.rating, count: 1 });
  const body = { body: 'Will there be more?' };
  const said = await ask(`/reviews/events/${eventId}/comments`, { token, body });
  expect(said.status).toBe(201);
});

it('the Data API lets nobody in without its key', async () => {
  const { url, key } = production.gateway;
  const find = (apiKey: string) =>
    fetch(`${url}/action/findOne`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', apiKey },
      body: JSON.stringify({
        dataSource: 'mongodb-atlas',
        database: DATABASE,
        collection: 'reviews',
      }),
    });
  expect((await find('k'.repeat(32))).status).toBe(401);
  const found = await find(key);
  expect(await found.json()).toMatchObject({ document: { comment: REVIEW.comment } });
});

it('the same bundle without a secret stays closed and names it', async () => {
  const { port } = await production.startShop({ JWT_SECRET: '' });
  const health = await fetch(`http://127.0.0.1:${port}/api/v1/health`);
  expect(health.status).toBe(503);
  expect(await health.json()).toMatchObject({ errors: [{ path: 'JWT_SECRET' }] });
  const events = await fetch(`http://127.0.0.1:${port}/api/v1/events`);
  expect(events.status).toBe(503);
  expect(await events.text()).not.toContain('JWT_SECRET');
});
