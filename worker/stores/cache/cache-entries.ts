/** A bounded map of results by key. Does not know for how long one may be used. */

export interface CacheEntry {
  /** When it began, in milliseconds since the epoch. */
  takenAtMs: number;
}

export interface CacheEntries<Entry extends CacheEntry> {
  get(key: string): Entry | undefined;
  /** Does not replace a younger one. */
  put(key: string, entry: Entry, nowMs: number): void;
  delete(key: string): void;
}

/**
 * @param limits.entriesMax past these, the one that was put longest ago is dropped.
 * @param limits.spareMs for keys that clients invent: none is dropped before this age. If the map is full
 *   then, a new one is not kept, so that a flood of keys displaces nothing.
 */
export function createCacheEntries<Entry extends CacheEntry>(limits: {
  entriesMax: number;
  spareMs: number;
}): CacheEntries<Entry> {
  const { entriesMax, spareMs } = limits;
  const entries = new Map<string, Entry>();

  function hasRoom(nowMs: number): boolean {
    if (entries.size < entriesMax) return true;
    for (const [key, { takenAtMs }] of entries) {
      // In the order in which they were put, so that after a young one there are no old ones.
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
      // A slow read may end after a younger one.
      if (before !== undefined && before.takenAtMs > entry.takenAtMs) return;
      entries.delete(key);
      if (hasRoom(nowMs)) entries.set(key, entry);
    },
    delete: (key) => void entries.delete(key),
  };
}
