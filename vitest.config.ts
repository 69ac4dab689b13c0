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
            '{worker,client,local,data-api,bench,simulation,tidy}/**/*.test.ts',
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
                EVENT_ID_SECRET: 'another secret that only the tests know',
                PUBLIC_URL: 'https://shop.example',
                LOG_EVERYDAY_SHARE: '1',
                METRICS_TOKEN: 'a-token-that-only-the-tests-know-about',
                SCRYPT_COST: '1024:1:1',
                ADDRESS_LIMITS: 'off',
                // A developer's .dev.vars is read too.
                ALLOWED_HOSTS: '',
                // The pool's runtime cannot settle one request's promise in another one.
                SHARED_CALLS: 'off',
              },
            },
          })),
        ],
        test: {
          name: 'worker',
          testTimeout: 30_000,
          include: [`worker/${WORKER_TESTS}`],
          globalSetup: './local/testing/database.setup.ts',
          setupFiles: './worker/testing/quiet-log.setup.ts',
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
          globalSetup: './local/testing/client.setup.ts',
          env: { CLIENT_BUILT: 'yes' },
        },
      },
      {
        oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
        test: {
          name: 'client',
          environment: 'happy-dom',
          testTimeout: 30_000,
          include: ['client/**/*.test.tsx'],
        },
      },
    ],
  },
});
