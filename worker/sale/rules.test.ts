import { describe, expect, it } from 'vitest';
import type { EventItemId, UserId } from '../contract/ids.ts';
import type { Attempt, EventState } from './attempts.ts';
import { eventStatus, nextReleaseAtMs, PICTURE_AGE_MS_MAX, refuseEarly } from './rules.ts';

const window = { startsAtMs: 1_000, endsAtMs: 9_000, openedAtMs: null, closedAtMs: null };

const event: EventState = {
  opensAtMs: 5_000,
  closesAtMs: 9_000,
  holdSeconds: 300,
  items: [
    {
      id: 'evi_000000000000_1' as EventItemId,
      total: 2,
      remaining: 0,
      held: 2,
      sold: 0,
      nextReleaseAtMs: 6_000,
    },
  ],
};

const attempt: Attempt = {
  kind: 'reserve',
  eventItemId: 'evi_000000000000_1' as EventItemId,
  quantity: 1,
  customerId: 'usr_1' as UserId,
  key: null,
};

describe('an event’s status', () => {
  it('is locked until the millisecond of its opening, and live from then on', () => {
    expect(eventStatus(window, 1, 999)).toBe('locked');
    expect(eventStatus(window, 1, 1_000)).toBe('live');
  });

  it('is closed from the millisecond of its end, whatever is left', () => {
    expect(eventStatus(window, 1, 8_999)).toBe('live');
    expect(eventStatus(window, 1, 9_000)).toBe('closed');
  });

  it('is sold out without free units, and live again when one comes back', () => {
    expect(eventStatus(window, 0, 2_000)).toBe('sold_out');
    expect(eventStatus(window, 1, 2_000)).toBe('live');
  });

  it('follows an admin who opens early or closes early', () => {
    expect(eventStatus({ ...window, openedAtMs: 500 }, 1, 500)).toBe('live');
    expect(eventStatus({ ...window, closedAtMs: 2_000 }, 1, 2_000)).toBe('closed');
  });
});

describe('an early refusal', () => {
  it('says not open with the opening time, up to the millisecond before', () => {
    const picture = { takenAtMs: 4_500, event };
    expect(refuseEarly(picture, attempt, 4_999)).toEqual({ code: 'not_open', opensAtMs: 5_000 });
    expect(refuseEarly(picture, attempt, 5_000)).toBeUndefined();
  });

  it('is not made from a picture that may be stale, so an edited opening is noticed', () => {
    const picture = { takenAtMs: 3_000, event };
    expect(refuseEarly(picture, attempt, 3_000 + PICTURE_AGE_MS_MAX)).toBeDefined();
    expect(refuseEarly(picture, attempt, 3_001 + PICTURE_AGE_MS_MAX)).toBeUndefined();
  });

  it('never says sold out or closed, since a repeated request must be given its order', () => {
    expect(refuseEarly({ takenAtMs: 5_500, event }, attempt, 5_500)).toBeUndefined();
    expect(refuseEarly({ takenAtMs: 9_500, event }, attempt, 9_500)).toBeUndefined();
  });

  it('knows an event and an item that do not exist', () => {
    expect(refuseEarly({ takenAtMs: 1, event: null }, attempt, 1)).toEqual({ code: 'not_found' });
    const other = { ...attempt, eventItemId: 'evi_000000000000_2' as EventItemId };
    expect(refuseEarly({ takenAtMs: 1, event }, other, 1)).toEqual({ code: 'not_found' });
  });
});

describe('the next release', () => {
  it('is the earliest end of a hold over all items, or none', () => {
    const [item] = event.items;
    if (!item) throw new Error('the event has an item');
    const items = [{ ...item, nextReleaseAtMs: null }, item, { ...item, nextReleaseAtMs: 5_500 }];
    expect(nextReleaseAtMs({ ...event, items })).toBe(5_500);
    expect(nextReleaseAtMs({ ...event, items: [] })).toBeNull();
  });
});
