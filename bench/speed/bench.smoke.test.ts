/** Proves that the whole bench runs: bundle, runtime, Postgres, load. Says nothing about speed. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EXIT, runCommand } from '../command/command.ts';
import { benchCommand } from './command.ts';
import { TARGETS } from './ratios.ts';
import type { Results } from './results.ts';
import { ROW_NAMES } from './rows.ts';

test('a short run measures every row and finds every answer right', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'swiftdrop-bench-test-'));
  try {
    const out = join(folder, 'results.json');
    const argv = ['--quick', '--seconds', '0.7', '--out', out];
    const silent = { write: () => true };
    const stopped = new AbortController().signal;
    const exit = await runCommand(benchCommand, argv, {
      env: {},
      stdout: silent,
      stderr: silent,
      stopped,
    });
    const results = JSON.parse(await readFile(out, 'utf8')) as Results;
    expect(results.wrong).toEqual([]);
    expect(exit).toBe(EXIT.right);
    expect(Object.keys(results.ratios).toSorted()).toEqual(Object.keys(TARGETS).toSorted());
    expect(new Set(results.rows.map(({ name }) => name))).toEqual(new Set(ROW_NAMES));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
