/** `npm run simulate`: plays seeds one after another and says which broke a promise, and how. */

import { runOutbox } from './dispatcher-run.ts';
import { drill } from './drill.ts';
import { HELP, type Mode, type Options, parseOptions } from './options.ts';
import { paidDrill } from './paid-drill.ts';
import { type Outcome, type RunOptions, run } from './run.ts';
import { openSql } from './sql-database.ts';
import { SqlLedger } from './sql-ledger.ts';

const PROGRESS_SEEDS = 100;

/** Called by `local/run.js`. Exit code 0 only if every seed kept every promise. */
export async function main(argv: string[]): Promise<void> {
  const parsed = parseOptions(argv);
  if (parsed.kind === 'help') console.log(HELP);
  else if (parsed.kind === 'bad') {
    console.error(`${parsed.message}\n\n${HELP}`);
    process.exitCode = 2;
  } else {
    process.exitCode = (await simulate(parsed.options)) ? 0 : 1;
  }
}

async function simulate(options: Options): Promise<boolean> {
  const { mode } = options;
  if (mode === 'outbox') return playSeeds(options, runOutbox);
  if (mode === 'sql') return onSql(options, run);
  if (mode === 'drill') return onSql(options, drill);
  if (mode === 'paid') return onSql(options, paidDrill);
  const isKept = await playSeeds(options, (seed) => run(seed));
  return isKept && playSeeds({ ...options, mode: 'outbox' }, runOutbox);
}

/** Held against the model. */
async function onSql(options: Options, play: typeof drill): Promise<boolean> {
  const sql = await openSql();
  const ledger: RunOptions['ledger'] = (scenario) => SqlLedger.create(sql, scenario);
  try {
    return await playSeeds(options, (seed) => play({ ledger, differential: true, ...seed }));
  } finally {
    await sql.close();
  }
}

type Play = (seed: { seed: number; print?: (line: string) => void }) => Promise<Outcome>;

async function playSeeds({ first, count, mode, verbose }: Options, play: Play): Promise<boolean> {
  const counts = new Map<string, number>();
  const startedMs = performance.now();
  let steps = 0;
  for (let n = 0; n < count; n++) {
    const seed = first + n;
    const outcome = await play({ seed, ...(verbose && { print: console.log }) });
    for (const [what, times] of outcome.counts) counts.set(what, (counts.get(what) ?? 0) + times);
    steps += outcome.steps;
    if (outcome.violation) {
      console.error(explain(outcome, mode, verbose));
      return false;
    }
    if ((n + 1) % PROGRESS_SEEDS === 0) console.log(`${n + 1} seeds`);
    if (count === 1) console.log(`seed ${seed}: ${outcome.steps} steps, trace ${outcome.hash}`);
  }
  const seconds = (performance.now() - startedMs) / 1_000;
  console.log(coverage(counts));
  console.log(
    `${count} seeds kept every promise (${mode}): ${steps} steps, ${seconds.toFixed(1)} s, ` +
      `${(count / seconds).toFixed(1)} seeds/s`,
  );
  return true;
}

function explain(outcome: Outcome, mode: Mode, verbose: boolean): string {
  const { seed, violation, tail } = outcome;
  if (violation === undefined) return '';
  const { check, detail, step, atMs } = violation;
  return [
    ...(verbose ? [] : tail),
    `seed ${seed} broke a promise at step ${step}, ${atMs} ms after the start: ${check}`,
    detail,
    `again: npm run simulate -- --seed ${seed} --mode ${mode} --verbose`,
  ].join('\n');
}

function coverage(counts: ReadonlyMap<string, number>): string {
  const lines = [...counts].toSorted(([a], [b]) => a.localeCompare(b));
  return lines.map(([what, times]) => `${what.padEnd(36)} ${times}`).join('\n');
}
