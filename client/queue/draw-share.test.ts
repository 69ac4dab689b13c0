import { expect, it } from 'vitest';
import { drawShare } from './draw-share.ts';

const share = (waitingUnits: number, remaining: number, more = 0) =>
  drawShare({ waitingUnits }, { remaining }, more);

it('is all while there are as many as are wished for, with what one would wish for besides', () => {
  expect([share(0, 3), share(3, 3), share(1, 3, 2)]).toEqual([1, 1, 1]);
});

it('is cut to whole hundredths, so that it never says more than there is', () => {
  expect([share(4, 3), share(2, 3, 2), share(7, 3), share(1_000, 999)]).toEqual([
    0.75, 0.75, 0.42, 0.99,
  ]);
  expect([share(100, 1), share(101, 1), share(5, 0)]).toEqual([0.01, 0, 0]);
});
