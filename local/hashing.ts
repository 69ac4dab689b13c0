/**
 * A process that hashes passwords for the Worker on this machine: here all of the runtime is one
 * thread, objects included, and a hash in it would keep every purchase waiting.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Explained } from './explained.ts';

const PROGRAM = fileURLToPath(new URL('./hashing-process.ts', import.meta.url));

export interface Hashing {
  /** What the Worker is given as HASHING_URL. */
  url: string;
  close(): Promise<void>;
}

export async function startHashing(): Promise<Hashing> {
  // It has nothing to do with what this process was started with, such as an inspector's port.
  const child = fork(PROGRAM, { execArgv: [], detached: true });
  const ended = once(child, 'exit').then(() => {
    throw new Explained('The process that hashes passwords did not start.');
  });
  const [url] = await Promise.race([once(child, 'message'), ended]);
  ended.catch(() => {});
  return {
    url: String(url),
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      // It ends with the channel, as it does when this process is killed.
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}
