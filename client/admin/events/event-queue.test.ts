import { expect, test } from 'vitest';
import { anItem } from '../../testing/builders.ts';
import { isQueued, mayEdit } from './event-queue.ts';

const NOBODY = { waiting: 0, waitingUnits: 0, servedRank: 0, offers: 0 };
const empty = { items: [anItem()], hasEntries: false };
const waiting = { ...NOBODY, waiting: 1, waitingUnits: 2 };
const waited = { items: [anItem(), anItem({ queue: waiting })], hasEntries: false };
const left = { ...empty, hasEntries: true };
const served = {
  items: [anItem({ queue: { ...NOBODY, servedRank: 1, offers: 1 } })],
  hasEntries: false,
};

test('whoever waits, was made an offer or has left again makes a queue', () => {
  expect([empty, waited, served, left].map(isQueued)).toEqual([false, true, true, true]);
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
