/**
 * `npm run reconcile [-- --repair]`: compares counters with orders and queue entries over all events, and
 * recounts the laws of the queue as far as the rows tell. Exits 0 if nothing differs, or if all that did was
 * mended; 1 if something does. A law that was broken cannot be mended.
 */

import { type Db, openDb } from '../worker/stores/postgres/client.ts';
import {
  type BrokenLaw,
  findBrokenLaws,
  findQueueDifferences,
  type QueueDifference,
} from '../worker/stores/postgres/queue-reconciliation.ts';
import {
  type Difference,
  findDifferences,
  repairDifferences,
} from '../worker/stores/postgres/reconciliation.ts';
import { openDataFolder } from './data-folder.ts';
import { assertReady, openDatabase } from './database.ts';
import { readSettings } from './settings.ts';
import { UserError } from './user-error.ts';

/** Whoever recounts all sales waits for it. */
const RECOUNT_MS_MAX = 10 * 60_000;
const ACTOR = 'npm run reconcile';
const LAWS_BROKEN = 'A law of the queue was broken, which nothing can mend.';

export async function main(args: string[]): Promise<void> {
  const repair = args.includes('--repair');
  if (args.some((arg) => arg !== '--repair')) {
    throw new UserError('Usage: npm run reconcile [-- --repair]');
  }
  const { databaseUrl, dataFolder } = readSettings(process.env);
  const database = await openDatabase(
    databaseUrl === undefined
      ? { folder: (await openDataFolder(dataFolder)).postgres }
      : { databaseUrl },
  );
  const db = openDb({ ...database, timeoutMs: RECOUNT_MS_MAX });
  try {
    await assertReady(database.db);
    const found = await readFindings(db);
    for (const line of describe(found)) console.log(line);
    if (found.differing > 0 && repair) await repairDifferences(db, ACTOR);
    const left = repair ? await readFindings(db) : found;
    console.log(verdict(found.differing, left.differing));
    if (left.laws.length > 0) console.log(LAWS_BROKEN);
    process.exitCode = left.differing + left.laws.length === 0 ? 0 : 1;
  } finally {
    await database.close();
  }
}

interface Findings {
  stock: Difference[];
  queues: QueueDifference[];
  laws: BrokenLaw[];
  /** Event items whose counters differ, either way. */
  differing: number;
}

async function readFindings(db: Db): Promise<Findings> {
  const [stock, queues] = [await findDifferences(db), await findQueueDifferences(db)];
  const differing = new Set([...stock, ...queues].map(({ eventItemId }) => eventItemId)).size;
  return { stock, queues, laws: await findBrokenLaws(db), differing };
}

function describe({ stock, queues, laws }: Findings): string[] {
  return [
    ...stock.map(({ eventItemId, counted, recounted }) => {
      const names = ['total', 'remaining', 'held', 'sold'] as const;
      return `${eventItemId}: ${changes(names, { counted, recounted, by: 'its orders say' })}`;
    }),
    ...queues.map(({ eventItemId, counted, recounted }) => {
      const names = ['waiting', 'waitingUnits', 'servedRank', 'offers'] as const;
      return `${eventItemId}, queue: ${changes(names, { counted, recounted, by: 'its entries say' })}`;
    }),
    ...laws.map(({ eventId, law, count }) => `${eventId}, queue: ${law} (${count})`),
  ];
}

function changes<Name extends string>(
  names: readonly Name[],
  {
    counted,
    recounted,
    by,
  }: Record<'counted' | 'recounted', Record<Name, number>> & { by: string },
): string {
  return names
    .filter((name) => counted[name] !== recounted[name])
    .map((name) => `${name} is ${counted[name]}, ${by} ${recounted[name]}`)
    .join('; ');
}

function verdict(found: number, left: number): string {
  if (found === 0) return 'Counters, orders and queue entries agree in every event.';
  if (left === 0) return `${found} event item(s) mended; the audit log has an entry for each.`;
  return `${left} event item(s) differ. Run it with -- --repair to repair them.`;
}
