/** Limits how many tasks run at once; the others wait. Must not know what they do. */

export interface Limiter {
  /** Resolves when a place is free; the caller must `release` it. */
  acquire(urgent: boolean): Promise<void>;
  release(): void;
}

/**
 * Urgent ones go first. Each real shopper has a connection of their own; here they share a few, and
 * a confirm must not run out of its hold behind a thousand purchases that only this program queued.
 */
export function openLimiter(count: number): Limiter {
  const urgentWaiters: Array<() => void> = [];
  const waiters: Array<() => void> = [];
  let free = count;
  return {
    acquire(urgent) {
      if (free > 0) {
        free--;
        return Promise.resolve();
      }
      return new Promise((resolve) => (urgent ? urgentWaiters : waiters).push(resolve));
    },
    release() {
      const next = urgentWaiters.shift() ?? waiters.shift();
      if (next) next();
      else free++;
    },
  };
}

/** Runs `task` for each index below `count`, at most `parallel` at once. */
export async function inParallel(
  parallel: number,
  count: number,
  task: (index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) await task(next++);
  };
  await Promise.all(Array.from({ length: Math.min(parallel, count) }, worker));
}
