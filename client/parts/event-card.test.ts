import { describe, expect, it } from 'vitest';
import { whenOf } from './event-card.tsx';

const STYLE = { locale: 'en-GB', timeZone: 'UTC' };
const SALE = { startsAt: '2026-11-22T12:00:00.000Z', endsAt: '2026-11-22T13:00:00.000Z' };

describe('the moment of a sale that is over', () => {
  it.each([
    [
      'before it opened, if it was closed by hand then',
      '11:59',
      '11:30',
      'Called off Sun 22 Nov, 11:30 UTC',
    ],
    ['long after it was called off', '15:00', '11:30', 'Called off Sun 22 Nov, 11:30 UTC'],
    [
      'before its end, if it was closed by hand',
      '12:30',
      '12:20',
      'Closed by the shop Sun 22 Nov, 12:20 UTC',
    ],
    ['and nobody has told yet when that was', '12:30', null, 'Closed by the shop'],
    ['after its end', '13:00', null, 'Closed Sun 22 Nov, 13:00 UTC'],
  ])('%s', (_when, ...[time, closed, text]) => {
    const nowMs = Date.parse(`2026-11-22T${time}:00.000Z`);
    const closedAt = closed && `2026-11-22T${closed}:00.000Z`;
    expect(whenOf({ ...SALE, closedAt }, 'closed', { ...STYLE, nowMs })).toBe(text);
  });
});
