/** The Worker's runtime as a child process: `wrangler dev`, which ends with this one. Knows no database. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { writePrivately } from './data-folder.ts';
import { UserError } from './user-error.ts';

const READY_MS_MAX = 120_000;
const READY_LOOK_MS = 200;
const ANSWER_MS_MAX = 5_000;
const SUPERVISOR = fileURLToPath(new URL('./supervisor.js', import.meta.url));
const PROJECT = dirname(dirname(SUPERVISOR));

export interface WorkerProcess {
  /** Settles when the runtime ends by itself. */
  ended: Promise<void>;
  stop(): Promise<void>;
}

export interface WorkerOptions {
  port: number;
  /** Where the objects' storage is kept. */
  persistTo: string;
  /** Where the Worker's variables are written down for it. */
  variablesFile: string;
  variables: Record<string, string>;
}

export async function startWorker(options: WorkerOptions): Promise<WorkerProcess> {
  const { port, persistTo, variablesFile, variables } = options;
  const lines = Object.entries(variables).map(([name, value]) => `${name}="${value}"\n`);
  await writePrivately(variablesFile, lines.join(''));
  return startWrangler({
    port,
    args: ['--persist-to', persistTo, '--env-file', variablesFile],
    // Wrangler prefers its environment to its file, and DATABASE_URL means something else there.
    env: withoutNames(process.env, Object.keys(variables)),
  });
}

/** @param args for `wrangler dev`, beside those that every Worker here is started with. */
export function startWrangler({
  port,
  args,
  env,
}: {
  port: number;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
}): WorkerProcess {
  const wrangler = join(
    dirname(createRequire(import.meta.url).resolve('wrangler/package.json')),
    'bin/wrangler.js',
  );
  const child = spawn(
    process.execPath,
    [SUPERVISOR, process.execPath, wrangler, 'dev', ...args]
      .concat(['--ip', 'localhost', '--port', String(port), '--inspector-port', '0'])
      .concat(['--log-level', 'error', '--show-interactive-dev-session=false']),
    {
      cwd: PROJECT,
      stdio: ['pipe', 'inherit', 'inherit'],
      // Nothing of the shop needs the network: no usage statistics, no look-up of this machine's place.
      env: { ...env, WRANGLER_SEND_METRICS: 'false', CLOUDFLARE_CF_FETCH_ENABLED: 'false' },
    },
  );
  const ended = once(child, 'exit').then(() => {});
  return { ended, stop: () => stop(child, ended) };
}

/** Waits until the shop can sell. @throws UserError with the last reason if it never does. */
export async function waitUntilHealthy(port: number, worker: WorkerProcess): Promise<void> {
  const giveUp = new AbortController();
  const ended = worker.ended.then(() => {
    giveUp.abort();
    throw new UserError('The Worker ended before the shop was ready; its messages are above.');
  });
  await Promise.race([ended, askUntilHealthy(port, giveUp.signal)]);
}

async function askUntilHealthy(port: number, giveUp: AbortSignal): Promise<void> {
  const giveUpAtMs = Date.now() + READY_MS_MAX;
  let reason = 'it did not answer';
  while (!giveUp.aborted && Date.now() < giveUpAtMs) {
    try {
      const response = await fetch(`http://localhost:${port}/api/v1/health`, {
        signal: AbortSignal.any([giveUp, AbortSignal.timeout(ANSWER_MS_MAX)]),
      });
      if (response.ok) return;
      reason = await response.text();
    } catch {
      // Not listening yet.
    }
    await pause(READY_LOOK_MS);
  }
  throw new UserError(`The shop did not become ready: ${reason}`);
}

function withoutNames(env: NodeJS.ProcessEnv, names: string[]): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)));
}

/** @throws UserError if somebody listens on the port already. */
export async function assertPortFree(port: number): Promise<void> {
  for (const host of ['127.0.0.1', '::1']) {
    if (await answers(host, port)) {
      throw new UserError(
        `Port ${port} is in use. Stop what listens there, or choose another: PORT=8788 npm run dev`,
      );
    }
  }
}

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    void once(socket, 'connect').then(
      () => socket.destroy(),
      () => {},
    );
  });
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.stdin?.end();
  await ended;
}
