/** Proves that the measurements run and find every answer right. Says nothing about speed. */
import { expect, test } from 'vitest';
import { runCommand } from '../command/command.ts';
import { compareCommand } from './command.ts';
import { PARTS } from './cpu-by-process.ts';

interface Offered {
  figures: { offered?: number };
}

async function measured(...argv: string[]) {
  let stdout = '';
  const short = ['--rounds', '1', '--seconds', '1', '--connections', '8', '--json'];
  await runCommand(compareCommand, [...argv, ...short], {
    env: {},
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: () => true },
    stopped: new AbortController().signal,
  });
  return JSON.parse(stdout);
}

test('purchases go on while MongoDB is up, ended and frozen, and readers are told', async () => {
  const { figures } = await measured('mongodb');
  const kinds = ['up', 'stopped', 'up', 'frozen'];
  expect(figures.phases.map(({ kind }: { kind: string }) => kind)).toEqual(kinds);
  for (const { other } of figures.reads) expect(other).toEqual({});
  const refused = new Map<string, number>();
  for (const read of figures.reads) refused.set(read.kind, read.refused);
  expect(refused.get('stopped')).toBeGreaterThan(0);
  expect(refused.get('frozen')).toBeGreaterThan(0);
  for (const { figures: sale } of figures.phases) expect(sale.perSecond).toBeGreaterThan(0);
});

test('mails of confirmed orders leave beside purchases, each once', async () => {
  const { figures, wrong } = await measured('mails');
  expect(wrong).toEqual([]);
  expect(figures.mailings[0].mailsPerSecond).toBeGreaterThan(0);
});

test('payments go on beside purchases, and a provider that never answers holds nobody up', async () => {
  const { figures, wrong } = await measured('payments');
  expect(wrong).toEqual([]);
  const [paying, frozen] = figures.payings;
  expect(paying.outcomes).toMatchObject({ paid: paying.outcomes.begun, unavailable: 0 });
  expect(paying.capturedPerSecond).toBeGreaterThan(0);
  expect(frozen.outcomes.paid).toBe(0);
  for (const { figures: sale } of figures.phases) expect(sale.perSecond).toBeGreaterThan(0);
  const byClock = figures.phases.filter(({ figures: sale }: Offered) => sale.offered !== undefined);
  expect(byClock).toHaveLength(6);
  for (const { figures: sale } of byClock) expect(sale.reached).toBeGreaterThan(0);
  expect(Object.keys(figures.costs[0])).toEqual([...PARTS]);
});

test('every viewer has the last state of the sale', async () => {
  const { figures, wrong } = await measured('viewers', '--viewers', '300');
  expect(wrong).toEqual([]);
  expect(figures.watched).toMatchObject([{ behind: 0, lost: 0 }]);
  expect(figures.watched[0].messagesPerSecond).toBeGreaterThan(0);
});

test('a draw is served to its last unit while nobody asks', async () => {
  const { figures, wrong } = await measured('draw', '--entrants', '600');
  expect(wrong).toEqual([]);
  expect(figures).toMatchObject([{ entrants: 600, units: 60 }]);
  expect(figures[0].lastOfferMs).toBeGreaterThan(0);
});
