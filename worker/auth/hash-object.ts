/**
 * One of the few objects that hash passwords: a hash takes a quarter of a second of CPU, and blocks
 * all others in its thread. Stores nothing; each is found by its number, see hash-pool.ts.
 */
import { DurableObject } from 'cloudflare:workers';
import { createHashQueue, type HashAnswer, type HashTask } from './hash-work.ts';

/** Three seconds of work: nobody waits longer for a sign-in. */
const WAITING_MAX = 12;

export class HashObject extends DurableObject {
  readonly #run = createHashQueue({
    atOnce: 1,
    waitingMax: WAITING_MAX,
    // Calls that arrived during a hash are delivered only after the object has awaited something.
    breathe: () => scheduler.wait(0),
  });

  run(task: HashTask): Promise<HashAnswer> {
    return this.#run(task);
  }
}
