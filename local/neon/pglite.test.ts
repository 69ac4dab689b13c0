// Owns the promises about the embedded database's folder: what it keeps, and what it refuses.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPglite } from './pglite.ts';
import { createResultMeter, type SqlBackend } from './sql-backend.ts';

const WRITER = fileURLToPath(new URL('./pglite-writer.ts', import.meta.url));

/** First starts make a whole database, which takes seconds on a busy machine. */
const SLOW_MS_MAX = 60_000;

const run = (backend: SqlBackend, text: string) =>
  backend.run({ text, params: [] }, createResultMeter(1_000_000));

let parent: string;

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'swiftdrop-pglite-'));
});

afterAll(() => rm(parent, { recursive: true, force: true }));

async function refusal(folder: string): Promise<Error> {
  const outcome = await openPglite(folder).catch((error: unknown) => error);
  if (!(outcome instanceof Error)) throw new TypeError('was opened, or refused without an Error');
  return outcome;
}

describe('a database folder', { timeout: SLOW_MS_MAX }, () => {
  let folder: string;

  beforeAll(async () => {
    folder = join(parent, 'made', 'on', 'the', 'way');
    const backend = await openPglite(folder);
    await run(backend, 'CREATE TABLE kept (a int)');
    await run(backend, 'CREATE TABLE pairs (pair int, half int)');
    await run(backend, 'INSERT INTO kept VALUES (7)');
    await backend.close();
  }, SLOW_MS_MAX);

  it('keeps its data from one opening to the next', async () => {
    const backend = await openPglite(folder);
    expect((await run(backend, 'SELECT a FROM kept')).rows).toEqual([['7']]);
    await backend.close();
    expect(await readdir(folder)).toEqual(['pgdata']);
  });

  it('has one user at a time', async () => {
    const backend = await openPglite(folder);
    expect((await refusal(folder)).message).toContain('in use by this process');
    await backend.close();
    await backend.close();
  });

  it('answers that it is closed, once it is', async () => {
    const backend = await openPglite(folder);
    await backend.close();
    await expect(run(backend, 'SELECT 1')).rejects.toThrow('the embedded database is closed');
  });

  it('comes back by itself after a crash inside', async () => {
    const backend = await openPglite(folder);
    await run(
      backend,
      `CREATE OR REPLACE FUNCTION endless(i int) RETURNS int LANGUAGE plpgsql
       AS $$ BEGIN RETURN endless(i + 1); END $$`,
    );
    // WebAssembly's stack ends before Postgres' own limit; what is broken then may show only at
    // the next statement.
    await run(backend, 'SELECT endless(1)').catch(() => {});
    await run(backend, 'SELECT 1').catch(() => {});
    expect((await run(backend, 'SELECT a FROM kept')).rows).toEqual([['7']]);
    await backend.close();
  });

  it('keeps every acknowledged transaction of a killed process, and no half one', async () => {
    let acknowledged = -1;
    for (const pairsUntilKill of [1, 7, 20]) {
      const killAt = acknowledged + pairsUntilKill;
      const writer = spawn(process.execPath, [WRITER, folder, String(acknowledged + 1)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const ended = once(writer, 'exit');
      for await (const line of createInterface(writer.stdout)) {
        acknowledged = Number(line);
        if (acknowledged === killAt) writer.kill('SIGKILL');
      }
      await ended;
      expect(acknowledged).toBeGreaterThanOrEqual(killAt);
      const backend = await openPglite(folder);
      const { rows } = await run(backend, 'SELECT pair, count(*) FROM pairs GROUP BY 1 ORDER BY 1');
      await backend.close();
      // One more may have been committed than it lived to say.
      expect([acknowledged + 1, acknowledged + 2]).toContain(rows.length);
      expect(rows).toEqual(rows.map((_row, pair) => [String(pair), '2']));
      acknowledged = rows.length - 1;
    }
  });
});

async function folderWithData(name: string): Promise<string> {
  const folder = join(parent, name);
  await mkdir(join(folder, 'pgdata'), { recursive: true });
  return folder;
}

describe('what is not a database folder', { timeout: SLOW_MS_MAX }, () => {
  it('is refused when it is a file', async () => {
    const path = join(parent, 'file');
    await writeFile(path, 'x');
    expect((await refusal(path)).message).toContain(`Cannot open the local database in ${path}`);
    expect((await refusal(join(path, 'below'))).message).toContain('Cannot open');
  });

  it('is refused, and left as it was, when it holds other things', async () => {
    const folder = join(parent, 'letters');
    await mkdir(folder);
    await writeFile(join(folder, 'dear-aunt.txt'), 'x');
    expect((await refusal(folder)).message).toContain('it holds other things (dear-aunt.txt)');
    expect(await readdir(folder)).toEqual(['dear-aunt.txt']);
  });

  it('is refused when its data are of no database', async () => {
    const folder = await folderWithData('no-database');
    await writeFile(join(folder, 'pgdata', 'x'), 'x');
    expect((await refusal(folder)).message).toContain('pgdata is not a database');
  });

  it('is refused when its data are of another version', async () => {
    const folder = await folderWithData('other-version');
    await writeFile(join(folder, 'pgdata', 'PG_VERSION'), '9\n');
    const { message } = await refusal(folder);
    expect(message).toContain('Move the folder away');
    expect(message).not.toMatch(/emscripten|ASSERTIONS|Aborted/);
  });

  it('is refused when its files are damaged', async () => {
    const folder = join(parent, 'damaged');
    await (await openPglite(folder)).close();
    await truncate(join(folder, 'pgdata', 'global', 'pg_control'), 10);
    const { message } = await refusal(folder);
    expect(message).toContain('Cannot open the local database');
    expect(message).not.toMatch(/emscripten|ASSERTIONS|Aborted/);
    // The lock is not kept by the one that was refused.
    expect(await readdir(folder)).toEqual(['pgdata']);
  });

  it('is made anew where a first start was broken off', async () => {
    const folder = join(parent, 'broken-off');
    await mkdir(join(folder, 'pgdata.new'), { recursive: true });
    await writeFile(join(folder, 'pgdata.new', 'PG_VERSION'), '18\n');
    const backend = await openPglite(folder);
    expect((await run(backend, 'SELECT 1')).rows).toEqual([['1']]);
    await backend.close();
  });
});
