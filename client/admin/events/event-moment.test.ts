import { expect, it } from 'vitest';
import { momentOf, nextMomentMs } from './event-moment.ts';

const NOON_MS = Date.parse('2026-11-22T12:00:00.000Z');
const HOUR_MS = 3_600_000;
const event = {
  published: true,
  status: 'locked' as const,
  startsAt: new Date(NOON_MS).toISOString(),
  endsAt: new Date(NOON_MS + HOUR_MS).toISOString(),
};
const draft = { ...event, published: false };

it('a draft is a draft, before its start, after it and past its end', () => {
  for (const nowMs of [NOON_MS - HOUR_MS, NOON_MS + 1, NOON_MS + 2 * HOUR_MS]) {
    expect(momentOf(draft, nowMs)).toBe('draft');
    expect(nextMomentMs(draft, nowMs)).toBeNull();
  }
});

it('a draft that was closed by hand is closed', () => {
  expect(momentOf({ ...draft, status: 'closed' }, NOON_MS)).toBe('closed');
});

it('what is published opens and closes by the clock', () => {
  expect(momentOf(event, NOON_MS - 1)).toBe('locked');
  expect(nextMomentMs(event, NOON_MS - 1)).toBe(NOON_MS);
  expect(momentOf(event, NOON_MS)).toBe('live');
  expect(nextMomentMs(event, NOON_MS)).toBe(NOON_MS + HOUR_MS);
  expect(momentOf(event, NOON_MS + HOUR_MS)).toBe('closed');
});
