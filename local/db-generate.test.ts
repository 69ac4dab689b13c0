import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type GeneratorFolders, generateFunctions } from './db-generate.ts';
import { readMigrations } from './migrations.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

let db: PGlite;
let folder: string;
let folders: GeneratorFolders;

beforeAll(async () => {
  db = await PGlite.create('memory://');
}, 60_000);

afterAll(() => db?.close());

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'swiftdrop-generate-'));
  const migrations = join(folder, 'migrations');
  const functions = join(folder, 'functions');
  const config = join(folder, 'drizzle.config.ts');
  mkdirSync(functions);
  const schema = join(ROOT, 'worker/stores/postgres/idempotency-schema.ts');
  const options = { dialect: 'postgresql', schema, out: relative(ROOT, migrations) };
  writeFileSync(config, `export default ${JSON.stringify(options)}`);
  mkdirSync(join(migrations, 'meta'), { recursive: true });
  const journal = { version: '7', dialect: 'postgresql', entries: [] };
  writeFileSync(join(migrations, 'meta/_journal.json'), JSON.stringify(journal));
  folders = { migrations, functions, config };
});

afterEach(() => rmSync(folder, { recursive: true }));

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
