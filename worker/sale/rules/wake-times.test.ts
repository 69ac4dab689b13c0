import { describe, expect, it } from 'vitest';
import type { EventState, QueueState } from '../../contract/event-state.ts';
import type { EventItemId } from '../../contract/ids.ts';
import {
  ALARM_PAUSE_MS,
  alarmToSet,
  shortestHoldSeconds,
  type WakeFacts,
  wakeTimes,
} from './wake-times.ts';

function eventWith(...releasesAtMs: (number | null)[]): EventState {
  const items = releasesAtMs.map((nextReleaseAtMs) => ({
    id: 'evi_000000000000_1' as EventItemId,
    total: 2,
    remaining: 0,
    held: 2,
    sold: 0,
    nextReleaseAtMs,
  }));
  return { opensAtMs: 5_000, closesAtMs: 9_000, published: true, holdSeconds: 300, items };
}

function at(atMs: number) {
  return [{ reason: 'hold ends' as const, atMs }];
}

describe('the times to wake', () => {
  it('are the ends of the earliest hold on each item, or none', () => {
    const times = wakeTimes({ nowMs: 1_000, event: eventWith(null, 6_000, 5_500) });
    expect(times).toEqual([...at(6_000), ...at(5_500)]);
    expect(wakeTimes({ nowMs: 1_000, event: eventWith(null) })).toEqual([]);
    expect(wakeTimes({ nowMs: 1_000 })).toEqual([]);
  });

  it('come before a group is sent not later than any hold of it can end', () => {
    const reason = 'hold being made ends';
    expect(wakeTimes({ nowMs: 1_000, reserving: { holdSeconds: 300 } })).toEqual([
      { reason, atMs: 301_000 },
    ]);
    expect(wakeTimes({ nowMs: 1_000, reserving: { holdSeconds: undefined } })).toEqual([
      { reason, atMs: 6_000 },
    ]);
  });

  it('are the one for which no alarm could be set', () => {
    expect(wakeTimes({ nowMs: 1_000, unsetMs: 4_000 })).toEqual([
      { reason: 'alarm not set', atMs: 4_000 },
    ]);
  });

  it('come soon where what is due could not be expired', () => {
    expect(wakeTimes({ nowMs: 1_000, expiryFailed: true })).toEqual([
      { reason: 'expiry failed', atMs: 1_000 + ALARM_PAUSE_MS },
    ]);
  });
});

describe('the times to wake for a queue', () => {
  const quiet = { drawAtMs: null, locksAtMs: null, hasMore: false };
  const timesOf = (queue: Partial<QueueState>, facts: Omit<WakeFacts, 'event'>) =>
    wakeTimes({ ...facts, event: { ...eventWith(null), queue: { ...quiet, ...queue } } });

  it('are the lock and the opening, while they are to come, at their very times', () => {
    expect(timesOf({ locksAtMs: 4_000, drawAtMs: 5_000 }, { nowMs: 3_999 })).toEqual([
      { reason: 'sale opens', atMs: 5_000 },
      { reason: 'entries are locked', atMs: 4_000 },
    ]);
    expect(timesOf({}, { nowMs: 5_000 })).toEqual([]);
  });

  it('are soon after the lock, which is to be signed, and then when the draw goes on', () => {
    const locked = { drawAtMs: 5_000 };
    const opening = { reason: 'sale opens', atMs: 5_000 };
    expect(timesOf(locked, { nowMs: 4_000 })).toEqual([
      opening,
      { reason: 'step of the draw', atMs: 4_000 + ALARM_PAUSE_MS },
    ]);
    expect(timesOf(locked, { nowMs: 4_000, drawStepAtMs: 7_500 })).toEqual([
      opening,
      { reason: 'step of the draw', atMs: 7_500 },
    ]);
  });

  it('come again and again where what is due was not done, with a pause', () => {
    const atMs = 6_000 + ALARM_PAUSE_MS;
    const step = { reason: 'step of the draw', atMs };
    expect(timesOf({ locksAtMs: 5_999 }, { nowMs: 6_000 })).toEqual([
      { reason: 'entries are locked', atMs },
    ]);
    expect(timesOf({ drawAtMs: 5_000 }, { nowMs: 6_000, drawStepAtMs: 6_000 })).toEqual([step]);
    expect(timesOf({ hasMore: true }, { nowMs: 6_000 })).toEqual([
      { reason: 'more to serve', atMs },
    ]);
    // What is left of a draw that is drawn: its statement.
    expect(timesOf({}, { nowMs: 6_000, drawStepAtMs: 5_500 })).toEqual([step]);
  });

  it('end with the sale, and those of a draw when nothing is left of it', () => {
    expect(timesOf({ hasMore: true }, { nowMs: 9_000 })).toEqual([]);
    expect(timesOf({ locksAtMs: 1, drawAtMs: 1 }, { nowMs: 9_000 })).toHaveLength(1);
    expect(timesOf({ drawAtMs: 1 }, { nowMs: 9_000 })).toHaveLength(1);
    expect(timesOf({ drawAtMs: 1 }, { nowMs: 9_000, drawStepAtMs: null })).toEqual([]);
  });

  it('are none of a draw before its event is published', () => {
    const event = { ...eventWith(null), published: false, closesAtMs: 0 };
    const queue = { ...quiet, drawAtMs: 5_000, locksAtMs: 4_000 };
    expect(wakeTimes({ nowMs: 1_000, event: { ...event, queue } })).toEqual([]);
  });

  it('count with the shortest offer as with a hold', () => {
    const event = eventWith(null);
    expect(shortestHoldSeconds(event)).toBe(300);
    expect(shortestHoldSeconds({ ...event, queue: quiet })).toBe(30);
    expect(shortestHoldSeconds({ ...event, holdSeconds: 5, queue: quiet })).toBe(5);
  });
});

describe('the alarm', () => {
  it('is set where there is none, and moved only to an earlier time', () => {
    const nowMs = 1_000;
    expect(alarmToSet({ setForMs: null, nowMs }, at(5_000))).toBe(5_000);
    expect(alarmToSet({ setForMs: 6_000, nowMs }, at(5_000))).toBe(5_000);
    expect(alarmToSet({ setForMs: 5_000, nowMs }, at(5_000))).toBeUndefined();
    expect(alarmToSet({ setForMs: 4_000, nowMs }, at(5_000))).toBeUndefined();
  });

  it('is set for the earliest of several times', () => {
    const nowMs = 1_000;
    const times = [...at(5_000), ...at(3_000), ...at(4_000)];
    expect(alarmToSet({ setForMs: null, nowMs }, times)).toBe(3_000);
    expect(alarmToSet({ setForMs: 3_500, nowMs }, times)).toBe(3_000);
  });

  it('that should have come by now is taken for lost, so that others follow it', () => {
    expect(alarmToSet({ setForMs: 4_000, nowMs: 3_999 }, at(9_000))).toBeUndefined();
    expect(alarmToSet({ setForMs: 4_000, nowMs: 4_000 }, at(9_000))).toBe(9_000);
  });

  it('is left alone when there is no time to wake', () => {
    expect(alarmToSet({ setForMs: null, nowMs: 1_000 }, [])).toBeUndefined();
  });
});
