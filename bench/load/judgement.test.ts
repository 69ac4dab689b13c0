/** Proves what is counted, and that each threshold alone breaks the judgement. */
import { describe, expect, test } from 'vitest';
import type { Reply, Request } from '../rehearse/http.ts';
import type { Verdict } from '../rehearse/verdict.ts';
import { judgeLoad } from './judgement.ts';
import { openRecorder } from './recorder.ts';

const RIGHT = { ok: true, money: null } as Verdict;
const PAID = { ok: true, money: {} } as Verdict;
const THRESHOLDS = {
  errorPercentMax: 50,
  purchaseP99MsMax: 100,
  payP99MsMax: 70,
  readP99MsMax: 50,
};
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
  const recorder = openRecorder({ isPaidOnline: false });
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
  expect(broken(journalOf(), { ok: false, money: null } as Verdict)[0]).toContain('the law');
});

test('a step that nobody took has not held', () => {
  expect(broken(openRecorder({ isPaidOnline: false }))).toHaveLength(4);
});

describe('where shoppers pay', () => {
  const PAY: Request = { method: 'POST', path: '/api/v1/purchase/ord_a_1/pay' };
  const RESULT: Request = { method: 'POST', path: '/api/v1/purchase/ord_a_1/payment' };
  const CANCEL: Request = { method: 'POST', path: '/api/v1/purchase/ord_a_1/cancel' };

  function paidJournalOf(...more: [Request, Reply][]) {
    const recorder = openRecorder({ isPaidOnline: true });
    const all: [Request, Reply][] = [
      [BROWSE, reply(200, 10)],
      [PURCHASE, reply(201, 10)],
      [PAY, reply(200, 10)],
      [RESULT, reply(200, 10)],
      [REVIEWS, reply(200, 10)],
    ];
    for (const [request, answer] of [...all, ...more]) recorder.note(request, answer);
    recorder.noteForm({ submitted: 'paid', tookMs: 10, answeredAtMs: 1 });
    return recorder;
  }

  test('the steps are others, and nobody has to have cancelled', () => {
    const { ok, steps } = judgeLoad(PAID, paidJournalOf(), THRESHOLDS);
    const requests = Object.entries(steps).map(([step, figures]) => [step, figures.requests]);
    expect(Object.fromEntries(requests)).toEqual({
      browse: 1,
      purchase: 1,
      pay: 1,
      page: 1,
      result: 1,
      cancel: 0,
      reviews: 1,
    });
    expect(ok).toBe(true);
    const cancelled = judgeLoad(PAID, paidJournalOf([CANCEL, reply(200, 5)]), THRESHOLDS);
    expect(cancelled.steps.cancel?.outcomes).toEqual({ settled: 1 });
  });

  test('each threshold breaks by itself', () => {
    const slow = paidJournalOf([PAY, reply(200, 71)]);
    expect(broken(slow, PAID)).toEqual(['pay: p99 at most 70 ms']);
    const away: [Request, Reply] = [PAY, reply(503, 1, 'payment_unavailable')];
    expect(broken(paidJournalOf(away, away), PAID)).toEqual(['pay: at most 50 % errors']);
    const recorder = paidJournalOf();
    for (let n = 0; n < 2; n++) {
      recorder.noteForm({ submitted: 'away', tookMs: 1, answeredAtMs: 1 });
    }
    expect(broken(recorder, PAID)).toEqual(['page: at most 50 % errors']);
  });

  test('a sale in which nobody paid has not held', () => {
    expect(broken(openRecorder({ isPaidOnline: true }), PAID)).toHaveLength(6);
  });
});
