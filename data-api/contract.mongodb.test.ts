import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll } from 'vitest';
import {
  dropDatabase,
  lacksOf,
  mongodbUri,
  type Running,
  startDriver,
  startGateway,
} from './testing/backends.ts';
import { describeContract } from './testing/suite.ts';

const uri = mongodbUri();
const lacks = await lacksOf(uri);
const database = `data_api_${randomUUID().slice(0, 8)}`;

let driver: Running;
let gateway: Running;

beforeAll(async () => {
  driver = await startDriver(uri, database);
  gateway = await startGateway(uri, database);
});

afterAll(async () => {
  await gateway?.stop();
  await driver?.stop();
  await dropDatabase(uri, database);
});

describeContract('the driver in Node', () => driver.served, lacks);
describeContract('the gateway in workerd', () => gateway.served, lacks);
