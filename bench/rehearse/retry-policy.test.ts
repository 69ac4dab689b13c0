/** Proves what is sent again, and when. */
import { expect, test } from 'vitest';
import type { Reply } from './http.ts';
import { nextStep, retryAfterMs } from './retry-policy.ts';
import { TIMING } from './timing.ts';

const REPLY_TIMES = { queuedMs: 0, tookMs: 1, answeredAtMs: 0 };
const FIRST = { tries: 1, elapsedMs: 0, nowMs: 0 };
const by = { timing: TIMING, random: () => 0.5 };

function answer(status: number, retryAfter?: string): Reply {
  return { kind: 'answer', status, retryAfter, body: undefined, ...REPLY_TIMES };
}

test.each([200, 201, 400, 401, 403, 409, 422])('an answer %i decides and is final', (status) => {
  expect(nextStep(answer(status), FIRST, by).kind).toBe('settled');
});

test('what may pass is sent again', () => {
  const fault: Reply = { kind: 'fault', fault: 'network', detail: 'ECONNRESET', ...REPLY_TIMES };
  expect(nextStep(fault, FIRST, by)).toMatchObject({ kind: 'again', reason: 'network' });
  for (const status of [429, 500, 502, 503]) {
    expect(nextStep(answer(status), FIRST, by)).toMatchObject({ reason: String(status) });
  }
});

test('Retry-After is waited for in full, and the jitter comes on top', () => {
  const step = nextStep(answer(503, '2'), FIRST, by);
  expect(step).toMatchObject({ kind: 'again', afterMs: 2_000 + 0.75 * TIMING.backoffMsBase });
});

test('waits double up to a longest one', () => {
  const first = TIMING.backoffMsBase * 0.75;
  expect(nextStep(answer(503), { ...FIRST, tries: 1 }, by)).toMatchObject({ afterMs: first });
  expect(nextStep(answer(503), { ...FIRST, tries: 2 }, by)).toMatchObject({ afterMs: 2 * first });
  expect(nextStep(answer(503), { ...FIRST, tries: 50 }, by)).toMatchObject({
    afterMs: TIMING.backoffMsMax * 0.75,
  });
});

test('it gives up where the next try would be past the limit', () => {
  const late = { tries: 9, elapsedMs: TIMING.retryMsMax - 100, nowMs: 0 };
  expect(nextStep(answer(503), late, by)).toEqual({ kind: 'gave_up', reason: '503' });
});

test('a server that is away for a minute is outlasted', () => {
  const fault: Reply = { kind: 'fault', fault: 'network', detail: 'ECONNREFUSED', ...REPLY_TIMES };
  expect(nextStep(fault, { tries: 30, elapsedMs: 60_000, nowMs: 0 }, by).kind).toBe('again');
});

test('Retry-After is read as seconds or as a date, and nonsense is no wait', () => {
  expect(retryAfterMs('3', 0)).toBe(3_000);
  expect(retryAfterMs('Thu, 01 Jan 1970 00:00:05 GMT', 1_000)).toBe(4_000);
  expect(retryAfterMs('Thu, 01 Jan 1970 00:00:05 GMT', 9_000)).toBe(0);
  expect(retryAfterMs('soon', 0)).toBe(0);
});
