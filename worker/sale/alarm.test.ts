import { describe, expect, it } from 'vitest';
import { alarmBeforeGroup, alarmToSet } from './alarm.ts';

describe('the alarm', () => {
  it('is set where there is none, and moved only to an earlier time', () => {
    expect(alarmToSet(null, 5_000)).toBe(5_000);
    expect(alarmToSet(6_000, 5_000)).toBe(5_000);
    expect(alarmToSet(5_000, 5_000)).toBeUndefined();
    expect(alarmToSet(4_000, 5_000)).toBeUndefined();
  });

  it('is left alone when no hold is pending', () => {
    expect(alarmToSet(null, null)).toBeUndefined();
  });

  it('is set before a group is sent, not later than any hold of it can end', () => {
    expect(alarmBeforeGroup(1_000, 300)).toBe(301_000);
    expect(alarmBeforeGroup(1_000, undefined)).toBe(6_000);
  });
});
