/** `npm run e2e`: the whole shop in a real browser, one test at a time. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['local/e2e/*.e2e.test.ts'],
    environment: 'node',
    globalSetup: './local/e2e/shop.setup.ts',
    // A test is about time: two at once would be about the machine.
    fileParallelism: false,
    reporters: ['verbose'],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // What judges time names its own limit.
    expect: { poll: { timeout: 20_000 } },
  },
});
