// Owns a pool of connections to a real Postgres as a SqlBackend. Interprets no SQL.

import pg from 'pg';
import {
  CONNECT_MS_MAX,
  CONNECTION_IDLE_MS_MAX,
  CONNECTIONS_MAX,
  REQUEST_ON_CONNECTION_MS_MAX,
} from './limits.ts';
import { runOnPostgres } from './postgres-wire.ts';
import {
  BackendUnavailable,
  createResultMeter,
  type SqlBackend,
  SqlError,
  type SqlResult,
} from './sql-backend.ts';
import { beginSql } from './transaction-mode.ts';

export interface PostgresLimits {
  connectionsMax: number;
  connectMsMax: number;
  requestMsMax: number;
}

const LIMITS: PostgresLimits = {
  connectionsMax: CONNECTIONS_MAX,
  connectMsMax: CONNECT_MS_MAX,
  requestMsMax: REQUEST_ON_CONNECTION_MS_MAX,
};

/**
 * Connects when first asked to run something, and again after the server was away. A request that
 * was started is finished even if its sender is gone, so no connection is ever left half-way.
 */
export function openPostgres(
  connectionString: string,
  limits: Partial<PostgresLimits> = {},
): SqlBackend {
  const { connectionsMax, connectMsMax, requestMsMax } = { ...LIMITS, ...limits };
  const pool = new pg.Pool({
    connectionString: verified(connectionString),
    max: connectionsMax,
    connectionTimeoutMillis: connectMsMax,
    idleTimeoutMillis: CONNECTION_IDLE_MS_MAX,
    application_name: 'swiftdrop-local-neon',
  });
  // Without listeners a connection the server ends would end this process, too. The pool replaces
  // an idle one; the query on a busy one gets the error.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const useConnection = <T>(work: (client: pg.PoolClient) => Promise<T>) =>
    withConnection(pool, requestMsMax, work);

  return {
    run: (statement, meter) => useConnection((client) => runOnPostgres(client, statement, meter)),

    runBatch: ({ statements, mode }, meter) =>
      useConnection(async (client) => {
        await control(client, beginSql(mode));
        try {
          const results: SqlResult[] = [];
          for (const statement of statements) {
            results.push(await runOnPostgres(client, statement, meter));
          }
          await control(client, 'COMMIT');
          return results;
        } catch (error) {
          // After any other error the connection is closed, which rolls back as well.
          if (error instanceof SqlError) await control(client, 'ROLLBACK');
          throw error;
        }
      }),

    close: async () => {
      if (!pool.ending) await pool.end();
    },
  };
}

/**
 * `require` is taken for `verify-full` by node-postgres, which warns at length that it will not be
 * some day. Neon's addresses say `require`, and its certificates can be verified.
 */
export function verified(connectionString: string): string {
  return connectionString.replace(
    /([?&]sslmode=)(require|prefer|verify-ca)(?=&|$)/,
    '$1verify-full',
  );
}

function control(client: pg.PoolClient, text: string): Promise<SqlResult> {
  return runOnPostgres(client, { text, params: [] }, createResultMeter(65_536));
}

async function withConnection<T>(
  pool: pg.Pool,
  requestMsMax: number,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await connect(pool);
  let timer: NodeJS.Timeout | undefined;
  const cut = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new BackendUnavailable(`the database did not answer within ${requestMsMax} ms`));
    }, requestMsMax);
  });
  let reusable = false;
  try {
    const result = await Promise.race([work(client), cut]);
    reusable = true;
    return result;
  } catch (error) {
    reusable = error instanceof SqlError;
    throw error;
  } finally {
    clearTimeout(timer);
    // A lone BEGIN leaves its transaction open; Neon drops such a connection, too.
    client.release(!reusable || client.getTransactionStatus() !== 'I');
  }
}

async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (cause) {
    // Even a refused password is no answer to the request: its sender gave other credentials.
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new BackendUnavailable(`cannot connect to the database: ${reason}`, { cause });
  }
}
