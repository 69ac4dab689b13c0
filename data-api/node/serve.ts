/**
 * `npm start` in this folder: the Data API in Node, until Ctrl-C, in front of the MongoDB in
 * MONGODB_URI or of the embedded store. Takes the Worker's variables; decides nothing else.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { createDataApi } from '../app.ts';
import { readGatewayConfig } from '../config.ts';
import { openDriverStore } from '../driver-store.ts';
import { openEmbeddedStore } from '../embedded/embedded-store.ts';
import { complaintOf } from '../environment.ts';
import { serveDataApi } from './endpoint.ts';

const PORT_DEFAULT = '5481';
const FILE_DEFAULT = '.data/documents.sqlite';
const FILE_IN_MEMORY = ':memory:';
const KEY_BYTES = 32;
/** In place of the one variable that the embedded store has no use for. */
const NO_MONGODB = 'mongodb://embedded/';

const { DATA_FILE, MONGODB_URI, PORT } = process.env;

async function main(): Promise<void> {
  const config = readGatewayConfig({
    ...process.env,
    MONGODB_URI: MONGODB_URI || NO_MONGODB,
    DATA_API_KEY: process.env['DATA_API_KEY'] || randomBytes(KEY_BYTES).toString('base64url'),
  });
  if ('wrong' in config) throw new Error(`${config.wrong.map(complaintOf).join('. ')}.`);
  const store = MONGODB_URI
    ? openDriverStore({ uri: config.mongodbUri, database: config.api.database, log })
    : openFile(DATA_FILE || FILE_DEFAULT);
  const endpoint = await serveDataApi(
    createDataApi({ store, config: config.api, log }),
    Number(PORT || PORT_DEFAULT),
  );
  console.log(`base URL: ${endpoint.url}`);
  console.log(`apiKey: ${config.api.key}`);
  const stop = () =>
    void endpoint
      .close()
      .then(() => store.close())
      .then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

function log(message: string, error: unknown): void {
  console.error(message, String(error));
}

function openFile(path: string) {
  if (path !== FILE_IN_MEMORY) mkdirSync(dirname(path), { recursive: true });
  return openEmbeddedStore(path);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
