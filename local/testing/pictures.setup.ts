/** Vitest's global set-up for tests that upload pictures. */
import type { TestProject } from 'vitest/node';
import { makeTestPictures } from './test-pictures.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** By name, in base64. */
    pictures: Record<string, string>;
  }
}

export default async function setUp(project: TestProject): Promise<void> {
  project.provide('pictures', await makeTestPictures());
}
