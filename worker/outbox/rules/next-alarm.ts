/** When the dispatcher works again. Pure; the object only obeys. */

/** After a run that could not go on, since Postgres was away. */
export const FAULT_PAUSE_MS = 5_000;

/** What a class of priority waits for; undefined where no row of it waits. */
export interface ClassWait {
  /** When its first row may be leased. */
  dueAtMs: number | undefined;
  /** When its quota or its receiver lets it go on. */
  freeAtMs: number;
}

/** @returns milliseconds since the epoch; undefined where nothing waits, so nothing has to be set. */
export function nextAlarmMs(
  waits: readonly ClassWait[],
  { nowMs, failed }: { nowMs: number; failed: boolean },
): number | undefined {
  if (failed) return nowMs + FAULT_PAUSE_MS;
  const times = waits.flatMap(({ dueAtMs, freeAtMs }) =>
    dueAtMs === undefined ? [] : [Math.max(dueAtMs, freeAtMs)],
  );
  return times.length === 0 ? undefined : Math.max(Math.min(...times), nowMs);
}
