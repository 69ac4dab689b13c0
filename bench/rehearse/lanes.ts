/** A bound on how much happens at once, with a line in front. Must not know what is done. */

export interface Lanes {
  /** Resolves when a lane is free; the caller owes a `leave`. */
  enter(urgent: boolean): Promise<void>;
  leave(): void;
}

/**
 * Urgent ones go first. Each real shopper has a connection of their own; here they share a few, and
 * a confirm must not run out of its hold behind a thousand purchases that only this program queued.
 */
export function openLanes(count: number): Lanes {
  const urgentLine: Array<() => void> = [];
  const line: Array<() => void> = [];
  let free = count;
  return {
    enter(urgent) {
      if (free > 0) {
        free--;
        return Promise.resolve();
      }
      return new Promise((resolve) => (urgent ? urgentLine : line).push(resolve));
    },
    leave() {
      const next = urgentLine.shift() ?? line.shift();
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
  const lane = async (): Promise<void> => {
    while (next < count) await task(next++);
  };
  await Promise.all(Array.from({ length: Math.min(parallel, count) }, lane));
}
