import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { cloudflareTest } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';

const WORKER_TESTS = '**/*.worker.test.ts';
const SMOKE_TESTS = '**/*.smoke.test.ts';
/** Run by `npm run test:mongodb`. */
const MONGODB_TESTS = '**/*.mongodb.test.ts';
/** Run by `npm run e2e`. */
const BROWSER_TESTS = '**/*.e2e.test.ts';
/** Run by `npm run test:drills`. */
const DRILLS = 'bench/**/*.smoke.test.ts';
/** They set up their driver for the whole process, each in a way of its own. */
const DRIVER_TESTS = 'local/neon/**/*.test.ts';
/** Real databases on a busy machine; a test that hangs is noticed all the same. */
const TEST_MS_MAX = 60_000;
/** Of the tree itself: run by themselves they take some seconds. */
const TIDY_TESTS = ['tidy.test.ts', 'tidy/**/*.test.ts'];
const PROPERTY_SEED = './local/testing/property-seed.setup.ts';
/**
 * More than cores: many tests wait, for a database, a process or a runtime, and others work meanwhile. As a number,
 * since vitest takes a share above 100% for 100%.
 */
const WORKERS = Math.ceil(1.5 * availableParallelism());
const IGNORED = ['node_modules/**', 'dist/**'];

// For the processes that tests start: many of them read the same modules. One file a module, so it stays small.
process.env['NODE_COMPILE_CACHE'] ??= fileURLToPath(
  new URL('dist/testing/compile-cache', import.meta.url),
);

let runtimes = 0;

/** Of each runtime in turn. */
function nextDatabase(databases: { databaseUrl: string; databaseEndpoint: string }[]) {
  const database = databases[runtimes++ % databases.length];
  if (database === undefined) throw new Error('no database is open');
  return { DATABASE_URL: database.databaseUrl, DATABASE_ENDPOINT: database.databaseEndpoint };
}

export default defineConfig({
  test: {
    maxWorkers: WORKERS,
    projects: [
      {
        test: {
          name: 'core',
          // One process for many files: to start it and to read what they import costs more than most.
          isolate: false,
          restoreMocks: true,
          environment: 'node',
          testTimeout: TEST_MS_MAX,
          hookTimeout: TEST_MS_MAX,
          setupFiles: [PROPERTY_SEED],
          include: [
            '{worker,client,local,data-api,previews,bench,simulation}/**/*.test.ts',
            '*.test.ts',
          ],
          exclude: [
            ...IGNORED,
            ...TIDY_TESTS,
            DRIVER_TESTS,
            WORKER_TESTS,
            SMOKE_TESTS,
            MONGODB_TESTS,
            BROWSER_TESTS,
          ],
        },
      },
      {
        test: { name: 'tidy', environment: 'node', include: TIDY_TESTS },
      },
      {
        test: {
          name: 'neon',
          environment: 'node',
          testTimeout: TEST_MS_MAX,
          hookTimeout: TEST_MS_MAX,
          setupFiles: [PROPERTY_SEED],
          include: [DRIVER_TESTS],
        },
      },
      {
        plugins: [
          // Called for each runtime.
          cloudflareTest(({ inject }) => ({
            wrangler: { configPath: './wrangler.toml' },
            miniflare: {
              bindings: {
                ...nextDatabase(inject('databases')),
                DATA_API_URL: inject('dataApiUrl'),
                DATA_API_KEY: inject('dataApiKey'),
                STRIPE_MAKER_URL: inject('stripeMakerUrl'),
                JWT_SECRET: 'a secret that only the tests know, long enough',
                EVENT_ID_SECRET: 'another secret that only the tests know',
                PUBLIC_URL: 'https://shop.example',
                LOG_EVERYDAY_SHARE: '1',
                METRICS_TOKEN: 'a-token-that-only-the-tests-know-about',
                MAIL_WEBHOOK_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
                SCRYPT_COST: '1024:1:1',
                ADDRESS_LIMITS: 'off',
                // A developer's .dev.vars is read too.
                ALLOWED_HOSTS: '',
                // Tests count what reaches the stores, and the object would work whenever it likes.
                OUTBOX_DISPATCH: 'off',
                // The pool's runtime cannot settle one request's promise in another one.
                SHARED_CALLS: 'off',
              },
            },
          })),
        ],
        test: {
          name: 'worker',
          // One runtime for many files: to start it and to read the Worker costs more than most tests.
          isolate: false,
          restoreMocks: true,
          testTimeout: TEST_MS_MAX,
          hookTimeout: TEST_MS_MAX,
          include: [`worker/${WORKER_TESTS}`],
          globalSetup: ['./local/testing/database.setup.ts', './local/testing/pictures.setup.ts'],
          setupFiles: [
            './worker/testing/quiet-log.setup.ts',
            './worker/testing/fresh-shop.setup.ts',
          ],
        },
      },
      {
        test: {
          name: 'smoke',
          environment: 'node',
          include: [SMOKE_TESTS],
          exclude: [...IGNORED, DRILLS],
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
          // A browser's objects for many files: to make them costs more than most tests.
          isolate: false,
          restoreMocks: true,
          environment: 'happy-dom',
          testTimeout: TEST_MS_MAX,
          hookTimeout: TEST_MS_MAX,
          setupFiles: ['./client/testing/patience.setup.ts', './client/testing/signals.setup.ts'],
          include: ['client/**/*.test.tsx'],
        },
      },
    ],
  },
});
