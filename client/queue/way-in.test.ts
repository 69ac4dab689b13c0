import { describe, expect, it } from 'vitest';
import { anEvent, aQueue, instant, MINUTE_MS, NOON_MS } from '../testing/builders.ts';
import { type QueuedSale, wayIn } from './way-in.ts';

const GONE = { total: 10, remaining: 0, held: 3, sold: 7 };
const LEFT = { ...GONE, remaining: 1, held: 2 };
const DRAW = anEvent({ admission: 'draw', entriesCloseAt: instant(NOON_MS + MINUTE_MS) });

function sale(fields: Partial<QueuedSale>): QueuedSale {
  return {
    event: anEvent(),
    status: 'live',
    stock: GONE,
    queue: aQueue({ waiting: 0 }),
    hasRefused: false,
    ...fields,
  };
}

describe('of a sale that is first come, first served', () => {
  it('is open once all units are taken, and where others have to be served first', () => {
    expect(wayIn(sale({}), NOON_MS)).toBe('waitlist');
    expect(wayIn(sale({ stock: LEFT }), NOON_MS)).toBeNull();
    expect(wayIn(sale({ stock: LEFT, hasRefused: true }), NOON_MS)).toBe('waitlist');
  });

  it('is not there before the opening, after the close, or without a waitlist', () => {
    expect(wayIn(sale({ status: 'locked' }), NOON_MS)).toBeNull();
    expect(wayIn(sale({ status: 'closed' }), NOON_MS)).toBeNull();
    expect(wayIn(sale({ event: anEvent({ waitlist: false }) }), NOON_MS)).toBeNull();
  });
});

describe('of a draw', () => {
  const coming = sale({ event: DRAW, status: 'locked', stock: LEFT });

  it('is the draw until entries close, and behind all others from then on', () => {
    expect(wayIn(coming, NOON_MS)).toBe('draw');
    expect(wayIn(coming, NOON_MS + MINUTE_MS - 1)).toBe('draw');
    expect(wayIn(coming, NOON_MS + MINUTE_MS)).toBe('late');
  });

  it('is waiting for the order after the opening, and as any waitlist once offers were made', () => {
    const drawing = sale({ event: DRAW, stock: LEFT, queue: aQueue() });
    expect(wayIn(drawing, NOON_MS)).toBe('drawing');
    expect(wayIn({ ...drawing, queue: aQueue({ offers: 4 }) }, NOON_MS)).toBeNull();
    expect(wayIn({ ...drawing, queue: aQueue({ offers: 4 }), stock: GONE }, NOON_MS)).toBe(
      'waitlist',
    );
  });

  it('takes no entry from the lock on where there is no waitlist, until one may buy', () => {
    const event = { ...DRAW, waitlist: false };
    const without = { ...coming, event };
    expect(wayIn(without, NOON_MS)).toBe('draw');
    expect(wayIn(without, NOON_MS + MINUTE_MS)).toBe('entries_closed');
    const drawing = sale({ event, stock: LEFT, queue: aQueue() });
    expect(wayIn(drawing, NOON_MS)).toBe('entries_closed');
    expect(wayIn({ ...drawing, queue: aQueue({ offers: 4 }) }, NOON_MS)).toBeNull();
  });

  it('sells as any sale where nobody takes part', () => {
    expect(wayIn(sale({ event: DRAW, stock: LEFT }), NOON_MS)).toBeNull();
  });
});
