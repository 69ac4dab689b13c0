import { expect, test } from 'vitest';
import { anItem } from '../../testing/builders.ts';
import { demandMoment, demandOf, soldOfAdded } from './demand.ts';

const units = (total: number, remaining: number) => ({
  total,
  remaining,
  held: 0,
  sold: total - remaining,
});
const queue = (waiting: number, waitingUnits: number) => ({
  waiting,
  waitingUnits,
  servedRank: 0,
  offers: 0,
});
const soldOut = anItem({ priceCents: 2_900, stock: units(500, 0), queue: queue(342, 400) });

test('what would sell is what is wished for beyond the units that are left', () => {
  const draw = anItem({ priceCents: 1_000, stock: units(300, 300), queue: queue(250, 320) });
  expect(demandOf([soldOut])).toEqual({
    entries: 342,
    units: 400,
    missingUnits: 400,
    missingCents: 1_160_000,
  });
  expect(demandOf([draw])).toMatchObject({ missingUnits: 20, missingCents: 20_000 });
});

test('units that are left of one item are no help to those who wait for another', () => {
  const plenty = anItem({ stock: units(900, 900), queue: queue(1, 1) });
  expect(demandOf([soldOut, plenty])).toEqual({
    entries: 343,
    units: 401,
    missingUnits: 400,
    missingCents: 1_160_000,
  });
});

test('of what is added the queue takes as much as it wishes for, and nothing of what is taken away', () => {
  expect(soldOfAdded(soldOut, 30)).toEqual({ units: 30, cents: 87_000 });
  expect(soldOfAdded(soldOut, 1_000)).toEqual({ units: 400, cents: 1_160_000 });
  expect(soldOfAdded(soldOut, -5)).toEqual({ units: 0, cents: 0 });
});

test('it would sell at the opening, now, or would have before the end', () => {
  const statuses = ['locked', 'live', 'sold_out', 'closed'] as const;
  expect(statuses.map(demandMoment)).toEqual(['opening', 'now', 'now', 'over']);
});
