/**
 * Records results in groups: those that come within a short time leave together, one call after the other.
 * Until then a result is in memory alone, so whoever adds results limits how many there may be.
 */
import type { RowResult } from '../../stores/postgres/outbox-work.ts';

/** A result waits no longer for others to be recorded with it. */
export const RECORD_DELAY_MS = 200;
const RECORD_TRIES_MAX = 3;
const RECORD_PAUSE_MS = 500;

export interface RecorderPorts {
  /** @returns the ids that counted. Throws a Fault. */
  record(results: readonly RowResult[]): Promise<readonly number[]>;
  pause(ms: number): Promise<void>;
  /** As many wait for no further one. */
  groupFull: number;
}

export class Recorder {
  readonly #ports: RecorderPorts;
  #waiting: RowResult[] = [];
  #next: Promise<ReadonlySet<number>> | undefined;
  #now: Promise<unknown> = Promise.resolve();
  #isFlushed = false;
  #hurry = Promise.withResolvers<void>();

  constructor(ports: RecorderPorts) {
    this.#ports = ports;
  }

  /** @returns whether it counted: false if the lease was somebody else's by then. Throws a Fault. */
  async add(result: RowResult): Promise<boolean> {
    this.#waiting.push(result);
    this.#next ??= this.#after(this.#now);
    if (this.#isFlushed || this.#waiting.length >= this.#ports.groupFull) this.#hurry.resolve();
    return (await this.#next).has(result.id);
  }

  /** From now on nothing waits for what may come. */
  flush(): void {
    this.#isFlushed = true;
    this.#hurry.resolve();
  }

  async #after(before: Promise<unknown>): Promise<ReadonlySet<number>> {
    this.#hurry = Promise.withResolvers<void>();
    const others = Promise.race([this.#hurry.promise, this.#ports.pause(RECORD_DELAY_MS)]);
    await Promise.all([before, others]);
    const results = this.#waiting;
    this.#waiting = [];
    this.#next = undefined;
    const recorded = this.#record(results);
    this.#now = recorded.catch(() => {});
    return new Set(await recorded);
  }

  async #record(results: readonly RowResult[]): Promise<readonly number[]> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.#ports.record(results);
      } catch (error) {
        if (tries >= RECORD_TRIES_MAX) throw error;
        await this.#ports.pause(RECORD_PAUSE_MS);
      }
    }
  }
}
