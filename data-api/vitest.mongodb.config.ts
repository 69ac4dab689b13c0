/** The tests that need a MongoDB, which `npm test` does without: `npm run test:mongodb`. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'mongodb',
    environment: 'node',
    include: ['{data-api,bench}/**/*.mongodb.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // The faults of one file must not be those of another.
    fileParallelism: false,
  },
});
