import { expect, test } from 'vitest';
import { barsOf } from './revenue-bars.ts';

const SIZE = { width: 100, height: 100, left: 0, right: 0, top: 0, bottom: 0 };

test('bars stand on zero, and hang from it where more went back than was sold', () => {
  const { bars, zeroY } = barsOf([100, 0, -100], SIZE);
  expect(zeroY).toBe(50);
  expect(bars.map(({ y, height, isLoss }) => [y, height, isLoss])).toEqual([
    [0, 50, false],
    [50, 0, false],
    [50, 50, true],
  ]);
});

test('without any sale there is a line of zeros', () => {
  const { bars, zeroY, yTicks } = barsOf([0, 0], SIZE);
  expect(zeroY).toBe(100);
  expect(bars.every(({ height }) => height === 0)).toBe(true);
  expect(yTicks.at(0)).toEqual({ minor: 0, y: 100 });
});
