import { describe, expect, it } from 'vitest';
import { aQueueEntry, NOON_MS } from '../testing/builders.ts';
import { LAZY_DE } from '../texts/lazy/de.ts';
import { LAZY_EN } from '../texts/lazy/en.ts';
import { takeEntry } from './place.ts';
import { CLOSING_MS, neededToCome, type Standing, standingOf } from './standing.ts';

const HELD = { total: 10, remaining: 0, held: 4, sold: 6 };
const SOLD = { total: 10, remaining: 0, held: 0, sold: 10 };
const ONE_HELD = { total: 10, remaining: 0, held: 1, sold: 9 };
const FIRST = { ahead: { entries: 0, units: 0 } };
const LATER_MS = CLOSING_MS + 1;

/** As the shopper reads it. */
function stands(
  fields: Parameters<typeof aQueueEntry>[0],
  { stock = HELD, closesInMs = LATER_MS } = {},
) {
  const place = takeEntry(undefined, aQueueEntry(fields), { nowMs: NOON_MS });
  const facts = standingOf(place, { stock, closesInMs });
  const closesIn = '4 minutes';
  const words = LAZY_EN.queue.standing[facts.standing]({ ...facts, closesIn });
  return { standing: facts.standing, words };
}

describe('the one sentence of a place', () => {
  it('says who is next what they are next for', () => {
    expect(stands(FIRST)).toEqual({
      standing: 'next',
      words: 'You are next: what comes back is offered to you first.',
    });
  });

  it('says behind others how likely a turn is', () => {
    const { standing, words } = stands({ outlook: 'unlikely' });
    expect(standing).toBe('behind');
    expect(words).toContain('Your turn will probably not come');
  });

  it('does not call next whom nothing can reach', () => {
    const { standing, words } = stands({ ...FIRST, outlook: 'impossible' }, { stock: SOLD });
    expect(standing).toBe('gone');
    expect(words).toContain('You are first in line, but all are sold');
    expect(words).not.toContain('next');
    expect(stands({}, { stock: SOLD }).words).toContain('All are sold, and none is held.');
  });

  it('says that less can come than is wanted', () => {
    const { standing, words } = stands(
      { ...FIRST, quantity: 3, minQuantity: 2 },
      { stock: ONE_HELD },
    );
    expect(standing).toBe('short');
    expect(words).toContain('Only 1 can still come back, and you want at least 2.');
  });

  it('says near the close what that does', () => {
    const { standing, words } = stands({}, { closesInMs: CLOSING_MS });
    expect(standing).toBe('closing');
    expect(words).toBe('The drop closes in 4 minutes. After that nobody gets a turn.');
    expect(stands(FIRST, { closesInMs: CLOSING_MS }).words).toContain('You are next, but');
  });

  it('says after the close that it ended without a turn', () => {
    const { standing, words } = stands(FIRST, { closesInMs: 0 });
    expect(standing).toBe('closed');
    expect(words).toContain('Nothing was charged.');
  });

  it('has words for each state in each language', () => {
    const all: readonly (Standing | 'turn' | 'turn_over')[] = [
      'next',
      'behind',
      'short',
      'gone',
      'closing',
      'closed',
      'turn',
      'turn_over',
    ];
    expect(Object.keys(LAZY_EN.queue.standing)).toEqual(all);
    expect(Object.keys(LAZY_DE.queue.standing)).toEqual(all);
  });
});

describe('what has to come for somebody who enters now', () => {
  it('is one more than those who wait wish for', () => {
    expect(neededToCome(HELD, 2)).toBe(3);
    expect(neededToCome(HELD, 0)).toBe(1);
  });

  it('cannot be reached where those who wait take all that can come', () => {
    expect(neededToCome(HELD, 4)).toBeNull();
    expect(neededToCome(SOLD, 0)).toBeNull();
  });
});
