// Owns opening and closing the embedded Postgres (PGlite) and its folder on disk. Runs no SQL of
// its own.

import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { isLockFile, lockFolder } from './folder-lock.ts';
import { pgliteBackend } from './pglite-backend.ts';
import type { SqlBackend } from './sql-backend.ts';

const IN_MEMORY = 'memory';
const DATA = 'pgdata';
const DATA_BEING_MADE = 'pgdata.new';

/**
 * Opens the database in a folder, which is made where there is none; "memory" names no folder but
 * a new database that is gone when closed.
 * Survives SIGKILL with every acknowledged transaction; not a loss of power, because PGlite
 * runs with fsync off.
 *
 * @throws Error, one readable sentence, if the folder cannot be used or another process has it
 */
export async function openPglite(folder: string): Promise<SqlBackend> {
  if (folder === IN_MEMORY) return pgliteBackend(await start(null), null);
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw cannotOpen(folder, error);
  }
  const release = await lockFolder(folder);
  try {
    const backend = pgliteBackend(await openFolder(folder), () => openFolder(folder));
    const close = async () => {
      await backend.close();
      await release();
    };
    return { ...backend, close };
  } catch (error) {
    await release();
    throw cannotOpen(folder, error);
  }
}

async function openFolder(folder: string): Promise<PGlite> {
  const data = join(folder, DATA);
  const names = await readdir(folder);
  if (!names.includes(DATA)) {
    const foreign = names.find((name) => name !== DATA_BEING_MADE && !isLockFile(name));
    if (foreign !== undefined) throw new Error(`it holds other things (${foreign})`);
    await makeData(folder);
  }
  // PGlite takes a folder without this file for an empty one and writes over what is there.
  if (!(await readdir(data)).includes('PG_VERSION')) throw new Error(`${DATA} is not a database`);
  return start(data);
}

/** Made aside and renamed, so that an interrupted first start is not taken for a database. */
async function makeData(folder: string): Promise<void> {
  const unfinished = join(folder, DATA_BEING_MADE);
  await rm(unfinished, { recursive: true, force: true });
  const db = await start(unfinished);
  await db.close();
  await rename(unfinished, join(folder, DATA));
}

async function start(data: string | null): Promise<PGlite> {
  const complaints: string[] = [];
  const onStderr = (line: string) => {
    if (/\b(FATAL|PANIC)\b/.test(line)) complaints.push(line.trim());
    return false;
  };
  try {
    return await PGlite.create(data ?? 'memory://', { onStderr });
  } catch (cause) {
    // What PGlite throws here may be an emscripten abort, which is of no use to a developer.
    throw new Error(complaints[0] ?? 'Postgres could not start on its files', { cause });
  }
}

function cannotOpen(folder: string, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new Error(
    `Cannot open the local database in ${folder}: ${reason}. Move the folder away to start with a new one.`,
    { cause },
  );
}
