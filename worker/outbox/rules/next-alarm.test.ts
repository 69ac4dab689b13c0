import { describe, expect, it } from 'vitest';
import { FAULT_PAUSE_MS, nextAlarmMs } from './next-alarm.ts';

const AT = { nowMs: 1_000, failed: false };

describe('the next alarm', () => {
  it('is none where nothing waits', () => {
    const waits = [{ dueAtMs: undefined, freeAtMs: 5_000 }];
    expect(nextAlarmMs(waits, AT)).toBeUndefined();
  });

  it('is when the first row is due', () => {
    const waits = [
      { dueAtMs: 9_000, freeAtMs: 0 },
      { dueAtMs: 4_000, freeAtMs: 0 },
    ];
    expect(nextAlarmMs(waits, AT)).toBe(4_000);
  });

  it('waits for the quota of a lane, and not with the rows of another one', () => {
    const closed = { dueAtMs: 1_000, freeAtMs: 60_000 };
    expect(nextAlarmMs([closed], AT)).toBe(60_000);
    expect(nextAlarmMs([closed, { dueAtMs: 2_000, freeAtMs: 0 }], AT)).toBe(2_000);
  });

  it('is now where something is overdue', () => {
    expect(nextAlarmMs([{ dueAtMs: 10, freeAtMs: 0 }], AT)).toBe(1_000);
  });

  it('comes after a pause where the run failed, whatever waits', () => {
    expect(nextAlarmMs([], { nowMs: 1_000, failed: true })).toBe(1_000 + FAULT_PAUSE_MS);
  });
});
