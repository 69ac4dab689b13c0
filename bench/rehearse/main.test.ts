/** Proves the command itself: a process of its own, its exit code and what it prints where. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { openFakeShop } from './fake-shop.ts';

/** Against a machine that is busy with something else. */
const TEST_MS_MAX = 20_000;
vi.setConfig({ testTimeout: TEST_MS_MAX });

const RUN = fileURLToPath(new URL('../../local/run.js', import.meta.url));
const COMMAND = '../bench/rehearse/main';

function run(...argv: string[]): Promise<{ exitCode: number | null; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [RUN, COMMAND, ...argv]);
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    child.on('close', (exitCode) => resolve({ exitCode, out, err }));
  });
}

test.concurrent('a right sale exits 0, with nothing but JSON on stdout', async () => {
  const shop = await openFakeShop();
  const size = ['--shoppers', '10', '--stock', '10', '--cancel', '0', '--leave', '0'];
  const ran = await run('--url', shop.url, '--json', '--lead', '1', ...size);
  shop.stop();
  expect(JSON.parse(ran.out)).toMatchObject({ ok: true, sold: 10 });
  expect(ran.err).toContain('enrolling');
  expect(ran.exitCode).toBe(0);
});

test.concurrent('a shop that miscounts exits 1', async () => {
  const shop = await openFakeShop({ defect: 'miscounts' });
  const size = ['--shoppers', '3', '--stock', '3', '--cancel', '0', '--leave', '0'];
  const ran = await run('--url', shop.url, '--lead', '1', ...size);
  shop.stop();
  expect(ran.out).toContain('WRONG');
  expect(ran.exitCode).toBe(1);
});

test.concurrent('a bad flag exits 2 with one line', async () => {
  const ran = await run('--shoppers', 'crowd');
  expect(ran).toEqual({
    exitCode: 2,
    out: '',
    err: 'rehearse: --shoppers crowd is not a whole number from 1 to 20000\n',
  });
});

test.concurrent('no server exits 2 with one line', async () => {
  const ran = await run('--url', 'http://127.0.0.1:1');
  expect(ran.exitCode).toBe(2);
  expect(ran.err.trim().split('\n')).toHaveLength(1);
});
