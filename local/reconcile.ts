/**
 * `npm run reconcile [-- --repair]`: compares counters with orders over all events. Exits 0 if
 * nothing differs, or if all that did was mended; 1 if something does.
 */
import {
  type Difference,
  findDifferences,
  repairDifferences,
} from '../worker/stores/postgres/reconciliation.ts';
import { openDataFolder } from './data-folder.ts';
import { assertReady, openDatabase } from './database.ts';
import { readSettings } from './settings.ts';
import { UserError } from './user-error.ts';

const ACTOR = 'npm run reconcile';

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
  try {
    await assertReady(database.db);
    const differences = await findDifferences(database.db);
    for (const difference of differences) console.log(describe(difference));
    if (differences.length > 0 && repair) await repairDifferences(database.db, ACTOR);
    const left = repair ? await findDifferences(database.db) : differences;
    console.log(verdict(differences.length, left.length));
    process.exitCode = left.length === 0 ? 0 : 1;
  } finally {
    await database.close();
  }
}

function describe({ eventItemId, counted, recounted }: Difference): string {
  const names = ['total', 'remaining', 'held', 'sold'] as const;
  const changes = names
    .filter((name) => counted[name] !== recounted[name])
    .map((name) => `${name} is ${counted[name]}, its orders say ${recounted[name]}`);
  return `${eventItemId}: ${changes.join('; ')}`;
}

function verdict(found: number, left: number): string {
  if (found === 0) return 'Counters and orders agree in every event.';
  if (left === 0) return `${found} event item(s) mended; the audit log has an entry for each.`;
  return `${left} event item(s) differ. Run it with -- --repair to repair them.`;
}
