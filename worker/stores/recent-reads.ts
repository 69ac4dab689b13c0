/**
 * Reads that many ask for at once: each is made once and kept for a moment, in each isolate. Holds
 * nothing that is not public; nothing of the purchase goes through here.
 */
import { Fault } from '../faults.ts';
import { handover } from '../handover.ts';
import { STORE_TIMEOUT_MS } from './postgres.ts';

/** Younger than this, a read is given without asking; and whoever asks meanwhile waits for it. */
export const FRESH_MS = 1_000;
/** Up to this age a read is given while the next one is under way. Nothing older ever is. */
export const AGE_MS_MAX = 2_000;
/** The one that was made longest ago goes first; a page of events may be some hundred kilobytes. */
const KEPT_MAX = 200;
/** Whose read was cut off with its request waits no longer than this for the answer. */
const FLIGHT_MS_MAX = STORE_TIMEOUT_MS + 1_000;
/** A read that a change by the clock overtook on its way is made once more. */
const READS_PER_ASKING_MAX = 2;

export interface Read<Value> {
  value: Value;
  /** When the clock alone will have changed it, in milliseconds since the epoch; or Infinity. */
  changesAtMs: number;
}

export interface Asking<Value> {
  key: string;
  /** @returns undefined for what does not exist, which is never kept. */
  read(nowMs: number): Promise<Read<Value> | undefined>;
  /** Lets a read go on after the request that began it has been answered. */
  keepAlive(work: Promise<unknown>): void;
}

export interface RecentReads {
  /** Throws what the read throws; a Fault after six seconds without an answer. */
  ask<Value>(asking: Asking<Value>): Promise<Value | undefined>;
}

/** Each who waits has a promise of their own: it belongs to the request that awaits it. */
interface Flight {
  startedAtMs: number;
  waiting: PromiseWithResolvers<Read<unknown> | undefined>[];
}

interface Kept extends Read<unknown> {
  takenAtMs: number;
}

/** @param ports.shares whether a request may wait for a read that another one began. */
export function createRecentReads(ports: { nowMs(): number; shares: boolean }): RecentReads {
  const { nowMs, shares } = ports;
  const kept = new Map<string, Kept>();
  const flights = new Map<string, Flight>();

  /** Joins the read that is under way, if it is young enough, or begins one. */
  function fly(asking: Asking<unknown>): Flight {
    const { key } = asking;
    const startedAtMs = nowMs();
    const under = flights.get(key);
    if (shares && under !== undefined && isWithin(FRESH_MS, under.startedAtMs, startedAtMs))
      return under;
    const flight: Flight = { startedAtMs, waiting: [] };
    flights.set(key, flight);
    asking.keepAlive(land(asking, flight));
    return flight;
  }

  async function land(asking: Asking<unknown>, flight: Flight): Promise<void> {
    const { key } = asking;
    const { startedAtMs, waiting } = flight;
    try {
      const read = await asking.read(startedAtMs);
      if (read === undefined) kept.delete(key);
      else keep(key, { ...read, takenAtMs: startedAtMs });
      for (const { resolve } of waiting) resolve(read);
    } catch (error) {
      for (const { reject } of waiting) reject(error);
    } finally {
      if (flights.get(key) === flight) flights.delete(key);
    }
  }

  function keep(key: string, read: Kept): void {
    const before = kept.get(key);
    // A slow read may land after a younger one.
    if (before !== undefined && before.takenAtMs > read.takenAtMs) return;
    kept.delete(key);
    kept.set(key, read);
    if (kept.size <= KEPT_MAX) return;
    for (const oldest of kept.keys()) {
      kept.delete(oldest);
      return;
    }
  }

  async function ask(asking: Asking<unknown>): Promise<unknown> {
    const askedAtMs = nowMs();
    const known = kept.get(asking.key);
    if (known !== undefined && askedAtMs < known.changesAtMs) {
      if (isWithin(FRESH_MS, known.takenAtMs, askedAtMs)) return known.value;
      if (isWithin(AGE_MS_MAX, known.takenAtMs, askedAtMs)) {
        fly(asking);
        return known.value;
      }
    }
    for (let reads = 1; ; reads++) {
      const mine = handover<Read<unknown> | undefined>();
      fly(asking).waiting.push(mine);
      const read = await inTime(mine.promise);
      const overtaken = read !== undefined && read.changesAtMs <= nowMs();
      if (!overtaken || reads === READS_PER_ASKING_MAX) return read?.value;
    }
  }

  // A key is only ever asked for with one kind of read.
  return { ask: <Value>(asking: Asking<Value>) => ask(asking) as Promise<Value | undefined> };
}

/** Not within where the clock was set back. */
function isWithin(ms: number, sinceMs: number, nowMs: number): boolean {
  return nowMs >= sinceMs && nowMs - sinceMs < ms;
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Fault('a shared read did not answer', { retryable: true }));
    }, FLIGHT_MS_MAX);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
