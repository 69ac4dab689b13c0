// Owns the two databases every protocol test runs against. For tests only.

import { openPglite } from './pglite.ts';
import { openPostgres } from './postgres.ts';
import { startRealPostgres } from './real-postgres.ts';
import type { SqlBackend } from './sql-backend.ts';

export interface TestBackend {
  backend: SqlBackend;
  stop(): Promise<void>;
}

export const BOTH_BACKENDS: { name: string; start: () => Promise<TestBackend> }[] = [
  {
    name: 'PGlite',
    start: async () => {
      const backend = await openPglite('memory');
      return { backend, stop: () => backend.close() };
    },
  },
  {
    name: 'real Postgres',
    start: async () => {
      const real = await startRealPostgres();
      const backend = openPostgres(real.connectionString);
      return { backend, stop: () => backend.close().then(real.stop) };
    },
  },
];
