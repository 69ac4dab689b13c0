/**
 * The shop as it is deployed, on one machine: both bundles on the plain runtime, with what
 * wrangler.toml says of production, a real Postgres and a real MongoDB. Knows no rehearsal.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wrangler } from '../../local/deploy/commands.ts';
import { readEnvironment, WORKERS, type WorkerName } from '../../local/environments.ts';
import { startHashing } from '../../local/hashing.ts';
import { startNeonEndpoint } from '../../local/neon/endpoint.ts';
import { openPostgres } from '../../local/neon/postgres.ts';
import { startRealPostgres } from '../../local/neon/real-postgres.ts';
import { UserError } from '../../local/user-error.ts';
import { type Db, openDb } from '../../worker/stores/postgres/client.ts';
import { type Runtime, startRuntime } from '../speed/workerd.ts';

const SECRET_BYTES = 32;
const ENVIRONMENT = 'production';

export interface Production {
  url: string;
  /** Of the Postgres itself, as Neon gives it to whoever deploys. */
  databaseUrl: string;
  db: Db;
  gateway: { url: string; key: string };
  /** The same shop once more, with some of its variables changed. */
  startShop(changes: Record<string, string>): Promise<Runtime>;
  close(): Promise<void>;
}

/** @param mongodb the cluster, and a database in it that nobody else uses. */
export async function openProduction(mongodb: {
  uri: string;
  database: string;
}): Promise<Production> {
  const opened: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const end of opened.splice(0).toReversed()) await end();
  };
  try {
    const folder = await mkdtemp(join(tmpdir(), 'swiftdrop-production-'));
    opened.push(() => rm(folder, { recursive: true, force: true }));
    const postgres = await startRealPostgres({ durable: true });
    opened.push(postgres.stop);
    const backend = openPostgres(postgres.connectionString);
    opened.push(() => backend.close());
    const endpoint = await startNeonEndpoint({ backend, password: secret() });
    opened.push(() => endpoint.close());

    const hashing = await startHashing();
    opened.push(hashing.close);
    const key = secret();
    const gatewayVars = { DATA_API_DATABASE: mongodb.database };
    const gatewaySecrets = { MONGODB_URI: mongodb.uri, DATA_API_KEY: key };
    const gateway = await start('gateway', folder, { ...gatewayVars, ...gatewaySecrets });
    opened.push(gateway.stop);
    const gatewayUrl = `http://127.0.0.1:${gateway.port}/app/shop/endpoint/data/v1`;
    // Besides where its neighbours are, two things are not as in production: the plain runtime has no
    // limits per address, and all shoppers have one address here; and it has one thread, so passwords
    // are hashed beside it.
    const own = {
      DATABASE_URL: endpoint.connectionString,
      DATABASE_ENDPOINT: endpoint.url,
      DATA_API_URL: gatewayUrl,
      DATA_API_DATABASE: mongodb.database,
      DATA_API_KEY: key,
      JWT_SECRET: secret(),
      HASHING_URL: hashing.url,
      EVENT_ID_SECRET: secret(),
      ADDRESS_LIMITS: 'off',
    };
    const startShop = async (changes: Record<string, string>): Promise<Runtime> => {
      const runtime = await start('shop', folder, { ...own, ...changes });
      opened.push(runtime.stop);
      return runtime;
    };
    const shop = await startShop({});
    return {
      url: `http://127.0.0.1:${shop.port}`,
      databaseUrl: postgres.connectionString,
      db: openDb({ databaseUrl: endpoint.connectionString, databaseEndpoint: endpoint.url }),
      gateway: { url: gatewayUrl, key },
      startShop,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** @param changes secrets, and where this machine is not the cloud. */
async function start(
  worker: WorkerName,
  folder: string,
  changes: Record<string, string>,
): Promise<Runtime> {
  const { vars, durable_objects, compatibility_date, compatibility_flags } = readEnvironment(
    worker,
    ENVIRONMENT,
  );
  const outFolder = await mkdtemp(join(folder, `${worker}-`));
  const args = ['deploy', '--dry-run', '--minify', '--env', ENVIRONMENT, '--outdir', outFolder];
  const { ok, output } = await wrangler([...args, '--config', WORKERS[worker]]);
  if (!ok || compatibility_date === undefined) throw new UserError(output);
  const texts = { ...vars, ...changes } as Record<string, string>;
  const built = {
    objects: Object.fromEntries(
      durable_objects.bindings.map((binding) => [binding.name, binding.class_name ?? '']),
    ),
    compatibilityDate: compatibility_date,
    compatibilityFlags: compatibility_flags,
  };
  return startRuntime(join(outFolder, 'index.js'), texts, { built });
}

function secret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}
