import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PGlite } from '@electric-sql/pglite';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type GeneratorFolders, generateFunctions, generateSchema } from './db-generate.ts';
import { readMigrations } from './migrations.ts';
import { copyMigratedPglite } from './testing/migrated-database.ts';
import { UserError } from './user-error.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

let db: PGlite;
let folder: string;
let folders: GeneratorFolders;

beforeAll(async () => {
  // Emptied before it is used: to copy one takes a sixth of what it takes to make one.
  db = await copyMigratedPglite();
}, 60_000);

afterAll(() => db?.close());

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'swiftdrop-generate-'));
  const migrations = join(folder, 'migrations');
  const functions = join(folder, 'functions');
  folders = { migrations, functions, config: join(folder, 'drizzle.config.ts') };
  mkdirSync(functions);
  writeConfig(join(ROOT, 'worker/stores/postgres/idempotency-schema.ts'));
  mkdirSync(join(migrations, 'meta'), { recursive: true });
  const journal = { version: '7', dialect: 'postgresql', entries: [] };
  writeFileSync(join(migrations, 'meta/_journal.json'), JSON.stringify(journal));
});

afterEach(() => rmSync(folder, { recursive: true }));

function writeConfig(schema: string): void {
  const options = { dialect: 'postgresql', schema, out: relative(ROOT, folders.migrations) };
  writeFileSync(folders.config, `export default ${JSON.stringify(options)}`);
}

async function generate(): Promise<string | undefined> {
  await db.exec('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
  return generateFunctions(folders, db);
}

function write(name: string, result: string): string {
  const text = `-- Gives something.
CREATE OR REPLACE FUNCTION ${name}() RETURNS int LANGUAGE sql AS $$ SELECT ${result} $$;`;
  writeFileSync(join(folders.functions, `${name}.sql`), `${text}\n`);
  return text;
}

function addSnapshot(): void {
  const meta = join(folders.migrations, 'meta');
  const snapshot = JSON.parse(readFileSync(join(meta, '0000_snapshot.json'), 'utf8'));
  const other = JSON.stringify({ ...snapshot, id: randomUUID() });
  writeFileSync(join(meta, '0001_snapshot.json'), other);
}

function breakSchema(): void {
  const schema = join(folder, 'schema.ts');
  writeFileSync(schema, "throw new Error('not today');");
  writeConfig(schema);
}

function readFiles(): Record<string, string> {
  const names = readdirSync(folders.migrations).filter((name) => name.endsWith('.sql'));
  const read = (name: string) => readFileSync(join(folders.migrations, name), 'utf8');
  return Object.fromEntries(names.map((name) => [name, read(name)]));
}

it('writes a migration for the functions that changed, and none where none did', async () => {
  const a = write('a', 'b()');
  const b = write('b', '1');
  expect(await generate()).toBe('0000_sql_functions');
  const first = { '0000_sql_functions.sql': `${b}\n--> statement-breakpoint\n${a}\n` };
  expect(readFiles()).toEqual(first);

  expect(await generate()).toBeUndefined();
  expect(readFiles()).toEqual(first);

  const changed = write('a', 'b() + 1');
  expect(await generate()).toBe('0001_a');
  expect(readFiles()).toEqual({ ...first, '0001_a.sql': `${changed}\n` });
  const written = readMigrations(folders.migrations);
  expect(written.map(({ tag, statements }) => [tag, statements.length])).toEqual([
    ['0000_sql_functions', 2],
    ['0001_a', 1],
  ]);
  const [before = 0, after = 0] = written.map(({ madeAtMs }) => madeAtMs);
  expect(after).toBeGreaterThan(before);

  rmSync(join(folders.functions, 'a.sql'));
  await expect(generate()).rejects.toThrow('a: made by a migration, with no source');
  expect(Object.keys(readFiles())).toHaveLength(2);
}, 60_000);

it('writes the replacement of a function with its caller before it asks for the drop', async () => {
  const caller = write('caller', 'one()');
  write('one', '1');
  await generate();

  rmSync(join(folders.functions, 'one.sql'));
  const replacement = write('uno', '1');
  const called = write('caller', 'uno()');
  expect(called).not.toBe(caller);
  await expect(generate()).rejects.toThrow(
    /0001_sql_functions\.sql.*one: made by a migration, with no source.*behind it, in a later release/s,
  );
  expect(readFiles()).toMatchObject({
    '0001_sql_functions.sql': `${replacement}\n--> statement-breakpoint\n${called}\n`,
  });
}, 60_000);

// drizzle-kit has no exit code for any of it.
it.each([
  ['two snapshots have one parent', addSnapshot],
  ['a file of the schema throws', breakSchema],
])(
  'leaves the last migration as it is where %s',
  async (_name, spoil) => {
    write('a', '1');
    await generate();
    spoil();
    write('b', '2');
    const before = readFiles();
    await expect(generate()).rejects.toThrow(UserError);
    expect(() => generateSchema(folders, [], 'ignore')).toThrow(UserError);
    expect(() => generateSchema(folders, ['--custom'], 'ignore')).toThrow(UserError);
    expect(readFiles()).toEqual(before);
  },
  60_000,
);

it('writes the migration of a changed schema, and none where it is as before', () => {
  generateSchema(folders, ['--name', 'schema'], 'ignore');
  const files = readFiles();
  expect(Object.keys(files)).toEqual(['0000_schema.sql']);
  expect(files['0000_schema.sql']).toMatch(/^CREATE TABLE/);

  generateSchema(folders, [], 'ignore');
  expect(readFiles()).toEqual(files);
}, 60_000);
