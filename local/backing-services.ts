/**
 * What the Worker needs beside itself on this machine: the database, migrated and with sample data,
 * the documents, the process that hashes passwords, the folder of its mails, and a payment provider with
 * pretended money. Starts no Worker.
 */
import { createHmac } from 'node:crypto';
import { PUSH_VARIABLES } from '../worker/config/push-variables.ts';
import type { DataFolder } from './data-folder.ts';
import { type Database, type DatabasePlace, openDatabase } from './database.ts';
import { type Documents, type DocumentsPlace, openDocuments } from './documents.ts';
import { type Hashing, type HashingPlace, startHashing } from './hashing.ts';
import { type MailFolder, type MailFolderPlace, openMailFolder } from './mail-folder.ts';
import { migrate } from './migrate.ts';
import {
  openPaymentProvider,
  type PaymentProvider,
  type PaymentProviderPlace,
} from './payment-provider.ts';
import { addSampleData, type SampleOptions } from './sample-data.ts';
import { addSampleDocuments } from './sample-documents.ts';
import { renewSampleSales } from './sample-sales.ts';
import { isDatabaseShared, type LocalSettings } from './settings.ts';
import { messageOf } from './user-error.ts';

/** A sixtieth of the default: shoppers who are enrolled by the thousand share two cores. */
const SCRYPT_COST_LOCAL = { n: 2_048, r: 8, p: 1 };

/** Nothing leaves the machine, so no reserved name matters and no receiver has to be spared. */
const MAIL_FROM_LOCAL = 'SwiftDrop <shop@swiftdrop.invalid>';
const MAIL_PER_SECOND_MAX_LOCAL = '100';

/** Where somebody on this machine may stand in for a push service, beside those of browsers. */
const PUSH_SERVICE_LOCAL = 'http://127.0.0.1:8797';

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
  hashing?: HashingPlace;
  mail?: MailFolderPlace;
  payments?: PaymentProviderPlace;
}

/** @throws UserError if one of them cannot be opened. */
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
    if (sample === 'added') await prepareDocuments(database, documents);
    const mail = await openMailFolder({
      folder: folder.mail,
      place: places.mail,
      print: (line) => console.log(line),
      nowMs: () => Date.now(),
    });
    const hashing = await startHashing(places.hashing);
    const payments = await paymentsOf(settings, folder, places.payments);
    return {
      variables: workerVariables({
        settings,
        folder,
        database,
        documents,
        hashing,
        mail,
        payments,
      }),
      sampled: sample !== 'none',
      async close() {
        await payments?.close();
        await hashing.close();
        await mail.close();
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
  settings: LocalSettings,
): Promise<'added' | 'renewed' | 'none'> {
  if (isDatabaseShared(settings)) {
    console.log(
      'DATABASE_URL is on another machine: nothing is migrated or added there, and no mail of it is sent from here.',
    );
    return 'none';
  }
  await migrate(db);
  if (await addSampleData(db, sampleOptions())) return 'added';
  return (await renewSampleSales(db, sampleOptions())) ? 'renewed' : 'none';
}

/** The shop opens without them where MongoDB is away. */
async function prepareDocuments({ db }: Database, documents: Documents): Promise<void> {
  try {
    await addSampleDocuments(db, documents, sampleOptions());
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

/** Where `wrangler dev` listens too, unless it is told another port. */
function shopUrlOf({ port }: LocalSettings): string {
  return `http://localhost:${port}`;
}

/** Undefined beside a database of others: no order there may be confirmed by pretended money. */
async function paymentsOf(
  settings: LocalSettings,
  folder: DataFolder,
  place: PaymentProviderPlace | undefined,
): Promise<PaymentProvider | undefined> {
  if (isDatabaseShared(settings)) return undefined;
  return openPaymentProvider({
    file: folder.payments,
    place,
    shopUrl: shopUrlOf(settings),
    secretOf: (name) => secretOf(folder, name),
    print: (line) => console.error(line),
  });
}

/** Made of the one that every folder has, also one from before there were others. */
function secretOf({ secrets }: DataFolder, name: string): Buffer {
  return createHmac('sha256', secrets.jwtSecret).update(name).digest();
}

interface Opened {
  settings: LocalSettings;
  folder: DataFolder;
  database: Database;
  documents: Documents;
  hashing: Hashing;
  mail: MailFolder;
  payments: PaymentProvider | undefined;
}

function workerVariables(opened: Opened): Record<string, string> {
  const { settings, folder, database, documents, hashing, mail, payments } = opened;
  const { n, r, p } = SCRYPT_COST_LOCAL;
  return {
    DATABASE_URL: database.databaseUrl,
    DATABASE_ENDPOINT: database.databaseEndpoint,
    DATA_API_URL: documents.url,
    DATA_API_KEY: documents.key,
    JWT_SECRET: folder.secrets.jwtSecret,
    EVENT_ID_SECRET: secretOf(folder, 'EVENT_ID_SECRET').toString('base64url'),
    ADDRESS_LIMITS: 'off',
    SCRYPT_COST: `${n}:${r}:${p}`,
    HASHING_URL: hashing.url,
    PUBLIC_URL: shopUrlOf(settings),
    // Customers' mails would end in a folder of this machine.
    ...(isDatabaseShared(settings) && { OUTBOX_DISPATCH: 'off' }),
    MAIL_VIA: 'folder',
    MAIL_FROM: MAIL_FROM_LOCAL,
    MAIL_FOLDER_URL: mail.url,
    // The folder reports nothing; with it, whoever wants to can play a provider that does.
    MAIL_WEBHOOK_SECRET: `whsec_${secretOf(folder, 'MAIL_WEBHOOK_SECRET').toString('base64')}`,
    MAIL_PER_SECOND_MAX: MAIL_PER_SECOND_MAX_LOCAL,
    // Nobody outside knows it; a browser on this machine is told all the same, by its own push service.
    VAPID_PRIVATE_KEY: secretOf(folder, 'VAPID_PRIVATE_KEY').toString('base64url'),
    PUSH_SERVICES: `${PUSH_VARIABLES.PUSH_SERVICES.default}, ${PUSH_SERVICE_LOCAL}`,
    ...payments?.variables,
  };
}
