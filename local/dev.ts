/**
 * `npm run dev`: the whole shop on this machine. Brings up database, Worker and clock in order,
 * and takes them down in the opposite one, however it is ended.
 */
import { type DataFolder, openDataFolder } from './data-folder.ts';
import { type Database, openDatabase } from './database.ts';
import { type Documents, openDocuments } from './documents.ts';
import { messageOf } from './explained.ts';
import { watchLauncher } from './launcher.ts';
import { migrate } from './migrate.ts';
import { plantSampleData, SAMPLE_ADMIN, type SampleOptions } from './sample-data.ts';
import { plantSampleDocuments } from './sample-documents.ts';
import { isLoopback, type LocalSettings, readSettings } from './settings.ts';
import { assertPortFree, startWorker, waitUntilHealthy } from './worker-process.ts';

const SWEEP_MS = 60_000;
/** A sixtieth of the default: shoppers who are enrolled by the thousand share two cores. */
const SCRYPT_COST_LOCAL = { n: 2_048, r: 8, p: 1 };

export async function main(): Promise<void> {
  const settings = readSettings(process.env);
  await assertPortFree(settings.port);
  const folder = await openDataFolder(settings.dataFolder);
  const stopAsked = untilAskedToStop();

  const database = await openDatabase(
    settings.databaseUrl === undefined
      ? { folder: folder.postgres }
      : { databaseUrl: settings.databaseUrl },
  );
  try {
    const planted = await prepare(database, settings);
    const documents = await openDocuments(
      settings.mongodbUri === undefined
        ? { file: folder.documents }
        : { mongodbUri: settings.mongodbUri },
    );
    try {
      if (planted) await prepareDocuments(database, documents);
      const variables: Record<string, string> = {
        ...workerVariables(folder, database, documents),
        PUBLIC_URL: `http://localhost:${settings.port}`,
      };
      if (settings.metricsToken) variables['METRICS_TOKEN'] = settings.metricsToken;
      await serve({ settings, folder, variables, stopAsked, planted });
    } finally {
      await documents.close();
    }
  } finally {
    await database.close();
  }
  process.exit(0);
}

interface Opened {
  settings: LocalSettings;
  folder: DataFolder;
  variables: Record<string, string>;
  stopAsked: Promise<void>;
  planted: boolean;
}

/** Runs the Worker until somebody asks to stop, or it ends by itself. */
async function serve({ settings, folder, variables, stopAsked, planted }: Opened): Promise<void> {
  const worker = await startWorker({
    port: settings.port,
    persistTo: folder.worker,
    variablesFile: folder.workerVariables,
    variables,
  });
  try {
    const ready = waitUntilHealthy(settings.port, worker);
    await Promise.race([ready, stopAsked]);
    const sweeping = setInterval(() => void sweep(settings.port), SWEEP_MS);
    void ready.then(() => greet(settings, planted));
    await Promise.race([stopAsked, worker.ended]);
    clearInterval(sweeping);
  } finally {
    await worker.stop();
  }
}

/** Migrates and plants sample data, unless the database belongs to another machine. */
async function prepare({ db }: Database, { databaseUrl }: LocalSettings): Promise<boolean> {
  if (databaseUrl !== undefined && !isLoopback(databaseUrl)) {
    console.log('DATABASE_URL is on another machine: nothing is migrated or planted there.');
    return false;
  }
  await migrate(db);
  return plantSampleData(db, sampleOptions());
}

/** The shop opens without them where MongoDB is away. */
async function prepareDocuments({ db }: Database, documents: Documents): Promise<void> {
  try {
    await plantSampleDocuments(db, documents, sampleOptions());
  } catch (error) {
    console.error(`There are no sample reviews: ${messageOf(error)}`);
  }
}

function sampleOptions(): SampleOptions {
  return {
    nowMs: Date.now(),
    fillRandom: (bytes) => crypto.getRandomValues(bytes),
    scryptCost: SCRYPT_COST_LOCAL,
  };
}

function workerVariables(
  folder: DataFolder,
  database: Database,
  documents: Documents,
): Record<string, string> {
  const { n, r, p } = SCRYPT_COST_LOCAL;
  return {
    DATABASE_URL: database.databaseUrl,
    DATABASE_ENDPOINT: database.databaseEndpoint,
    DATA_API_URL: documents.url,
    DATA_API_KEY: documents.key,
    JWT_SECRET: folder.secrets.jwtSecret,
    ADDRESS_LIMITS: 'off',
    SCRYPT_COST: `${n}:${r}:${p}`,
  };
}

/** Settles at the first Ctrl-C, kill or end of the launcher; a second Ctrl-C does not wait. */
function untilAskedToStop(): Promise<void> {
  return new Promise((resolve) => {
    const unwatch = watchLauncher(ask);
    let asked = false;
    function ask(): void {
      if (asked) process.exit(130);
      asked = true;
      unwatch();
      resolve();
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask);
  });
}

/** The cron trigger of the cloud, which `wrangler dev` does not fire by itself. */
async function sweep(port: number): Promise<void> {
  try {
    await fetch(`http://localhost:${port}/cdn-cgi/local/scheduled`, {
      signal: AbortSignal.timeout(SWEEP_MS),
    });
  } catch (error) {
    console.error('The sweep did not run:', error);
  }
}

function greet({ port, dataFolder, databaseUrl }: LocalSettings, planted: boolean): void {
  console.log(`
  SwiftDrop is open on http://localhost:${port}
  Data:  ${databaseUrl === undefined ? dataFolder : 'the Postgres in DATABASE_URL'}
  Admin: ${SAMPLE_ADMIN.email} / ${SAMPLE_ADMIN.password} (sample data, this machine only)${
    planted ? '\n  A sale opens in two minutes, and another is live.' : ''
  }
  Ctrl-C stops everything.
`);
}
