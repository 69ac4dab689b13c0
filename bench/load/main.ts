/** From command line to exit code: plays, judges, draws. Must not know how any of it is done. */
import { setMaxListeners } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { type CommandContext, EXIT } from '../rehearse/main.ts';
import { openProgress } from '../rehearse/progress.ts';
import { rehearse } from '../rehearse/rehearsal.ts';
import { reportLines } from '../rehearse/report.ts';
import { CannotRun } from '../rehearse/setup.ts';
import { TIMING, type Timing } from '../rehearse/timing.ts';
import { judgeLoad } from './judgement.ts';
import { HELP, type LoadOptions, parseOptions } from './options.ts';
import { reportPage } from './page.ts';
import { openRecorder } from './recorder.ts';
import { scenarioVisitor } from './scenario.ts';
import { summaryLines } from './summary.ts';

export { EXIT } from '../rehearse/main.ts';

export async function main(argv: string[], context: CommandContext): Promise<number> {
  const { stdout, stderr, stopped } = context;
  const parsed = parseOptions(argv, context.env, context.seedDrawn);
  if (parsed.kind === 'help') {
    stdout.write(HELP);
    return EXIT.right;
  }
  if (parsed.kind === 'bad') {
    stderr.write(`load: ${parsed.message}\n`);
    return EXIT.notPlayed;
  }
  try {
    return await playAndJudge(parsed.options, context);
  } catch (error) {
    if (stopped.aborted) {
      stderr.write('\nload: stopped\n');
      return EXIT.stopped;
    }
    if (!(error instanceof CannotRun)) throw error;
    stderr.write(`load: ${error.message}\n`);
    return EXIT.notPlayed;
  }
}

async function playAndJudge(options: LoadOptions, context: CommandContext): Promise<number> {
  const { stdout, stderr, stopped } = context;
  const { holdSeconds = options.sale.holdSeconds, ...faster } = context.timing ?? {};
  const sale = { ...options.sale, holdSeconds };
  const timing: Timing = { ...TIMING, leadMs: sale.leadSeconds * 1_000, ...faster };
  // Every waiting shopper listens for the stop.
  setMaxListeners(0, stopped);
  const recorder = openRecorder();
  const verdict = await rehearse(sale, {
    timing,
    now,
    sleep: (ms) => delay(ms, undefined, { signal: stopped }),
    stopped,
    progress: openProgress(stderr, now),
    onReply: recorder.note,
    visitor: scenarioVisitor(recorder, now),
  });
  const judgement = judgeLoad(verdict, recorder, options.thresholds);
  const report = { options, verdict, recorder, judgement, atMs: Date.now() };
  await writeFile(options.reportFile, reportPage(report));
  const plots = `plots: ${options.reportFile}`;
  const lines = [...reportLines(verdict), ...summaryLines(judgement), plots, ''];
  const json = `${JSON.stringify({ ...judgement, verdict }, null, 2)}\n`;
  stdout.write(sale.json ? json : lines.join('\n'));
  return judgement.ok ? EXIT.right : EXIT.wrong;
}

/** Ms since the epoch. The wall clock may be set back in mid-sale; this one cannot. */
function now(): number {
  return performance.timeOrigin + performance.now();
}
