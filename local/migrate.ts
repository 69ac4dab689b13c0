/**
 * Brings a database up to date: through the Worker's way to it, or straight, for as long as it takes.
 * Also the command `npm run db:migrate`, for the Postgres in DATABASE_URL.
 */
import { sql } from 'drizzle-orm';
import type { Db } from '../worker/stores/postgres/client.ts';
import {
  applyMigration,
  type Migration,
  type RunInTransaction,
  readMigrations,
  readPending,
} from './migrations.ts';
import { openPostgres } from './neon/postgres.ts';
import { BackendUnavailable, createResultMeter } from './neon/sql-backend.ts';
import { readSettings } from './settings.ts';
import { messageOf, UserError } from './user-error.ts';

/** An index over many orders takes its time. */
const MIGRATION_MS_MAX = 15 * 60_000;
const CONNECT_MS_MAX = 30_000;
const RESULT_BYTES_MAX = 1_000_000;

/** @returns how many were applied. */
export async function migrate(db: Db, migrations: Migration[] = readMigrations()): Promise<number> {
  const run: RunInTransaction = async ([first = '', ...others]) => {
    const results = await db.batch([
      db.execute(sql.raw(first)),
      ...others.map((statement) => db.execute(sql.raw(statement))),
    ]);
    const rows: Record<string, unknown>[] = results.at(-1)?.rows ?? [];
    return rows.map((row) => String(Object.values(row)[0]));
  };
  const { pending } = await readPending(run, migrations);
  for (const migration of pending) await applyMigration(run, migration);
  return pending.length;
}

/** A Postgres by its URL, asked without anything between. */
export function openStraight(databaseUrl: string): {
  run: RunInTransaction;
  close(): Promise<void>;
} {
  const mode = { isolation: null, readOnly: false, deferrable: false };
  const limits = {
    connectionsMax: 1,
    connectMsMax: CONNECT_MS_MAX,
    requestMsMax: MIGRATION_MS_MAX,
  };
  const backend = openPostgres(databaseUrl, limits);
  return {
    async run(texts) {
      const statements = texts.map((text) => ({ text, params: [] }));
      try {
        const meter = createResultMeter(RESULT_BYTES_MAX);
        const results = await backend.runBatch({ statements, mode }, meter);
        return results.at(-1)?.rows.map(([first]) => first ?? '') ?? [];
      } catch (error) {
        // Its words name host and reason, and no password.
        if (error instanceof BackendUnavailable) throw new UserError(messageOf(error));
        throw error;
      }
    },
    close: () => backend.close(),
  };
}

export async function main(): Promise<void> {
  const { databaseUrl } = readSettings(process.env);
  if (databaseUrl === undefined) {
    throw new UserError('Set DATABASE_URL to the Postgres to migrate.');
  }
  const { run, close } = openStraight(databaseUrl);
  try {
    const { pending } = await readPending(run, readMigrations());
    for (const migration of pending) {
      await applyMigration(run, migration);
      console.log(`Applied ${migration.tag}.`);
    }
    if (pending.length === 0) console.log('Nothing to migrate.');
  } finally {
    await close();
  }
}
