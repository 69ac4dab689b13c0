/**
 * The read cache of an isolate: a read that many requests need is made once, and its result is kept
 * for a moment. Holds only what is public, and nothing of a purchase.
 */
import { crossRequestPromise } from '../../platform/cross-request-promise.ts';
import { createCacheEntries } from './cache-entries.ts';
import { type CachedRead, isWithin, type ReadResult, TooManyReads } from './cached-read.ts';
import { InFlightReads, inTime, type ReadOutcome } from './in-flight-reads.ts';

/** A younger result is used as it is, and a request that comes while the read is under way shares it. */
export const FRESH_MS = 1_000;
/** Up to this age a result is used while the next read is under way; an older one never is. */
export const AGE_MS_MAX = 2_000;
/** The oldest result is dropped first; a page of events may have some hundred kilobytes. By default: */
const KEPT_MAX = 200;
/** Keys that were not found; each has some bytes. */
const ABSENT_MAX = 2_000;
/** A read is repeated once if its result was outdated by the clock when it came. */
const READS_PER_CALL_MAX = 2;
/** How often one call waits for a read that is then not made, because its first caller is refused. */
const REFUSED_PER_CALL_MAX = 3;

export interface ReadCache {
  /**
   * Throws what the read throws; TooManyReads in a flood of keys that clients invent; a Fault after
   * six seconds without an answer.
   */
  get<Value>(read: CachedRead<Value>): Promise<Value | undefined>;
}

/**
 * @param ports.shares whether a request may wait for a read that another one began.
 * @param ports.keptMax how many results are kept, and as many again whose keys clients invent.
 */
export function createReadCache(ports: {
  nowMs(): number;
  shares: boolean;
  keptMax?: number;
}): ReadCache {
  const { nowMs, keptMax = KEPT_MAX } = ports;
  const results = createResults(nowMs, keptMax);
  const inFlight = new InFlightReads({ ...ports, joinMsMax: FRESH_MS, onRead: results.keep });

  /** A result that may be used without waiting. Begins the next read where it is time for one. */
  function kept(read: CachedRead<unknown>): { value: unknown } | undefined {
    const found = results.find(read);
    const isRoom = !read.isClientKey || inFlight.hasRoomForClientKey;
    if (found?.isOld && isRoom) inFlight.join(read, undefined);
    return found;
  }

  async function get(read: CachedRead<unknown>): Promise<unknown> {
    const known = read.isUncached ? undefined : kept(read);
    if (known !== undefined) return known.value;
    for (let reads = 1, refused = 0; ; ) {
      const mine = crossRequestPromise<ReadOutcome>();
      if (read.isUncached) inFlight.joinNext(read, mine);
      else inFlight.join(read, mine);
      const outcome = await inTime(mine.promise);
      if (outcome === 'refused') {
        if (++refused === REFUSED_PER_CALL_MAX) throw new TooManyReads();
        continue;
      }
      const isOutdated = outcome !== undefined && outcome.changesAtMs <= nowMs();
      if (!isOutdated || reads++ === READS_PER_CALL_MAX) return outcome?.value;
    }
  }

  // One key always comes with the same kind of read.
  return { get: <Value>(read: CachedRead<Value>) => get(read) as Promise<Value | undefined> };
}

interface Kept extends ReadResult<unknown> {
  takenAtMs: number;
}

function createResults(nowMs: () => number, entriesMax: number) {
  const kept = createCacheEntries<Kept>({ entriesMax, spareMs: 0 });
  // Those whose keys clients invent are kept apart.
  const keptByClient = createCacheEntries<Kept>({ entriesMax, spareMs: AGE_MS_MAX });
  const absent = createCacheEntries({ entriesMax: ABSENT_MAX, spareMs: FRESH_MS });

  function keep(
    read: CachedRead<unknown>,
    result: ReadResult<unknown> | undefined,
    takenAtMs: number,
  ): void {
    // Only for the calls that waited for it.
    if (read.isUncached) return;
    const { key, isClientKey } = read;
    const entries = isClientKey ? keptByClient : kept;
    if (result !== undefined) {
      absent.delete(key);
      entries.put(key, { ...result, takenAtMs }, nowMs());
    } else if ((entries.get(key)?.takenAtMs ?? 0) <= takenAtMs) {
      // Else a slow read has ended after a younger one that found it.
      entries.delete(key);
      absent.put(key, { takenAtMs }, nowMs());
    }
  }

  /** `isOld` where it is time for the next read. */
  function find(read: CachedRead<unknown>): { value: unknown; isOld: boolean } | undefined {
    const { key, freshMs = FRESH_MS, ageMsMax = AGE_MS_MAX } = read;
    const atMs = nowMs();
    // A key that a client might have invented may have been found to be genuine meanwhile.
    const known = kept.get(key) ?? keptByClient.get(key);
    if (known !== undefined && atMs < known.changesAtMs) {
      const { value, takenAtMs } = known;
      if (isWithin(freshMs, takenAtMs, atMs)) return { value, isOld: false };
      if (isWithin(ageMsMax, takenAtMs, atMs)) return { value, isOld: true };
    }
    const nothing = absent.get(key);
    const isAbsent = nothing !== undefined && isWithin(FRESH_MS, nothing.takenAtMs, atMs);
    return isAbsent ? { value: undefined, isOld: false } : undefined;
  }

  return { keep, find };
}
