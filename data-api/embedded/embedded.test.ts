import { afterAll, beforeAll } from 'vitest';
import { createDataApi } from '../app.ts';
import { type Endpoint, serveDataApi } from '../node/endpoint.ts';
import { type Capability, COLLECTION, OTHER_COLLECTION } from '../testing/case.ts';
import { DATA_SOURCE, describeContract, KEY } from '../testing/suite.ts';
import { type EmbeddedStore, openEmbeddedStore } from './embedded-store.ts';

const DATABASE = 'contract';
const LACKS: ReadonlySet<Capability> = new Set();

let store: EmbeddedStore;
let endpoint: Endpoint;

beforeAll(async () => {
  store = openEmbeddedStore(':memory:');
  const config = {
    key: KEY,
    dataSource: DATA_SOURCE,
    database: DATABASE,
    collections: new Set([COLLECTION, OTHER_COLLECTION]),
  };
  endpoint = await serveDataApi(createDataApi({ store, config, log: console.error }));
});

afterAll(async () => {
  await endpoint.close();
  store.close();
});

describeContract(
  'the embedded store',
  () => ({ fetch: (path, init) => fetch(`${endpoint.url}${path}`, init), database: DATABASE }),
  LACKS,
);
