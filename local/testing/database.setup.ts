/**
 * Vitest's global set-up: an empty, migrated shop in memory, for tests that run in workerd. Its
 * documents are those of MONGODB_URI where that is set. Also what makes them payment providers.
 */
import type { TestProject } from 'vitest/node';
import { openDocuments } from '../documents.ts';
import { openMigratedPglite } from './migrated-database.ts';
import { startStripeMaker } from './stripe-maker.ts';

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string;
    databaseEndpoint: string;
    dataApiUrl: string;
    dataApiKey: string;
    stripeMakerUrl: string;
  }
}

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const database = await openMigratedPglite();
  project.provide('databaseUrl', database.databaseUrl);
  project.provide('databaseEndpoint', database.databaseEndpoint);
  const mongodbUri = process.env['MONGODB_URI'];
  const documents = await openDocuments(mongodbUri ? { mongodbUri } : { file: ':memory:' });
  project.provide('dataApiUrl', documents.url);
  project.provide('dataApiKey', documents.key);
  const stripes = await startStripeMaker();
  project.provide('stripeMakerUrl', stripes.url);
  return async () => {
    await stripes.close();
    await documents.close();
    await database.close();
  };
}
