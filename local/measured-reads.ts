/** How long reads of a database take, and by which plans. */
import pg from 'pg';
import { serveDatabase } from './database.ts';
import type { Read } from './large-shop/lists.ts';
import { openPostgres } from './neon/postgres.ts';
import type { SqlBackend, SqlStatement } from './neon/sql-backend.ts';

const RUNS = 5;
/** Of a shop's own store: what takes longer shows as that, and not as a failure. */
const TIMEOUT_MS = 120_000;

export interface MeasureOptions {
  connectionString: string;
  reads: readonly Read[];
  /** Shows the plans of what took so long or longer, in milliseconds. */
  plansFromMs: number;
}

/** Prints a line for each read: the median, all times, and the blocks of 8 KiB that its statements touch. */
export async function measureReads({
  connectionString,
  reads,
  plansFromMs,
}: MeasureOptions): Promise<void> {
  const seen: SqlStatement[] = [];
  const database = await serveDatabase(recording(openPostgres(connectionString), seen), undefined, {
    timeoutMs: TIMEOUT_MS,
  });
  const client = new pg.Client({ connectionString });
  try {
    await client.connect();
    for (const [what, read] of reads) {
      const times = await timesOf(() => read(database.db));
      seen.length = 0;
      await read(database.db);
      const plans: string[] = [];
      for (const statement of seen.slice()) plans.push(await planOf(client, statement));
      const blocks = plans.reduce((sum, plan) => sum + blocksOf(plan), 0);
      const median = times.toSorted((a, b) => a - b)[Math.floor(RUNS / 2)] ?? 0;
      console.log(`${median} ms\t${what}\t(${times.join(', ')} ms; ${blocks} blocks)`);
      if (median >= plansFromMs) for (const plan of plans) console.log(`\n${plan}\n`);
    }
  } finally {
    await client.end();
    await database.close();
  }
}

async function timesOf(read: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const startedAtMs = performance.now();
    await read();
    times.push(Math.round(performance.now() - startedAtMs));
  }
  return times;
}

async function planOf(client: pg.Client, { text, params }: SqlStatement): Promise<string> {
  // Without the clock, which is read for every row and would be most of what it shows.
  const explain = `EXPLAIN (ANALYZE, BUFFERS, TIMING OFF) ${text}`;
  const { rows } = await client.query<Record<'QUERY PLAN', string>>(explain, params);
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

/** The first line of a plan that has them has those of all below it. */
function blocksOf(plan: string): number {
  const line = /Buffers: shared(?: hit=(\d+))?(?: read=(\d+))?/.exec(plan);
  return Number(line?.[1] ?? 0) + Number(line?.[2] ?? 0);
}

function recording(backend: SqlBackend, seen: SqlStatement[]): SqlBackend {
  return {
    run(statement, meter) {
      seen.push(statement);
      return backend.run(statement, meter);
    },
    runBatch(batch, meter) {
      seen.push(...batch.statements);
      return backend.runBatch(batch, meter);
    },
    close: () => backend.close(),
  };
}
