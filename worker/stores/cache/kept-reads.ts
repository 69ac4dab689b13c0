/** A bounded place for reads that were made, by key. Knows neither who asked nor how long one is good. */

export interface KeptRead {
  /** When it began, in milliseconds since the epoch. */
  takenAtMs: number;
}

export interface KeptReads<Entry extends KeptRead> {
  get(key: string): Entry | undefined;
  /** Leaves a younger one in its place. */
  put(key: string, entry: Entry, nowMs: number): void;
  delete(key: string): void;
}

/**
 * @param limits.entriesMax past these, the one that was put longest ago goes.
 * @param limits.spareMs for keys that clients make up: none goes before this age. Where there is no
 *   room then, what is new is not kept, so that a flood of keys takes nothing from anybody else.
 */
export function createKeptReads<Entry extends KeptRead>(limits: {
  entriesMax: number;
  spareMs: number;
}): KeptReads<Entry> {
  const { entriesMax, spareMs } = limits;
  const entries = new Map<string, Entry>();

  function hasRoom(nowMs: number): boolean {
    if (entries.size < entriesMax) return true;
    for (const [key, { takenAtMs }] of entries) {
      // In the order in which they were put, so that behind a young one there are no old ones.
      if (nowMs >= takenAtMs && nowMs - takenAtMs < spareMs) break;
      entries.delete(key);
      if (spareMs === 0) break;
    }
    return entries.size < entriesMax;
  }

  return {
    get: (key) => entries.get(key),
    put(key, entry, nowMs) {
      const before = entries.get(key);
      // A slow read may land after a younger one.
      if (before !== undefined && before.takenAtMs > entry.takenAtMs) return;
      entries.delete(key);
      if (hasRoom(nowMs)) entries.set(key, entry);
    },
    delete: (key) => void entries.delete(key),
  };
}
