/** `npm run simulate:mutants`: makes one mistake at a time and prints which check notices it. */
import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { CATCHING_DRILLS } from './catching-drills.ts';
import { CATCHING_PAID_DRILLS } from './catching-paid-drills.ts';
import { CATCHING_SEEDS } from './catching-seeds.ts';
import { CODE_MUTATIONS, type CodeMutation } from './code-mutations.ts';
import { testDispatcherMutant } from './dispatcher-mutants.ts';
import { DISPATCHER_MUTATIONS } from './dispatcher-mutations.ts';
import { DRAW_CODE_MUTATIONS } from './draw-code-mutations.ts';
import { drill } from './drill.ts';
import { copyMutated } from './mutated-code.ts';
import type { Caught, Mutation } from './mutation.ts';
import { paidDrill } from './paid-drill.ts';
import { PAYMENT_MUTATIONS } from './payment-mutations.ts';
import { PAYMENT_STORE_MUTATIONS } from './payment-store-mutations.ts';
import { PLAN_MUTATIONS } from './plan-mutations.ts';
import { QUEUE_MUTATIONS } from './queue-mutations.ts';
import { type Outcome, REAL_SALE, type RunOptions, run } from './run.ts';
import type { SaleCode } from './run-context.ts';
import { MistakenDatabase, type PlantedMistakes } from './sql-database.ts';
import { SqlLedger } from './sql-ledger.ts';
import { SQL_MUTATIONS } from './sql-mutations.ts';
import { STATEMENT_MUTATIONS } from './statement-mutations.ts';

const SQL_SEEDS_MAX = 60;
const DRILLS_MAX = 100;
const CODE_SEEDS_MAX = 4_000;
const PROCESS = new URL('./mutants-process.ts', import.meta.url);
const WORKER_FOLDER = new URL('../worker/', import.meta.url);

/** Of this process. */
const database = new MistakenDatabase();

/** All of them, those of the SQL first. */
const MUTANTS: readonly { kind: string; name: string; find(): Promise<Caught | undefined> }[] = [
  ...SQL_MUTATIONS.map((mutation) => ({
    kind: 'SQL',
    name: mutation.name,
    find: () => testSqlMutant({ sql: mutation }),
  })),
  ...PAYMENT_MUTATIONS.map((mutation) => ({
    kind: 'SQL',
    name: mutation.name,
    find: () => testPaymentMutant(mutation),
  })),
  ...PLAN_MUTATIONS.map((mutation) => ({
    kind: 'plan',
    name: mutation.name,
    find: () => testSqlMutant({ transaction: mutation }),
  })),
  ...PAYMENT_STORE_MUTATIONS.map((mutation) => ({
    kind: 'payments',
    name: mutation.name,
    find: () => testSqlMutant({ transaction: mutation }),
  })),
  ...STATEMENT_MUTATIONS.map((mutation) => ({
    kind: 'draw',
    name: mutation.name,
    find: () => testSqlMutant({ transaction: mutation }),
  })),
  ...CODE_MUTATIONS.map((mutation) => ({
    kind: mutation.file,
    name: mutation.name,
    find: () => testCodeMutant(mutation, 'sale/'),
  })),
  ...DRAW_CODE_MUTATIONS.map((mutation) => ({
    kind: mutation.file,
    name: mutation.name,
    find: () => testCodeMutant(mutation, 'draw/'),
  })),
  ...DISPATCHER_MUTATIONS.map((mutation) => ({
    kind: 'outbox',
    name: `${mutation.file}: ${mutation.name}`,
    find: () => testDispatcherMutant(mutation),
  })),
];

/**
 * Called by `local/run.js`, on every core. Exit code 0 only if every mutant is caught.
 * @param argv a part of the names of those that are wanted; all without it.
 */
export async function main([part = '']: string[]): Promise<void> {
  const wanted = [...MUTANTS.keys()].filter((number) => MUTANTS[number]?.name.includes(part));
  const results = new Map(
    wanted.map((number) => [number, Promise.withResolvers<Caught | undefined>()]),
  );
  const waiting = [...wanted];
  const workers = Array.from({ length: availableParallelism() }, () => {
    const worker = fork(PROCESS);
    const goOn = () => {
      const next = waiting.shift();
      if (next === undefined) worker.disconnect();
      else worker.send(next);
    };
    worker.on('message', ({ number, caught }: MutantResult) => {
      results.get(number)?.resolve(caught);
      goOn();
    });
    worker.on('exit', (code) => {
      const ended = new Error(`a worker ended with ${code}`);
      if (code !== 0) for (const { reject } of results.values()) reject(ended);
    });
    goOn();
    return worker;
  });
  try {
    const missed = await printAll(results);
    console.log(`${wanted.length - missed} of ${wanted.length} mutants were caught`);
    process.exitCode = missed === 0 ? 0 : 1;
  } finally {
    for (const worker of workers) worker.kill();
  }
}

