/**
 * Reads that are under way, each for all who wait for it. Keeps none of them.
 */

import { crossRequestPromise } from '../../platform/cross-request-promise.ts';
import { Fault } from '../../platform/faults.ts';
import { STORE_TIMEOUT_MS } from '../postgres/client.ts';
import { type Asking, isWithin, type Read, TooManyReads } from './asking.ts';

/** Reads under free keys that this isolate makes at one time. */
export const FREE_AT_ONCE_MAX = 8;
/** Whose read was cut off with its request waits no longer than this for the answer. */
const FLIGHT_MS_MAX = STORE_TIMEOUT_MS + 1_000;

/** What came of a read; `refused` where somebody else's was, before it was made. */
export type Landing = Read<unknown> | undefined | 'refused';
export type Waiting = PromiseWithResolvers<Landing>;

/** Each who waits has a promise of their own: it belongs to the request that awaits it. */
interface Flight {
  startedAtMs: number;
  waiting: Waiting[];
}

interface Begun {
  asking: Asking<unknown>;
  flight: Flight;
  /** Of whoever began it; undefined where they were given an older read. */
  leader: Waiting | undefined;
}

export interface FlightPorts {
  nowMs(): number;
  /** Whether a request may wait for a read that another one began. */
  shares: boolean;
  /** Who asks so long after a read began does not wait for it. */
  joinMsMax: number;
  /** Told of each read that landed, before those who wait for it. */
  landed(asking: Asking<unknown>, read: Read<unknown> | undefined, startedAtMs: number): void;
}

export class Flights {
  readonly #ports: FlightPorts;
  readonly #underWay = new Map<string, Flight>();
  /** Those that begin when the one that is under way has landed. */
  readonly #next = new Map<string, Flight>();
  #freeUnderWay = 0;

  constructor(ports: FlightPorts) {
    this.#ports = ports;
  }

  get hasRoomForFree(): boolean {
    return this.#freeUnderWay < FREE_AT_ONCE_MAX;
  }

  /** Joins the read that is under way, if it is young enough, or begins one. */
  join(asking: Asking<unknown>, mine: Waiting | undefined): void {
    const { shares, joinMsMax, nowMs } = this.#ports;
    const under = this.#underWay.get(asking.key);
    if (shares && under !== undefined && isWithin(joinMsMax, under.startedAtMs, nowMs())) {
      if (mine) under.waiting.push(mine);
    } else this.#begin(asking, mine);
  }

  /** Joins a read that has not begun, or begins one. */
  joinNext(asking: Asking<unknown>, mine: Waiting): void {
    const { key, keepAlive } = asking;
    const atMs = this.#ports.nowMs();
    const under = this.#underWay.get(key);
    const isUnderWay = under !== undefined && isWithin(FLIGHT_MS_MAX, under.startedAtMs, atMs);
    if (!this.#ports.shares || !isUnderWay) return this.#begin(asking, mine);
    const next = this.#next.get(key);
    if (next !== undefined && isWithin(FLIGHT_MS_MAX, next.startedAtMs, atMs)) {
      next.waiting.push(mine);
      return;
    }
    const flight: Flight = { startedAtMs: atMs, waiting: [mine] };
    const before = crossRequestPromise<Landing>();
    under.waiting.push(before);
    this.#next.set(key, flight);
    keepAlive(this.#beginAfter(before.promise, { asking, flight, leader: mine }));
  }

  #begin(asking: Asking<unknown>, mine: Waiting | undefined): void {
    if (asking.isFree && !this.hasRoomForFree) throw new TooManyReads();
    const flight: Flight = { startedAtMs: this.#ports.nowMs(), waiting: mine ? [mine] : [] };
    this.#underWay.set(asking.key, flight);
    asking.keepAlive(this.#land({ asking, flight, leader: mine }));
  }

  async #beginAfter(before: Promise<unknown>, next: Begun): Promise<void> {
    const { asking, flight } = next;
    // Whatever came of it: its end is what is waited for.
    await inTime(before).catch(() => {});
    if (this.#next.get(asking.key) === flight) this.#next.delete(asking.key);
    flight.startedAtMs = this.#ports.nowMs();
    this.#underWay.set(asking.key, flight);
    await this.#land(next);
  }

  async #land({ asking, flight, leader }: Begun): Promise<void> {
    const { key, isFree, admit } = asking;
    const { startedAtMs, waiting } = flight;
    if (isFree) this.#freeUnderWay++;
    try {
      // No turn is lost for a read that needs no permission: it begins at once.
      const refusal = admit && (await refusalOf(admit));
      if (refusal !== undefined) {
        leader?.reject(refusal.error);
        for (const { resolve } of waiting) resolve('refused');
        return;
      }
      const read = await asking.read(startedAtMs);
      this.#ports.landed(asking, read, startedAtMs);
      for (const { resolve } of waiting) resolve(read);
    } catch (error) {
      for (const { reject } of waiting) reject(error);
    } finally {
      if (isFree) this.#freeUnderWay--;
      if (this.#underWay.get(key) === flight) this.#underWay.delete(key);
    }
  }
}

async function refusalOf(
  admit: NonNullable<Asking<unknown>['admit']>,
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
    }, FLIGHT_MS_MAX);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
