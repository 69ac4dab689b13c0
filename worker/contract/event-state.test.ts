import { describe, expect, it } from 'vitest';
import { eventStatus } from './event-state.ts';

const window = { startsAtMs: 1_000, endsAtMs: 9_000, openedAtMs: null, closedAtMs: null };

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
