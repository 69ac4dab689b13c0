/** What a read through the cache is given, and the error where there are too many. Reads nothing. */
import { Fault } from '../../platform/faults.ts';

export interface ReadResult<Value> {
  value: Value;
  /** When the clock alone will have changed it, in milliseconds since the epoch; or Infinity. */
  changesAtMs: number;
}

export interface CachedRead<Value> {
  key: string;
  /** @returns undefined for what does not exist; that is kept too, while it is fresh. */
  read(nowMs: number): Promise<ReadResult<Value> | undefined>;
  /** Lets a read go on after the request that began it has been answered. */
  keepAlive(work: Promise<unknown>): void;
  /** A result is used as it is up to this age; FRESH_MS by default. What was not found, always. */
  freshMs?: number;
  /** Up to this age a result is used while the next read is under way; AGE_MS_MAX by default. */
  ageMsMax?: number;
  /** Uses only a read that begins after the call, one for all calls meanwhile, and keeps no result. */
  isUncached?: boolean;
  /**
   * Clients may invent any number of such keys. Their results are kept apart from the others, and few
   * of these reads are made at one time.
   */
  isClientKey?: boolean;
  /**
   * Counts the caller for whom a read must be made. Throws to refuse that caller; others that wait for
   * the same read are not refused.
   */
  admit?(): Promise<void>;
}

/** More different reads at one time than this isolate may send to the database. */
export class TooManyReads extends Fault {
  constructor() {
    super('too many different reads at one time', { retryable: true });
  }
}

/** False where the clock was set back. */
export function isWithin(ms: number, sinceMs: number, nowMs: number): boolean {
  return nowMs >= sinceMs && nowMs - sinceMs < ms;
}
