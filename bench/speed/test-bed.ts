/** The test bed: everything that is measured, started in order and stopped in the opposite order. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { migrate } from '../../local/migrate.ts';
import { startRealPostgres } from '../../local/neon/real-postgres.ts';
import { eventDigest } from '../../worker/auth/event-digest.ts';
import type { KeyedDigest } from '../../worker/contract/ids.ts';
import { type Db, openDb } from '../../worker/stores/postgres/client.ts';
import { buildBundle } from './bundle.ts';
import { startChildProgram } from './child-program.ts';
import { parentOf } from './process-usage.ts';
import { type Runtime, startRuntime } from './workerd.ts';

const ENDPOINT_PROGRAM = fileURLToPath(new URL('./endpoint-process.ts', import.meta.url));
const SECRET_BYTES = 32;
/** Of the bench's own statements, which write tens of thousands of rows on a machine that may be busy. */
const QUERY_MS_MAX = 60_000;

export interface TestBed {
  port: number;
  db: Db;
  postgresUrl: string;
  jwtSecret: string;
  /** Marks the ids of events as the shop does. */
  eventDigest: KeyedDigest;
  /** The processes to watch; undefined where the system does not provide them. */
  pids: { runtime: number | undefined; endpoint: number | undefined; postgres: number | undefined };
  postgres: { version: string; fsync: string; synchronousCommit: string };
  stop(): Promise<void>;
}

/**
 * @param variables of the Worker, besides what it cannot do without.
 * @throws UserError if something of it cannot be built.
 */
export async function openTestBed(
  logStep: (step: string) => void,
  variables: Record<string, string> = {},
): Promise<TestBed> {
  const opened: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const close of opened.splice(0).toReversed()) await close();
  };
  try {
    const folder = await mkdtemp(join(tmpdir(), 'swiftdrop-bench-'));
    opened.push(() => rm(folder, { recursive: true, force: true }));
    logStep('building the bundle');
    const bundle = await buildBundle(folder);
    logStep('starting Postgres');
    const real = await startRealPostgres({ durable: true });
    opened.push(real.stop);
    const server = await askServer(real.connectionString);
    const endpoint = await startChildProgram([process.execPath, ENDPOINT_PROGRAM], {
      env: { BENCH_POSTGRES_URL: real.connectionString },
    });
    opened.push(endpoint.stop);
    const address = JSON.parse(endpoint.firstLine) as { url: string; connectionString: string };
    const db = openDb({
      databaseUrl: address.connectionString,
      databaseEndpoint: address.url,
      timeoutMs: QUERY_MS_MAX,
    });
    await migrate(db);
    logStep('starting the runtime');
    const jwtSecret = randomBytes(SECRET_BYTES).toString('base64url');
    const eventIdSecret = randomBytes(SECRET_BYTES).toString('base64url');
    const runtime: Runtime = await startRuntime(bundle, {
      DATABASE_URL: address.connectionString,
      DATABASE_ENDPOINT: address.url,
      JWT_SECRET: jwtSecret,
      EVENT_ID_SECRET: eventIdSecret,
      // All of the load comes from one address.
      ADDRESS_LIMITS: 'off',
      ...variables,
    });
    opened.push(runtime.stop);
    return {
      port: runtime.port,
      db,
      postgresUrl: real.connectionString,
      jwtSecret,
      eventDigest: eventDigest(eventIdSecret),
      pids: { runtime: runtime.pid, endpoint: endpoint.pid, postgres: server.pid },
      postgres: server.settings,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function askServer(connectionString: string) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, string>>(
      `SELECT pg_backend_pid() AS pid, current_setting('server_version') AS version,
              current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS synchronous`,
    );
    const { pid, version = '', fsync = '', synchronous = '' } = rows[0] ?? {};
    return {
      // A backend's parent is the server, if it is on this machine and not in a container.
      pid: parentOf(Number(pid)),
      settings: { version, fsync, synchronousCommit: synchronous },
    };
  } finally {
    await client.end();
  }
}
