/** The connection to Postgres: Neon's HTTP driver under drizzle, and what its errors mean. Owns no query. */
import { NeonDbError, neon, neonConfig } from '@neondatabase/serverless';
import { DrizzleQueryError, type SQL, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/neon-http';
import { Fault } from '../../platform/faults.ts';
import { STORE_TIMEOUT_MS } from '../store-timeout.ts';
import * as schema from './schema.ts';

export type Db = ReturnType<typeof openDb>;

/**
 * @param config `databaseUrl` as Neon gives it; `databaseEndpoint` where its SQL-over-HTTP endpoint
 *   is not at Neon's own address; `timeoutMs` where a query may take longer than a store's usual time.
 */
export function openDb(config: {
  databaseUrl: string;
  databaseEndpoint: string | undefined;
  timeoutMs?: number;
}) {
  // The driver's settings are global: the endpoint that was given last is used by all connections of
  // the process, also by those opened without one. A Worker has one database only; a test that opens
  // one of its own gives its endpoint.
  if (config.databaseEndpoint) neonConfig.fetchEndpoint = config.databaseEndpoint;
  neonConfig.fetchFunction = fetchWithTimeout;
  const { timeoutMs } = config;
  const fetchOptions = timeoutMs === undefined ? {} : { timeoutMs };
  return drizzle({ client: neon(config.databaseUrl, { fetchOptions }), schema });
}

/** How often one round trip is sent that migrations get in the way of: each of several may do so once. */
const MIGRATION_TRIES_MAX = 3;

/**
 * Runs a query and turns the store's own failures into Faults; other errors pass as they are.
 * @param query one round trip, which is one transaction. It is run again where a migration beside it made
 *   its plan invalid: what Postgres answers with an error has changed nothing.
 */
export async function guarded<T>(query: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await query();
    } catch (error) {
      // Drizzle's own error repeats the parameters, which may be somebody's address: it ends here.
      const cause = error instanceof DrizzleQueryError ? error.cause : error;
      if (!(cause instanceof NeonDbError)) throw cause;
      if (isOfAnotherSchema(cause.code) && tries < MIGRATION_TRIES_MAX) continue;
      throw new Fault('postgres failed', { retryable: isPassing(cause.code), cause });
    }
  }
}

/** Whether a statement was refused since a value that is to be unique is there already. */
export function isConflict(error: unknown): boolean {
  const cause = error instanceof Fault ? error.cause : undefined;
  return cause instanceof NeonDbError && cause.code === '23505';
}

/** @param ms milliseconds since the epoch. */
export function instant(ms: number): SQL {
  return sql`${new Date(ms).toISOString()}::timestamptz`;
}

/**
 * Without a code the server was not reached or did not answer; with one, these classes pass by
 * themselves: 08 connection, 40 rollback, 53 resources, 55P03 lock wait, 57 operator intervention.
 */
function isPassing(code: string | undefined): boolean {
  return code === undefined || /^(08|40|53|57)/.test(code) || code === '55P03';
}

/**
 * What a transaction is refused with, once, that began before a migration and went on behind it: a column
 * (42703), function (42883), table (42P01) or type (42704) that is not in what it began with, a row of
 * another shape (42804), a plan that would give one (0A000), or an object that is gone (XX000). A query
 * that is really wrong is refused the same again.
 */
function isOfAnotherSchema(code: string | undefined): boolean {
  return code !== undefined && /^(42703|42883|42P01|42704|42804|0A000|XX000)$/.test(code);
}

/** @param init the driver's, with what a connection was opened with. */
async function fetchWithTimeout(
  input: RequestInfo | URL,
  { timeoutMs = STORE_TIMEOUT_MS, ...init }: RequestInit & { timeoutMs?: number } = {},
): Promise<Response> {
  const answer = await fetch(input, { ...init, signal: AbortSignal.timeout(timeoutMs) });
  // The driver knows a connection that fails before the answer, and not one that fails within it.
  const read = answer.json.bind(answer);
  answer.json = async () => {
    try {
      return await read();
    } catch (cause) {
      throw Object.assign(new NeonDbError('the answer broke off'), { sourceError: cause });
    }
  };
  return answer;
}
