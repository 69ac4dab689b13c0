import { cloudflareTest } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';

const WORKER_TESTS = '**/*.worker.test.ts';
const SMOKE_TESTS = '**/*.smoke.test.ts';
/** Run by `npm run test:mongodb`. */
const MONGODB_TESTS = '**/*.mongodb.test.ts';
/** Run by `npm run e2e`. */
const BROWSER_TESTS = '**/*.e2e.test.ts';
const IGNORED = ['node_modules/**', 'dist/**'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'core',
          environment: 'node',
          // Real databases on a busy machine; a test that hangs is noticed all the same.
          testTimeout: 30_000,
          include: [
            '{worker,local,data-api,bench,simulation,client/state,client/admin/state,client/later/state}/**/*.test.ts',
            '*.test.ts',
          ],
          exclude: [...IGNORED, WORKER_TESTS, SMOKE_TESTS, MONGODB_TESTS, BROWSER_TESTS],
        },
      },
      {
        plugins: [
          cloudflareTest(({ inject }) => ({
            wrangler: { configPath: './wrangler.toml' },
            miniflare: {
              bindings: {
                DATABASE_URL: inject('databaseUrl'),
                DATABASE_ENDPOINT: inject('databaseEndpoint'),
                DATA_API_URL: inject('dataApiUrl'),
                DATA_API_KEY: inject('dataApiKey'),
                JWT_SECRET: 'a secret that only the tests know, long enough',
                SCRYPT_COST: '1024:1:1',
                ADDRESS_LIMITS: 'off',
                // The pool's runtime cannot settle one request's promise in another one.
                SHARED_CALLS: 'off',
              },
            },
          })),
        ],
        test: {
          name: 'worker',
          include: [`worker/${WORKER_TESTS}`],
          globalSetup: './local/testing/database.setup.ts',
        },
      },
      {
        test: {
          name: 'smoke',
          environment: 'node',
          include: [SMOKE_TESTS],
          exclude: IGNORED,
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
      {
        oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
        test: {
          name: 'client',
          environment: 'happy-dom',
          include: ['client/**/*.test.tsx'],
        },
      },
    ],
  },
});
