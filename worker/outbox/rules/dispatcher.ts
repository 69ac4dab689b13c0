/**
 * When the outbox's object works, from one alarm to the next. An alarm is set at any moment in which
 * there may be work, so that the object may be evicted between any two steps. Knows the platform by its
 * ports only.
 */

/** An alarm that is set while a run goes on, for the case that it never ends. Longer than any run. */
export const EVICTED_MS = 5 * 60_000;
/** An alarm that should have come as long ago is taken for lost. */
export const ALARM_LATE_MS = 5_000;

export interface DispatcherPorts {
  /** Whether this Worker works off the outbox; where it does not, the object sleeps. */
  dispatches: boolean;
  /** One run: works off what is due. Never throws. @returns when to come again. */
  drain(): Promise<number | undefined>;
  /** In milliseconds since the epoch; null for none. */
  getAlarm(): Promise<number | null>;
  setAlarm(atMs: number): Promise<void>;
  deleteAlarm(): Promise<void>;
  nowMs(): number;
}

export class Dispatcher {
  readonly #ports: DispatcherPorts;
  #isRunning = false;
  /** Rows were written after the run looked for the last time, perhaps. */
  #isWoken = false;

  constructor(ports: DispatcherPorts) {
    this.#ports = ports;
  }

  /** Rows were written. Answered at once; they are worked off on the alarm. */
  async wake(): Promise<void> {
    if (!this.#ports.dispatches) return;
    this.#isWoken = true;
    if (this.#isRunning) return;
    const setForMs = await this.#ports.getAlarm();
    const nowMs = this.#ports.nowMs();
    const isSoon = setForMs !== null && setForMs <= nowMs && setForMs > nowMs - ALARM_LATE_MS;
    if (!isSoon) await this.#ports.setAlarm(nowMs);
  }

  /** The alarm went off: once, twice, or late. */
  async onAlarm(): Promise<void> {
    const { dispatches, nowMs, setAlarm, deleteAlarm } = this.#ports;
    // Set when it still did.
    if (!dispatches) return deleteAlarm();
    if (this.#isRunning) {
      // Set by somebody who woke it as the run began; it took the run's own alarm away.
      this.#isWoken = true;
      await setAlarm(nowMs() + EVICTED_MS);
      return;
    }
    const nextMs = await this.#run();
    // From here on whoever wakes it sets the alarm, behind the one that is set here.
    if (this.#isWoken) await setAlarm(nowMs());
    else if (nextMs === undefined) await deleteAlarm();
    else await setAlarm(nextMs);
  }

  async #run(): Promise<number | undefined> {
    this.#isRunning = true;
    this.#isWoken = false;
    try {
      await this.#ports.setAlarm(this.#ports.nowMs() + EVICTED_MS);
      return await this.#ports.drain();
    } finally {
      this.#isRunning = false;
    }
  }
}
