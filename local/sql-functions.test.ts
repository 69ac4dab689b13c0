import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareFunctions, type FunctionSource, readFunctionSources } from './sql-functions.ts';
import { copyMigratedPglite } from './testing/migrated-database.ts';

let db: PGlite;

beforeAll(async () => {
  db = await copyMigratedPglite();
}, 60_000);

afterAll(() => db?.close());

/** The sources with some of them replaced, left out (undefined) or added. */
async function compareWith(texts: Record<string, string | undefined>) {
  const kept = readFunctionSources().filter(({ name }) => !(name in texts));
  const others = Object.entries(texts).flatMap(([name, text]): FunctionSource[] =>
    text === undefined ? [] : [{ name, text }],
  );
  const { changed, withoutSource } = await compareFunctions(db, [...kept, ...others]);
  return { changed: changed.map(({ name }) => name), withoutSource };
}

const body = 'LANGUAGE sql AS $$ SELECT 1::bigint $$;';

describe('the SQL functions', () => {
  it('are in a migrated database word for word as in their sources', async () => {
    const same = { changed: [], withoutSource: [] };
    expect(await compareWith({}), 'Run npm run db:generate').toEqual(same);
  });

  it('begin with a comment on what they are for, each in the file of its name', () => {
    for (const { name, text } of readFunctionSources()) {
      expect(text).toMatch(/^-- [A-Z]/);
      expect(text).toContain(`\nCREATE OR REPLACE FUNCTION ${name}(`);
      expect(text.split('CREATE OR REPLACE')).toHaveLength(2);
    }
  });
});

describe('a comparison of functions', () => {
  it('finds a source that was changed, also where its body stayed', async () => {
    const epoch = readFunctionSources().find(({ name }) => name === 'epoch_ms')?.text;
    for (const [from, to] of [
      ['* 1000', '* 1001'],
      ['STABLE', 'VOLATILE'],
    ] as const) {
      const text = epoch?.replace(`${from})`, `${to})`).replace(`sql ${from}`, `sql ${to}`);
      expect(text).not.toBe(epoch);
      expect((await compareWith({ epoch_ms: text })).changed).toEqual(['epoch_ms']);
    }
  });

  it('finds a source that no migration has made, and a function without a source', async () => {
    const made = await compareWith({
      brand_new: `CREATE FUNCTION brand_new() RETURNS bigint ${body}`,
    });
    expect(made).toEqual({ changed: ['brand_new'], withoutSource: [] });
    const { withoutSource } = await compareWith({ widen_price: undefined });
    expect(withoutSource).toEqual(['widen_price']);
  });

  it('refuses a source that Postgres refuses, and one of another name or with other parameters', async () => {
    const other = `CREATE FUNCTION epoch_ms(ms bigint) RETURNS bigint ${body}`;
    await expect(compareWith({ broken: 'CREATE FUNCTION' })).rejects.toThrow(
      'broken.sql: syntax error',
    );
    const named = other.replace('epoch_ms', 'named');
    await expect(compareWith({ misnamed: named })).rejects.toThrow('makes no function misnamed');
    await expect(compareWith({ epoch_ms: other })).rejects.toThrow('two functions epoch_ms');
  });

  it('leaves the database as it was', async () => {
    await compareWith({ brand_new: `CREATE FUNCTION brand_new() RETURNS bigint ${body}` });
    const { rows } = await db.query("SELECT FROM pg_proc WHERE proname = 'brand_new'");
    expect(rows).toEqual([]);
  });
});

it('reads sources in an order in which they can be made, callees first', () => {
  const folder = mkdtempSync(join(tmpdir(), 'swiftdrop-sql-'));
  try {
    writeFileSync(join(folder, 'a.sql'), 'SELECT c(1)');
    writeFileSync(join(folder, 'b.sql'), 'SELECT 1');
    writeFileSync(join(folder, 'c.sql'), 'SELECT b()');
    expect(readFunctionSources(folder).map(({ name }) => name)).toEqual(['b', 'c', 'a']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
