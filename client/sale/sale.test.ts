import { expect, test } from 'vitest';
import { anEvent, instant, MINUTE_MS, NOON_MS } from '../testing/builders.ts';
import { groupSales, nextChangeMs, offerOf, paceOf, statusAt } from './sale.ts';

const locked = anEvent({
  status: 'locked',
  startsAt: instant(NOON_MS),
  endsAt: instant(NOON_MS + 10 * MINUTE_MS),
});

test('a locked sale opens by the clock, to the millisecond', () => {
  expect(statusAt(locked, NOON_MS - 1)).toBe('locked');
  expect(statusAt(locked, NOON_MS)).toBe('live');
});

test('a sale is over at its end, whatever its stock', () => {
  const soldOut = { ...locked, status: 'sold_out' as const };
  expect(statusAt(soldOut, NOON_MS + 10 * MINUTE_MS - 1)).toBe('sold_out');
  expect(statusAt(soldOut, NOON_MS + 10 * MINUTE_MS)).toBe('closed');
});

test('a sale opened or closed by hand has the server’s status', () => {
  expect(statusAt({ ...locked, status: 'live' }, NOON_MS - MINUTE_MS)).toBe('live');
  expect(statusAt({ ...locked, status: 'closed' }, NOON_MS + MINUTE_MS)).toBe('closed');
});

test('the next change is the opening, then the end, then none', () => {
  expect(nextChangeMs(locked, NOON_MS - 1)).toBe(NOON_MS);
  expect(nextChangeMs(locked, NOON_MS)).toBe(NOON_MS + 10 * MINUTE_MS);
  expect(nextChangeMs(locked, NOON_MS + 10 * MINUTE_MS)).toBeNull();
});

test('a sale on sale is asked for more often than one that waits or is over', () => {
  const before = paceOf([locked], NOON_MS - MINUTE_MS).everyMs;
  const during = paceOf([locked], NOON_MS).everyMs;
  const later = paceOf([locked], NOON_MS + 10 * MINUTE_MS).everyMs;
  expect(during).toBeLessThan(before);
  expect(before).toBeLessThan(later);
});

test.each([
  [{ remaining: 1, held: 0, sold: 0 }, 'live', 'open'],
  [{ remaining: 0, held: 1, sold: 0 }, 'live', 'all_held'],
  [{ remaining: 0, held: 0, sold: 1 }, 'sold_out', 'sold_out'],
  [{ remaining: 1, held: 0, sold: 0 }, 'sold_out', 'open'],
  [{ remaining: 1, held: 0, sold: 0 }, 'locked', 'locked'],
  [{ remaining: 1, held: 0, sold: 0 }, 'closed', 'closed'],
] as const)('stock %o of a %s sale is offered as %s', (counts, status, offer) => {
  expect(offerOf({ total: 1, ...counts }, status)).toBe(offer);
});

function at(status: 'live' | 'locked' | 'closed', fromMinutes: number, toMinutes: number) {
  return {
    status,
    startsAt: instant(NOON_MS + fromMinutes * MINUTE_MS),
    endsAt: instant(NOON_MS + toMinutes * MINUTE_MS),
  };
}

test('the list shows what ends first, what opens first and what ended last', () => {
  const [slow, quick] = [at('live', -5, 60), at('live', -5, 10)];
  const [later, sooner] = [at('locked', 90, 99), at('locked', 30, 99)];
  const [older, newer] = [at('closed', -90, -80), at('closed', -90, -10)];
  const groups = groupSales([slow, later, older, quick, sooner, newer], NOON_MS);
  expect(groups.live).toEqual([quick, slow]);
  expect(groups.locked).toEqual([sooner, later]);
  expect(groups.closed).toEqual([newer, older]);
});
