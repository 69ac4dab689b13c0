import { signal } from '@preact/signals-core';
import { expect, test, vi } from 'vitest';
import type { SignedIn } from '../session/session.ts';
import type { SessionStore } from '../session/session-store.ts';
import { anEvent, anOrder, aSession, instant, NOON_MS } from '../testing/builders.ts';
import { type ApiPorts, createApi } from './api.ts';

const ORIGIN = 'https://shop.example';

function json(body: unknown, status = 200, headers: Record<string, string> = {}) {
  return new Response(JSON.stringify(body), { status, headers });
}

/** Signed in with a token that is good for another hour, unless told. */
function signedIn(kept: ReturnType<SessionStore['token']> = aSession()): SessionStore {
  const current = signal<SignedIn | null>({ user: aSession().user });
  let token = kept;
  return {
    current,
    token: () => token,
    start: (session) => {
      token = session;
    },
    end: () => {
      token = null;
      current.value = null;
    },
  };
}

/** A wire that gives these answers in turn, the last one again and again. */
function wireWith(...answers: (() => Response | Promise<Response>)[]) {
  let timeMs = NOON_MS;
  const calls: { url: string; headers: Headers; body: unknown }[] = [];
  const caches: (string | undefined)[] = [];
  const wire: ApiPorts = {
    fetch: async (input, init) => {
      calls.push({
        url: new Request(new URL(input as string, ORIGIN)).url,
        headers: new Headers(init?.headers),
        body: init?.body,
      });
      caches.push(init?.cache);
      timeMs += 50;
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      return answer ? answer() : json({});
    },
    monotonicMs: () => timeMs,
    session: signedIn(),
    serverNowMs: () => NOON_MS,
    alone: (task) => task(),
    onSample: vi.fn<ApiPorts['onSample']>(),
    sleep: vi.fn<ApiPorts['sleep']>(async () => {}),
    random: () => 0,
  };
  return { wire, calls, caches, api: createApi(wire) };
}

const granted = () => json({ order: anOrder(), serverNow: instant(NOON_MS) }, 201);
const busy = () => json({ code: 'busy' }, 503, { 'Retry-After': '2' });

test('a purchase names its item, quantity, key and bearer', async () => {
  const { api, calls } = wireWith(granted);
  const result = await api.reserve('evi_1', 2, { key: 'k1' });
  expect(result).toMatchObject({ ok: true, value: { order: { status: 'pending' } } });
  expect(calls[0]?.url).toBe(`${ORIGIN}/api/v1/purchase/evi_1`);
  expect(calls[0]?.body).toBe('{"quantity":2}');
  expect(calls[0]?.headers.get('Idempotency-Key')).toBe('"k1"');
  expect(calls[0]?.headers.get('Authorization')).toBe('Bearer token');
});

test('a purchase sends the price that was shown, with its currency', async () => {
  const { api, calls } = wireWith(granted);
  const shown = { priceCents: 24_900, currency: 'EUR' };
  await api.reserve('evi_1', 1, { key: 'k1', shown });
  expect(calls[0]?.body).toBe('{"quantity":1,"shownPriceCents":24900,"shownCurrency":"EUR"}');
});

test('an overloaded shop is waited for as asked and tried again with the same key', async () => {
  const { api, wire, calls } = wireWith(busy, busy, granted);
  const onRetry = vi.fn<() => void>();
  const result = await api.reserve('evi_1', 1, { key: 'k1', onRetry });
  expect(result.ok).toBe(true);
  expect(calls.map(({ headers }) => headers.get('Idempotency-Key'))).toEqual(Array(3).fill('"k1"'));
  expect(vi.mocked(wire.sleep).mock.calls).toEqual([[2_000], [2_000]]);
  expect(onRetry).toHaveBeenCalledTimes(2);
});

test('trying again ends after four calls', async () => {
  const { api, calls } = wireWith(busy);
  const result = await api.confirm('ord_1', { key: 'k1' });
  expect(result).toMatchObject({ ok: false, problem: { code: 'busy' } });
  expect(calls).toHaveLength(4);
});

test('a lost connection is tried again, a refusal is not', async () => {
  const lost = wireWith(() => Promise.reject(new TypeError('network')), granted);
  expect((await lost.api.cancel('ord_1', { key: 'k1' })).ok).toBe(true);
  const refused = wireWith(() => json({ code: 'sold_out' }, 409));
  await refused.api.reserve('evi_1', 1, { key: 'k1' });
  expect(refused.calls).toHaveLength(1);
});

test('reads are not repeated: the page polls anyway', async () => {
  const { api, calls } = wireWith(busy);
  expect(await api.listEvents()).toMatchObject({ ok: false, problem: { code: 'busy' } });
  expect(calls).toHaveLength(1);
});

test('an answer that never comes is another problem than no connection', async () => {
  const { api } = wireWith(() => Promise.reject(new DOMException('slow', 'TimeoutError')));
  expect(await api.getEvent('evt_1')).toEqual({ ok: false, problem: { code: 'no_answer' } });
});

test('every answer with serverNow becomes a sample of the clock, refusals too', async () => {
  const { api, wire } = wireWith(
    () => json(anEvent()),
    () => json({ code: 'sold_out', serverNow: instant(NOON_MS) }, 409),
  );
  await api.getEvent('evt_1');
  await api.reserve('evi_1', 1, { key: 'k1' });
  expect(wire.onSample).toHaveBeenCalledTimes(2);
  expect(wire.onSample).toHaveBeenNthCalledWith(1, {
    serverMs: NOON_MS,
    sentMs: NOON_MS,
    receivedMs: NOON_MS + 50,
  });
});

test('the time is that of the answer, not of a body that the browser kept', async () => {
  const headers = { 'Server-Now': instant(NOON_MS) };
  const kept = { ...anEvent(), serverNow: instant(NOON_MS - 60_000) };
  const { api, wire, caches } = wireWith(() => json(kept, 200, headers));
  await api.getEvent('evt_1');
  expect(wire.onSample).toHaveBeenCalledWith(expect.objectContaining({ serverMs: NOON_MS }));
  expect(caches).toEqual(['no-cache']);
});

test('a page of HTML in place of an answer is a problem, not a crash', async () => {
  const { api } = wireWith(() => new Response('<html>', { status: 200 }));
  expect(await api.listOrders({ cursor: 'page-2' })).toEqual({
    ok: false,
    problem: { code: 'unavailable' },
  });
});
