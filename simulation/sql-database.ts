/**
 * The real database of a simulation: an embedded one with all migrations, forgotten afterwards. What
 * the Worker sends reaches it as in a shop, through the driver and Neon's protocol.
 */
import type { PGlite } from '@electric-sql/pglite';
import { serveDatabase } from '../local/database.ts';
import { pgliteBackend } from '../local/neon/pglite-backend.ts';
import type { SqlBackend } from '../local/neon/sql-backend.ts';
import { readFunctionSources } from '../local/sql-functions.ts';
import { copyMigratedPglite } from '../local/testing/migrated-database.ts';
import type { Db } from '../worker/stores/postgres/client.ts';
import { type Mutation, mutate, type SqlMutation } from './mutation.ts';
import { prepareSnapshots } from './sql-snapshot.ts';

const BETWEEN_TEXTS = '\n--> next\n';

export interface SqlDatabase {
  db: Db;
  /** The same without a protocol between. */
  pglite: PGlite;
  close(): Promise<void>;
}

export interface PlantedMistakes {
  /** In the functions and tables. */
  sql?: SqlMutation;
  /** In a transaction of the Worker's; the text is that of its statements, one after another. */
  transaction?: Mutation;
}

/** Only one at a time in a process: the driver's endpoint is global. */
export async function openSql(mistakes: PlantedMistakes = {}): Promise<SqlDatabase> {
  const pglite = await copyMigratedPglite();
  if (mistakes.sql) await plant(pglite, mistakes.sql);
  await prepareSnapshots(pglite);
  const backend = pgliteBackend(pglite, null);
  const { transaction } = mistakes;
  const { db, close } = await serveDatabase(transaction ? edited(backend, transaction) : backend);
  return { db, pglite, close };
}

async function plant(pglite: PGlite, mutation: SqlMutation): Promise<void> {
  const texts = readFunctionSources().map(({ text }) => text);
  await pglite.exec(mutate(texts.join(BETWEEN_TEXTS), mutation));
  await pglite.exec(mutation.tables ?? '');
}

/** Changes the transactions that have the text; others pass as they are. */
function edited(backend: SqlBackend, mutation: Mutation): SqlBackend {
  return {
    ...backend,
    runBatch({ statements, mode }, meter) {
      const whole = statements.map(({ text }) => text).join(BETWEEN_TEXTS);
      if (!mutation.changes.every(({ find }) => whole.includes(find))) {
        return backend.runBatch({ statements, mode }, meter);
      }
      const texts = mutate(whole, mutation).split(BETWEEN_TEXTS);
      const changed = statements.map((one, n) => ({ ...one, text: texts[n] ?? one.text }));
      return backend.runBatch({ statements: changed, mode }, meter);
    },
  };
}
