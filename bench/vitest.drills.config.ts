/** Whole sales, under faults and under load: minutes that `npm test` does without: `npm run test:drills`. */
import { defineConfig } from 'vitest/config';

/** Their outcome does not depend on how fast the machine is, and they mostly wait. */
const WAITING = [
  'bench/faults/{slow-database,cut-connections,lost-database,frozen-postgres}.smoke.test.ts',
  'bench/faults/{cancelled-sale,killed-provider,killed-runtime}.smoke.test.ts',
  'bench/faults/{migration,paid-sale,queue}.smoke.test.ts',
];
/** Each has a Postgres and a runtime of its own. */
const SALES_AT_ONCE_MAX = 4;

const drills = {
  environment: 'node',
  testTimeout: 180_000,
  hookTimeout: 120_000,
} as const;

export default defineConfig({
  test: {
    globalSetup: './bench/faults/bundle.setup.ts',
    projects: [
      {
        test: {
          ...drills,
          name: 'faults',
          include: WAITING,
          maxWorkers: SALES_AT_ONCE_MAX,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...drills,
          name: 'drills',
          include: ['bench/**/*.smoke.test.ts'],
          exclude: WAITING,
          // Two of these at once would be about the machine.
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
