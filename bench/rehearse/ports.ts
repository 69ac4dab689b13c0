/** The real time and progress bar that a sale is played with, on a command line. */
import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { CommandContext } from '../command/command.ts';
import type { Options } from './options.ts';
import { openProgress } from './progress.ts';
import type { RehearsalPorts } from './rehearsal-ports.ts';
import { TIMING, type Timing } from './timing.ts';

/** Tests play faster; these times replace those of the options. */
export type FasterTiming = Partial<Timing> & { holdSeconds?: number };

export function openPorts(
  given: Options,
  { stderr, stopped }: Pick<CommandContext, 'stderr' | 'stopped'>,
  { holdSeconds = given.holdSeconds, ...faster }: FasterTiming = {},
): { options: Options; ports: RehearsalPorts } {
  // Every waiting shopper listens for the stop.
  setMaxListeners(0, stopped);
  return {
    options: { ...given, holdSeconds },
    ports: {
      timing: { ...TIMING, leadMs: given.leadSeconds * 1_000, ...faster },
      now,
      sleep: (ms) => delay(ms, undefined, { signal: stopped }),
      stopped,
      progress: openProgress(stderr, now),
    },
  };
}

/** Ms since the epoch. The wall clock may be set back in mid-sale; this one cannot. */
function now(): number {
  return performance.timeOrigin + performance.now();
}
