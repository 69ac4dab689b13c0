/** The bench: opens the test bed, measures and writes the results. */
import { writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { isLoopback } from '../../local/settings.ts';
import { UserError } from '../../local/user-error.ts';
import type { Command, RunContext } from '../command/command.ts';
import type { Bench } from './bench.ts';
import { insertCatalogueItem, insertPastOrders, insertShoppers } from './fixtures.ts';
import { measureMemory, measureRounds } from './measurements.ts';
import { HELP, type Options, parseOptions } from './options.ts';
import { completeResults, type Results } from './results.ts';
import { createShoppers } from './shoppers.ts';
import { tableLines } from './table.ts';
import { openTestBed } from './test-bed.ts';

const RESULTS_FILE = fileURLToPath(new URL('../results.json', import.meta.url));
const FULL = {
  shoppers: 200_000,
  pastOrders: 20_000,
  memory: { warmUp: 20_000, few: 1_000, many: 100_000 },
  draw: { entries: 100_000, units: 10_000 },
  lapses: { units: 200, periodMs: 6_000 },
};
const QUICK = {
  shoppers: 60_000,
  pastOrders: 20_000,
  memory: { warmUp: 500, few: 200, many: 2_000 },
  draw: { entries: 5_000, units: 1_000 },
  lapses: { units: 30, periodMs: 1_000 },
};

export const benchCommand: Command<Options> = {
  name: 'bench',
  help: HELP,
  signals: ['SIGINT', 'SIGTERM', 'SIGHUP'],
  parse: (argv) => parseOptions(argv),
  async run(options, context) {
    const results = await openAndMeasure(options, context);
    const json = `${JSON.stringify(results, null, 2)}\n`;
    await writeFile(options.out ?? RESULTS_FILE, json);
    context.stdout.write(options.json ? json : `${tableLines(results).join('\n')}\n`);
    return results.wrong.length === 0;
  },
};

async function openAndMeasure(
  options: Options,
  { logStep, stopped }: RunContext,
): Promise<Results> {
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
  const samples = await measureRounds(bench, options, size);
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
