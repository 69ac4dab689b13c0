import { expect, it } from 'vitest';
import type { OrderId } from '../../worker/contract/ids.ts';
import { anOrder, instant, NOON_MS } from '../testing/builders.ts';
import { ENDED_SHOWN_MS, nextHoldChangeMs, shownHolds } from './shown-holds.ts';

const ending = (id: string, ms: number) =>
  anOrder({ id: id as OrderId, expiresAt: instant(NOON_MS + ms) });

it('shows first what ends first, and for a while what has just ended', () => {
  const holds = [ending('late', 90_000), ending('over', 0), ending('soon', 1), ending('old', -9)];
  const { running, ended } = shownHolds(holds, NOON_MS);
  expect(running.map(({ id }) => id)).toEqual(['soon', 'late']);
  expect(ended?.id).toBe('over');
  expect(shownHolds(holds.slice(1, 2), NOON_MS + ENDED_SHOWN_MS - 1).ended?.id).toBe('over');
  expect(shownHolds(holds.slice(1, 2), NOON_MS + ENDED_SHOWN_MS).ended).toBeUndefined();
});

it('changes when a hold ends, and when that is shown no more', () => {
  const holds = [ending('late', 90_000), ending('soon', 1)];
  expect(nextHoldChangeMs(holds, NOON_MS)).toBe(NOON_MS + 1);
  expect(nextHoldChangeMs(holds, NOON_MS + 1)).toBe(NOON_MS + 1 + ENDED_SHOWN_MS);
  expect(nextHoldChangeMs(holds, NOON_MS + 90_000 + ENDED_SHOWN_MS)).toBeNull();
});
