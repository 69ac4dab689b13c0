/**
 * Records results in groups: those that come while a call is on its way go together with the next one.
 * Whoever adds one waits until it is recorded, so there are never more than those that work at once.
 */
import type { RowResult } from '../../stores/postgres/outbox-work.ts';

const RECORD_TRIES_MAX = 3;
const RECORD_PAUSE_MS = 500;

export interface RecorderPorts {
  /** @returns the ids that counted. Throws a Fault. */
  record(results: readonly RowResult[]): Promise<readonly number[]>;
  pause(ms: number): Promise<void>;
}

export class Recorder {
  readonly #ports: RecorderPorts;
  #waiting: RowResult[] = [];
  #next: Promise<ReadonlySet<number>> | undefined;
  #now: Promise<unknown> = Promise.resolve();

  constructor(ports: RecorderPorts) {
    this.#ports = ports;
  }

  /** @returns whether it counted: false if the lease was somebody else's by then. Throws a Fault. */
  async add(result: RowResult): Promise<boolean> {
    this.#waiting.push(result);
    this.#next ??= this.#after(this.#now);
    return (await this.#next).has(result.id);
  }

  async #after(before: Promise<unknown>): Promise<ReadonlySet<number>> {
    await before;
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
