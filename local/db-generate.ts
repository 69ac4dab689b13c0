/**
 * `npm run db:generate`: writes the migrations that are missing, one for the schema (drizzle-kit's own)
 * and behind it one for the SQL functions whose sources changed. Never touches one that is there.
 */
import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { MIGRATIONS_FOLDER, type Migration, readMigrations } from './migrations.ts';
import {
  compareFunctions,
  FUNCTIONS_FOLDER,
  type FunctionSource,
  readFunctionSources,
} from './sql-functions.ts';
import { UserError } from './user-error.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DRIZZLE_KIT = 'node_modules/drizzle-kit/bin.cjs';
const CUSTOM = '--custom';
/** What drizzle-kit prints when the schema is as its last snapshot has it. */
const NO_CHANGES = 'No schema changes';
const NOTHING_WRITTEN = 'drizzle-kit wrote no migration.';
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
  generateSchema(OWN, args, 'inherit');
  if (args.includes(CUSTOM)) return;
  const db = await PGlite.create('memory://');
  try {
    const tag = await generateFunctions(OWN, db);
    console.log(tag === undefined ? 'No SQL function changed' : `SQL functions: ${tag}.sql`);
  } finally {
    await db.close();
  }
}

/**
 * Has drizzle-kit write the migration for what changed in the schema, if anything did.
 * @throws UserError if it could not tell, or wrote no empty file where it was asked for one.
 */
export function generateSchema(
  folders: GeneratorFolders,
  args: string[],
  stdio: 'inherit' | 'ignore',
): void {
  const before = readTags(folders);
  runDrizzleKit(folders, args, stdio);
  if (findNewMigration(folders, before) !== undefined) return;
  // Also where it failed its exit code is 0, so it is run again, without questions, and its output read.
  const output = args.includes(CUSTOM) ? '' : runDrizzleKit(folders, args, 'pipe');
  if (!output.includes(NO_CHANGES)) throw new UserError(NOTHING_WRITTEN);
}

/**
 * Writes one migration that makes all functions as their sources have them, if any differs.
 * @param db an empty database, which is given all migrations
 * @returns the tag of what it wrote; undefined if there is nothing to write.
 * @throws UserError where a migration has to be written by hand too.
 */
export async function generateFunctions(
  folders: GeneratorFolders,
  db: PGlite,
): Promise<string | undefined> {
  for (const { statements } of readMigrations(folders.migrations)) {
    // As they are applied: some lock a table until their end.
    await db.transaction(async (transaction) => {
      for (const statement of statements) await transaction.exec(statement);
    });
  }
  const sources = readFunctionSources(folders.functions);
  const { changed, withoutSource } = await compareFunctions(db, sources);
  const tag = changed.length === 0 ? undefined : await writeFunctions(folders, changed);
  if (withoutSource.length > 0) {
    throw new UserError(
      `${tag === undefined ? '' : `${tag}.sql is written. `}${withoutSource.join(', ')}: made by a ` +
        `migration, with no source in ${folders.functions}. A drop comes behind it, in a later release, ` +
        'by hand: npm run db:generate -- --custom. Until then keep the source, for old callers still run.',
    );
  }
  return tag;
}

/** @returns the tag of what it wrote. */
async function writeFunctions(
  folders: GeneratorFolders,
  changed: FunctionSource[],
): Promise<string> {
  const [first, ...others] = changed.map(({ name }) => name);
  const name = first === undefined || others.length > 0 ? 'sql_functions' : first;
  const before = readTags(folders);
  const output = runDrizzleKit(folders, [CUSTOM, '--name', name], 'pipe');
  const made = findNewMigration(folders, before);
  if (made === undefined) throw new UserError(`${NOTHING_WRITTEN} ${output}`.trim());
  if (!made.statements.every(isEmpty)) {
    throw new UserError(
      `drizzle-kit wrote SQL into ${made.tag}.sql, which should have been empty.`,
    );
  }
  const text = changed.map((source) => source.text).join(BETWEEN_STATEMENTS);
  await writeFile(join(folders.migrations, `${made.tag}.sql`), `${text}\n`);
  return made.tag;
}

function readTags({ migrations }: GeneratorFolders): string[] {
  return readMigrations(migrations).map(({ tag }) => tag);
}

/**
 * @param before the tags of the migrations that were there
 * @returns undefined if there are no others. Throws a UserError unless one came, behind them.
 */
function findNewMigration(folders: GeneratorFolders, before: string[]): Migration | undefined {
  const now = readMigrations(folders.migrations);
  const added = now.slice(before.length);
  const [made] = added;
  const kept = before.every((tag, n) => now[n]?.tag === tag);
  if (!kept || added.length > 1 || (made !== undefined && before.includes(made.tag))) {
    throw new UserError(
      'drizzle-kit did not add one migration behind the others. Look at git status.',
    );
  }
  return made;
}

function isEmpty(statement: string): boolean {
  return statement.replaceAll(/^\s*--.*$/gm, '').trim() === '';
}

/** @returns what it wrote to a pipe. Its exit code is 0 also where it failed on snapshots or the schema. */
function runDrizzleKit(
  { config }: GeneratorFolders,
  args: string[],
  stdio: 'inherit' | 'ignore' | 'pipe',
): string {
  const all = [DRIZZLE_KIT, 'generate', '--config', config, ...args];
  const options = { cwd: ROOT, stdio, encoding: 'utf8' } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, all, options);
  const output = `${stdout ?? ''}${stderr ?? ''}`;
  if (status !== 0) throw new UserError(`${NOTHING_WRITTEN} ${output}`.trim());
  return output;
}
