/** Proves the reading of the shop's answers, and signing in again. */
import { expect, test } from 'vitest';
import { makeEventId, makeEventItemId } from '../../worker/contract/ids.ts';
import type { Request } from './http.ts';
import { withRetries } from './send-with-retries.ts';
import { openShopClient } from './shop-client.ts';
import { TIMING } from './timing.ts';

const EVENT_ITEM_ID = makeEventItemId(
  makeEventId((bytes) => bytes),
  1,
);

interface Scripted {
  status: number;
  body?: unknown;
}

function scripted(...answers: Scripted[]) {
  const sent: Request[] = [];
  let nowMs = 0;
  const retries: string[] = [];
  const call = withRetries({
    send: async (request) => {
      const { status, body } = answers[sent.length] ?? answers.at(-1) ?? { status: 500 };
      sent.push(request);
      const timing = { queuedMs: 0, tookMs: 1, answeredAtMs: nowMs };
      return { kind: 'answer', status, body, retryAfter: undefined, ...timing };
    },
    timing: TIMING,
    now: () => nowMs,
    sleep: async (ms) => {
      nowMs += ms;
    },
    onReply: () => {},
    onRetry: (reason) => retries.push(reason),
  });
  const account = { email: 'a@b.c', password: 'pw', token: 'old', random: () => 0.5 };
  return { shop: openShopClient(call), account, sent, retries, elapsedMs: () => nowMs };
}

function page(nextCursor: string | null): Scripted {
  return { status: 200, body: { orders: [], nextCursor, serverNow: '2026-05-01T12:00:00.000Z' } };
}

const SESSION = { status: 200, body: { accessToken: 'new' } };

test('a token that is no longer taken is replaced, and the purchase keeps its key', async () => {
  const expired = { status: 401, body: { code: 'token_expired' } };
  const soldOut = { status: 409, body: { code: 'sold_out', nextReleaseAt: null } };
  const { shop, account, sent } = scripted(expired, SESSION, soldOut);
  const result = await shop.reserve({ account, key: 'k' }, EVENT_ITEM_ID);
  expect(result).toMatchObject({ kind: 'refused', refusal: { code: 'sold_out' } });
  expect(sent.map((request) => [request.path, request.token, request.idempotencyKey])).toEqual([
    [`/api/v1/purchase/${EVENT_ITEM_ID}`, 'old', 'k'],
    ['/api/v1/auth/login', undefined, undefined],
    [`/api/v1/purchase/${EVENT_ITEM_ID}`, 'new', 'k'],
  ]);
});

test('a registration whose first answer was lost signs in instead', async () => {
  const { shop, account, sent } = scripted({ status: 409, body: { code: 'email_taken' } }, SESSION);
  expect((await shop.register(account, 'A')).kind).toBe('ok');
  expect(account.token).toBe('new');
  expect(sent).toHaveLength(2);
});

test('every retry carries the same key, until the time for it is up', async () => {
  const { shop, account, sent, retries, elapsedMs } = scripted({ status: 503 });
  const result = await shop.reserve({ account, key: 'k' }, EVENT_ITEM_ID);
  expect(result).toEqual({ kind: 'gave_up', reason: '503' });
  expect(new Set(sent.map((request) => request.idempotencyKey))).toEqual(new Set(['k']));
  expect(retries).toHaveLength(sent.length - 1);
  expect(elapsedMs()).toBeGreaterThan(60_000);
  expect(elapsedMs()).toBeLessThanOrEqual(TIMING.retryMsMax);
});

test('an answer of another shape is told apart from a refusal, without its ids', async () => {
  const { shop, account } = scripted({ status: 201, body: { order: { id: 7 } } });
  const result = await shop.reserve({ account, key: 'k' }, EVENT_ITEM_ID);
  expect(result).toMatchObject({ kind: 'malformed' });
  expect(result.kind === 'malformed' && result.detail).toMatch(
    /^\/api\/v1\/purchase\/\{evi\} answered 201/,
  );
});

test('all pages of an order history are read', async () => {
  const { shop, account, sent } = scripted(page('a b'), page(null));
  expect(await shop.orders(account)).toEqual({ kind: 'ok', value: [] });
  expect(sent[1]?.path).toContain('cursor=a%20b');
});
