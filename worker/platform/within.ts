/** Waits for work no longer than told. */

/**
 * What the work ends with, or undefined if it takes longer; then it goes on, and nobody hears of it.
 * Throws what the work throws in time.
 */
export async function within<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), ms);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
