import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDataFolder, writePrivately } from './data-folder.ts';

let parent = '';

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'swiftdrop-data-'));
});

afterEach(() => rm(parent, { recursive: true, force: true }));

describe('the data folder', () => {
  it('is made on the first start and keeps its secrets from then on', async () => {
    const path = join(parent, 'deep', 'data');
    const first = await openDataFolder(path);
    const again = await openDataFolder(path);
    expect(first.secrets.jwtSecret).toHaveLength(43);
    expect(again).toEqual(first);
  });

  it('that is a file, or whose secrets are damaged, is explained with a way out', async () => {
    const file = join(parent, 'file');
    await writeFile(file, '');
    const damaged = join(parent, 'damaged');
    await openDataFolder(damaged);
    await writeFile(join(damaged, 'secrets.json'), '{"jwtSecret":');
    for (const path of [file, damaged]) {
      const opened = openDataFolder(path);
      await expect(opened).rejects.toMatchObject({ name: 'UserError' });
      await expect(opened).rejects.toThrow(/cannot be used: .*SWIFTDROP_DATA/);
    }
  });

  it('shows its private files to their owner alone', async () => {
    const path = join(parent, 'private');
    await writePrivately(path, 'secret');
    expect((await stat(path)).mode & 0o077).toBe(0);
  });
});
