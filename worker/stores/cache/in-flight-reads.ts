/** Reads that are under way, each for all requests that wait for it. Keeps no result. */

import { crossRequestPromise } from '../../platform/cross-request-promise.ts';
import { Fault } from '../../platform/faults.ts';
import { STORE_TIMEOUT_MS } from '../store-timeout.ts';
import { type CachedRead, isWithin, type ReadResult, TooManyReads } from './cached-read.ts';

/** Reads whose keys clients invent, at one time in this isolate. */
export const CLIENT_KEY_READS_MAX = 8;
/** A read ends with the request that began it; those who share it wait no longer than this. */
const READ_MS_MAX = STORE_TIMEOUT_MS + 1_000;

/** `refused` where whoever began the read was not admitted, so that it was not made. */
export type ReadOutcome = ReadResult<unknown> | undefined | 'refused';
export type Waiting = PromiseWithResolvers<ReadOutcome>;

/** Each request that waits has a promise of its own, which belongs to it. */
interface InFlightRead {
  startedAtMs: number;
  waiting: Waiting[];
}

interface Begun {
  read: CachedRead<unknown>;
  inFlight: InFlightRead;
  /** Of the request that began it; undefined where that was given an older result. */
  leader: Waiting | undefined;
}

export interface InFlightPorts {
  nowMs(): number;
  /** Whether a request may wait for a read that another one began. */
  shares: boolean;
  /** A request that comes so long after a read began does not wait for it. */
  joinMsMax: number;
  /** Called with each result, before those who wait for it get it. */
  onRead(
    read: CachedRead<unknown>,
    result: ReadResult<unknown> | undefined,
    startedAtMs: number,
  ): void;
}

export class InFlightReads {
  readonly #ports: InFlightPorts;
  readonly #underWay = new Map<string, InFlightRead>();
  /** Those that begin when the one that is under way has ended. */
  readonly #next = new Map<string, InFlightRead>();
  #clientKeysUnderWay = 0;

  constructor(ports: InFlightPorts) {
    this.#ports = ports;
  }

  get hasRoomForClientKey(): boolean {
    return this.#clientKeysUnderWay < CLIENT_KEY_READS_MAX;
  }

  /** Joins the read that is under way, if it is young enough, or begins one. */
  join(read: CachedRead<unknown>, mine: Waiting | undefined): void {
    const { shares, joinMsMax, nowMs } = this.#ports;
    const under = this.#underWay.get(read.key);
    if (shares && under !== undefined && isWithin(joinMsMax, under.startedAtMs, nowMs())) {
      if (mine) under.waiting.push(mine);
    } else this.#begin(read, mine);
  }

  /** Joins a read that has not begun, or begins one. */
  joinNext(read: CachedRead<unknown>, mine: Waiting): void {
    const { key, keepAlive } = read;
    const atMs = this.#ports.nowMs();
    const under = this.#underWay.get(key);
    const isUnderWay = under !== undefined && isWithin(READ_MS_MAX, under.startedAtMs, atMs);
    if (!this.#ports.shares || !isUnderWay) return this.#begin(read, mine);
    const next = this.#next.get(key);
    if (next !== undefined && isWithin(READ_MS_MAX, next.startedAtMs, atMs)) {
      next.waiting.push(mine);
      return;
    }
    const inFlight: InFlightRead = { startedAtMs: atMs, waiting: [mine] };
    const before = crossRequestPromise<ReadOutcome>();
    under.waiting.push(before);
    this.#next.set(key, inFlight);
    keepAlive(this.#beginAfter(before.promise, { read, inFlight, leader: mine }));
  }

  #begin(read: CachedRead<unknown>, mine: Waiting | undefined): void {
    if (read.isClientKey && !this.hasRoomForClientKey) throw new TooManyReads();
    const inFlight: InFlightRead = {
      startedAtMs: this.#ports.nowMs(),
      waiting: mine ? [mine] : [],
    };
    this.#underWay.set(read.key, inFlight);
    read.keepAlive(this.#run({ read, inFlight, leader: mine }));
  }

  async #beginAfter(before: Promise<unknown>, next: Begun): Promise<void> {
    const { read, inFlight } = next;
    // Whether it succeeded or not: only its end matters here.
    await inTime(before).catch(() => {});
    if (this.#next.get(read.key) === inFlight) this.#next.delete(read.key);
    inFlight.startedAtMs = this.#ports.nowMs();
    this.#underWay.set(read.key, inFlight);
    await this.#run(next);
  }

  async #run({ read, inFlight, leader }: Begun): Promise<void> {
    const { key, isClientKey, admit } = read;
    const { startedAtMs, waiting } = inFlight;
    if (isClientKey) this.#clientKeysUnderWay++;
    try {
      // Without `admit` there is no `await` before the read: it begins at once.
      const refusal = admit && (await refusalOf(admit));
      if (refusal !== undefined) {
        leader?.reject(refusal.error);
        for (const { resolve } of waiting) resolve('refused');
        return;
      }
      const result = await read.read(startedAtMs);
      this.#ports.onRead(read, result, startedAtMs);
      for (const { resolve } of waiting) resolve(result);
    } catch (error) {
      for (const { reject } of waiting) reject(error);
    } finally {
      if (isClientKey) this.#clientKeysUnderWay--;
      if (this.#underWay.get(key) === inFlight) this.#underWay.delete(key);
    }
  }
}

async function refusalOf(
  admit: NonNullable<CachedRead<unknown>['admit']>,
): Promise<{ error: unknown } | undefined> {
  try {
    await admit();
    return undefined;
  } catch (error) {
    return { error };
  }
}

/** Throws a Fault where nothing came of it in time. */
export async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Fault('a shared read did not answer', { retryable: true }));
    }, READ_MS_MAX);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
