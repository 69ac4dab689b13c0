/** The platform's alarm of one object: survives eviction; fires late, twice, or never. */
import { LIMITS } from '../worker/contract/values.ts';
import type { RunContext } from './run-context.ts';
import { SKEW_MS_MAX } from './scenario.ts';

/** An alarm set before a group waits at least this long for its commit. */
export const COMMIT_MS_MAX = LIMITS.holdSecondsMin * 1_000 - SKEW_MS_MAX;

/** The platform repeats an alarm whose handler failed: after this, doubled each time. */
const RETRY_MS = 2_000;
const RETRIES_MAX = 6;
const LATE_MS_MAX = 8_000;
const TWICE_MS_MAX = 1_500;

export class AlarmStorage {
  readonly #context: RunContext;
  readonly #handle: () => Promise<void>;
  readonly #lost: () => void;
  #setForMs: number | null = null;
  #version = 0;
  /** Alarms that went off and whose handler has not ended, also while it waits for a retry. */
  #handling = 0;
  #isLost = false;

  constructor(context: RunContext, handlers: { handle(): Promise<void>; lost(): void }) {
    this.#context = context;
    this.#handle = handlers.handle;
    this.#lost = handlers.lost;
  }

  get setForMs(): number | null {
    return this.#setForMs;
  }

  /** No alarm will come, though none was lost: nobody has set one. */
  get isUnset(): boolean {
    return this.#setForMs === null && this.#handling === 0 && !this.#isLost;
  }

  set(atMs: number): void {
    this.#setForMs = atMs;
    this.#isLost = false;
    const version = ++this.#version;
    this.#context.clock.at(atMs, () => {
      if (version === this.#version) this.#due();
    });
  }

  #due(): void {
    const { clock, faults, random, trace } = this.#context;
    this.#setForMs = null;
    this.#version++;
    if (faults.occurs('alarmLost')) {
      trace.count('fault: alarm lost');
      this.#context.note('alarm lost');
      return this.#lose();
    }
    const lateMs = faults.occurs('alarmLate') ? random.int(10, LATE_MS_MAX) : 0;
    if (lateMs > 0) trace.count('fault: alarm late');
    faults.extendDisruption(lateMs > 0 ? clock.nowMs + lateMs : 0);
    this.#handling++;
    clock.after(lateMs, () => this.#fire(0));
    if (faults.occurs('alarmTwice')) {
      trace.count('fault: alarm twice');
      this.#handling++;
      clock.after(lateMs + random.int(0, TWICE_MS_MAX), () => this.#fire(0));
    }
  }

  #fire(retries: number): void {
    const { clock, faults } = this.#context;
    this.#context.note('alarm');
    this.#handle().then(
      () => this.#handling--,
      () => {
        if (retries === RETRIES_MAX) {
          this.#handling--;
          return this.#lose();
        }
        const retryMs = RETRY_MS * 2 ** retries;
        faults.extendDisruption(clock.nowMs + retryMs);
        clock.after(retryMs, () => this.#fire(retries + 1));
      },
    );
  }

  #lose(): void {
    this.#isLost = true;
    this.#lost();
  }
}
