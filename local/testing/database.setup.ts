/** Vitest's global set-up: an empty, migrated shop in memory, for tests that run in workerd. */
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../database.ts';
import { migrate } from '../migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string;
    databaseEndpoint: string;
  }
}

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const database = await openDatabase('memory');
  await migrate(database.db);
  project.provide('databaseUrl', database.databaseUrl);
  project.provide('databaseEndpoint', database.databaseEndpoint);
  return () => database.close();
}
