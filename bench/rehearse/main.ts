/** From command line to exit code. Must not know how a sale is played. */
import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { CannotPlay } from './enrol.ts';
import { HELP, parseOptions } from './options.ts';
import { PACE, type Pace } from './pace.ts';
import { openProgress, type Screen } from './progress.ts';
import { rehearse } from './rehearsal.ts';
import { reportLines } from './report.ts';

export interface Surroundings {
  env: Record<string, string | undefined>;
  stdout: Screen;
  stderr: Screen;
  seedDrawn: number;
  stopped: AbortSignal;
  /** Tests play faster; what the flags say about times gives way. */
  pace?: Partial<Pace> & { holdSeconds?: number };
}

export const EXIT = { right: 0, wrong: 1, notPlayed: 2, stopped: 130 } as const;

export async function main(argv: string[], around: Surroundings): Promise<number> {
  const { stdout, stderr, stopped } = around;
  const parsed = parseOptions(argv, around.env, around.seedDrawn);
  if (parsed.kind === 'help') {
    stdout.write(HELP);
    return EXIT.right;
  }
  if (parsed.kind === 'bad') {
    stderr.write(`rehearse: ${parsed.message}\n`);
    return EXIT.notPlayed;
  }
  const { holdSeconds = parsed.options.holdSeconds, ...faster } = around.pace ?? {};
  const options = { ...parsed.options, holdSeconds };
  const pace: Pace = { ...PACE, leadMs: options.leadSeconds * 1_000, ...faster };
  // Every waiting shopper listens for the stop.
  setMaxListeners(0, stopped);
  const sleep = (ms: number): Promise<void> => delay(ms, undefined, { signal: stopped });
  try {
    const progress = openProgress(stderr, now);
    const verdict = await rehearse(options, { pace, now, sleep, stopped, progress });
    stdout.write(
      options.json ? `${JSON.stringify(verdict, null, 2)}\n` : reportLines(verdict).join('\n'),
    );
    return verdict.ok ? EXIT.right : EXIT.wrong;
  } catch (error) {
    if (stopped.aborted) {
      stderr.write('\nrehearse: stopped\n');
      return EXIT.stopped;
    }
    if (!(error instanceof CannotPlay)) throw error;
    stderr.write(`rehearse: ${error.message}\n`);
    return EXIT.notPlayed;
  }
}

/** Ms since the epoch. The wall clock may be set back in mid-sale; this one cannot. */
function now(): number {
  return performance.timeOrigin + performance.now();
}
