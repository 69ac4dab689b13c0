/** Proves a rehearsal and a load test that are paid, exit code included, at a local Stripe and fake shops. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { SECRET_KEY, stripeClient } from '../../local/stripe/testing/stripe-client.ts';
import { type Command, EXIT, runCommand } from '../command/command.ts';
import { rehearseCommand } from '../rehearse/command.ts';
import type { FakeProvider } from '../rehearse/fake-payments.ts';
import { openFakeShop } from '../rehearse/fake-shop.ts';
import { loadCommand } from './command.ts';

/** Against a machine that is busy with something else, as are the times below. */
const TEST_MS_MAX = 90_000;
vi.setConfig({ testTimeout: TEST_MS_MAX });
const PATIENT_MS = 30_000;

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
  payLookMs: 50,
  moneyRestMsMax: 500,
  moneyLookMs: 50,
  holdSeconds: 3,
};
const SETTINGS = { seedDrawn: 1, timing: FAST };
/** A unit for everybody, so that each part is played. Some who cancel may have paid before. */
const SALE = ['--shoppers', '24', '--stock', '30', '--cancel', '20', '--leave', '0'];

async function play<Options>(
  command: Command<Options>,
  fault: Pick<FakeProvider, 'givesAllBack'> = {},
  ...flags: string[]
) {
  const { stripe } = await stripeClient({ nowMs: Date.now });
  const shop = await openFakeShop({ provider: { url: stripe.url, key: SECRET_KEY, ...fault } });
  onTestFinished(() => shop.stop());
  let stdout = '';
  const argv = ['--url', shop.url, '--pay', '--json', '--seed', '11', ...SALE, ...flags];
  const exitCode = await runCommand(command, argv, {
    env: { STRIPE_API_URL: stripe.url, STRIPE_SECRET_KEY: SECRET_KEY },
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: () => true },
    stopped: new AbortController().signal,
  });
  return { exitCode, told: JSON.parse(stdout) };
}

test('a right shop has the money of each unit that it sold, and of no other', async () => {
  const { exitCode, told } = await play(rehearseCommand(SETTINGS));
  expect(told).toMatchObject({ ok: true, findings: [] });
  expect(told.sold).toBeGreaterThanOrEqual(19);
  expect(told.money).toMatchObject({ charged: told.sold, keptCents: 1_000 * told.sold });
  expect(told.paying).toMatchObject({
    'pay: confirmed': expect.any(Number),
    declined: expect.any(Number),
  });
  expect(exitCode).toBe(EXIT.right);
});

test('a shop that gives back what it sold for is wrong', async () => {
  const { exitCode, told } = await play(rehearseCommand(SETTINGS), { givesAllBack: true });
  expect(told.findings).toEqual([`Confirmed and not charged: ${told.sold} orders.`]);
  expect(exitCode).toBe(EXIT.wrong);
});

test('a load test judges and draws the steps of paying', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'swiftdrop-load-test-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const report = join(folder, 'report.html');
  // How fast a fake shop is on a busy machine is nobody's business.
  const patient = [
    '--purchase-p99-max',
    '60000',
    '--read-p99-max',
    '60000',
    '--pay-p99-max',
    '60000',
  ];
  const { exitCode, told } = await play(loadCommand(SETTINGS), {}, '--report', report, ...patient);
  const { verdict } = told;
  expect(told.ok).toBe(true);
  expect(verdict.money.charged).toBe(verdict.sold);
  const { pay, page, result } = told.steps;
  expect(pay.outcomes['given a page']).toBeGreaterThanOrEqual(verdict.sold);
  expect(page.outcomes).toMatchObject({ paid: expect.any(Number), declined: expect.any(Number) });
  expect(result.outcomes.told).toBeGreaterThan(0);
  expect(verdict.paidToConfirmedMs.p99).toBeGreaterThan(0);
  expect(await readFile(report, 'utf8')).toContain('pay: given a page');
  expect(exitCode).toBe(EXIT.right);
});
