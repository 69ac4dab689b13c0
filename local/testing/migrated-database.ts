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
import { startRealPostgres } from '../neon/real-postgres.ts';

const FOLDER = fileURLToPath(new URL('../../dist/testing', import.meta.url));

/** An embedded one with all migrations and no rows; closing it leaves nothing behind. */
export async function openMigratedPglite(): Promise<Database> {
  return serveDatabase(pgliteBackend(await copyMigratedPglite(), null));
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

/** The same on a real Postgres, where many connections work at once. */
export async function openMigratedPostgres(): Promise<MigratedPostgres> {
  const { connectionString, stop } = await startRealPostgres();
  const database = await openDatabase({ databaseUrl: connectionString });
  await migrate(database.db);
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
  const database = await serveDatabase(pgliteBackend(pglite, null));
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
