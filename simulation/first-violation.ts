/** The first promise that was broken in a run, and where. Later ones are only its consequences. */
import type { Trace } from './trace.ts';
import type { VirtualClock } from './virtual-clock.ts';

export interface Violation {
  check: string;
  detail: string;
  step: number;
  /** Virtual milliseconds since the run began. */
  atMs: number;
}

/** Reports a broken promise: which one, and what the check saw. */
export type ReportViolation = (check: string, detail: string) => void;

export class FirstViolation {
  #violation: Violation | undefined;
  readonly #clock: VirtualClock;
  readonly #trace: Trace;
  readonly #startMs: number;

  constructor(clock: VirtualClock, trace: Trace) {
    this.#clock = clock;
    this.#trace = trace;
    this.#startMs = clock.nowMs;
  }

  get violation(): Violation | undefined {
    return this.#violation;
  }

  readonly record: ReportViolation = (check, detail) => {
    if (this.#violation !== undefined) return;
    const atMs = this.#clock.nowMs - this.#startMs;
    this.#violation = { check, detail, step: this.#clock.steps, atMs };
    this.#trace.add(atMs, `BROKEN ${check}: ${detail}`);
  };
}
