/** How large a group is. Pure. */

/** Items in one transaction: past some hundreds a group only gets slower, not cheaper. */
export const GROUP_SIZE_MAX = 500;
/**
 * Of more than this, half is taken: while the database settles one half, the other half's callers
 * are read and the last one's are answered, and neither waits for the other to be idle.
 */
export const GROUP_SIZE_WHOLE = 32;

/** How many of those who wait go into the next group. */
export function groupSize(waiting: number): number {
  const half = Math.ceil(waiting / 2);
  return Math.min(waiting, GROUP_SIZE_MAX, Math.max(GROUP_SIZE_WHOLE, half));
}
