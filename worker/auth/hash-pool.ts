/**
 * Where passwords are hashed: in one object of a pool of fixed size, or where the runtime has one
 * thread, in a separate process. No object's name comes from what a client sent.
 */
import type { LocationHint } from '../../data-api/environment.ts';
import type { ScryptCost } from '../config/scrypt-cost.ts';
import { Fault } from '../platform/faults.ts';
import { HASHING_BUSY_MS, type HashAnswer, type Hashed, type HashTask } from './hash-work.ts';

/** Objects that hash, one password after the other each: together about 250 hashes a second. */
export const HASHERS = 64;
/**
 * Calls of one isolate that have no answer yet, which is more than the pool takes; beyond, a call is
 * refused without being sent.
 */
export const HASH_CALLS_MAX = 1_024;
/** Longer than a full queue takes. */
const ANSWER_MS_MAX = 20_000;

/**
 * Where the pool lives: not where the events' objects do, since objects of one Worker may share a
 * thread where they share a machine; but near enough for a sign-in.
 */
const BESIDE: Record<LocationHint, LocationHint> = {
  wnam: 'enam',
  enam: 'wnam',
  sam: 'enam',
  weur: 'eeur',
  eeur: 'weur',
  apac: 'oc',
  'apac-ne': 'apac-se',
  'apac-se': 'apac-ne',
  oc: 'apac',
  afr: 'weur',
  me: 'eeur',
};

export function hasherPlacement(events: { locationHint?: LocationHint }) {
  const { locationHint } = events;
  return locationHint === undefined ? {} : { locationHint: BESIDE[locationHint] };
}

/** What routes ask of it. */
export interface Passwords {
  /** @returns a new hash. Throws a Fault. */
  hash(password: string): Promise<Hashed<string>>;
  /** A refused password costs the same whatever is stored. Throws a Fault. */
  verify(password: string, stored: string | undefined): Promise<Hashed<boolean>>;
}

/** Sends a task to the object or process that hashes. */
type Run = (task: HashTask) => Promise<HashAnswer>;

export function createPasswords(run: Run, cost: ScryptCost): Passwords {
  let calls = 0;
  const ask = async (task: HashTask): Promise<HashAnswer> => {
    if (calls >= HASH_CALLS_MAX) return { ok: false, retryAfterMs: HASHING_BUSY_MS };
    calls += 1;
    try {
      return await run(task);
    } catch (cause) {
      throw new Fault('no password was hashed', { retryable: true, cause });
    } finally {
      calls -= 1;
    }
  };
  return {
    async hash(password) {
      return (await ask({ kind: 'hash', password, cost })) as Hashed<string>;
    },
    async verify(password, stored) {
      const task: HashTask = { kind: 'verify', password, stored: stored ?? null, cost };
      return (await ask(task)) as Hashed<boolean>;
    },
  };
}

/**
 * Uses the object with the fewest open calls of this isolate, beginning with one of its own: with few
 * sign-ins, few objects stay awake. Tries the next object once where one is full.
 * @param anyNumber gives another number in each isolate.
 */
export function runInPool(
  runOn: (name: string, task: HashTask) => Promise<HashAnswer>,
  anyNumber: () => number,
): Run {
  const calls = Array<number>(HASHERS).fill(0);
  let own: number | undefined;
  const call = async (hasher: number, task: HashTask): Promise<HashAnswer> => {
    calls[hasher] = (calls[hasher] ?? 0) + 1;
    try {
      return await runOn(`hasher-${hasher}`, task);
    } finally {
      calls[hasher] = (calls[hasher] ?? 0) - 1;
    }
  };
  return async (task) => {
    own ??= anyNumber() % HASHERS;
    const order = [...calls.keys()].map((n) => (n + (own ?? 0)) % HASHERS);
    const least = Math.min(...calls);
    const chosen = order.find((hasher) => calls[hasher] === least) ?? own;
    const answer = await call(chosen, task);
    return answer.ok ? answer : call((chosen + 1) % HASHERS, task);
  };
}

/** By a process of the same machine, which answers as an object does. */
export function runAt(url: string): Run {
  return async (task) => {
    const response = await fetch(url, {
      method: 'POST',
      body: JSON.stringify(task),
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
    });
    if (!response.ok) throw new Error(`hashing answered ${response.status}`);
    return response.json<HashAnswer>();
  };
}
