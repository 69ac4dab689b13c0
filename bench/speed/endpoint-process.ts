/**
 * The local Neon endpoint as a program of its own, since Neon is another machine: what it costs
 * must not be the Worker's or the load's. Says where it listens in one line of JSON.
 */
import { randomBytes } from 'node:crypto';
import { startNeonEndpoint } from '../../local/neon/endpoint.ts';
import { openPostgres } from '../../local/neon/postgres.ts';

const PASSWORD_BYTES = 24;

const url = process.env['BENCH_POSTGRES_URL'];
if (url === undefined) throw new Error('BENCH_POSTGRES_URL is not set');
const backend = openPostgres(url);
const endpoint = await startNeonEndpoint({
  backend,
  password: randomBytes(PASSWORD_BYTES).toString('base64url'),
  log: (line) => console.error(line),
});
console.log(JSON.stringify({ url: endpoint.url, connectionString: endpoint.connectionString }));

process.on('SIGTERM', () => {
  void endpoint.close().then(() => backend.close());
});
