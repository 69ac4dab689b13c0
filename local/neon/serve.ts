// Owns `npm start` in this folder: the endpoint on its own, until Ctrl-C. Decides nothing else.

import { randomBytes } from 'node:crypto';
import { startNeonEndpoint } from './endpoint.ts';
import { openPglite } from './pglite.ts';
import { openPostgres } from './postgres.ts';

const PORT_DEFAULT = '5480';
const FOLDER_DEFAULT = '.data';
const PASSWORD_BYTES = 24;

const { DATABASE_URL, DATA_FOLDER, PASSWORD, PORT } = process.env;

async function main(): Promise<void> {
  const backend = DATABASE_URL
    ? openPostgres(DATABASE_URL)
    : await openPglite(DATA_FOLDER || FOLDER_DEFAULT);
  const endpoint = await startNeonEndpoint({
    backend,
    port: Number(PORT || PORT_DEFAULT),
    password: PASSWORD || randomBytes(PASSWORD_BYTES).toString('base64url'),
    log: (line) => console.error(line),
  });
  console.log(`neonConfig.fetchEndpoint = '${endpoint.url}'`);
  console.log(`const sql = neon('${endpoint.connectionString}')`);
  const stop = () =>
    void endpoint
      .close()
      .then(() => backend.close())
      .then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
