/**
 * Reads that many ask for at once: each is made once and kept for a moment, in each isolate. Holds
 * nothing that is not public; nothing of the purchase goes through here.
 */
import { crossRequestPromise } from '../../platform/cross-request-promise.ts';
import { type Asking, isWithin, type Read, TooManyReads } from './asking.ts';
import { Flights, inTime, type Landing } from './flights.ts';
import { createKeptReads } from './kept-reads.ts';

/** Younger than this, a read is given without asking; and whoever asks meanwhile waits for it. */
export const FRESH_MS = 1_000;
/** Up to this age a read is given while the next one is under way. Nothing older ever is. */
export const AGE_MS_MAX = 2_000;
/** The one that was made longest ago goes first; a page of events may be some hundred kilobytes. */
const KEPT_MAX = 200;
/** Reads under free keys, which have a place of their own. */
const FREE_KEPT_MAX = 200;
/** Keys under which there was nothing; each is some bytes. */
const ABSENT_MAX = 2_000;
/** A read that a change by the clock overtook on its way is made once more. */
const READS_PER_ASKING_MAX = 2;
/** Reads that one asking waits for in vain, because those who began them were refused. */
const REFUSED_PER_ASKING_MAX = 3;

export interface RecentReads {
  /**
   * Throws what the read throws; TooManyReads for a free key in a flood of them; a Fault after six
   * seconds without an answer.
   */
  ask<Value>(asking: Asking<Value>): Promise<Value | undefined>;
}

/** @param ports.shares whether a request may wait for a read that another one began. */
export function createRecentReads(ports: { nowMs(): number; shares: boolean }): RecentReads {
  const { nowMs } = ports;
  const kept = createMemory(nowMs);
  const flights = new Flights({ ...ports, joinMsMax: FRESH_MS, landed: kept.keep });

  /** What may be given without waiting. Begins the next read where it is time for one. */
  function given(asking: Asking<unknown>): { value: unknown } | undefined {
    const found = kept.find(asking);
    const isRoom = !asking.isFree || flights.hasRoomForFree;
    if (found?.isOld && isRoom) flights.join(asking, undefined);
    return found;
  }

  async function ask(asking: Asking<unknown>): Promise<unknown> {
    const known = asking.isAnew ? undefined : given(asking);
    if (known !== undefined) return known.value;
    for (let reads = 1, refused = 0; ; ) {
      const mine = crossRequestPromise<Landing>();
      if (asking.isAnew) flights.joinNext(asking, mine);
      else flights.join(asking, mine);
      const landing = await inTime(mine.promise);
      if (landing === 'refused') {
        if (++refused === REFUSED_PER_ASKING_MAX) throw new TooManyReads();
        continue;
      }
      const overtaken = landing !== undefined && landing.changesAtMs <= nowMs();
      if (!overtaken || reads++ === READS_PER_ASKING_MAX) return landing?.value;
    }
  }

  // A key is only ever asked for with one kind of read.
  return { ask: <Value>(asking: Asking<Value>) => ask(asking) as Promise<Value | undefined> };
}

interface Kept extends Read<unknown> {
  takenAtMs: number;
}

function createMemory(nowMs: () => number) {
  const kept = createKeptReads<Kept>({ entriesMax: KEPT_MAX, spareMs: 0 });
  const keptFree = createKeptReads<Kept>({ entriesMax: FREE_KEPT_MAX, spareMs: AGE_MS_MAX });
  const absent = createKeptReads({ entriesMax: ABSENT_MAX, spareMs: FRESH_MS });

  function keep(asking: Asking<unknown>, read: Read<unknown> | undefined, takenAtMs: number): void {
    // Made for those who must have a read of their own time; nobody else has it from them.
    if (asking.isAnew) return;
    const { key, isFree } = asking;
    const place = isFree ? keptFree : kept;
    if (read !== undefined) {
      absent.delete(key);
      place.put(key, { ...read, takenAtMs }, nowMs());
    } else if ((place.get(key)?.takenAtMs ?? 0) <= takenAtMs) {
      // Else a slow read has landed after a younger one that found it.
      place.delete(key);
      absent.put(key, { takenAtMs }, nowMs());
    }
  }

  /** `isOld` where it is time for the next read. */
  function find(asking: Asking<unknown>): { value: unknown; isOld: boolean } | undefined {
    const { key, ageMsMax = AGE_MS_MAX } = asking;
    const atMs = nowMs();
    // What was a free key may have been found to be none meanwhile.
    const known = kept.get(key) ?? keptFree.get(key);
    if (known !== undefined && atMs < known.changesAtMs) {
      const { value, takenAtMs } = known;
      if (isWithin(FRESH_MS, takenAtMs, atMs)) return { value, isOld: false };
      if (isWithin(ageMsMax, takenAtMs, atMs)) return { value, isOld: true };
    }
    const nothing = absent.get(key);
    const isAbsent = nothing !== undefined && isWithin(FRESH_MS, nothing.takenAtMs, atMs);
    return isAbsent ? { value: undefined, isOld: false } : undefined;
  }

  return { keep, find };
}
