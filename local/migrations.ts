/**
 * The migrations: which there are, which a database lacks, and how one is applied. Forward only, each
 * in one transaction with its entry in drizzle's own table. Knows no way to a database.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { readMigrationFiles } from 'drizzle-orm/migrator';

export const MIGRATIONS_FOLDER = fileURLToPath(new URL('../migrations', import.meta.url));
/** Any number will do, as long as every migrator takes the same. */
const MIGRATION_LOCK = 7_362_118;
/**
 * A statement that waits for a table stops everybody behind it from using the table, too. So it gives
 * up soon, and the migration is tried again.
 */
const LOCK_WAIT_MS_MAX = 2_000;
const TRIES_MAX = 30;
const TRY_EVERY_MS = 1_000;
const LOCK_NOT_AVAILABLE = '55P03';

export interface Migration {
  /** Name of its file. */
  tag: string;
  /** When it was made, in milliseconds since the epoch; what it is known by. */
  madeAtMs: number;
  hash: string;
  statements: string[];
}

/** Runs statements in one transaction. @returns the first column of the last one's rows. */
export type RunInTransaction = (statements: string[]) => Promise<string[]>;

export function readMigrations(folder = MIGRATIONS_FOLDER): Migration[] {
  const journal: { entries: { when: number; tag: string }[] } = JSON.parse(
    readFileSync(join(folder, 'meta/_journal.json'), 'utf8'),
  );
  const tags = new Map(journal.entries.map(({ when, tag }) => [when, tag]));
  return readMigrationFiles({ migrationsFolder: folder }).map(({ sql, hash, folderMillis }) => ({
    tag: tags.get(folderMillis) ?? '',
    madeAtMs: folderMillis,
    hash,
    statements: sql,
  }));
}

/** @returns what the database lacks, and whether it has any migration at all. */
export async function readPending(
  run: RunInTransaction,
  migrations: Migration[],
): Promise<{ pending: Migration[]; isNew: boolean }> {
  const rows = await run([
    `SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`,
    'CREATE SCHEMA IF NOT EXISTS drizzle',
    `CREATE TABLE IF NOT EXISTS drizzle.__drizzle_migrations
      (id serial PRIMARY KEY, hash text NOT NULL, created_at bigint UNIQUE)`,
    'SELECT created_at FROM drizzle.__drizzle_migrations',
  ]);
  const applied = new Set(rows.map(Number));
  const pending = migrations.filter(({ madeAtMs }) => !applied.has(madeAtMs));
  return { pending, isNew: applied.size === 0 };
}

/** Applies one. Throws what the database says, and if its tables stay in use for too long. */
export async function applyMigration(run: RunInTransaction, migration: Migration): Promise<void> {
  const { hash, madeAtMs, statements } = migration;
  for (let tries = 1; ; tries++) {
    try {
      await run([
        // Two migrators at once: the entry's time is unique, so the second one changes nothing.
        `SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`,
        `SET LOCAL lock_timeout = ${LOCK_WAIT_MS_MAX}`,
        `INSERT INTO drizzle.__drizzle_migrations (hash, created_at)
          VALUES ('${hash}', ${madeAtMs})`,
        ...statements,
      ]);
      return;
    } catch (error) {
      if (codeOf(error) !== LOCK_NOT_AVAILABLE || tries >= TRIES_MAX) throw error;
      await pause(TRY_EVERY_MS);
    }
  }
}

/** Postgres's own, wherever on the way the error was wrapped. */
function codeOf(error: unknown): unknown {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause) return cause.code;
    if ('fields' in cause && cause.fields instanceof Object && 'code' in cause.fields) {
      return cause.fields.code;
    }
  }
  return undefined;
}
