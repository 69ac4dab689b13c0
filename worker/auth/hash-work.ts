/**
 * Hashing of passwords as work that somebody else does: what is asked, what is answered, and the
 * bounded queue of whoever does it.
 */

import { SCRYPT_COST_DEFAULT, type ScryptCost, workOf } from '../config/scrypt-cost.ts';
import { hashPassword, verifyPassword } from './passwords.ts';

/** To make a hash, or to compare a password with a stored one. */
export type HashTask =
  | { kind: 'hash'; password: string; cost: ScryptCost }
  | { kind: 'verify'; password: string; stored: string | null; cost: ScryptCost };

/** A refusal says when to come back, in milliseconds. */
export type Hashed<Value> = { ok: true; value: Value } | { ok: false; retryAfterMs: number };

/** A new hash, or whether the password is right. */
export type HashAnswer = Hashed<string | boolean>;

/** By when a full queue has done a good part of its work. */
export const HASHING_BUSY_MS = 5_000;

export interface HashQueueOptions {
  /** Tasks at the same moment. */
  atOnce: number;
  /** What may wait behind them, in hashes at the default cost; a task beyond that is refused. */
  waitingMax: number;
  /** Lets whatever has arrived meanwhile join the queue, or be refused. */
  breathe(): Promise<unknown>;
}

/** @returns what does tasks in their order, or refuses them at once. */
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
      // Whoever ends hands over its place, so `running` stays as it is.
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
