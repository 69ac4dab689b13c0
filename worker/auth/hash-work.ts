/**
 * Hashing of passwords as tasks for another object or process: the task, its answer, and the bounded
 * list of tasks that wait there.
 */

import { SCRYPT_COST_DEFAULT, type ScryptCost, workOf } from '../config/scrypt-cost.ts';
import { hashPassword, verifyPassword } from './passwords.ts';

/** To make a hash, or to compare a password with a stored one. */
export type HashTask =
  | { kind: 'hash'; password: string; cost: ScryptCost }
  | { kind: 'verify'; password: string; stored: string | null; cost: ScryptCost };

/** A refusal has the time after which to retry, in milliseconds. */
export type Hashed<Value> = { ok: true; value: Value } | { ok: false; retryAfterMs: number };

/** A new hash, or whether the password is right. */
export type HashAnswer = Hashed<string | boolean>;

/** By then a full list of tasks is done for a good part. */
export const HASHING_BUSY_MS = 5_000;

export interface HashQueueOptions {
  /** Tasks at the same moment. */
  atOnce: number;
  /** What may wait, in hashes at the default cost; a task beyond that is refused. */
  waitingMax: number;
  /** Awaited between tasks, so that calls that arrived meanwhile are added or refused. */
  breathe(): Promise<unknown>;
}

/** @returns a function that does tasks in their order, or refuses one at once. */
export function createHashQueue({ atOnce, waitingMax, breathe }: HashQueueOptions) {
  const waiting: (() => void)[] = [];
  const workMax = waitingMax * workOf(SCRYPT_COST_DEFAULT);
  let workWaiting = 0;
  let running = 0;
  return async (task: HashTask): Promise<HashAnswer> => {
    const work = workOf(task.cost);
    if (running < atOnce) {
      running += 1;
    } else if (workWaiting + work > workMax) {
      return { ok: false, retryAfterMs: HASHING_BUSY_MS };
    } else {
      workWaiting += work;
      // The next task takes this one's place, so `running` stays as it is.
      await new Promise<void>((resolve) => waiting.push(resolve));
      workWaiting -= work;
    }
    try {
      await breathe();
      return { ok: true, value: await workOn(task) };
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}

function workOn(task: HashTask): Promise<string | boolean> {
  const { password, cost } = task;
  switch (task.kind) {
    case 'hash':
      return hashPassword(password, cost);
    case 'verify':
      return verifyPassword(password, task.stored ?? undefined, cost);
    default:
      return task satisfies never;
  }
}
