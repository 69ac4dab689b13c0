/**
 * The documents of this machine behind the Data API: in one file of the data folder, or in the
 * MongoDB of MONGODB_URI. The Worker reaches them as it does in the cloud.
 */
import { randomBytes } from 'node:crypto';
import { createDataApi } from '../data-api/app.ts';
import { openDriverStore } from '../data-api/driver-store.ts';
import { openEmbeddedStore } from '../data-api/embedded/embedded-store.ts';
import { serveDataApi } from '../data-api/node/endpoint.ts';
import type { DocumentStore } from '../data-api/store.ts';
import { callerFault } from './neon/local-callers.ts';
import { messageOf, UserError } from './user-error.ts';

const KEY_BYTES = 32;
export const DATA_SOURCE = 'mongodb-atlas';
export const DATABASE = 'swiftdrop';
const COLLECTIONS = ['reviews', 'event_comments'];

export interface Documents {
  /** What the Worker is given as DATA_API_URL and DATA_API_KEY. */
  url: string;
  key: string;
  close(): Promise<void>;
}

type Handle = (request: Request) => Promise<Response>;

export type DocumentSource = { mongodbUri: string } | { file: string };

/** Where it is to be found again after it was away; by default a free port and a new key. */
export interface DocumentsPlace {
  port: number;
  key: string;
}

/** @throws UserError if the file cannot be opened. A MongoDB that is away is found out later. */
export async function openDocuments(
  source: DocumentSource,
  place?: DocumentsPlace,
): Promise<Documents> {
  const store = openStore(source);
  const key = place?.key ?? randomBytes(KEY_BYTES).toString('base64url');
  const dataApi = createDataApi({
    store,
    config: {
      key,
      dataSource: DATA_SOURCE,
      database: DATABASE,
      collections: new Set(COLLECTIONS),
    },
    log: complain,
  });
  const endpoint = await serveDataApi(forLocalPrograms(dataApi), place?.port);
  return {
    url: endpoint.url,
    key,
    async close() {
      await endpoint.close();
      await store.close();
    },
  };
}

function forLocalPrograms(handle: Handle): Handle {
  return async (request) => {
    const error = callerFault(Object.fromEntries(request.headers));
    return error === undefined ? handle(request) : Response.json({ error }, { status: 403 });
  };
}

function openStore(source: DocumentSource): DocumentStore & { close(): void | Promise<void> } {
  if ('mongodbUri' in source) {
    return openDriverStore({ uri: source.mongodbUri, database: DATABASE, log: complain });
  }
  try {
    return openEmbeddedStore(source.file);
  } catch (error) {
    throw new UserError(`The documents in ${source.file} cannot be opened: ${messageOf(error)}`);
  }
}

function complain(message: string, error: unknown): void {
  console.error(`Data API: ${message}: ${messageOf(error)}`);
}
