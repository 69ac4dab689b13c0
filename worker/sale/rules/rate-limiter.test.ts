import { describe, expect, it } from 'vitest';
import type { UserId } from '../../contract/ids.ts';
import { RATE_BURST, RATE_INTERVAL_MS, RateLimiter } from './rate-limiter.ts';

const ada = 'usr_a' as UserId;
const grace = 'usr_g' as UserId;

function takeMany(limiter: RateLimiter, count: number, nowMs: number): number[] {
  return Array.from({ length: count }, () => limiter.take(ada, nowMs));
}

describe('the rate limit', () => {
  it('lets a burst pass, then says how long to wait, then lets one pass', () => {
    const limiter = new RateLimiter();
    expect(takeMany(limiter, RATE_BURST, 1_000)).toEqual(Array(RATE_BURST).fill(0));
    expect(limiter.take(ada, 1_000)).toBe(RATE_INTERVAL_MS);
    expect(limiter.take(ada, 1_000 + RATE_INTERVAL_MS - 1)).toBe(1);
    expect(limiter.take(ada, 1_000 + RATE_INTERVAL_MS)).toBe(0);
    expect(limiter.take(ada, 1_000 + RATE_INTERVAL_MS)).toBe(RATE_INTERVAL_MS);
  });

  it('counts each customer for themselves', () => {
    const limiter = new RateLimiter();
    takeMany(limiter, RATE_BURST, 1_000);
    expect(limiter.take(grace, 1_000)).toBe(0);
  });

  it('never slows somebody who keeps to the rate', () => {
    const limiter = new RateLimiter();
    for (let n = 0; n < 1_000; n++) expect(limiter.take(ada, n * RATE_INTERVAL_MS)).toBe(0);
  });

  it('allows in any second no more than the burst and the rate of that second', () => {
    const limiter = new RateLimiter();
    let passed = 0;
    for (let ms = 0; ms < 10_000; ms++) if (limiter.take(ada, 50_000 + ms) === 0) passed++;
    expect(passed).toBe(RATE_BURST + (10_000 - RATE_INTERVAL_MS) / RATE_INTERVAL_MS);
  });

  it('refuses nobody for what others do while they are being forgotten', () => {
    const limiter = new RateLimiter();
    takeMany(limiter, RATE_BURST, 1_000);
    for (let n = 0; n < 10_000; n++) expect(limiter.take(`usr_${n}` as UserId, 1_100)).toBe(0);
    expect(limiter.take(ada, 1_100)).toBe(RATE_INTERVAL_MS - 100);
  });
});
