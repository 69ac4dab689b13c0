/** Starts and ends a real `npm run dev` for tests, on a port and a data folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isLockFile } from '../neon/folder-lock.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const END_MS_MAX = 15_000;
const END_LOOK_MS = 50;
const OPEN = /SwiftDrop is open on (\S+)/;

export interface DevServer {
  url: string;
  process: ChildProcess;
  /** As Ctrl-C in a terminal does: SIGINT for the whole foreground group. */
  interrupt(): Promise<void>;
  /** Ends the process that owns the others, which gets no chance to tidy up. */
  killOwner(): Promise<void>;
}

export interface Ended {
  code: number | null;
  output: string;
}

/** Runs `npm run dev` until it is open. @throws with its output if it ends before. */
export async function startDev(env: Record<string, string>): Promise<DevServer> {
  const { child, output } = spawnDev(env);
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', () => {
      const found = OPEN.exec(output())?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', () => reject(new Error(`npm run dev ended:\n${output()}`)));
  });
  return {
    url,
    process: child,
    async interrupt() {
      const exited = once(child, 'exit');
      process.kill(-groupOf(child), 'SIGINT');
      await exited;
      await pollUntil(async () => !(await answers(url)));
    },
    async killOwner() {
      const exited = once(child, 'exit');
      process.kill(await ownerOf(env['SWIFTDROP_DATA'] ?? ''), 'SIGKILL');
      await exited;
      await pollUntil(async () => !(await answers(url)));
    },
  };
}

/** Runs `npm run dev` where it is expected to give up by itself. */
export async function runDevToItsEnd(env: Record<string, string>): Promise<Ended> {
  const { child, output } = spawnDev(env);
  const [code] = await once(child, 'exit');
  return { code, output: output() };
}

/** Whether anybody answers at a URL. */
async function answers(url: string): Promise<boolean> {
  try {
    await fetch(url, { signal: AbortSignal.timeout(2_000) });
    return true;
  } catch {
    return false;
  }
}

/** @throws if it has not become true within the time that an orderly end may take. */
async function pollUntil(condition: () => Promise<boolean>): Promise<void> {
  const giveUpAtMs = Date.now() + END_MS_MAX;
  while (!(await condition())) {
    if (Date.now() > giveUpAtMs) throw new Error('something of the shop is still running');
    await pause(END_LOOK_MS);
  }
}

function spawnDev(env: Record<string, string>): SpawnedGroup {
  return spawnGroup('npm', ['run', '--silent', 'dev'], env);
}

export interface SpawnedGroup {
  child: ChildProcess;
  /** All that it wrote so far, to both streams. */
  output(): string;
}

/** Runs a command in a group of its own, as a terminal gives to what it runs in the foreground. */
export function spawnGroup(
  command: string,
  args: string[],
  env: Record<string, string> = {},
): SpawnedGroup {
  const child = spawn(command, args, {
    cwd: PROJECT,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  return { child, output: () => text };
}

function groupOf({ pid }: ChildProcess): number {
  if (pid === undefined) throw new Error('npm did not start');
  return pid;
}

/** The process that has the embedded database open, as its lock file says. */
async function ownerOf(dataFolder: string): Promise<number> {
  const folder = join(dataFolder, 'postgres');
  const lock = (await readdir(folder)).find(isLockFile);
  if (lock === undefined) throw new Error('nobody has the database open');
  return Number.parseInt(await readFile(join(folder, lock), 'utf8'), 10);
}
