import { describe, expect, it } from 'vitest';
import { whenOf } from './event-card.tsx';

const STYLE = { locale: 'en-GB', timeZone: 'UTC' };
const SALE = { startsAt: '2026-11-22T12:00:00.000Z', endsAt: '2026-11-22T13:00:00.000Z' };

describe('the moment of a sale that is over', () => {
  it.each([
    ['11:59', '11:30', 'Called off Sun 22 Nov, 11:30 UTC'],
    ['15:00', '11:30', 'Called off Sun 22 Nov, 11:30 UTC'],
    ['12:30', '12:20', 'Closed by the shop Sun 22 Nov, 12:20 UTC'],
    // Nobody has told yet when that was.
    ['12:30', null, 'Closed by the shop'],
    ['13:00', null, 'Closed Sun 22 Nov, 13:00 UTC'],
  ])('at %s, closed by hand at %s, is "%s"', (time, closed, text) => {
    const nowMs = Date.parse(`2026-11-22T${time}:00.000Z`);
    const closedAt = closed && `2026-11-22T${closed}:00.000Z`;
    expect(whenOf({ ...SALE, closedAt, cancelledAt: null }, 'closed', { ...STYLE, nowMs })).toBe(
      text,
    );
  });

  it('of one that was cancelled is its cancelling, however long it was closed', () => {
    const nowMs = Date.parse('2026-11-22T15:00:00.000Z');
    const times = { closedAt: SALE.endsAt, cancelledAt: '2026-11-22T14:00:00.000Z' };
    const text = whenOf({ ...SALE, ...times }, 'closed', { ...STYLE, nowMs });
    expect(text).toBe('Called off Sun 22 Nov, 14:00 UTC');
  });
});