/** What a worker answers to a mutant's number. */
export interface MutantResult {
  number: number;
  caught: Caught | undefined;
}

export async function testMutant(number: number): Promise<MutantResult> {
  return { number, caught: await MUTANTS[number]?.find() };
}

/** Prints in the order of MUTANTS. @returns how many were not caught. */
async function printAll(
  results: ReadonlyMap<number, PromiseWithResolvers<Caught | undefined>>,
): Promise<number> {
  let missed = 0;
  const late: string[] = [];
  for (const [number, { promise }] of results) {
    const { kind = '', name = '' } = MUTANTS[number] ?? {};
    const caught = await promise;
    if (caught === undefined) missed++;
    else if (caught.playedBefore > 0 && kind !== 'outbox')
      late.push(`  '${name}': ${caught.seed},`);
    const played = caught?.isDrill ? 'drill' : 'seed';
    const how = caught
      ? `${played} ${String(caught.seed).padStart(3)}: ${caught.check}`
      : 'NOT CAUGHT';
    console.log(`${kind.padEnd(9)} ${name.padEnd(58)} ${how}`);
  }
  if (late.length > 0) console.log(['Quicker if remembered in catching-*.ts:', ...late].join('\n'));
  return missed;
}

/**
 * With the checks alone, without comparing with the model: they must notice the mistake themselves. Mistakes in
 * a queue are looked for in drills, which hold more of it.
 */
export async function testSqlMutant(mistakes: PlantedMistakes): Promise<Caught | undefined> {
  const sql = await database.open(mistakes);
  try {
    const ledger: RunOptions['ledger'] = (scenario) => SqlLedger.create(sql, scenario);
    const name = mistakes.sql?.name ?? mistakes.transaction?.name ?? '';
    if (mistakes.sql && QUEUE_MUTATIONS.includes(mistakes.sql)) {
      const seeds = inTurn(DRILLS_MAX, CATCHING_DRILLS[name]);
      const caught = await findViolation(seeds, (seed) => drill({ seed, ledger }));
      return caught && { ...caught, isDrill: true };
    }
    const seeds = inTurn(SQL_SEEDS_MAX, CATCHING_SEEDS[name]);
    return await findViolation(seeds, (seed) => run({ seed, ledger }));
  } finally {
    await sql.close();
  }
}

/** Held against the model: much of what is paid for is only answered otherwise. */
async function testPaymentMutant(mutation: Mutation): Promise<Caught | undefined> {
  const sql = await database.open({ sql: mutation });
  try {
    const ledger: RunOptions['ledger'] = (scenario) => SqlLedger.create(sql, scenario);
    const seeds = inTurn(DRILLS_MAX, CATCHING_PAID_DRILLS[mutation.name]);
    const caught = await findViolation(seeds, (seed) =>
      paidDrill({ seed, ledger, differential: true }),
    );
    return caught && { ...caught, isDrill: true };
  } finally {
    await sql.close();
  }
}

type MutatedFolder = 'sale/' | 'draw/';

export async function testCodeMutant(
  mutation: CodeMutation,
  from: MutatedFolder,
): Promise<Caught | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'swiftdrop-mutant-'));
  try {
    const sale = { ...REAL_SALE, ...(await loadMutant(mutation, { from, to: folder })) };
    const seeds = inTurn(CODE_SEEDS_MAX, CATCHING_SEEDS[mutation.name]);
    return await findViolation(seeds, (seed) => run({ seed, sale }));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** @param first is played before all others. */
function inTurn(seedsMax: number, first?: number): number[] {
  const seeds = Array.from({ length: seedsMax }, (_, n) => n + 1);
  return first === undefined ? seeds : [first, ...seeds.filter((seed) => seed !== first)];
}

async function findViolation(
  seeds: number[],
  play: (seed: number) => Promise<Outcome>,
): Promise<Caught | undefined> {
  for (const [playedBefore, seed] of seeds.entries()) {
    const { violation } = await play(seed);
    if (violation) return { seed, check: violation.check, playedBefore };
  }
  return undefined;
}

/** A copy of the folder with one file changed; what it imports from elsewhere is not copied. */
async function loadMutant(
  mutation: CodeMutation,
  { from, to }: { from: MutatedFolder; to: string },
): Promise<Partial<SaleCode>> {
  const load = await copyMutated(new URL(from, WORKER_FOLDER), mutation, to);
  if (from === 'draw/') return load<Pick<SaleCode, 'drawEvent'>>('draw-event.ts');
  return {
    ...(await load<Pick<SaleCode, 'Batcher'>>('edge/batcher.ts')),
    ...(await load<Pick<SaleCode, 'Sale'>>('object/sale.ts')),
  };
}
