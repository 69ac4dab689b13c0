import { signal } from '@preact/signals-core';
import { expect, test, vi } from 'vitest';
import type { Session } from '../../worker/contract/accounts.ts';
import type { SignedIn } from '../session/session.ts';
import type { SessionStore } from '../session/session-store.ts';
import { anOrder, aSession, instant, MINUTE_MS, NOON_MS } from '../testing/builders.ts';
import { type ApiPorts, createApi } from './api.ts';

const REFRESH = '/api/v1/auth/refresh';
const LOGOUT = '/api/v1/auth/logout';

/** A server that takes one access token at a time, and gives the next one for the cookie. */
function open({ kept = null as Session | null, isSignedIn = true, taken = 'token-0' } = {}) {
  const current = signal<SignedIn | null>(isSignedIn ? { user: aSession().user } : null);
  let token = kept;
  const session: SessionStore = {
    current,
    token: () => token,
    start: (next) => {
      token = next;
    },
    end: () => {
      token = null;
      current.value = null;
    },
  };
  const server = {
    taken,
    issued: 0,
    refuses: null as Response | null,
    isLost: false,
    isDeaf: false,
  };
  const calls: { path: string; token: string | null; key: string | null; init: RequestInit }[] = [];
  const wire: ApiPorts = {
    fetch: async (input, init = {}) => {
      const path = new URL(input as string, 'https://shop.example').pathname;
      const headers = new Headers(init.headers);
      const bearer = headers.get('Authorization');
      calls.push({ path, token: bearer, key: headers.get('Idempotency-Key'), init });
      if (server.isLost) throw new TypeError('network');
      if (path === LOGOUT) return new Response(null, { status: 204 });
      if (path === REFRESH) return server.refuses ?? json(aSession(nextToken()));
      if (!server.isDeaf && bearer === `Bearer ${server.taken}`) {
        return json({ order: anOrder(), orders: [], nextCursor: null });
      }
      return json({ code: 'token_expired' }, 401);
    },
    monotonicMs: () => NOON_MS,
    session,
    serverNowMs: () => NOON_MS,
    alone: vi.fn<ApiPorts['alone']>((task) => task()) as ApiPorts['alone'],
    onSample: () => {},
    sleep: async () => {},
    random: () => 0,
  };
  function nextToken() {
    server.taken = `token-${++server.issued}`;
    return { accessToken: server.taken };
  }
  return { api: createApi(wire), calls, server, session, wire };
}

function json(body: unknown, status = 200) {
  return new Response(JSON.stringify(body), { status });
}

function keptFor(leftMs: number) {
  return aSession({ accessToken: 'token-0', expiresAt: instant(NOON_MS + leftMs) });
}

test('after a reload the cookie is exchanged before the first call, once for all of them', async () => {
  const { api, calls, wire } = open();
  const [orders, profile] = await Promise.all([api.listOrders(), api.profile()]);
  expect([orders.ok, profile.ok]).toEqual([true, true]);
  expect(calls.map(({ path }) => path)).toEqual([
    REFRESH,
    '/api/v1/profile/orders',
    '/api/v1/profile',
  ]);
  expect(calls.map(({ token }) => token)).toEqual([null, 'Bearer token-1', 'Bearer token-1']);
  expect(wire.alone).toHaveBeenCalledTimes(1);
  expect(calls[0]?.init.keepalive).toBe(true);
});

test('a token that was kept is used without asking', async () => {
  const { api, calls } = open({ kept: keptFor(2 * MINUTE_MS) });
  expect((await api.listOrders()).ok).toBe(true);
  api.stayReady();
  expect(calls).toHaveLength(1);
});

test('a token that fades is used once more, and renewed meanwhile', async () => {
  const { api, calls, server } = open({ kept: keptFor(MINUTE_MS / 2) });
  api.stayReady();
  expect(calls.map(({ path }) => path)).toEqual([REFRESH]);
  server.taken = 'token-0';
  const bought = await api.reserve('evi_1', 1, { key: 'k1' });
  expect(bought.ok).toBe(true);
  expect(calls.map(({ token }) => token)).toEqual([null, 'Bearer token-0']);
  expect(server.issued).toBe(1);
});

test('a purchase whose token is refused is sent again with a new one and the same key', async () => {
  const { api, calls } = open({ kept: keptFor(5 * MINUTE_MS), taken: 'another' });
  const bought = await api.reserve('evi_1', 1, { key: 'k1' });
  expect(bought.ok).toBe(true);
  expect(calls.map(({ path, token, key }) => [path, token, key])).toEqual([
    ['/api/v1/purchase/evi_1', 'Bearer token-0', '"k1"'],
    [REFRESH, null, null],
    ['/api/v1/purchase/evi_1', 'Bearer token-1', '"k1"'],
  ]);
});

test('a token that is refused again is not renewed for ever', async () => {
  const { api, calls, server } = open({ kept: keptFor(5 * MINUTE_MS) });
  server.isDeaf = true;
  const bought = await api.reserve('evi_1', 1, { key: 'k1' });
  expect(bought).toMatchObject({ ok: false, problem: { code: 'token_expired' } });
  expect(calls).toHaveLength(3);
});

test('a cookie that is refused signs out, and nothing more is sent', async () => {
  const { api, calls, server, session } = open();
  server.refuses = json({ code: 'unauthenticated' }, 401);
  const first = await api.listOrders();
  expect(first).toEqual({ ok: false, problem: { code: 'unauthenticated' } });
  expect(session.current.value).toBeNull();
  expect(await api.listOrders()).toEqual(first);
  api.stayReady();
  expect(calls).toHaveLength(1);
});

test('no connection signs nobody out: a purchase goes on when it is back', async () => {
  const { api, server, session } = open();
  server.isLost = true;
  expect(await api.listOrders()).toMatchObject({ ok: false, problem: { code: 'offline' } });
  const onRetry = () => {
    server.isLost = false;
  };
  expect((await api.reserve('evi_1', 1, { key: 'k1', onRetry })).ok).toBe(true);
  expect(session.current.value).not.toBeNull();
});

test('a visitor who is not signed in asks for no token', async () => {
  const { api, calls } = open({ isSignedIn: false });
  api.stayReady();
  expect(await api.listOrders()).toMatchObject({ problem: { code: 'unauthenticated' } });
  expect(calls).toEqual([]);
});

test('who signs out while a token is on its way stays signed out', async () => {
  const { api, session } = open();
  const orders = api.listOrders();
  session.end();
  expect(await orders).toMatchObject({ problem: { code: 'unauthenticated' } });
  expect(session.token()).toBeNull();
});

test('signing out is sent to the server, again if no answer came', async () => {
  const { api, calls, server, wire } = open();
  server.isLost = true;
  wire.sleep = async () => {
    server.isLost = false;
  };
  expect((await api.logout({ everywhere: false })).ok).toBe(true);
  expect(calls).toHaveLength(2);
  expect(calls.map(({ init }) => init.body)).toEqual(calls.map(() => '{"everywhere":false}'));
  expect(calls.every(({ path, init }) => path === LOGOUT && init.keepalive)).toBe(true);
});
