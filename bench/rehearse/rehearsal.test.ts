/** Proves the whole rehearsal, exit code included, against right and cheating fake shops. */
import { afterAll, describe, expect, test, vi } from 'vitest';
import { EXIT, runCommand } from '../command/command.ts';
import { rehearseCommand } from './command.ts';
import type { Defect } from './fake-sale.ts';
import { type FakeFaults, type FakeShop, openFakeShop } from './fake-shop.ts';
import type { Verdict } from './verdict.ts';

const opened: FakeShop[] = [];
afterAll(() => {
  for (const shop of opened) shop.stop();
});

/** Against a machine that is busy with something else. */
const TEST_MS_MAX = 90_000;
vi.setConfig({ testTimeout: TEST_MS_MAX });

/** No answer of a right shop takes so long, whatever else the machine is busy with. */
const PATIENT_MS = 30_000;
/** Time to buy what one holds on such a machine; whoever leaves keeps others waiting for as long. */
const HOLD_MS = 1_000;

const FAST = {
  leadMs: 1_200,
  earlyMsMin: 700,
  earlyMsMax: 900,
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

interface Played {
  exitCode: number;
  verdict: Verdict;
  stdout: string;
  stderr: string;
  shop: FakeShop;
}

async function play(faults: FakeFaults, ...flags: string[]): Promise<Played> {
  const shop = await openFakeShop(faults);
  opened.push(shop);
  const stop = new AbortController();
  const base = ['--url', shop.url, '--json', '--shoppers', '60', '--stock', '20', '--seed', '11'];
  const ran = await run([...base, ...flags], stop.signal);
  const verdict = ran.stdout ? (JSON.parse(ran.stdout) as Verdict) : ({} as Verdict);
  return { ...ran, verdict, shop };
}

async function run(argv: string[], stopped: AbortSignal) {
  let stdout = '';
  let stderr = '';
  const exitCode = await runCommand(rehearseCommand({ seedDrawn: 1, timing: FAST }), argv, {
    env: {},
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    stopped,
  });
  return { exitCode, stdout, stderr };
}

describe.concurrent('a right shop is acquitted', () => {
  test('with more who want a unit than there are', async () => {
    const { exitCode, verdict, shop } = await play({});
    expect(verdict.findings).toEqual([]);
    expect(exitCode).toBe(EXIT.right);
    expect(verdict).toMatchObject({ sold: 20, held: 0, free: 0, oversold: 0, lost: 0 });
    expect(verdict.refused.sold_out).toBeGreaterThan(0);
    expect(verdict.refused.not_open).toBeGreaterThan(0);
    expect(verdict.latencyMs.p99).toBeGreaterThan(0);
    expect(verdict.firstHoldMs).toBeGreaterThanOrEqual(0);
    expect(verdict.allHeldMs).toBeGreaterThanOrEqual(verdict.firstHoldMs ?? 0);
    expect(shop.sale()).toMatchObject({ closed: true, published: false });
  });

  test('with more units than are wanted', async () => {
    const { exitCode, verdict } = await play({}, '--stock', '80');
    expect(verdict.findings).toEqual([]);
    expect(exitCode).toBe(EXIT.right);
    expect(verdict).toMatchObject({ sold: 51, free: 29, couldBeSold: 51, allHeldMs: null });
  });

  test('with fewer units than shoppers, but enough for all who keep theirs', async () => {
    const { exitCode, verdict } = await play({}, '--stock', '55');
    expect(verdict.findings).toEqual([]);
    expect(exitCode).toBe(EXIT.right);
    expect(verdict).toMatchObject({ sold: 51, free: 4 });
  });

  test('whose clock is an hour off, either way', async () => {
    for (const clockOffsetMs of [3_600_000, -3_600_000]) {
      const { exitCode, verdict } = await play({ clockOffsetMs });
      expect(verdict.findings).toEqual([]);
      expect(exitCode).toBe(EXIT.right);
    }
  });

  test('that loses answers after the commit and is busy now and then', async () => {
    const { exitCode, verdict } = await play({ losesAnswerEvery: 7, busyEvery: 5 });
    expect(verdict.findings).toEqual([]);
    expect(exitCode).toBe(EXIT.right);
    expect(verdict.retries['503']).toBeGreaterThan(0);
    expect(verdict.retries.network).toBeGreaterThan(0);
  });

  test('that dies in mid-sale for longer than a hold, and comes back', async () => {
    const dies = { afterConfirms: 5, forMs: HOLD_MS + 200 };
    const { exitCode, verdict } = await play({ dies }, '--connections', '8');
    expect(verdict.findings).toEqual([]);
    expect(exitCode).toBe(EXIT.right);
    expect(verdict.sold).toBe(20);
    expect(verdict.retries.network).toBeGreaterThan(0);
  });
});

describe.concurrent('a cheating shop is convicted', () => {
  // With a unit for every shopper, whoever is cheated is there whatever the order of arrival.
  const forAll = '60';
  const cases: Array<[Defect, RegExp, string?]> = [
    ['oversells_by_one', /Oversold: 1 more/],
    ['oversells_by_one_and_lies_about_it', /Oversold: 1 more/],
    ['loses_an_order', /Lost: 1 told/],
    ['miscounts', /The counters say 19 sold and 0 held, the orders 20 and 0/],
    ['breaks_the_law', /The law is broken: 1 free \+ 0 held \+ 20 sold of 20/],
    ['makes_two_orders_of_a_double_click', /double clicks made two orders/, forAll],
    ['refuses_the_second_click', /double click: limit_reached/, forAll],
    ['opens_early', /reserved before the opening/],
    ['opens_late', /not_open after the opening/],
    ['strands_abandoned_holds', /Stranded: 15 still held/, forAll],
    ['sends_losers_away_too_soon', /Sold \d+ where 20 could be sold/],
    ['sells_what_was_cancelled', /Sold to nobody: 37 sold, but only 36/, forAll],
  ];
  test.each(cases)('one that %s', async (defect, finding, stock = '20') => {
    const shares = ['--leave', '25', '--cancel', '15'];
    const { exitCode, verdict } = await play({ defect }, '--stock', stock, ...shares);
    expect(verdict.findings.join('\n')).toMatch(finding);
    expect(verdict.ok).toBe(false);
    expect(exitCode).toBe(EXIT.wrong);
  });
});

test.concurrent('a unit promised to two at once convicts, even if only one of them buys it', async () => {
  const defect = 'holds_one_too_many';
  const { exitCode, verdict } = await play({ defect }, '--leave', '40', '--cancel', '0');
  expect(verdict.findings).toEqual(['Oversold: 1 more than the 20 there were.']);
  expect(verdict.sold).toBe(20);
  expect(exitCode).toBe(EXIT.wrong);
});

describe.concurrent('an item in variants, of which everybody presses several', () => {
  const sizes = ['--shoppers', '30', '--stock', '10', '--variants', '2,4,4'];

  test('sells out, and nobody has two', async () => {
    const { exitCode, verdict } = await play({}, ...sizes);
    expect(verdict.findings).toEqual([]);
    expect(exitCode).toBe(EXIT.right);
    expect(verdict).toMatchObject({ stock: 20, sold: 20, couldBeSold: 20, overLimit: 0 });
    expect(verdict.variants).toEqual([
      { label: 'size 1', stock: 2, sold: 2 },
      { label: 'size 2', stock: 4, sold: 4 },
      { label: 'size 3', stock: 4, sold: 4 },
    ]);
    expect(verdict.refused.limit_reached).toBeGreaterThan(0);
  });

  test('is right where the shop loses answers and is busy now and then', async () => {
    const { verdict } = await play({ losesAnswerEvery: 7, busyEvery: 5 }, ...sizes);
    expect(verdict.findings).toEqual([]);
  });

  test('convicts a limit that counts each variant alone, even if every one sells out', async () => {
    const defect = 'limits_each_variant_alone';
    const { exitCode, verdict } = await play({ defect }, ...sizes);
    expect(verdict.findings).toEqual([
      expect.stringMatching(/^\d+ customers had more of an item than its limit\.$/),
    ]);
    expect(verdict.overLimit).toBeGreaterThan(0);
    expect(exitCode).toBe(EXIT.wrong);
  });

  test('is named where one is oversold', async () => {
    const { verdict } = await play({ defect: 'oversells_by_one' }, ...sizes);
    expect(verdict.findings).toContain('size 1: Oversold: 1 more than the 2 there were.');
  });
});

describe.concurrent('what cannot be played ends with one line', () => {
  test('no server', async () => {
    const ran = await run(['--url', 'http://127.0.0.1:1'], new AbortController().signal);
    expect(ran.exitCode).toBe(EXIT.notRun);
    expect(ran.stderr).toBe(
      'rehearse: no shop answers at http://127.0.0.1:1 (ECONNREFUSED); is it running?\n',
    );
  });

  test('a wrong password', async () => {
    const { exitCode, stderr } = await play({}, '--admin-password', 'wrong');
    expect(exitCode).toBe(EXIT.notRun);
    expect(stderr).toBe('rehearse: could not sign in as the admin: invalid_credentials\n');
  });

  test('a bad flag', async () => {
    const { exitCode, stderr } = await play({}, '--stock', 'lots');
    expect(exitCode).toBe(EXIT.notRun);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

test.concurrent('Ctrl-C stops at once and closes the sale', async () => {
  const shop = await openFakeShop();
  opened.push(shop);
  const stop = new AbortController();
  const ran = run(['--url', shop.url, '--shoppers', '60', '--stock', '20'], stop.signal);
  while (!shop.sale()?.orders.length) await new Promise((resolve) => setImmediate(resolve));
  stop.abort();
  expect(await ran).toMatchObject({ exitCode: EXIT.stopped, stdout: '' });
  expect(shop.sale()).toMatchObject({ closed: true, published: false });
});

test.concurrent('the text says what was sold of each variant, and that nobody has two', async () => {
  const shop = await openFakeShop();
  opened.push(shop);
  const argv = ['--url', shop.url, '--shoppers', '30', '--stock', '5', '--variants', '2,3'];
  const { stdout } = await run(argv, new AbortController().signal);
  expect(stdout).toContain('size 1: 2 of 2 sold, size 2: 3 of 3 sold');
  expect(stdout).toContain('0 with more of an item than its limit');
});

test.concurrent('without --json the verdict is text, and says how to play it again', async () => {
  const shop = await openFakeShop();
  opened.push(shop);
  const argv = ['--url', shop.url, '--shoppers', '30', '--stock', '5', '--seed', '99'];
  const { stdout, exitCode } = await run(argv, new AbortController().signal);
  expect(stdout).toContain('RIGHT  5 of 5 units sold to 30 shoppers; none twice, none lost.');
  expect(stdout).toContain('--seed 99');
  expect(exitCode).toBe(EXIT.right);
});
