/** From command line to exit code. Must not know how a sale is played. */
import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { HELP, parseOptions } from './options.ts';
import { openProgress, type Screen } from './progress.ts';
import { rehearse } from './rehearsal.ts';
import { reportLines } from './report.ts';
import { CannotRun } from './setup.ts';
import { TIMING, type Timing } from './timing.ts';

export interface CommandContext {
  env: Record<string, string | undefined>;
  stdout: Screen;
  stderr: Screen;
  seedDrawn: number;
  stopped: AbortSignal;
  /** Tests play faster; these times replace those of the flags. */
  timing?: Partial<Timing> & { holdSeconds?: number };
}

export const EXIT = { right: 0, wrong: 1, notPlayed: 2, stopped: 130 } as const;

export async function main(argv: string[], context: CommandContext): Promise<number> {
  const { stdout, stderr, stopped } = context;
  const parsed = parseOptions(argv, context.env, context.seedDrawn);
  if (parsed.kind === 'help') {
    stdout.write(HELP);
    return EXIT.right;
  }
  if (parsed.kind === 'bad') {
    stderr.write(`rehearse: ${parsed.message}\n`);
    return EXIT.notPlayed;
  }
  const { holdSeconds = parsed.options.holdSeconds, ...faster } = context.timing ?? {};
  const options = { ...parsed.options, holdSeconds };
  const timing: Timing = { ...TIMING, leadMs: options.leadSeconds * 1_000, ...faster };
  // Every waiting shopper listens for the stop.
  setMaxListeners(0, stopped);
  const sleep = (ms: number): Promise<void> => delay(ms, undefined, { signal: stopped });
  try {
    const progress = openProgress(stderr, now);
    const verdict = await rehearse(options, { timing, now, sleep, stopped, progress });
    stdout.write(
      options.json ? `${JSON.stringify(verdict, null, 2)}\n` : reportLines(verdict).join('\n'),
    );
    return verdict.ok ? EXIT.right : EXIT.wrong;
  } catch (error) {
    if (stopped.aborted) {
      stderr.write('\nrehearse: stopped\n');
      return EXIT.stopped;
    }
    if (!(error instanceof CannotRun)) throw error;
    stderr.write(`rehearse: ${error.message}\n`);
    return EXIT.notPlayed;
  }
}

/** Ms since the epoch. The wall clock may be set back in mid-sale; this one cannot. */
function now(): number {
  return performance.timeOrigin + performance.now();
}
