/** The object's one alarm, as far as this life of the object knows it. Decides nothing: see wake-times. */
import { alarmToSet, type WakeFacts, wakeTimes } from '../rules/wake-times.ts';

export interface AlarmPorts {
  /** In milliseconds since the epoch; null for none. */
  getAlarm(): Promise<number | null>;
  setAlarm(atMs: number): Promise<void>;
  nowMs(): number;
}

export class Alarm {
  readonly #ports: AlarmPorts;
  /** Undefined until storage was asked. */
  #setForMs: number | null | undefined;
  /** The time that could not be set last, to be set with the next. */
  #unsetMs: number | undefined;
  /** Settles with the last change: a later time must not overtake an earlier one on its way to storage. */
  #changed: Promise<void> = Promise.resolve();

  constructor(ports: AlarmPorts) {
    this.#ports = ports;
  }

  /** It went off: none is set any more. */
  wentOff(): void {
    this.#setForMs = null;
  }

  /**
   * Sees to it that the object wakes for every reason that the facts give, and writes seldom. Throws
   * where storage does.
   */
  setFor(facts: Omit<WakeFacts, 'unsetMs'>): Promise<void> {
    const change = this.#changed.then(() => this.#setFor(facts));
    this.#changed = change.catch(() => {});
    return change;
  }

  async #setFor(facts: Omit<WakeFacts, 'unsetMs'>): Promise<void> {
    const times = wakeTimes({ ...facts, unsetMs: this.#unsetMs });
    if (times.length === 0) return;
    if (this.#setForMs === undefined) this.#setForMs = await this.#ports.getAlarm();
    const atMs = alarmToSet({ setForMs: this.#setForMs, nowMs: this.#ports.nowMs() }, times);
    if (atMs === undefined) return;
    this.#setForMs = atMs;
    this.#unsetMs = undefined;
    try {
      await this.#ports.setAlarm(atMs);
    } catch (error) {
      this.#setForMs = undefined;
      this.#unsetMs = atMs;
      throw error;
    }
  }
}
