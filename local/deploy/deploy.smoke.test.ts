/** What a deployment does to the world, on the real world: a Postgres, the built shop, wrangler. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createTestHarness } from 'wrangler';

import { openStraight } from '../migrate.ts';
import { applyMigration, readMigrations, readPending } from '../migrations.ts';
import { type RealPostgres, startRealPostgres } from '../neon/real-postgres.ts';
import { addSampleData } from '../sample-data.ts';
import { openMigratedPostgres } from '../testing/migrated-database.ts';
import { run } from './commands.ts';
import { takeDeployLock } from './deploy-lock.ts';
import { lackOf, verifyDeployment } from './verify-deployment.ts';

const CONFIG = fileURLToPath(new URL('../../wrangler.toml', import.meta.url));
const IMPATIENT = { healthyMsMax: 0 };

let server: RealPostgres;

beforeAll(async () => {
  server = await startRealPostgres();
}, 60_000);

afterAll(() => server?.stop());

describe('the lock', () => {
  it('is one deployment’s at a time, and the next one’s after it', async () => {
    const giveBack = await takeDeployLock(server.connectionString);
    await expect(takeDeployLock(server.connectionString)).rejects.toThrow('under way');
    await giveBack();
    const again = await takeDeployLock(server.connectionString);
    await again();
  });

  it('says why where the database is away', async () => {
    const away = new URL(server.connectionString);
    away.port = '1';
    await expect(takeDeployLock(away.href)).rejects.toThrow('cannot be reached');
  });
});

describe('a migration', () => {
  it('waits for a table without keeping others from it, and is applied when it is free', async () => {
    const { run: runOn, close } = openStraight(server.connectionString);
    const [busy, other] = [
      new pg.Client(server.connectionString),
      new pg.Client(server.connectionString),
    ];
    onTestFinished(async () => {
      await Promise.all([close(), busy.end(), other.end()]);
    });
    await Promise.all([busy.connect(), other.connect()]);
    const { pending, isNew } = await readPending(runOn, readMigrations());
    expect(isNew).toBe(true);
    for (const migration of pending) await applyMigration(runOn, migration);
    await busy.query('BEGIN; SELECT 1 FROM orders');
    const statements = ['ALTER TABLE orders ADD COLUMN of_a_test text'];
    const sample = { tag: '9999_test', madeAtMs: 1, hash: 'hash', statements };
    const applied = applyMigration(runOn, sample);
    // Behind a statement that waits for the whole table nobody reads it: for two seconds, no longer.
    await other.query(`SET statement_timeout = '6s'`);
    for (let reads = 0; reads < 3; reads++) await other.query('SELECT count(*) FROM orders');
    await busy.query('COMMIT');
    await applied;
    expect((await other.query('SELECT of_a_test FROM orders')).rows).toEqual([]);
  });
});

describe('the check of what is deployed', () => {
  it('passes a shop that is as it should be, and no other one', async () => {
    const database = await openMigratedPostgres();
    onTestFinished(() => database.close());
    const shop = createTestHarness({
      workers: [
        {
          configPath: CONFIG,
          vars: { DATABASE_ENDPOINT: database.databaseEndpoint },
          secrets: { DATABASE_URL: database.databaseUrl, JWT_SECRET: 's'.repeat(32) },
        },
      ],
    });
    onTestFinished(() => shop.close());
    const { origin } = (await shop.listen()).url;
    expect(await verifyDeployment(origin)).toContain('it has no event yet');
    expect((await lackOf(origin)).join()).toContain('imprint, terms, privacy, returns');
    await addSampleData(database.db, {
      nowMs: Date.now(),
      fillRandom: (bytes) => crypto.getRandomValues(bytes),
      scryptCost: { n: 16, r: 1, p: 1 },
    });
    // The list is kept for a moment.
    await expect
      .poll(async () => (await verifyDeployment(origin)).join(), { timeout: 10_000 })
      .toContain('is what its orders say');
    await database.close();
    // Health is read once a second.
    await vi.waitFor(
      () => expect(verifyDeployment(origin, IMPATIENT)).rejects.toThrow('cannot be reached'),
      {
        timeout: 10_000,
      },
    );
  });

  it('does not take just any page for the shop', async () => {
    const other = createServer((_request, response) => response.end('hello'));
    await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
    onTestFinished(() => void other.close());
    const { port } = other.address() as AddressInfo;
    await expect(verifyDeployment(`http://127.0.0.1:${port}`)).rejects.toThrow('is no page');
  });
});

it('a dry run needs no account, no database and no network', async () => {
  const nowhere = 'http://127.0.0.1:1';
  const { ok, output } = await run(['npm', 'run', '--silent', 'deploy', '--', '--dry-run'], {
    DATABASE_URL: undefined,
    CLOUDFLARE_API_TOKEN: undefined,
    HTTPS_PROXY: nowhere,
    HTTP_PROXY: nowhere,
  });
  expect(output).toContain('Nothing was deployed.');
  expect(output).toMatch(/shop was built for production: .* gzip/);
  expect(ok).toBe(true);
});
