/**
 * The database of this machine: embedded, or the one in DATABASE_URL, behind an endpoint that
 * speaks Neon's protocol. What runs here reaches it as the Worker does, through the same code.
 */
import { randomBytes } from 'node:crypto';
import { type Db, openDb } from '../worker/stores/postgres/client.ts';
import { readReadiness } from '../worker/stores/postgres/readiness.ts';
import { startNeonEndpoint } from './neon/endpoint.ts';
import { openPglite } from './neon/pglite.ts';
import { openPostgres } from './neon/postgres.ts';
import type { SqlBackend } from './neon/sql-backend.ts';
import { messageOf, UserError } from './user-error.ts';

const PASSWORD_BYTES = 24;

export interface Database {
  db: Db;
  /** What the Worker is given as DATABASE_URL and DATABASE_ENDPOINT. */
  databaseUrl: string;
  databaseEndpoint: string;
  close(): Promise<void>;
}

/** A Postgres by its URL, or the embedded one in a folder. */
export type DatabaseSource = { databaseUrl: string } | { folder: string };

/** Where it is to be found again after it was away; by default a free port and a new password. */
export interface DatabasePlace {
  port: number;
  password: string;
}

/** @throws UserError if it cannot be opened. */
export async function openDatabase(
  source: DatabaseSource,
  place: DatabasePlace = newPlace(),
): Promise<Database> {
  return serveDatabase(await openBackend(source), place);
}

/**
 * What is already open, behind an endpoint; closed with it.
 * @param limits `timeoutMs` where a query may take longer than in a shop, as tests' may on a busy machine
 */
export async function serveDatabase(
  backend: SqlBackend,
  place: DatabasePlace = newPlace(),
  limits: Pick<Parameters<typeof openDb>[0], 'timeoutMs'> = {},
): Promise<Database> {
  const endpoint = await startNeonEndpoint({ backend, ...place });
  const databaseUrl = endpoint.connectionString;
  const databaseEndpoint = endpoint.url;
  return {
    db: openDb({ databaseUrl, databaseEndpoint, ...limits }),
    databaseUrl,
    databaseEndpoint,
    async close() {
      await endpoint.close();
      await backend.close();
    },
  };
}

/** @throws UserError if the database cannot be reached or lacks a migration. */
export async function assertReady(db: Db): Promise<void> {
  const readiness = await readReadiness(db);
  if (readiness.ready) return;
  throw new UserError(`The database is not ready: ${readiness.reason}. Try npm run db:migrate.`);
}

function newPlace(): DatabasePlace {
  return { port: 0, password: randomBytes(PASSWORD_BYTES).toString('base64url') };
}

async function openBackend(source: DatabaseSource): Promise<SqlBackend> {
  if ('databaseUrl' in source) return openPostgres(source.databaseUrl);
  try {
    return await openPglite(source.folder);
  } catch (error) {
    throw new UserError(messageOf(error));
  }
}
