/**
 * A process that hashes passwords for the Worker on this machine: here all of the runtime is one
 * thread, objects included, and a hash in it would keep every purchase waiting.
 */
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { UserError } from './user-error.ts';

const PROGRAM = fileURLToPath(new URL('./hashing-process.ts', import.meta.url));

export interface Hashing {
  /** What the Worker is given as HASHING_URL. */
  url: string;
  close(): Promise<void>;
}

/** Where it is to be found again. */
export interface HashingPlace {
  /** 0 for any that is free. */
  port: number;
  /** With a path that only the Worker is given. */
  key: string;
}

const KEY_BYTES = 24;

/** @throws UserError if it does not start. */
export async function startHashing(place?: HashingPlace): Promise<Hashing> {
  const { port, key } = place ?? { port: 0, key: randomBytes(KEY_BYTES).toString('base64url') };
  // It has nothing to do with what this process was started with, such as an inspector's port.
  const child = fork(PROGRAM, {
    execArgv: [],
    detached: true,
    env: { ...process.env, HASHING_PORT: String(port), HASHING_KEY: key },
  });
  const ended = once(child, 'exit').then(() => {
    throw new UserError('The process that hashes passwords did not start.');
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
