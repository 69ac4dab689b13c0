/** A program of its own that ends with this one, however this one ends. Knows nothing of it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { childrenOf } from './process-usage.ts';

const SUPERVISOR = fileURLToPath(new URL('../../local/supervisor.js', import.meta.url));
const READY_MS_MAX = 30_000;
const COMPLAINTS_MAX = 10;
const COMPLAINT_CHARS_MAX = 500;

export interface Leashed {
  /** Undefined where the system does not tell. */
  pid: number | undefined;
  /** What it said first. */
  firstLine: string;
  stop(): Promise<void>;
}

export interface LeashedOptions {
  env?: Record<string, string>;
  /** Is given each line that it says after the first one, on either output. */
  hear?: (line: string) => void;
}

/** Resolves with its first line on standard output. Unless heard, its complaints are passed on. */
export async function startLeashed(
  command: string[],
  { env = {}, hear }: LeashedOptions = {},
): Promise<Leashed> {
  const child = spawn(process.execPath, [SUPERVISOR, ...command], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    // A Ctrl-C in the terminal reaches the bench alone, which stops things in order.
    detached: true,
  });
  if (hear === undefined) passOn(child.stderr);
  else createInterface(child.stderr).on('line', hear);
  const ended = once(child, 'close').then(() => {});
  const stop = async (): Promise<void> => {
    child.stdin.end();
    await ended;
  };
  try {
    const firstLine = await readFirstLine(child.stdout, command[0] ?? '', hear);
    const [pid] = child.pid === undefined ? [] : childrenOf(child.pid);
    return { pid, firstLine, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The first complaints only: thousands of requests a second may all have the same one. */
function passOn(output: Readable): void {
  let lines = 0;
  createInterface(output).on('line', (line) => {
    if (lines++ < COMPLAINTS_MAX) process.stderr.write(`${line.slice(0, COMPLAINT_CHARS_MAX)}\n`);
  });
}

function readFirstLine(
  stdout: Readable,
  name: string,
  hear: ((line: string) => void) | undefined,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`${name} ${why}`));
    const timer = setTimeout(() => fail('did not become ready'), READY_MS_MAX);
    const reader = createInterface(stdout);
    reader.once('close', () => fail('ended before it was ready'));
    reader.once('line', (line) => {
      clearTimeout(timer);
      resolve(line);
      // A full pipe must not stop it.
      if (hear === undefined) stdout.resume();
      else reader.on('line', hear);
    });
  });
}
