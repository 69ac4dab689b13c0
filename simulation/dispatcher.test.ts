import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { testDispatcherMutant } from './dispatcher-mutants.ts';
import { DISPATCHER_MUTATIONS } from './dispatcher-mutations.ts';
import { runOutbox } from './dispatcher-run.ts';
import { mutate } from './mutation.ts';
import type { Outcome } from './run.ts';

const SEEDS = 100;

/** What as many seeds must have met, or they prove nothing. */
const REQUIRED_COVERAGE = [
  'outbox end: done',
  'outbox end: dropped',
  'outbox end: given_up',
  'outbox fault: alarmLost',
  'outbox fault: answerLost',
  'outbox fault: crash',
  'outbox fault: evicted',
  'outbox fault: failed',
  'outbox fault: slow',
  'outbox fault: storeAnswerLost',
  'outbox fault: storeFailed',
  'outbox fault: threw',
  'outbox fault: throttled',
  'outbox fault: two dispatchers',
];

/** What broke, with the command that shows it; undefined if every promise was kept. */
function broken({ seed, violation }: Outcome): string | undefined {
  return violation && `npm run simulate -- --seed ${seed} --mode outbox: ${violation.check}`;
}

it('the outbox keeps every promise whatever goes wrong, and meets every fault and end', async () => {
  const met = new Set<string>();
  for (let seed = 1; seed <= SEEDS; seed++) {
    const outcome = await runOutbox({ seed });
    expect(broken(outcome)).toBeUndefined();
    for (const what of outcome.counts.keys()) met.add(what);
  }
  expect(REQUIRED_COVERAGE.filter((what) => !met.has(what))).toEqual([]);
});

it('a seed of the outbox is played twice the same, and another one otherwise', async () => {
  const [one, again, other] = [
    await runOutbox({ seed: 5 }),
    await runOutbox({ seed: 5 }),
    await runOutbox({ seed: 6 }),
  ];
  expect(again.hash).toBe(one.hash);
  expect(other.hash).not.toBe(one.hash);
});

it('the laws notice a dispatcher that goes on although a receiver asked for patience', async () => {
  const mutation = DISPATCHER_MUTATIONS.find(({ name }) => name.includes('asked for patience'));
  if (mutation === undefined) throw new Error('the mutation is gone');
  expect((await testDispatcherMutant(mutation))?.check).toBe(
    'whoever asks for patience is left alone',
  );
});

it('each mistake still fits the code that it is made in', async () => {
  for (const mutation of DISPATCHER_MUTATIONS) {
    const file = new URL(`../worker/outbox/rules/${mutation.file}`, import.meta.url);
    const text = await readFile(file, 'utf8');
    expect(mutate(text, mutation)).not.toBe(text);
  }
});
