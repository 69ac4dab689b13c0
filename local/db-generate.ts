/**
 * `npm run db:generate`: writes the migrations that are missing, one for the schema (drizzle-kit's own)
 * and behind it one for the SQL functions whose sources changed. Never touches one that is there.
 */
import { type StdioOptions, spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { MIGRATIONS_FOLDER, readMigrations } from './migrations.ts';
import { compareFunctions, FUNCTIONS_FOLDER, readFunctionSources } from './sql-functions.ts';
import { UserError } from './user-error.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DRIZZLE_KIT = 'node_modules/drizzle-kit/bin.cjs';
const BETWEEN_STATEMENTS = '\n--> statement-breakpoint\n';

export interface GeneratorFolders {
  migrations: string;
  functions: string;
  /** drizzle-kit's configuration, which names the folder of migrations too. */
  config: string;
}

const OWN: GeneratorFolders = {
  migrations: MIGRATIONS_FOLDER,
  functions: FUNCTIONS_FOLDER,
  config: 'drizzle.config.ts',
};

/** Called by `local/run.js`. @param args drizzle-kit's; with `--custom`, nothing but its empty file. */
export async function main(args: string[]): Promise<void> {
  // It may have questions: whether a column is new or was renamed.
  runDrizzleKit(OWN, { args, stdio: 'inherit' });
  if (args.includes('--custom')) return;
  const db = await PGlite.create('memory://');
  try {
    const tag = await generateFunctions(OWN, db);
    console.log(tag === undefined ? 'No SQL function changed' : `SQL functions: ${tag}.sql`);
  } finally {
    await db.close();
  }
}

/**
 * Writes one migration that makes all functions as their sources have them, if any differs.
 * @param db an empty database, which is given all migrations
 * @returns the tag of what it wrote; undefined if there is nothing to write.
 * @throws UserError where a migration has to be written by hand.
 */
export async function generateFunctions(
  folders: GeneratorFolders,
  db: PGlite,
): Promise<string | undefined> {
  for (const { statements } of readMigrations(folders.migrations)) {
    for (const statement of statements) await db.exec(statement);
  }
  const sources = readFunctionSources(folders.functions);
  const { changed, withoutSource } = await compareFunctions(db, sources);
  if (withoutSource.length > 0) {
    throw new UserError(
      `${withoutSource.join(', ')}: made by a migration, with no source in ${folders.functions}. ` +
        'To drop a function, write a migration by hand: npm run db:generate -- --custom',
    );
  }
  const [first, ...others] = changed;
  if (first === undefined) return undefined;
  const name = others.length === 0 ? first.name : 'sql_functions';
  const args = ['--custom', '--name', name];
  runDrizzleKit(folders, { args, stdio: ['ignore', 'ignore', 'inherit'] });
  const tag = readMigrations(folders.migrations).at(-1)?.tag ?? '';
  const text = changed.map((source) => source.text).join(BETWEEN_STATEMENTS);
  await writeFile(join(folders.migrations, `${tag}.sql`), `${text}\n`);
  return tag;
}

function runDrizzleKit(
  { config }: GeneratorFolders,
  { args, stdio }: { args: string[]; stdio: StdioOptions },
): void {
  const all = [DRIZZLE_KIT, 'generate', '--config', config, ...args];
  const { status } = spawnSync(process.execPath, all, { cwd: ROOT, stdio });
  if (status !== 0) throw new UserError('drizzle-kit wrote no migration.');
}
