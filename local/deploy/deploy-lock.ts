/** One deployment at a time: a lock in the database that is migrated, free again however this ends. */
import pg from 'pg';
import { verified } from '../neon/postgres.ts';
import { messageOf, UserError } from '../user-error.ts';

/** Any number will do, as long as every deployment takes the same. */
const DEPLOY_LOCK = 7_362_119;
const CONNECT_MS_MAX = 30_000;
/** Neon ends a transaction that is idle for five minutes. */
const SIGN_OF_LIFE_MS = 30_000;

/**
 * Held by an open transaction that touches no row: behind a pooler, as Neon has one, a lock of the
 * session would belong to the next user of the connection.
 *
 * @returns what gives it back. @throws UserError where another deployment has it.
 */
export async function takeDeployLock(databaseUrl: string): Promise<() => Promise<void>> {
  const client = new pg.Client({
    connectionString: verified(databaseUrl),
    connectionTimeoutMillis: CONNECT_MS_MAX,
    application_name: 'swiftdrop-deploy',
  });
  // A connection that is lost ends the lock and not this process.
  client.on('error', () => {});
  await client.connect().catch((error: unknown) => {
    throw new UserError(`The database cannot be reached: ${messageOf(error)}`);
  });
  await client.query('BEGIN');
  const { rows } = await client.query<{ taken: boolean }>(
    `SELECT pg_try_advisory_xact_lock(${DEPLOY_LOCK}) AS taken`,
  );
  if (!rows[0]?.taken) {
    await client.end();
    throw new UserError('Another deployment to this database is under way.');
  }
  const living = setInterval(() => void client.query('SELECT 1').catch(() => {}), SIGN_OF_LIFE_MS);
  living.unref();
  return async () => {
    clearInterval(living);
    await client.end();
  };
}
