import { describe, expect, it } from 'vitest';
import { whenOf } from './event-card.tsx';

const STYLE = { locale: 'en-GB', timeZone: 'UTC' };
const SALE = { startsAt: '2026-11-22T12:00:00.000Z', endsAt: '2026-11-22T13:00:00.000Z' };

describe('the moment of a sale that is over', () => {
  it.each([
    ['before its start, if it was closed before it opened', '11:59', 'Called off'],
    ['before its end, if it was closed early', '12:30', 'Closed early'],
    ['after its end', '13:00', 'Closed Sun 22 Nov, 13:00 UTC'],
  ])('%s', (_when, time, text) => {
    const nowMs = Date.parse(`2026-11-22T${time}:00.000Z`);
    expect(whenOf(SALE, 'closed', { ...STYLE, nowMs })).toContain(text);
  });

  it('is named with its time where somebody closed it by hand', () => {
    const nowMs = Date.parse(SALE.endsAt);
    const text = whenOf({ ...SALE, isClosedByHand: true }, 'closed', { ...STYLE, nowMs });
    expect(text).toBe('Closed early: Sun 22 Nov, 13:00 UTC');
  });
});
