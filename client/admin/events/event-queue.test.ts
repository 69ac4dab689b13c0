import { expect, test } from 'vitest';
import { anItem } from '../../testing/builders.ts';
import { isQueued, mayEdit } from './event-queue.ts';

const NOBODY = { waiting: 0, waitingUnits: 0, servedRank: 0, offers: 0 };
const empty = { items: [anItem()] };
const waited = { items: [anItem(), anItem({ queue: { ...NOBODY, waiting: 1, waitingUnits: 2 } })] };
const served = { items: [anItem({ queue: { ...NOBODY, servedRank: 1, offers: 1 } })] };

test('whoever waits for an item, or was made an offer, is in the queue', () => {
  expect([empty, waited, served].map(isQueued)).toEqual([false, true, true]);
});

test('a plan can be edited until it opens, and with a queue until it is over', () => {
  const moments = ['draft', 'locked', 'live', 'sold_out', 'closed'] as const;
  expect(moments.map((moment) => mayEdit(empty, moment))).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
  expect(moments.map((moment) => mayEdit(waited, moment))).toEqual([true, true, true, true, false]);
});
