/** Proves what a round measures. */
import { expect, test } from 'vitest';
import { roundPlan } from './measurements.ts';
import { ROW_NAMES } from './rows.ts';

test('a round has every row, those over HTTP at two numbers of connections', () => {
  const plan = roundPlan([...ROW_NAMES]);
  const names: string[] = plan.map(({ name }) => name);
  expect(new Set([...names, 'rank'])).toEqual(new Set(ROW_NAMES));
  expect(plan.filter(({ name }) => name === 'reserve')).toEqual([
    { name: 'reserve', connections: 32 },
    { name: 'reserve', connections: 256 },
  ]);
});

test('a round of some rows leaves the others out', () => {
  expect(roundPlan(['list'])).toEqual([{ name: 'list', connections: 32 }]);
});

test('the ranking of a draw is measured together with what is offered then', () => {
  expect(roundPlan(['rank'])).toEqual([{ name: 'draw', connections: 0 }]);
});
