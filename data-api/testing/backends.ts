/** The backends with a MongoDB behind them: the driver in Node, and the gateway in workerd. */
import { fileURLToPath } from 'node:url';
import { MongoClient } from 'mongodb';
import { createTestHarness } from 'wrangler';
import { createDataApi } from '../app.ts';
import { openDriverStore } from '../driver-store.ts';
import { type Capability, COLLECTION, OTHER_COLLECTION } from './case.ts';
import { DATA_SOURCE, KEY, type Served } from './suite.ts';

const GATEWAY = fileURLToPath(new URL('../wrangler.toml', import.meta.url));
const BASE_PATH = '/app/contract/endpoint/data/v1';
const SELECTION_MS_MAX = 5_000;

/** FerretDB 1.24 with its SQLite backend. It says so itself when it gains one of them. */
const FERRETDB_LACKS: Capability[] = [
  '$facet',
  '$avg',
  'several accumulators at once',
  'fields in $addFields',
  '$lookup',
  'arithmetic in expressions',
  '$push with $slice',
  'positional updates',
  'conditions in $pull',
  '$unset in a list',
  'an empty $each',
  "MongoDB's messages",
  'expressions',
  'rare types',
  'lists of types',
  'references',
  'lists in lists',
  'later stages',
  'the order of computed fields',
  'unmodified replacements',
];

export interface Running {
  served: Served;
  stop(): Promise<void>;
}

export function mongodbUri(): string {
  const uri = process.env['MONGODB_URI'];
  if (!uri) throw new Error('MONGODB_URI must name a MongoDB to run the contract against.');
  return uri;
}

export async function lacksOf(uri: string): Promise<ReadonlySet<Capability>> {
  return withClient(uri, async (client) => {
    const info = await client.db('admin').command({ buildInfo: 1 });
    return new Set('ferretdb' in info || 'ferretdbVersion' in info ? FERRETDB_LACKS : []);
  });
}

export async function dropDatabase(uri: string, database: string): Promise<void> {
  await withClient(uri, (client) => client.db(database).dropDatabase());
}

export async function startDriver(uri: string, database: string): Promise<Running> {
  const store = openDriverStore({ uri, database });
  const collections = new Set([COLLECTION, OTHER_COLLECTION]);
  const config = { key: KEY, dataSource: DATA_SOURCE, database, collections, basePath: BASE_PATH };
  const handle = createDataApi({ store, config });
  return {
    served: {
      database,
      fetch: (path, init) => handle(new Request(`http://localhost${BASE_PATH}${path}`, init)),
    },
    stop: () => store.close(),
  };
}

/** The bundle as `wrangler deploy` makes it, in the real runtime. */
export async function startGateway(uri: string, database: string): Promise<Running> {
  const server = createTestHarness({
    workers: [
      {
        configPath: GATEWAY,
        vars: {
          DATA_API_DATABASE: database,
          DATA_API_COLLECTIONS: `${COLLECTION},${OTHER_COLLECTION}`,
          DATA_API_BASE_PATH: BASE_PATH,
        },
        secrets: { MONGODB_URI: uri, DATA_API_KEY: KEY },
      },
    ],
  });
  await server.listen();
  return {
    served: {
      database,
      fetch: (path, init) => server.fetch(`${BASE_PATH}${path}`, init as never),
    },
    stop: () => server.close(),
  };
}

async function withClient<T>(uri: string, use: (client: MongoClient) => Promise<T>): Promise<T> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: SELECTION_MS_MAX });
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}
