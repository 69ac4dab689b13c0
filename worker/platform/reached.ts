/** Calls to Durable Objects and to stores of the platform. */
import { Fault } from './faults.ts';

/**
 * An object that restarts, is overloaded or is cut off answers with an error of the platform. Its
 * outcome is unknown, and trying again with the same key is safe.
 */
export async function reached<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    throw new Fault('an object did not answer', { retryable: true, cause });
  }
}
