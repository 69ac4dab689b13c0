/** `npm run e2e`: the whole shop in a real browser. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['local/e2e/*.e2e.test.ts'],
    environment: 'node',
    // Each file has a shop of its own, but all of them build the same page.
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
