import { describe, expect, it } from 'vitest';
import { EXAMPLES } from '../openapi/operations/examples.ts';
import { expectDescribed } from './answers.ts';

const ASKED = { method: 'GET', path: '/profile/orders?limit=1' };
const HEADERS = {
  'Content-Type': 'application/json',
  'Cache-Control': 'no-store',
  'X-Request-Id': 'a',
  'Server-Now': '2026-11-27T10:00:00.000Z',
  ETag: 'W/"5c1f"',
};

function answer(
  body: unknown,
  init: { status?: number; headers?: Record<string, string> } = {},
): Response {
  return new Response(JSON.stringify(body), {
    status: init.status ?? 200,
    headers: { ...HEADERS, ...init.headers },
  });
}

function problem(code: string, status: number, more: object = {}): Response {
  const body = { type: `urn:swiftdrop:problem:${code}`, status, code, ...more };
  return answer(body, { status, headers: { 'Content-Type': 'application/problem+json' } });
}

describe('an answer', () => {
  it('as it is described passes, and can still be read', async () => {
    const good = answer(EXAMPLES.orderHistory);
    await expectDescribed(ASKED, good);
    expect(await good.json()).toEqual(EXAMPLES.orderHistory);
    await expectDescribed(ASKED, problem('malformed', 400, { title: 'The request is malformed' }));
  });

  const [order] = EXAMPLES.orderHistory.orders;
  const wrong: [string, Response, RegExp][] = [
    ['of another status', answer({}, { status: 202 }), /declares only 200, 304, 400, 401/],
    [
      'without a header',
      answer(EXAMPLES.orderHistory, { headers: { 'Server-Now': '' } }),
      /Server-Now/,
    ],
    ['of another type', new Response('ok', { headers: { 'Content-Type': 'text/plain' } }), /type/],
    ['with a member more', answer({ ...EXAMPLES.orderHistory, total: 1 }), /total/],
    ['with a member less', answer({ orders: [], nextCursor: null }), /serverNow/],
    [
      'with a wrong member inside',
      answer({ ...EXAMPLES.orderHistory, orders: [{ ...order, status: 'lost' }] }),
      /status/,
    ],
    ['of a code of another operation', problem('sold_out', 409, { title: 'Sold out' }), /409/],
    ['of a code under a wrong status', problem('sold_out', 400, { title: 'Sold out' }), /code/],
  ];

  it.each(wrong)('%s does not', async (_what, given, message) => {
    await expect(expectDescribed(ASKED, given)).rejects.toThrow(message);
  });

  it('to what nobody serves is a problem that says so', async () => {
    const asked = { method: 'GET', path: '/nothing' };
    await expectDescribed(asked, problem('not_found', 404));
    await expect(expectDescribed(asked, answer({}))).rejects.toThrow(/no operation/);
  });
});
