import { describe, expect, it } from 'vitest';
import { DAY_MS, QUOTA_CHECK_MS, SendBudget } from './send-budget.ts';

const NOW_MS = 1_000_000_000_000;
const MANY = { nowMs: NOW_MS, most: 1_000 };

function budget(perSecondMax?: number, perDayMax?: number) {
  return new SendBudget({ perSecondMax, perDayMax });
}

describe('mails by the second', () => {
  it('leave at once without a limit', () => {
    const free = budget();
    const waits = Array.from({ length: 100 }, () => free.takeTurn(false, NOW_MS));
    expect(waits.every((waitMs) => waitMs === 0)).toBe(true);
    expect(free.room(false, MANY)).toBe(1_000);
  });

  it('are no more than the limit in any second', () => {
    const limited = budget(2);
    expect(limited.takeTurn(false, NOW_MS)).toBe(0);
    expect(limited.takeTurn(false, NOW_MS + 300)).toBe(0);
    expect(limited.takeTurn(false, NOW_MS + 500)).toBe(500);
    expect(limited.takeTurn(false, NOW_MS + 1_000)).toBe(0);
    expect(limited.takeTurn(false, NOW_MS + 1_000)).toBe(300);
  });

  it('are not leased long before they can leave', () => {
    expect(budget(2).room(false, MANY)).toBe(4);
    expect(budget(0.1).room(false, MANY)).toBe(1);
  });

  it('count with those that left before this life of the dispatcher', () => {
    const limited = budget(2);
    limited.learn({ count: 2, lastSecond: 2, firstAtMs: NOW_MS - 10 }, NOW_MS);
    expect(limited.takeTurn(false, NOW_MS)).toBe(1_000);
  });

  it('are not counted twice where Postgres has them too', () => {
    const limited = budget(2);
    expect(limited.takeTurn(false, NOW_MS)).toBe(0);
    limited.learn({ count: 1, lastSecond: 1, firstAtMs: NOW_MS }, NOW_MS);
    expect(limited.takeTurn(false, NOW_MS)).toBe(0);
  });
});

describe('mails by the day', () => {
  it('leave a tenth of the quota to urgent ones', () => {
    const limited = budget(undefined, 100);
    limited.learn({ count: 85, lastSecond: 0, firstAtMs: NOW_MS - 1_000 }, NOW_MS);
    expect(limited.room(false, MANY)).toBe(5);
    expect(limited.room(true, MANY)).toBe(15);
  });

  it('are no more than the quota, also where more were leased', () => {
    const limited = budget(undefined, 10);
    const turns = Array.from({ length: 12 }, () => limited.takeTurn(true, NOW_MS));
    expect(turns.filter((waitMs) => waitMs === 0).length).toBe(10);
    expect(turns.slice(10)).toEqual([undefined, undefined]);
    expect(limited.takeTurn(false, NOW_MS)).toBeUndefined();
  });

  it('wait until the first of the day is a day old', () => {
    const limited = budget(undefined, 10);
    limited.learn({ count: 10, lastSecond: 0, firstAtMs: NOW_MS - DAY_MS + 600_000 }, NOW_MS);
    expect(limited.freeAtMs(true, NOW_MS)).toBe(NOW_MS + 600_000);
  });

  it('are not looked at more than once a minute while the quota is used up', () => {
    const limited = budget(undefined, 10);
    limited.learn({ count: 10, lastSecond: 0, firstAtMs: NOW_MS - DAY_MS + 1 }, NOW_MS);
    expect(limited.freeAtMs(true, NOW_MS)).toBe(NOW_MS + QUOTA_CHECK_MS);
  });

  it('keep what a mail that did not leave had taken', () => {
    const limited = budget(undefined, 1);
    expect(limited.takeTurn(true, NOW_MS)).toBe(0);
    expect(limited.takeTurn(true, NOW_MS)).toBeUndefined();
    limited.giveBack();
    expect(limited.takeTurn(true, NOW_MS)).toBe(0);
  });

  it('are read from Postgres for a day only where there is a quota', () => {
    expect(budget(2, 100).windowStartMs(NOW_MS)).toBe(NOW_MS - DAY_MS);
    expect(budget(2).windowStartMs(NOW_MS)).toBe(NOW_MS - 1_000);
  });
});

it('nothing leaves while the receiver asked for patience', () => {
  const closed = budget();
  closed.close(NOW_MS + 5_000);
  closed.close(NOW_MS + 1_000);
  expect(closed.room(true, MANY)).toBe(0);
  expect(closed.takeTurn(true, NOW_MS + 4_999)).toBeUndefined();
  expect(closed.freeAtMs(true, NOW_MS)).toBe(NOW_MS + 5_000);
  expect(closed.takeTurn(true, NOW_MS + 5_000)).toBe(0);
});
