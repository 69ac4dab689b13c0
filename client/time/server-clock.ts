/** The page's one clock: keeps what clock.ts computes. Must not ask the server itself. */
import { type ReadonlySignal, signal } from '@preact/signals-core';
import { adjustClock, type Clock, type ClockSample, readClock, UNSET_CLOCK } from './clock.ts';

export interface ServerClock {
  /** The server's time in epoch milliseconds; never runs backwards by jitter. */
  nowMs(): number;
  take(sample: ClockSample): void;
  /** Changes with each correction, for those who set timers by `nowMs`. */
  readonly current: ReadonlySignal<Clock>;
}

export function createServerClock(monotonicMs: () => number): ServerClock {
  const current = signal(UNSET_CLOCK);
  return {
    nowMs: () => readClock(current.peek(), monotonicMs()),
    take: (sample) => {
      current.value = adjustClock(current.peek(), sample);
    },
    current,
  };
}
