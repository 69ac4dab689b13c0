// Owns a PGlite as a SqlBackend: one connection, one request at a time. Opens no files itself.

import type { PGlite } from '@electric-sql/pglite';
import { runOnPglite } from './pglite-wire.ts';
import {
  BackendUnavailable,
  createResultMeter,
  ResultTooLarge,
  type SqlBackend,
  SqlError,
  type SqlResult,
} from './sql-backend.ts';
import { beginSql } from './transaction-mode.ts';

/** @param reopen brings the data back after a crash; null where they were only in memory */
export function pgliteBackend(first: PGlite, reopen: (() => Promise<PGlite>) | null): SqlBackend {
  const oneAtATime = createTurns();
  /** null after a crash. A crashed PGlite is never touched again: it can hang this process. */
  let db: PGlite | null = first;
  let closed = false;

  async function aliveDb(): Promise<PGlite> {
    if (closed) throw new BackendUnavailable('the embedded database is closed');
    if (db) return db;
    if (!reopen) throw new BackendUnavailable('the embedded database crashed, its data are lost');
    try {
      db = await reopen();
    } catch (cause) {
      throw new BackendUnavailable('the embedded database does not start again', { cause });
    }
    return db;
  }

  function turn<T>(work: (db: PGlite) => Promise<T>): Promise<T> {
    return oneAtATime(async () => {
      const live = await aliveDb();
      try {
        return await outsideTransaction(live, work);
      } catch (error) {
        if (isAnswer(error)) throw error;
        db = null;
        throw new BackendUnavailable('the embedded database crashed', { cause: error });
      }
    });
  }

  return {
    run: (statement, meter) => turn((live) => runOnPglite(live, statement, meter)),

    runBatch: ({ statements, mode }, meter) =>
      turn(async (live) => {
        await control(live, beginSql(mode));
        const results: SqlResult[] = [];
        for (const statement of statements) {
          results.push(await runOnPglite(live, statement, meter));
        }
        await control(live, 'COMMIT');
        return results;
      }),

    close: () =>
      oneAtATime(async () => {
        if (closed) return;
        closed = true;
        await db?.close();
      }),
  };
}

/** The one connection must never stay in a transaction, whether a batch failed or BEGIN came alone. */
async function outsideTransaction<T>(db: PGlite, work: (db: PGlite) => Promise<T>): Promise<T> {
  const leave = async () => {
    if (db.isInTransaction()) await control(db, 'ROLLBACK');
  };
  try {
    const result = await work(db);
    await leave();
    return result;
  } catch (error) {
    if (isAnswer(error)) await leave();
    throw error;
  }
}

function control(db: PGlite, text: string): Promise<SqlResult> {
  return runOnPglite(db, { text, params: [] }, createResultMeter(Number.POSITIVE_INFINITY));
}

/** The database said no in good health. */
function isAnswer(error: unknown): boolean {
  return error instanceof SqlError || error instanceof ResultTooLarge;
}

/** Runs what it is given in order of arrival, each after the one before has settled. */
function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => {});
    return result;
  };
}
