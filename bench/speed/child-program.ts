/** A program of its own that ends with this one, however this one ends. Knows nothing of it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { childrenOf } from './process-usage.ts';

const SUPERVISOR = fileURLToPath(new URL('../../local/supervisor.js', import.meta.url));
const READY_MS_MAX = 30_000;
const ERROR_LINES_MAX = 10;
const ERROR_LINE_CHARS_MAX = 500;

export interface ChildProgram {
  /** Undefined where the system does not provide it. */
  pid: number | undefined;
  /** Its first line of output. */
  firstLine: string;
  stop(): Promise<void>;
}

export interface ChildProgramOptions {
  env?: Record<string, string>;
  /** Is called with each further line of either output. */
  onLine?: (line: string) => void;
}

/** Resolves with its first line on standard output. Without onLine, its first errors are passed on. */
export async function startChildProgram(
  command: string[],
  { env = {}, onLine }: ChildProgramOptions = {},
): Promise<ChildProgram> {
  const child = spawn(process.execPath, [SUPERVISOR, ...command], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    // A Ctrl-C in the terminal reaches the bench alone, which stops things in order.
    detached: true,
  });
  if (onLine === undefined) passOn(child.stderr);
  else createInterface(child.stderr).on('line', onLine);
  const ended = once(child, 'close').then(() => {});
  const stop = async (): Promise<void> => {
    child.stdin.end();
    await ended;
  };
  try {
    const firstLine = await readFirstLine(child.stdout, command[0] ?? '', onLine);
    const [pid] = child.pid === undefined ? [] : childrenOf(child.pid);
    return { pid, firstLine, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The first lines only: thousands of requests a second may all have the same one. */
function passOn(output: Readable): void {
  let lines = 0;
  createInterface(output).on('line', (line) => {
    if (lines++ < ERROR_LINES_MAX) process.stderr.write(`${line.slice(0, ERROR_LINE_CHARS_MAX)}\n`);
  });
}

function readFirstLine(
  stdout: Readable,
  name: string,
  onLine: ((line: string) => void) | undefined,
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
      if (onLine === undefined) stdout.resume();
      else reader.on('line', onLine);
    });
  });
}
