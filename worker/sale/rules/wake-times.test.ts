import { describe, expect, it } from 'vitest';
import type { ItemState } from '../../contract/event-state.ts';
import type { EventItemId } from '../../contract/ids.ts';
import { alarmBeforeGroup, alarmToSet, nextReleaseAtMs } from './wake-times.ts';

describe('the alarm', () => {
  it('is set where there is none, and moved only to an earlier time', () => {
    const nowMs = 1_000;
    expect(alarmToSet({ setForMs: null, nowMs }, 5_000)).toBe(5_000);
    expect(alarmToSet({ setForMs: 6_000, nowMs }, 5_000)).toBe(5_000);
    expect(alarmToSet({ setForMs: 5_000, nowMs }, 5_000)).toBeUndefined();
    expect(alarmToSet({ setForMs: 4_000, nowMs }, 5_000)).toBeUndefined();
  });

  it('that should have come by now is taken for lost, so that others follow it', () => {
    expect(alarmToSet({ setForMs: 4_000, nowMs: 3_999 }, 9_000)).toBeUndefined();
    expect(alarmToSet({ setForMs: 4_000, nowMs: 4_000 }, 9_000)).toBe(9_000);
  });

  it('is left alone when no hold is pending', () => {
    expect(alarmToSet({ setForMs: null, nowMs: 1_000 }, null)).toBeUndefined();
  });

  it('is set before a group is sent, not later than any hold of it can end', () => {
    expect(alarmBeforeGroup(1_000, 300)).toBe(301_000);
    expect(alarmBeforeGroup(1_000, undefined)).toBe(6_000);
  });
});

describe('the next release', () => {
  it('is the earliest end of a hold over all items, or none', () => {
    const event = { opensAtMs: 5_000, closesAtMs: 9_000, holdSeconds: 300 };
    const items = [null, 6_000, 5_500].map(
      (releaseAtMs): ItemState => ({
        id: 'evi_000000000000_1' as EventItemId,
        total: 2,
        remaining: 0,
        held: 2,
        sold: 0,
        nextReleaseAtMs: releaseAtMs,
      }),
    );
    expect(nextReleaseAtMs({ ...event, items })).toBe(5_500);
    expect(nextReleaseAtMs({ ...event, items: [] })).toBeNull();
  });
});
