import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createDataApi } from './app.ts';
import { type EmbeddedStore, openEmbeddedStore } from './embedded/embedded-store.ts';
import { type AnyOperation, anyHistory } from './testing/any-operation.ts';
import {
  dropDatabase,
  lacksOf,
  mongodbUri,
  type Running,
  startDriver,
} from './testing/backends.ts';
import { COLLECTION } from './testing/case.ts';
import { deviation, withoutUnmodified } from './testing/ferretdb-deviations.ts';
import { DATA_SOURCE, KEY } from './testing/suite.ts';

const uri = mongodbUri();
const isFerretDb = (await lacksOf(uri)).size > 0;
const database = `data_api_${randomUUID().slice(0, 8)}`;
/** The same each time: chance must not decide on a change. DIFFERENTIAL_PATH replays one history. */
const seed = Number(process.env['DIFFERENTIAL_SEED'] ?? 20261122);
const path = process.env['DIFFERENTIAL_PATH'];
const RUNS = Number(process.env['DIFFERENTIAL_RUNS'] ?? 400);
/** On a machine that is busy with something else. */
const HISTORY_MS_MAX = 1_000;
vi.setConfig({ testTimeout: RUNS * HISTORY_MS_MAX });

type Ask = (operation: AnyOperation) => Promise<{ status: number; answer: unknown }>;

let driver: Running;
let store: EmbeddedStore;
let askMongoDb: Ask;
let askEmbedded: Ask;

beforeAll(async () => {
  driver = await startDriver(uri, database);
  askMongoDb = asker(driver.served.fetch);
  store = openEmbeddedStore(':memory:');
  const config = {
    key: KEY,
    dataSource: DATA_SOURCE,
    database,
    collections: new Set([COLLECTION]),
  };
  const handle = createDataApi({ store, config });
  askEmbedded = asker((at, init) => handle(new Request(`http://localhost${at}`, init)));
});

afterAll(async () => {
  await driver?.stop();
  store?.close();
  await dropDatabase(uri, database);
});

function asker(fetch: Running['served']['fetch']): Ask {
  return async ({ action, body }) => {
    const response = await fetch(`/action/${action}`, {
      method: 'POST',
      headers: { apiKey: KEY, 'Content-Type': 'application/json', Accept: 'application/ejson' },
      body: JSON.stringify({ dataSource: DATA_SOURCE, database, collection: COLLECTION, ...body }),
    });
    const text = await response.text();
    return { status: response.status, answer: response.ok ? text : 'refused' };
  };
}

/** All that is in the collection: an operation may be answered alike and do another thing. */
const everything: AnyOperation = { action: 'find', body: { sort: { _id: 1 } } };

it('the embedded store does what the MongoDB of these tests does', async () => {
  console.log(`the operations of seed ${seed}`);
  let [compared, passedOver, countedOtherwise] = [0, 0, 0];
  const property = fc.asyncProperty(anyHistory, async ({ documents, operations }) => {
    for (const ask of [askMongoDb, askEmbedded]) {
      await ask({ action: 'deleteMany', body: { filter: {} } });
      await ask({ action: 'insertMany', body: { documents } });
    }
    let documentsBefore = await askEmbedded(everything);
    for (const operation of operations) {
      if (isFerretDb && deviation(operation) !== undefined) {
        passedOver++;
        continue;
      }
      compared++;
      const [given, embedded] = [await askMongoDb(operation), await askEmbedded(operation)];
      const documentsAfter = await askEmbedded(everything);
      const isUnchanged = documentsAfter.answer === documentsBefore.answer;
      const mongoDb = isFerretDb ? withoutUnmodified(operation, { given, isUnchanged }) : given;
      if (mongoDb !== given) countedOtherwise++;
      expect(embedded, JSON.stringify(operation)).toEqual(mongoDb);
      expect(documentsAfter, JSON.stringify(operation)).toEqual(await askMongoDb(everything));
      documentsBefore = documentsAfter;
    }
  });
  await fc.assert(property, { numRuns: RUNS, seed, ...(path === undefined ? {} : { path }) });
  console.log(`${compared} operations compared, ${passedOver} known to differ passed over`);
  console.log(`${countedOtherwise} compared but for the count of unmodified replacements`);
  expect(compared).toBeGreaterThan(passedOver);
});
