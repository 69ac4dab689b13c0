/**
 * A migrated database of a test's own. The embedded one is copied from a file that is made once for
 * each state of the migrations: to make and migrate one takes several times as long.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { type Database, openDatabase, serveDatabase } from '../database.ts';
import { migrate } from '../migrate.ts';
import { readMigrations } from '../migrations.ts';
import { pgliteBackend } from '../neon/pglite-backend.ts';
import { openPostgres } from '../neon/postgres.ts';
import { type RealPostgres, startRealPostgres } from '../neon/real-postgres.ts';

const FOLDER = fileURLToPath(new URL('../../dist/testing', import.meta.url));
const TEMPLATE = 'migrated';
/** Every server of Postgres has it. */
const EMPTY = 'template0';

/** A busy machine fails no test; one that hangs is noticed by its own limit. */
const PATIENT = { timeoutMs: 60_000 };

/** An embedded one with all migrations and no rows; closing it leaves nothing behind. */
export async function openMigratedPglite(): Promise<Database> {
  return serveDatabase(pgliteBackend(await copyMigratedPglite(), null), undefined, PATIENT);
}

/** The same without an endpoint. */
export async function copyMigratedPglite(): Promise<PGlite> {
  const loadDataDir = new Blob([await readSnapshot()]);
  return PGlite.create('memory://', { loadDataDir });
}

export interface MigratedPostgres extends Database {
  /** A connection of its own, for a transaction that a test keeps open; closed with the database. */
  connect(): Promise<pg.Client>;
}

/** The same on a real Postgres, where many connections work at once. Quicker, too. */
export async function openMigratedPostgres(): Promise<MigratedPostgres> {
  return openCopy(await copyMigratedPostgres());
}

/** Without a migration. */
export async function openEmptyPostgres(): Promise<MigratedPostgres> {
  return openCopy(await makeEmptyPostgres());
}

async function openCopy({ connectionString, stop }: RealPostgres): Promise<MigratedPostgres> {
  const database = await serveDatabase(openPostgres(connectionString), undefined, PATIENT);
  const clients: pg.Client[] = [];
  return {
    ...database,
    async connect() {
      const client = new pg.Client({ connectionString });
      clients.push(client);
      await client.connect();
      return client;
    },
    async close() {
      for (const client of clients) await client.end();
      await database.close();
      await stop();
    },
  };
}

/** One server serves all test files of a process, and ends with it. */
let server: Promise<RealPostgres> | undefined;

/** Of TEST_DATABASE_URL a template would be left behind, so there each database is migrated. */
async function copyMigratedPostgres(): Promise<RealPostgres> {
  if (process.env.TEST_DATABASE_URL) {
    const real = await startRealPostgres();
    await migrateAt(real.connectionString);
    return real;
  }
  server ??= startMigratedServer();
  return copyOf(TEMPLATE, (await server).connectionString);
}

async function makeEmptyPostgres(): Promise<RealPostgres> {
  if (process.env.TEST_DATABASE_URL) return startRealPostgres();
  server ??= startMigratedServer();
  return copyOf(EMPTY, (await server).connectionString);
}

async function copyOf(template: string, connectionString: string): Promise<RealPostgres> {
  const name = `copy_${randomUUID().replaceAll('-', '')}`;
  await runOnce(connectionString, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  return {
    connectionString: atDatabase(connectionString, name),
    stop: () => runOnce(connectionString, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

async function startMigratedServer(): Promise<RealPostgres> {
  const real = await startRealPostgres();
  await runOnce(real.connectionString, `CREATE DATABASE ${TEMPLATE}`);
  await migrateAt(atDatabase(real.connectionString, TEMPLATE));
  // No connection, autovacuum's neither, may be open where a copy is made.
  await runOnce(real.connectionString, `ALTER DATABASE ${TEMPLATE} ALLOW_CONNECTIONS false`);
  return real;
}

async function migrateAt(databaseUrl: string): Promise<void> {
  const database = await openDatabase({ databaseUrl });
  await migrate(database.db);
  await database.close();
}

function atDatabase(connectionString: string, name: string): string {
  const url = new URL(connectionString);
  url.pathname = `/${name}`;
  return url.href;
}

async function runOnce(connectionString: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

async function readSnapshot(): Promise<Uint8Array<ArrayBuffer>> {
  const name = `pglite-${await snapshotKey()}.tar`;
  const path = join(FOLDER, name);
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  const made = await makeSnapshot();
  await mkdir(FOLDER, { recursive: true });
  for (const old of await readdir(FOLDER)) {
    // Unfinished ones of an interrupted run too; those of this state may be in the making.
    const isOther = old.startsWith('pglite-') && !old.startsWith(name);
    if (isOther) await rm(join(FOLDER, old), { force: true });
  }
  // Renamed when whole: other test files read it, or make one at the same time.
  const unfinished = `${path}.${randomUUID()}`;
  await writeFile(unfinished, made);
  await rename(unfinished, path);
  return made;
}

async function makeSnapshot(): Promise<Uint8Array<ArrayBuffer>> {
  const pglite = await PGlite.create('memory://');
  const database = await serveDatabase(pgliteBackend(pglite, null), undefined, PATIENT);
  try {
    await migrate(database.db);
    const dump = await pglite.dumpDataDir('none');
    return new Uint8Array(await dump.arrayBuffer());
  } finally {
    await database.close();
  }
}

/** Another one where a migration, the code that applies it or the program that reads the file changes. */
async function snapshotKey(): Promise<string> {
  const program = dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite'));
  const hash = createHash('sha256').update(await readFile(join(program, '../package.json')));
  for (const applier of ['../migrate.ts', '../migrations.ts']) {
    hash.update(await readFile(new URL(applier, import.meta.url)));
  }
  for (const { madeAtMs, hash: text } of readMigrations()) hash.update(`${madeAtMs} ${text}\n`);
  return hash.digest('hex').slice(0, 16);
}
