import { describe, expect, it } from 'vitest';
import { alarmBeforeGroup, alarmToSet } from './wake-times.ts';

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
