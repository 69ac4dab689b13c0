/**
 * Vitest's global set-up: empty, migrated shops in memory, for tests that run in workerd. Their
 * documents are those of MONGODB_URI where that is set. Also what makes them payment providers.
 */
import type { TestProject } from 'vitest/node';
import type { Database } from '../database.ts';
import { openDocuments } from '../documents.ts';
import { openMigratedPostgres } from './migrated-database.ts';
import { startStripeMaker } from './stripe-maker.ts';

declare module 'vitest' {
  interface ProvidedContext {
    databases: { databaseUrl: string; databaseEndpoint: string }[];
    dataApiUrl: string;
    dataApiKey: string;
    stripeMakerUrl: string;
  }
}

/**
 * One for each runtime: what a test's sweep does, with the clock set forward, it does to a whole database.
 * Runtimes beyond these share them.
 */
const DATABASES_MAX = 8;

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const count = Math.min(project.config.maxWorkers, DATABASES_MAX);
  // One after the other: the first may make the template, for which the driver's one endpoint must be its own.
  const databases: Database[] = [];
  while (databases.length < count) databases.push(await openMigratedPostgres());
  const places = databases.map(({ databaseUrl, databaseEndpoint }) => {
    return { databaseUrl, databaseEndpoint };
  });
  project.provide('databases', places);
  const mongodbUri = process.env['MONGODB_URI'];
  const documents = await openDocuments(mongodbUri ? { mongodbUri } : { file: ':memory:' });
  project.provide('dataApiUrl', documents.url);
  project.provide('dataApiKey', documents.key);
  const stripes = await startStripeMaker();
  project.provide('stripeMakerUrl', stripes.url);
  return async () => {
    await stripes.close();
    await documents.close();
    for (const database of databases) await database.close();
  };
}
