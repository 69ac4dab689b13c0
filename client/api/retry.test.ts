import { expect, test } from 'vitest';
import { ATTEMPTS_MAX, retryWaitMs } from './retry.ts';

test.each(['offline', 'no_answer', 'busy', 'unavailable', 'rate_limited'] as const)(
  '%s is tried again',
  (code) => {
    expect(retryWaitMs({ code }, 1, 0)).toBeGreaterThan(0);
  },
);

test.each(['sold_out', 'limit_reached', 'closed', 'malformed', 'hold_expired'] as const)(
  '%s is an answer and not tried again',
  (code) => {
    expect(retryWaitMs({ code }, 1, 0)).toBeNull();
  },
);

test('the number of attempts is limited', () => {
  expect(retryWaitMs({ code: 'busy' }, ATTEMPTS_MAX - 1, 0)).not.toBeNull();
  expect(retryWaitMs({ code: 'busy' }, ATTEMPTS_MAX, 0)).toBeNull();
});

test('Retry-After is the least one waits', () => {
  expect(retryWaitMs({ code: 'busy', retryAfterMs: 5_000 }, 1, 0)).toBe(5_000);
  expect(retryWaitMs({ code: 'busy', retryAfterMs: 5_000 }, 1, 0.5)).toBeGreaterThan(5_000);
});

test('without Retry-After the waits double', () => {
  const waits = [1, 2, 3].map((attempt) => retryWaitMs({ code: 'offline' }, attempt, 0));
  expect(waits).toEqual([400, 800, 1_600]);
});

test('a Retry-After that is too long is shown, not waited for', () => {
  expect(retryWaitMs({ code: 'unavailable', retryAfterMs: 60_000 }, 1, 0)).toBeNull();
});
