// Owns the claim of one process on a folder, by a file that names the process. Knows nothing of
// what the folder holds.

import { randomUUID } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const LOCK_NAME = 'owner.lock';

/** A claim is given up by another process between two looks at it only so often. */
const ATTEMPTS_MAX = 100;
/** While another process removes a stale lock, which takes it a moment. */
const REMOVAL_PAUSE_MS = 10;

export type ReleaseFolder = () => Promise<void>;

/** Whether a file in a locked folder is the lock's own. */
export function isLockFile(name: string): boolean {
  return name.startsWith(LOCK_NAME);
}

/**
 * Claims an existing folder until released or until this process ends, however it ends: a lock
 * whose process is gone is taken over.
 * @throws Error naming the owner if the folder is another's (or this process's own) already
 */
export async function lockFolder(folder: string): Promise<ReleaseFolder> {
  const path = join(folder, LOCK_NAME);
  const claim = `${process.pid} ${(await statusOf(process.pid))?.start ?? '?'} ${randomUUID()}\n`;
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    if (await createWhole(path, claim)) return () => release(path, claim);
    const found = await readLock(path);
    if (found === null) continue;
    const pid = Number.parseInt(found, 10);
    if (await isOwnerAlive(pid, found)) throw alreadyOwned(folder, pid, path);
    await removeStale(path, found, claim);
  }
  throw new Error(`Cannot claim ${folder}: other processes keep taking and leaving ${path}.`);
}

function alreadyOwned(folder: string, pid: number, path: string): Error {
  const owner = pid === process.pid ? 'this process' : `process ${pid}`;
  return new Error(
    `${folder} is in use by ${owner}. Stop it first (or delete ${path} if that process is not SwiftDrop).`,
  );
}

/** Written aside and linked into place, so that nobody ever reads half a lock. */
async function createWhole(path: string, claim: string): Promise<boolean> {
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, claim, { flag: 'wx' });
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (isErrno(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/**
 * Several processes may find the same stale lock, and a slower one must not remove the lock that a faster
 * one has put in its place. So only the holder of a second lock removes it, after another look: as long as
 * that is held, the stale lock stays what it is. Where the holder ended too, its lock is stale in turn.
 */
async function removeStale(path: string, stale: string, claim: string): Promise<void> {
  const removal = `${path}.removal`;
  if (await createWhole(removal, claim)) {
    try {
      if ((await readLock(path)) === stale) await rm(path, { force: true });
    } finally {
      await rm(removal, { force: true });
    }
    return;
  }
  const remover = await readLock(removal);
  if (remover === null) return;
  if (await isOwnerAlive(Number.parseInt(remover, 10), remover)) await pause(REMOVAL_PAUSE_MS);
  else await removeStale(removal, remover, claim);
}

async function release(path: string, claim: string): Promise<void> {
  if ((await readLock(path)) === claim) await rm(path, { force: true });
}

async function readLock(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return null;
    throw error;
  }
}

async function isOwnerAlive(pid: number, claim: string): Promise<boolean> {
  if (!Number.isSafeInteger(pid) || pid <= 0 || !isProcessAlive(pid)) return false;
  const now = await statusOf(pid);
  if (now === null) return true;
  // A killed process keeps its number until its parent has asked how it ended.
  if (now.state === 'Z' || now.state === 'X') return false;
  // After a restart of the machine another process may have the owner's number.
  const startThen = claim.split(' ')[1];
  return startThen === '?' || now.start === startThen;
}

function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is alive and another user's.
    return isErrno(error, 'EPERM');
  }
}

/** State letter, and start in ticks since boot; null where the system does not tell (not Linux). */
async function statusOf(pid: number): Promise<{ state: string; start: string } | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // Fields 3 and 22; the program's name before them is in brackets and may hold blanks.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '?', start: fields[19] ?? '?' };
  } catch {
    return null;
  }
}

function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
