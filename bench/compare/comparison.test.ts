/** Proves how phases are put in turns, and what is noise. */
import { expect, test } from 'vitest';
import { compare, interleave, type Phase } from './comparison.ts';

const RATE = { figure: 'perSecond', title: 'per second', better: 'high' } as const;
const P99 = { figure: 'p99Ms', title: 'p99', better: 'low' } as const;

function phase(kind: 'up' | 'away', round: number, perSecond: number): Phase<'up' | 'away'> {
  return { kind, round, figures: { perSecond, p99Ms: perSecond } };
}

test('turns go back and forth', () => {
  expect(
    interleave(['a', 'b'], 2)
      .map(({ kind }) => kind)
      .join(''),
  ).toBe('abba');
});

test('a kind is compared with its neighbours of the same round', () => {
  const phases = [
    phase('up', 0, 100),
    phase('away', 0, 90),
    phase('away', 1, 40),
    phase('up', 1, 50),
  ];
  const [up, away] = compare(phases, 'up', RATE);
  expect(up?.ratio).toEqual({ median: 1, least: 1, most: 1 });
  expect(away).toMatchObject({ median: 65, least: 40, most: 90 });
  expect(away?.ratio.least).toBeCloseTo(0.8);
  expect(away?.ratio.most).toBeCloseTo(0.9);
});

test('within the noise is what is not worse than the worst of the equal phases', () => {
  const slower = [phase('up', 0, 100), phase('up', 0, 90), phase('away', 0, 89)];
  const verdicts = (column: typeof RATE | typeof P99) =>
    compare(slower, 'up', column).map(({ kind, isWithinNoise }) => [kind, isWithinNoise]);
  expect(verdicts(RATE)).toEqual([
    ['up', true],
    ['away', false],
  ]);
  expect(verdicts(P99)).toEqual([
    ['up', true],
    ['away', true],
  ]);
});
