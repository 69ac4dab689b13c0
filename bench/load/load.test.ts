/** Proves the whole load test, exit code and report included, on right and wrong fake shops. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EXIT, runCommand } from '../command/command.ts';
import { type FakeFaults, openFakeShop } from '../rehearse/fake-shop.ts';
import { loadCommand } from './command.ts';

/** No answer of a right shop takes so long, whatever else the machine is busy with. */
const PATIENT_MS = 30_000;
/** Time to buy what one holds on such a machine; whoever leaves keeps others waiting for as long. */
const HOLD_MS = 1_000;

const FAST = {
  leadMs: 1_800,
  earlyMsMin: 200,
  earlyMsMax: 300,
  thinkMsMax: 60,
  requestMsMax: PATIENT_MS,
  retryMsMax: PATIENT_MS,
  backoffMsBase: 10,
  backoffMsMax: 50,
  releaseJitterMsMax: 100,
  releaseWaitMsMin: 60,
  saleMsMax: PATIENT_MS,
  settleMsMax: 150,
  settlePollMs: 20,
  recountAgeMsMax: 20,
  holdSeconds: HOLD_MS / 1_000,
};

async function play(faults: FakeFaults, ...flags: string[]) {
  const shop = await openFakeShop(faults);
  const folder = await mkdtemp(join(tmpdir(), 'swiftdrop-load-test-'));
  const report = join(folder, 'report.html');
  const size = ['--shoppers', '60', '--stock', '20', '--seed', '11'];
  // How fast a fake shop is on a busy machine is nobody's business.
  const patient = ['--purchase-p99-max', '60000', '--read-p99-max', '60000'];
  let stdout = '';
  let stderr = '';
  const argv = ['--url', shop.url, '--report', report, ...size, ...patient, ...flags];
  try {
    const exitCode = await runCommand(loadCommand({ seedDrawn: 1, timing: FAST }), argv, {
      env: {},
      stdout: { write: (text) => (stdout += text) },
      stderr: { write: (text) => (stderr += text) },
      stopped: new AbortController().signal,
    });
    return { exitCode, stdout, stderr, page: await readFile(report, 'utf8').catch(() => '') };
  } finally {
    shop.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

test.concurrent('a right shop holds: every step is played, judged and drawn', async () => {
  const { exitCode, stdout, page } = await play({}, '--json');
  const { ok, steps, verdict } = JSON.parse(stdout);
  expect({ ok, exitCode }).toEqual({ ok: true, exitCode: EXIT.right });
  expect(verdict).toMatchObject({ ok: true, sold: 20 });
  expect(steps.browse.outcomes).toEqual({ shown: 120 });
  expect(steps.reviews.outcomes).toEqual({ read: 120 });
  expect(steps.purchase.outcomes.sold_out).toBeGreaterThan(0);
  expect(steps.confirm.outcomes.settled).toBeGreaterThanOrEqual(20);
  expect(page.match(/<svg /g)).toHaveLength(3);
  expect(page).toContain('Held: 20 of 20 units sold to 60 shoppers');
  // Nothing is fetched to show it.
  expect(page).not.toMatch(/<script|<link|src=|url\(|@import/);
});

test.concurrent('a shop that is busy too often does not hold', async () => {
  const { exitCode, stdout, page } = await play({ busyEvery: 4 });
  expect(stdout).toContain('DID NOT HOLD');
  expect(stdout).toMatch(/purchase: at most 1 % errors +\d+\.\d+ % of \d+ +NO/);
  expect(page).toContain('Did not hold');
  expect(exitCode).toBe(EXIT.wrong);
});

test.concurrent('and neither does one that oversells, however fast', async () => {
  const { exitCode, stdout } = await play({ defect: 'oversells_by_one' }, '--errors-max', '100');
  expect(stdout).toMatch(/the law: .* broken +NO/);
  expect(exitCode).toBe(EXIT.wrong);
});

test.concurrent('a shop elsewhere is not touched', async () => {
  const { exitCode, stderr, page } = await play({}, '--url', 'https://shop.example.com');
  expect(stderr).toContain('is not this machine');
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect([exitCode, page]).toEqual([EXIT.notRun, '']);
});
