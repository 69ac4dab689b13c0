/** How a read that many share is asked for, and that there are too many of them. Reads nothing. */
import { Fault } from '../../platform/faults.ts';

export interface Read<Value> {
  value: Value;
  /** When the clock alone will have changed it, in milliseconds since the epoch; or Infinity. */
  changesAtMs: number;
}

export interface Asking<Value> {
  key: string;
  /** @returns undefined for what does not exist; that is kept too, while it is fresh. */
  read(nowMs: number): Promise<Read<Value> | undefined>;
  /** Lets a read go on after the request that began it has been answered. */
  keepAlive(work: Promise<unknown>): void;
  /** Up to which age it is given while the next is under way; AGE_MS_MAX unless told. */
  ageMsMax?: number;
  /** Gives a read that began after it was asked for, to all who ask meanwhile, and keeps none. */
  isAnew?: boolean;
  /**
   * The key is free: clients make as many of them as they like. Such reads are kept apart, and few
   * are made at one time.
   */
  isFree?: boolean;
  /**
   * Counts whoever makes a read necessary. Throws what refuses them; those who wait for the same
   * read are not refused with them.
   */
  admit?(): Promise<void>;
}

/** More different reads are asked for at one time than the database is to have of this isolate. */
export class TooManyReads extends Fault {
  constructor() {
    super('too many different reads at one time', { retryable: true });
  }
}

/** Not within where the clock was set back. */
export function isWithin(ms: number, sinceMs: number, nowMs: number): boolean {
  return nowMs >= sinceMs && nowMs - sinceMs < ms;
}
