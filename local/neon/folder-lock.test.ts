// Owns the promise that one folder has one owner, and that a dead owner does not keep it.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockFolder } from './folder-lock.ts';

const LOCK = fileURLToPath(new URL('./folder-lock.ts', import.meta.url));

describe('a folder lock', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'swiftdrop-lock-'));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** A process that takes the lock, says so, and stays. */
  async function startOwner() {
    const program = `
      const { lockFolder } = await import(${JSON.stringify(LOCK)});
      await lockFolder(${JSON.stringify(folder)});
      console.log('owner');
      process.stdin.resume();`;
    const owner = spawn(process.execPath, ['--input-type=module', '-e', program]);
    await once(owner.stdout, 'data');
    return owner;
  }

  it('names the process that has the folder', async () => {
    const owner = await startOwner();
    await expect(lockFolder(folder)).rejects.toThrow(`in use by process ${owner.pid}`);
    owner.kill('SIGKILL');
    await once(owner, 'exit');
  });

  it('is taken over from a process that was killed', async () => {
    const owner = await startOwner();
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    const release = await lockFolder(folder);
    expect(await readFile(join(folder, 'owner.lock'), 'utf8')).toContain(`${process.pid} `);
    await release();
  });

  it('refuses the same process a second time', async () => {
    const release = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toThrow('in use by this process');
    await release();
    await (await lockFolder(folder))();
  });

  it.each([
    ['nothing', ''],
    ['no number', 'me'],
    ['a number no process has', '2147483646 1 x'],
    ['a number of a process started at another time', `${process.ppid} 1 x`],
  ])('is taken over where the lock names %s', async (_case, text) => {
    await writeFile(join(folder, 'owner.lock'), text);
    const release = await lockFolder(folder);
    expect(await readFile(join(folder, 'owner.lock'), 'utf8')).not.toBe(text);
    await release();
  });

  it('has one winner when many find a stale lock at once', async () => {
    for (let round = 0; round < 20; round++) {
      await writeFile(join(folder, 'owner.lock'), '2147483646 1 x');
      const outcomes = await Promise.allSettled(
        Array.from({ length: 20 }, () => lockFolder(folder)),
      );
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    }
  });

  it('is taken over where a process ended while it removed a stale lock', async () => {
    await writeFile(join(folder, 'owner.lock'), '2147483646 1 x');
    await writeFile(join(folder, 'owner.lock.removal'), '2147483645 1 y');
    const release = await lockFolder(folder);
    await release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('leaves nothing behind, and no lock of another', async () => {
    const release = await lockFolder(folder);
    await release();
    expect(await readdir(folder)).toEqual([]);
    await writeFile(join(folder, 'owner.lock'), 'somebody else');
    await release();
    expect(await readdir(folder)).toEqual(['owner.lock']);
  });
});
