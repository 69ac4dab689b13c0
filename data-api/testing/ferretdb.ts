/** A FerretDB of the tests' own, to be frozen and killed. Its binary is built by .ci/mongodb. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const READY_MS_MAX = 20_000;
const READY_LOOK_MS = 50;

export interface FerretDb {
  start(): Promise<void>;
  signal(name: 'SIGSTOP' | 'SIGCONT'): void;
  kill(): Promise<void>;
  /** Ends it and forgets its documents. */
  stop(): Promise<void>;
}

/** Documents stay from one start to the next. */
export async function openFerretDb(binary: string, port: number): Promise<FerretDb> {
  const folder = await mkdtemp(join(tmpdir(), 'data-api-ferretdb-'));
  let child: ChildProcess | undefined;
  async function kill(): Promise<void> {
    if (child === undefined) return;
    const ended = once(child, 'close');
    child.kill('SIGKILL');
    await ended;
    child = undefined;
  }
  return {
    async start() {
      child = spawn(
        binary,
        [
          '--handler=sqlite',
          `--sqlite-url=file:${folder}/`,
          `--state-dir=${folder}`,
          `--listen-addr=127.0.0.1:${port}`,
          '--debug-addr=-',
          '--telemetry=disable',
          '--log-level=ERROR',
        ],
        { stdio: 'ignore' },
      );
      await untilListening(port);
    },
    signal: (name) => void child?.kill(name),
    kill,
    async stop() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function untilListening(port: number): Promise<void> {
  const giveUpAtMs = Date.now() + READY_MS_MAX;
  while (Date.now() < giveUpAtMs) {
    const socket = connect({ host: '127.0.0.1', port });
    const open = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    });
    socket.destroy();
    if (open) return;
    await pause(READY_LOOK_MS);
  }
  throw new Error('FerretDB did not start');
}
