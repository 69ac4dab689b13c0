/**
 * When the outbox's object works, from one alarm to the next. An alarm is set at any moment in which
 * there may be work, so that the object may be evicted between any two steps. Knows the platform by its
 * ports only.
 */

/** An alarm that is set while a run goes on, for the case that it never ends. Longer than any run. */
export const EVICTED_MS = 5 * 60_000;
/** An alarm that should have come as long ago is taken for lost. */
export const ALARM_LATE_MS = 5_000;
/** Between two runs, so that rows that are written one after the other are worked off together. */
export const RUN_GAP_MS = 500;

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
  #nextRunAtMs = 0;
  /** Settles with the last change of the alarm: none overtakes another. */
  #changed: Promise<void> = Promise.resolve();

  constructor(ports: DispatcherPorts) {
    this.#ports = ports;
  }

  /** Rows were written. Answered at once; they are worked off on the alarm. */
  async wake(): Promise<void> {
    if (!this.#ports.dispatches) return;
    this.#isWoken = true;
    if (this.#isRunning) return;
    await this.#change(async ({ getAlarm, setAlarm, nowMs }) => {
      // It looks once more, and has an alarm.
      if (this.#isRunning) return;
      const setForMs = await getAlarm();
      const soonMs = this.#soonMs();
      const isLate = setForMs !== null && setForMs <= nowMs() - ALARM_LATE_MS;
      const isSoon = setForMs !== null && setForMs <= soonMs && !isLate;
      if (!isSoon) await setAlarm(soonMs);
    });
  }

  /** The alarm went off: once, twice, or late. */
  async onAlarm(): Promise<void> {
    const { dispatches, nowMs } = this.#ports;
    // Set when it still did.
    if (!dispatches) return this.#ports.deleteAlarm();
    if (this.#isRunning) {
      // Set by somebody who woke it as the run began; it took the run's own alarm away.
      this.#isWoken = true;
      return this.#change(({ setAlarm }) => setAlarm(nowMs() + EVICTED_MS));
    }
    // Set before the run that just ended.
    if (nowMs() < this.#nextRunAtMs) {
      return this.#change(({ setAlarm }) => setAlarm(this.#nextRunAtMs));
    }
    const nextMs = await this.#run();
    // From here on whoever wakes it sets the alarm, behind the one that is set here.
    await this.#change(({ setAlarm, deleteAlarm }) => {
      if (this.#isWoken) return setAlarm(this.#soonMs());
      return nextMs === undefined ? deleteAlarm() : setAlarm(Math.max(nextMs, this.#soonMs()));
    });
  }

  async #run(): Promise<number | undefined> {
    this.#isRunning = true;
    this.#isWoken = false;
    try {
      await this.#change(({ setAlarm, nowMs }) => setAlarm(nowMs() + EVICTED_MS));
      return await this.#ports.drain();
    } finally {
      this.#isRunning = false;
      this.#nextRunAtMs = this.#ports.nowMs() + RUN_GAP_MS;
    }
  }

  #soonMs(): number {
    return Math.max(this.#ports.nowMs(), this.#nextRunAtMs);
  }

  #change(how: (ports: DispatcherPorts) => Promise<void>): Promise<void> {
    const change = this.#changed.then(() => how(this.#ports));
    this.#changed = change.catch(() => {});
    return change;
  }
}
