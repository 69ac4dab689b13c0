/** Whole sales, under faults and under load: minutes that `npm test` does without: `npm run test:drills`. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'drills',
    environment: 'node',
    include: ['bench/**/*.smoke.test.ts'],
    globalSetup: './bench/faults/bundle.setup.ts',
    testTimeout: 180_000,
    hookTimeout: 120_000,
    // Two sales at once would be about the machine.
    fileParallelism: false,
  },
});
