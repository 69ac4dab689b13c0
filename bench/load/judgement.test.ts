/** Proves what is counted, and that each threshold alone breaks the judgement. */
import { expect, test } from 'vitest';
import type { Reply, Request } from '../rehearse/http.ts';
import type { Verdict } from '../rehearse/verdict.ts';
import { judgeLoad } from './judgement.ts';
import { openRecorder } from './recorder.ts';

const RIGHT = { ok: true } as Verdict;
const THRESHOLDS = { errorPercentMax: 50, purchaseP99MsMax: 100, readP99MsMax: 50 };
const PURCHASE: Request = { method: 'POST', path: '/api/v1/purchase/evi_a_1', isPurchase: true };
const CONFIRM: Request = { method: 'POST', path: '/api/v1/purchase/ord_a_1/confirm' };
const BROWSE: Request = { method: 'GET', path: '/api/v1/events/evt_a' };
const REVIEWS: Request = { method: 'GET', path: '/api/v1/reviews/items/itm_a/summary' };

function reply(status: number, tookMs: number, code?: string): Reply {
  const body = code === undefined ? {} : { code };
  const timing = { queuedMs: 0, tookMs, answeredAtMs: 1 };
  return { kind: 'answer', status, body, retryAfter: undefined, ...timing };
}

function journalOf(...more: [Request, Reply][]) {
  const recorder = openRecorder();
  recorder.note(PURCHASE, reply(201, 10));
  recorder.note(CONFIRM, reply(200, 10));
  recorder.note(BROWSE, reply(200, 10));
  recorder.note(REVIEWS, reply(200, 10));
  for (const [request, answer] of more) recorder.note(request, answer);
  return recorder;
}

function broken(recorder: ReturnType<typeof openRecorder>, verdict = RIGHT): string[] {
  const { ok, checks } = judgeLoad(verdict, recorder, THRESHOLDS);
  const unmet = checks.filter(({ isMet }) => !isMet).map(({ what }) => what);
  expect(ok).toBe(unmet.length === 0);
  return unmet;
}

test('steps are told apart, and what is no part of the scenario is not counted', () => {
  const recorder = journalOf(
    [{ method: 'POST', path: '/api/v1/auth/register' }, reply(201, 500)],
    [{ method: 'GET', path: '/api/v1/events/evt_a/integrity' }, reply(200, 500)],
    [{ method: 'GET', path: '/api/v1/profile/orders?limit=1' }, reply(200, 500)],
    [PURCHASE, reply(409, 20, 'sold_out')],
    [PURCHASE, reply(429, 20, 'rate_limited')],
    [PURCHASE, reply(503, 20, 'busy')],
  );
  const { steps } = judgeLoad(RIGHT, recorder, THRESHOLDS);
  expect(Object.values(steps).map(({ requests }) => requests)).toEqual([1, 4, 1, 1]);
  expect(steps.purchase).toMatchObject({
    errors: 1,
    errorPercent: 25,
    longestMs: 20,
    outcomes: { held: 1, sold_out: 1, 'told to wait': 1, '503 busy': 1 },
  });
});

test('all held where all is within', () => {
  expect(broken(journalOf())).toEqual([]);
});

test('each threshold breaks by itself', () => {
  expect(broken(journalOf([PURCHASE, reply(201, 101)]))).toEqual(['purchase: p99 at most 100 ms']);
  expect(broken(journalOf([BROWSE, reply(200, 51)]))).toEqual(['browse: p99 at most 50 ms']);
  expect(broken(journalOf([REVIEWS, reply(200, 51)]))).toEqual(['reviews: p99 at most 50 ms']);
  const fails: [Request, Reply] = [REVIEWS, reply(503, 1, 'unavailable')];
  expect(broken(journalOf(fails, fails))).toEqual(['reviews: at most 50 % errors']);
  expect(broken(journalOf(), { ok: false } as Verdict)[0]).toContain('the law');
});

test('a step that nobody took has not held', () => {
  expect(broken(openRecorder())).toHaveLength(4);
});
