/** The platform's alarm of one object: survives eviction; fires late, twice, or never. */
import type { RunContext } from './run-context.ts';

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

  constructor(context: RunContext, handlers: { handle(): Promise<void>; lost(): void }) {
    this.#context = context;
    this.#handle = handlers.handle;
    this.#lost = handlers.lost;
  }

  get setForMs(): number | null {
    return this.#setForMs;
  }

  set(atMs: number): void {
    this.#setForMs = atMs;
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
      return this.#lost();
    }
    const lateMs = faults.occurs('alarmLate') ? random.int(10, LATE_MS_MAX) : 0;
    if (lateMs > 0) trace.count('fault: alarm late');
    faults.extendDisruption(lateMs > 0 ? clock.nowMs + lateMs : 0);
    clock.after(lateMs, () => this.#fire(0));
    if (faults.occurs('alarmTwice')) {
      trace.count('fault: alarm twice');
      clock.after(lateMs + random.int(0, TWICE_MS_MAX), () => this.#fire(0));
    }
  }

  #fire(retries: number): void {
    const { clock, faults } = this.#context;
    this.#context.note('alarm');
    this.#handle().catch(() => {
      if (retries === RETRIES_MAX) return this.#lost();
      const retryMs = RETRY_MS * 2 ** retries;
      faults.extendDisruption(clock.nowMs + retryMs);
      clock.after(retryMs, () => this.#fire(retries + 1));
    });
  }
}
