/**
 * A shop that can be broken: the production bundle on the plain runtime, a real Postgres, documents,
 * and a proxy on each side of the Worker that can fail. Breaks nothing by itself.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { openDocuments } from '../../local/documents.ts';
import { startHashing } from '../../local/hashing.ts';
import { migrate } from '../../local/migrate.ts';
import { startNeonEndpoint } from '../../local/neon/endpoint.ts';
import { openPostgres } from '../../local/neon/postgres.ts';
import { startRealPostgres } from '../../local/neon/real-postgres.ts';
import { eventDigest } from '../../worker/auth/event-digest.ts';
import { hashPassword } from '../../worker/auth/passwords.ts';
import { type KeyedDigest, makeUserId } from '../../worker/contract/ids.ts';
import { type Db, openDb } from '../../worker/stores/postgres/client.ts';
import { insertUser } from '../../worker/stores/postgres/users.ts';
import { buildBundle } from '../speed/bundle.ts';
import { startRuntime } from '../speed/workerd.ts';
import { openTcpProxy, type TcpProxy } from './tcp-proxy.ts';

const SECRET_BYTES = 32;
const LOG_LINES_MAX = 10_000;
/** Of the test's own queries, on a machine that is busy with other drills. */
const QUERY_MS_MAX = 25_000;
const CHEAP = { n: 1_024, r: 1, p: 1 };

export interface FaultyShop {
  /** Where the shop is, whichever runtime serves it just now. */
  url: string;
  admin: { email: string; password: string };
  /** Not through the proxy: the test's own queries must not fail with the Worker's. */
  db: Db;
  /** For whoever asks Postgres itself, as the commands of a deployment do. */
  databaseUrl: string;
  /** Marks the ids of events as the shop does. */
  eventDigest: KeyedDigest;
  /** Between Worker and Neon endpoint. */
  wire: TcpProxy;
  /** Between Worker and Data API. */
  documentsWire: TcpProxy;
  /** What the Worker wrote to its log, over all runtimes. */
  log: readonly string[];
  /**
   * Ends the runtime without warning and starts another on the same storage, as a deployment does
   * that changes these variables and no others; undefined takes one away.
   */
  killRuntime(changes?: Record<string, string | undefined>): Promise<void>;
  /** Every process of the Postgres server. */
  postgresPids(): Promise<number[]>;
  close(): Promise<void>;
}

type Closers = (() => Promise<unknown>)[];

export async function openFaultyShop(): Promise<FaultyShop> {
  const opened: Closers = [];
  const folder = await mkdtemp(join(tmpdir(), 'swiftdrop-faults-'));
  opened.push(() => rm(folder, { recursive: true, force: true }));
  const { db, databaseUrl, ...database } = await openDatabase(opened);
  const documents = await openDocumentsIn(folder, opened);
  const hashing = await startHashing();
  opened.push(hashing.close);
  const admin = await insertAdmin(db);
  const eventIdSecret = randomBytes(SECRET_BYTES).toString('base64url');
  const { killRuntime, log, url } = await openRuntime(
    folder,
    {
      ...database.variables,
      ...documents.variables,
      JWT_SECRET: randomBytes(SECRET_BYTES).toString('base64url'),
      EVENT_ID_SECRET: eventIdSecret,
      SCRYPT_COST: `${CHEAP.n}:${CHEAP.r}:${CHEAP.p}`,
      HASHING_URL: hashing.url,
      ADDRESS_LIMITS: 'off',
    },
    opened,
  );
  return {
    url,
    admin,
    db,
    eventDigest: eventDigest(eventIdSecret),
    wire: database.wire,
    documentsWire: documents.wire,
    databaseUrl,
    log,
    killRuntime,
    async postgresPids() {
      const { rows } = await db.execute<{ pid: string }>(sql`SELECT pid FROM pg_stat_activity`);
      return rows.map(({ pid }) => Number(pid));
    },
    async close() {
      for (const close of opened.splice(0).toReversed()) await close();
    },
  };
}

async function openDatabase(opened: Closers) {
  const postgres = await startRealPostgres();
  opened.push(postgres.stop);
  const backend = openPostgres(postgres.connectionString);
  opened.push(() => backend.close());
  const endpoint = await startNeonEndpoint({
    backend,
    password: randomBytes(SECRET_BYTES).toString('base64url'),
  });
  opened.push(() => endpoint.close());
  const db = openDb({
    databaseUrl: endpoint.connectionString,
    databaseEndpoint: endpoint.url,
    timeoutMs: QUERY_MS_MAX,
  });
  await migrate(db);
  const wire = await openTcpProxy(Number(new URL(endpoint.url).port));
  opened.push(() => wire.close());
  const variables = {
    DATABASE_URL: endpoint.connectionString,
    DATABASE_ENDPOINT: `http://127.0.0.1:${wire.port}/sql`,
  };
  return { db, wire, databaseUrl: postgres.connectionString, variables };
}

async function openDocumentsIn(folder: string, opened: Closers) {
  const documents = await openDocuments({ file: join(folder, 'documents.sqlite') });
  opened.push(() => documents.close());
  const url = new URL(documents.url);
  const wire = await openTcpProxy(Number(url.port));
  opened.push(() => wire.close());
  url.port = String(wire.port);
  return { wire, variables: { DATA_API_URL: url.href, DATA_API_KEY: documents.key } };
}

async function openRuntime(
  folder: string,
  given: Record<string, string>,
  opened: Closers,
): Promise<Pick<FaultyShop, 'url' | 'log' | 'killRuntime'>> {
  const bundle = await buildBundle(folder);
  const log: string[] = [];
  const onLine = (line: string) => {
    if (log.push(line) > LOG_LINES_MAX) log.shift();
  };
  let variables = given;
  let runtime = await startRuntime(bundle, variables, { onLine });
  opened.push(() => runtime.stop());
  const front = await openTcpProxy(runtime.port);
  opened.push(() => front.close());
  return {
    url: `http://127.0.0.1:${front.port}`,
    log,
    async killRuntime(changes = {}) {
      if (runtime.pid === undefined) throw new Error('the runtime’s process is not known here');
      process.kill(runtime.pid, 'SIGKILL');
      await runtime.stop();
      variables = withChanges(variables, changes);
      runtime = await startRuntime(bundle, variables, { onLine });
      front.target = runtime.port;
    },
  };
}

function withChanges(
  variables: Record<string, string>,
  changes: Record<string, string | undefined>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries({ ...variables, ...changes }).flatMap(([name, text]) =>
      text === undefined ? [] : [[name, text]],
    ),
  );
}

async function insertAdmin(db: Db): Promise<FaultyShop['admin']> {
  const admin = { email: 'admin@example.com', password: randomBytes(SECRET_BYTES).toString('hex') };
  await insertUser(db, {
    id: makeUserId(Date.now(), (bytes) => crypto.getRandomValues(bytes)),
    email: admin.email,
    displayName: 'Admin',
    role: 'admin',
    passwordHash: await hashPassword(admin.password, CHEAP),
  });
  return admin;
}
