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

/** By the real clock, which no simulation knows: a busy machine must not break a promise. */
const QUERY_MS_MAX = 60_000;
const BETWEEN_TEXTS = '\n--> next\n';
/** What each leaves in the catalogue's own tables is looked through by the next. */
const MISTAKES_PER_DATABASE_MAX = 30;

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
export async function openSql(): Promise<SqlDatabase> {
  const pglite = await openPrepared();
  return serve(pglite, pgliteBackend(pglite, null));
}

/**
 * A database for one mistake after another, each planted in place of the one before: to open a database
 * takes longer than to find most mistakes.
 */
export class MistakenDatabase {
  #pglite: PGlite | undefined;
  #opened = 0;

  /** Only one at a time in a process. Closing it leaves the database for the next mistakes. */
  async open(mistakes: PlantedMistakes): Promise<SqlDatabase> {
    if (this.#opened >= MISTAKES_PER_DATABASE_MAX) await this.close();
    this.#opened++;
    this.#pglite ??= await openPrepared();
    const pglite = this.#pglite;
    await plant(pglite, mistakes.sql);
    const backend = { ...pgliteBackend(pglite, null), close: async () => {} };
    const { transaction } = mistakes;
    const sql = await serve(pglite, transaction ? edited(backend, transaction) : backend);
    return {
      ...sql,
      close: async () => {
        await sql.close();
        // Functions are written anew, tables are not.
        if (mistakes.sql?.tables !== undefined) await this.close();
      },
    };
  }

  async close(): Promise<void> {
    await this.#pglite?.close();
    this.#pglite = undefined;
    this.#opened = 0;
  }
}

async function openPrepared(): Promise<PGlite> {
  const pglite = await copyMigratedPglite();
  await prepareSnapshots(pglite);
  return pglite;
}

async function serve(pglite: PGlite, backend: SqlBackend): Promise<SqlDatabase> {
  const { db, close } = await serveDatabase(backend, undefined, { timeoutMs: QUERY_MS_MAX });
  return { db, pglite, close };
}

/** Writes all functions anew, with the mistake if there is one. */
async function plant(pglite: PGlite, mutation: SqlMutation | undefined): Promise<void> {
  const text = readFunctionSources()
    .map((source) => source.text)
    .join(BETWEEN_TEXTS);
  await pglite.exec(mutation ? mutate(text, mutation) : text);
  if (mutation?.tables !== undefined) await pglite.exec(mutation.tables);
}

/** Changes the transactions that have the text; others pass as they are. A single statement is one, too. */
function edited(backend: SqlBackend, mutation: Mutation): SqlBackend {
  const isMeant = (text: string) => mutation.changes.every(({ find }) => text.includes(find));
  return {
    ...backend,
    run(statement, meter) {
      const { text } = statement;
      const changed = isMeant(text) ? { ...statement, text: mutate(text, mutation) } : statement;
      return backend.run(changed, meter);
    },
    runBatch({ statements, mode }, meter) {
      const whole = statements.map(({ text }) => text).join(BETWEEN_TEXTS);
      if (!isMeant(whole)) return backend.runBatch({ statements, mode }, meter);
      const texts = mutate(whole, mutation).split(BETWEEN_TEXTS);
      const changed = statements.map((one, n) => ({ ...one, text: texts[n] ?? one.text }));
      return backend.runBatch({ statements: changed, mode }, meter);
    },
  };
}
