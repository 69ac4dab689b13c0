import { describe, expect, it } from 'vitest';
import { type FillRandom, makeUserId, type UserId } from '../../contract/ids.ts';
import { addHolder, makeHolders, mayHold } from './holder-filter.ts';

const fillRandom: FillRandom = (bytes) => crypto.getRandomValues(bytes);

function customers(count: number): UserId[] {
  return Array.from({ length: count }, (_, n) => makeUserId(1_800_000_000_000 + n, fillRandom));
}

describe('the filter of holders', () => {
  it('never forgets anybody who was added', () => {
    for (const expected of [0, 100, 10_000]) {
      const holders = makeHolders(expected);
      const added = customers(5_000);
      for (const id of added) addHolder(holders, id);
      expect(added.every((id) => mayHold(holders, id))).toBe(true);
    }
  });

  it('takes few others for a holder', () => {
    const holders = makeHolders(10_000);
    for (const id of customers(10_000)) addHolder(holders, id);
    const mistaken = customers(10_000).filter((id) => mayHold(holders, id));
    expect(mistaken.length).toBeLessThan(200);
  });

  it('knows nobody at first, and never grows past its limit', () => {
    const holders = makeHolders(1e9);
    expect(holders.length).toBe(256 * 1024);
    expect(customers(1_000).some((id) => mayHold(holders, id))).toBe(false);
  });
});
