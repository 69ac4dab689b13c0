/**
 * What the Worker needs beside itself on this machine: the database, migrated and with sample data,
 * and the documents. Starts no Worker.
 */
import type { DataFolder } from './data-folder.ts';
import { type Database, type DatabasePlace, openDatabase } from './database.ts';
import { type Documents, type DocumentsPlace, openDocuments } from './documents.ts';
import { messageOf } from './explained.ts';
import { migrate } from './migrate.ts';
import { plantSampleData, type SampleOptions } from './sample-data.ts';
import { plantSampleDocuments } from './sample-documents.ts';
import { renewSampleSales } from './sample-sales.ts';
import { isLoopback, type LocalSettings } from './settings.ts';

/** A sixtieth of the default: shoppers who are enrolled by the thousand share two cores. */
const SCRYPT_COST_LOCAL = { n: 2_048, r: 8, p: 1 };

export interface BackingServices {
  /** What the Worker is given of them. */
  variables: Record<string, string>;
  /** Whether sample sales are live and about to open. */
  sampled: boolean;
  close(): Promise<void>;
}

/** Where they are to be found again; by default on free ports, with new secrets. */
export interface Places {
  database?: DatabasePlace;
  documents?: DocumentsPlace;
}

/** @throws Explained if one of them cannot be opened. */
export async function openBackingServices(
  settings: LocalSettings,
  folder: DataFolder,
  places: Places = {},
): Promise<BackingServices> {
  const { databaseUrl, mongodbUri } = settings;
  const database = await openDatabase(
    databaseUrl === undefined ? { folder: folder.postgres } : { databaseUrl },
    places.database,
  );
  try {
    const sample = await prepare(database, settings);
    const documents = await openDocuments(
      mongodbUri === undefined ? { file: folder.documents } : { mongodbUri },
      places.documents,
    );
    if (sample === 'planted') await prepareDocuments(database, documents);
    return {
      variables: workerVariables(folder, database, documents),
      sampled: sample !== 'none',
      async close() {
        await documents.close();
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Migrates and brings sample data, unless the database belongs to another machine. */
async function prepare(
  { db }: Database,
  { databaseUrl }: LocalSettings,
): Promise<'planted' | 'renewed' | 'none'> {
  if (databaseUrl !== undefined && !isLoopback(databaseUrl)) {
    console.log('DATABASE_URL is on another machine: nothing is migrated or planted there.');
    return 'none';
  }
  await migrate(db);
  if (await plantSampleData(db, sampleOptions())) return 'planted';
  return (await renewSampleSales(db, sampleOptions())) ? 'renewed' : 'none';
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
