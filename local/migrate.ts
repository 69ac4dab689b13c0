/**
 * Applies pending migrations, forward only, each in one transaction with its entry in drizzle's own
 * table. Also the command `npm run db:migrate`, for the Postgres in DATABASE_URL.
 */
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import type { Db } from '../worker/stores/postgres.ts';
import { openDatabase } from './database.ts';
import { Explained } from './explained.ts';
import { readSettings } from './settings.ts';

const MIGRATIONS_FOLDER = fileURLToPath(new URL('../migrations', import.meta.url));
/** Any number will do, as long as every migrator takes the same. */
const MIGRATION_LOCK = 7_362_118;

/** @returns how many were applied. */
export async function migrate(db: Db): Promise<number> {
  await db.batch([
    db.execute(sql`SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`),
    db.execute(sql`CREATE SCHEMA IF NOT EXISTS drizzle`),
    db.execute(sql`CREATE TABLE IF NOT EXISTS drizzle.__drizzle_migrations
      (id serial PRIMARY KEY, hash text NOT NULL, created_at bigint UNIQUE)`),
  ]);
  const { rows } = await db.execute<{ applied: string }>(
    sql`SELECT created_at AS applied FROM drizzle.__drizzle_migrations`,
  );
  const applied = new Set(rows.map((row) => Number(row.applied)));
  const pending = readMigrationFiles({ migrationsFolder: MIGRATIONS_FOLDER }).filter(
    ({ folderMillis }) => !applied.has(folderMillis),
  );
  for (const { sql: statements, hash, folderMillis } of pending) {
    await db.batch([
      // Two migrators at once: the entry's time is unique, so the second one changes nothing.
      db.execute(sql`SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`),
      db.execute(sql`INSERT INTO drizzle.__drizzle_migrations (hash, created_at)
        VALUES (${hash}, ${folderMillis})`),
      ...statements.map((statement) => db.execute(sql.raw(statement))),
    ]);
  }
  return pending.length;
}

export async function main(): Promise<void> {
  const { databaseUrl } = readSettings(process.env);
  if (databaseUrl === undefined) {
    throw new Explained('Set DATABASE_URL to the Postgres to migrate.');
  }
  const database = await openDatabase({ databaseUrl });
  try {
    const applied = await migrate(database.db);
    console.log(applied === 0 ? 'Nothing to migrate.' : `Applied ${applied} migration(s).`);
  } finally {
    await database.close();
  }
}
