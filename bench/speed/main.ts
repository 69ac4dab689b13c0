/** From command line to exit code: opens the test bed, measures, writes the results. */
import { writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { isLoopback } from '../../local/settings.ts';
import { UserError } from '../../local/user-error.ts';
import { insertCatalogueItem, insertPastOrders, insertShoppers } from './fixtures.ts';
import { type Bench, measureMemory, measureRounds } from './measurements.ts';
import { HELP, type Options, parseOptions } from './options.ts';
import { completeResults, type Results } from './results.ts';
import { createShoppers } from './shoppers.ts';
import { tableLines } from './table.ts';
import { openTestBed } from './test-bed.ts';

export const EXIT = { right: 0, wrong: 1, notRun: 2, stopped: 130 } as const;

const RESULTS_FILE = fileURLToPath(new URL('../results.json', import.meta.url));
const FULL = {
  shoppers: 200_000,
  pastOrders: 20_000,
  memory: { warmUp: 20_000, few: 1_000, many: 100_000 },
};
const QUICK = {
  shoppers: 60_000,
  pastOrders: 20_000,
  memory: { warmUp: 500, few: 200, many: 2_000 },
};

interface Writer {
  write(text: string): unknown;
}

export interface CommandContext {
  stdout: Writer;
  stderr: Writer;
  stopped: AbortSignal;
}

export async function main(argv: string[], context: CommandContext): Promise<number> {
  const { stdout, stderr, stopped } = context;
  const parsed = parseOptions(argv);
  if (parsed.kind === 'help') {
    stdout.write(HELP);
    return EXIT.right;
  }
  if (parsed.kind === 'bad') {
    stderr.write(`bench: ${parsed.message}\n`);
    return EXIT.notRun;
  }
  try {
    const results = await run(parsed.options, context);
    const json = `${JSON.stringify(results, null, 2)}\n`;
    await writeFile(parsed.options.out ?? RESULTS_FILE, json);
    stdout.write(parsed.options.json ? json : `${tableLines(results).join('\n')}\n`);
    return results.wrong.length === 0 ? EXIT.right : EXIT.wrong;
  } catch (error) {
    if (stopped.aborted) {
      stderr.write('bench: stopped\n');
      return EXIT.stopped;
    }
    if (!(error instanceof UserError)) throw error;
    stderr.write(`bench: ${error.message}\n`);
    return EXIT.notRun;
  }
}

async function run(options: Options, { stderr, stopped }: CommandContext): Promise<Results> {
  const logStep = (step: string): void => {
    stderr.write(`bench: ${step}\n`);
  };
  useGivenPostgres();
  const loadBefore = loadNow();
  const testBed = await openTestBed(logStep);
  try {
    return await measure(options, { testBed, stopped, logStep, loadBefore });
  } finally {
    await testBed.stop();
  }
}

async function measure(
  options: Options,
  context: Pick<Bench, 'testBed' | 'stopped' | 'logStep'> & { loadBefore: number },
): Promise<Results> {
  const { testBed, stopped, logStep, loadBefore } = context;
  const size = options.quick ? QUICK : FULL;
  logStep('enrolling shoppers');
  await insertShoppers(testBed.db, size.shoppers);
  const shoppers = createShoppers(size.shoppers, testBed.jwtSecret);
  const { port, postgresUrl } = testBed;
  const itemId = await insertCatalogueItem(testBed.db);
  await insertPastOrders(testBed.db, { itemId, count: size.pastOrders });
  const target = { port, postgresUrl, shoppers };
  const bench: Bench = { testBed, target, itemId, stopped, logStep, wrong: [] };
  logStep('memory');
  const memory = await measureMemory(bench, size.memory);
  const samples = await measureRounds(bench, options);
  return completeResults({
    at: new Date().toISOString(),
    machine: {
      cores: availableParallelism(),
      node: process.versions.node,
      loadAverage: [loadBefore, loadNow()],
    },
    postgres: testBed.postgres,
    rounds: options.rounds,
    seconds: options.seconds,
    samples,
    memory,
    wrong: bench.wrong,
  });
}

/** A database of the bench's own on the server in DATABASE_URL, which real-postgres.ts makes. */
function useGivenPostgres(): void {
  const given = process.env['DATABASE_URL'];
  if (!given) return;
  if (!URL.canParse(given) || !isLoopback(given)) {
    throw new UserError('DATABASE_URL must name a Postgres on this machine, or be left out.');
  }
  process.env['TEST_DATABASE_URL'] = given;
}

function loadNow(): number {
  return loadavg()[0] ?? 0;
}
