/** How the API behaves as a piece of HTTP, whatever is asked of it. */
import { exports } from 'cloudflare:workers';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Deps } from '../../deps/deps.ts';
import { appWith, away, dbWith } from '../../testing/apps.ts';
import { hold, pass } from '../../testing/purchases.ts';
import { call, makeEvent, makeShopper } from '../../testing/shop.ts';

const SITE = 'https://shop.example';
const UNKNOWN_ITEM = 'evi_zzzzzzzzzzzz_1';
const OTHER_SITE = 'https://partner.example';

afterEach(() => {
  vi.useRealTimers();
});

const FROZEN = {
  set() {
    throw new TypeError('immutable');
  },
};

/** A call that is not held against the description, for what no client of it would send. */
function send(path: string, init?: RequestInit): Promise<Response> {
  return exports.default.fetch(new Request(`${SITE}${path}`, init));
}

describe('every answer', () => {
  it.each([
    ['GET', '/api/v1/events', {}],
    ['GET', '/api/v1/nothing', {}],
    ['POST', '/api/v1/auth/login', { body: '{' }],
    ['DELETE', '/api/v1/profile', {}],
    ['OPTIONS', '/api/v1/events', {}],
    ['GET', '/api/v1/docs', {}],
  ])('to %s %s says who may keep, run, frame and embed it', async (method, path, init) => {
    const { headers } = await send(path, { method, ...init });
    expect(headers.get('Cache-Control')).toMatch(/^(no-store|public, )/);
    expect(headers.get('Content-Security-Policy')).toContain("default-src 'none'");
    expect(headers.get('Content-Security-Policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('Strict-Transport-Security')).toContain('max-age=31536000');
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(headers.get('Referrer-Policy')).toBe('no-referrer');
    expect(headers.get('Permissions-Policy')).toContain('camera=()');
    expect(headers.get('Cross-Origin-Opener-Policy')).toBe('same-origin');
    expect(headers.get('Cross-Origin-Resource-Policy')).toBe('same-origin');
  });

  it('to a purchase is never kept, and has the headers that cannot be left out', async () => {
    const { token } = await makeShopper();
    const { headers } = await call('POST', `/purchase/${UNKNOWN_ITEM}`, { token });
    expect(headers.get('Cache-Control')).toBe('no-store');
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(headers.get('Strict-Transport-Security')).not.toBeNull();
    expect(headers.get('Content-Security-Policy')).toContain("default-src 'none'");
  });

  it('to a purchase has these headers alone, since each costs it time', async () => {
    const { eventItemId } = await makeEvent();
    const { token } = await makeShopper();
    const ask = appWith({ logging: { everydayShare: 0 } });
    const headers = { Authorization: `Bearer ${token}` };
    const answer = await ask(`/purchase/${eventItemId}`, { method: 'POST', headers });
    expect(answer.status).toBe(201);
    expect([...answer.headers.keys()].toSorted()).toEqual([
      'cache-control',
      'content-security-policy',
      'content-type',
      'strict-transport-security',
      'x-content-type-options',
      'x-request-id',
    ]);
  });

  it('has the caller’s request id where it is short and plain, and one of its own elsewhere', async () => {
    const named = { headers: { 'X-Request-Id': 'order-7.a_b=' } };
    const kept = await call('GET', '/nothing', named);
    expect(kept.headers.get('X-Request-Id')).toBe('order-7.a_b=');
    expect(await kept.json()).toMatchObject({ requestId: 'order-7.a_b=' });
    for (const odd of ['', 'x'.repeat(65), 'a b', '<script>', 'a"b', '%0a']) {
      const answer = await call('GET', '/nothing', { headers: { 'X-Request-Id': odd } });
      expect(answer.headers.get('X-Request-Id')).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it('that is a fault is logged under the id that its caller was given', async () => {
    const logged: unknown[] = [];
    const log: Deps['logging']['log'] = (_level, _message, fields) => logged.push(fields);
    const ask = appWith({ stores: { db: dbWith(() => away()) }, logging: { log } });
    const answer = await ask('/events', { headers: { 'X-Request-Id': 'mine' } });
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ code: 'unavailable', requestId: 'mine' });
    expect(logged).toMatchObject([{ requestId: 'mine', error: {} }, { requestId: 'mine' }]);
  });
});

describe('a socket', () => {
  it('passes as the object behind it gave it, with headers that cannot be changed', async () => {
    const [client] = Object.values(new WebSocketPair());
    const given = new Response(null, { status: 101, webSocket: client ?? null });
    const immutable = new Proxy(given, {
      get: (target, name) => (name === 'headers' ? FROZEN : Reflect.get(target, name)),
    });
    const { eventId } = await makeEvent();
    const ask = appWith({ live: { watch: async () => immutable } });
    const answer = await ask(`/events/${eventId}/live`, { headers: { Upgrade: 'websocket' } });
    expect(answer.webSocket).toBe(client);
  });
});

describe('a method', () => {
  it('that a known path does not know is refused with those that it knows', async () => {
    for (const [method, path, allow] of [
      ['PATCH', '/profile', 'GET, HEAD, PUT, DELETE, OPTIONS'],
      ['PATCH', '/events/evt_zzzzzzzzzzzz', 'GET, HEAD, OPTIONS'],
      ['GET', `/purchase/${UNKNOWN_ITEM}`, 'POST, OPTIONS'],
      ['GET', '/auth/login', 'POST, OPTIONS'],
      ['PUT', '/admin/events/dashboard', 'GET, HEAD, OPTIONS'],
    ] as const) {
      const refused = await call(method, path);
      expect(refused.status, path).toBe(405);
      expect(refused.headers.get('Allow')).toBe(allow);
      expect(await refused.json()).toMatchObject({ code: 'method_not_allowed' });
    }
  });

  it('OPTIONS answers what a path knows, without a token, and finds no unknown one', async () => {
    const known = await call('OPTIONS', '/profile');
    expect(known.status).toBe(204);
    expect(known.headers.get('Allow')).toContain('GET, HEAD');
    expect((await send('/api/v1/nothing', { method: 'OPTIONS' })).status).toBe(404);
  });

  it('HEAD answers as GET does, without a body', async () => {
    const { eventId } = await makeEvent();
    const [head, get] = [
      await call('HEAD', `/events/${eventId}`),
      await call('GET', `/events/${eventId}`),
    ];
    expect(head.status).toBe(200);
    expect(await head.text()).toBe('');
    for (const name of ['Content-Type', 'Cache-Control', 'ETag']) {
      expect(head.headers.get(name)).toBe(get.headers.get(name));
    }
    expect((await call('HEAD', '/profile')).status).toBe(401);
  });
});

describe('a path with tricks', () => {
  it.each([
    '//api/v1/events',
    '/api//v1/events',
    '/api/v1//events',
    '/api/v1/events/',
    '/API/V1/EVENTS',
    '/api/v1/Events',
    '/api/v1/events/..%2fadmin%2fitems',
    '/api/v1/events/%00',
    '/api/v1/events%00',
    '/api/v1/events/%',
    '/api/v1/events/%ff%fe',
    '/api/v1/events/evt_zzzzzzzzzzzz%2fintegrity',
    '/api/v1/profile%2forders',
    '/api/v1/profile/..;/admin/items',
    '/api/v1/events/evt_zzzzzzzzzzzz;x=1',
    '/api/v1/events/EVT_ZZZZZZZZZZZZ',
    '/api/v2/events',
  ])('%s reaches nothing', async (path) => {
    const answer = await send(path);
    expect([404, 405]).toContain(answer.status);
    expect(answer.headers.get('Content-Type')).toBe('application/problem+json');
  });

  it.each([
    '/api/v1/events/%2e%2e/admin/items',
    '/api/v1/events/../admin/items',
    '/api/v1/auth/login/../../admin/items',
  ])('%s is the path that it comes to, with that one’s guard', async (path) => {
    const { token } = await makeShopper();
    const nobody = await send(path);
    expect(nobody.status).toBe(401);
    expect(await nobody.json()).toMatchObject({ code: 'unauthenticated' });
    const customer = await send(path, { headers: { Authorization: `Bearer ${token}` } });
    expect(customer.status).toBe(403);
  });

  it('or of too many characters is malformed, and so are strange questions', async () => {
    for (const path of [
      `/events?cursor=${'x'.repeat(5_000)}`,
      `/events/${'x'.repeat(5_000)}`,
      `/events?cursor=${'x'.repeat(201)}`,
      '/events?cursor=%00',
      '/events?cursor=%ff',
      '/events?limit=1&limit=2',
      '/events?limit=1e2.5',
      '/events?limit[]=1',
      '/events?__proto__=1',
      '/events?constructor=1',
      '/events?__proto__[limit]=5',
    ]) {
      expect((await call('GET', path)).status, path.slice(0, 60)).toBe(400);
    }
  });
});

describe('a body', () => {
  const MEGABYTE = new Uint8Array(1024 * 1024).fill(0x20);

  /** Ten megabytes whose length no header says, and how much of it was taken. */
  function endless() {
    const taken = { chunks: 0 };
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          taken.chunks++;
          if (taken.chunks > 10) controller.close();
          else controller.enqueue(MEGABYTE);
        },
      },
      { highWaterMark: 0 },
    );
    return { body, taken };
  }

  it('of ten megabytes is refused by its length, and by counting without one', async () => {
    const headers = { 'Content-Type': 'application/json' };
    const ten = new Uint8Array(10 * 1024 * 1024);
    const known = await send('/api/v1/auth/login', { method: 'POST', headers, body: ten });
    expect(known.status).toBe(413);
    const { body, taken } = endless();
    const counted = await appWith({})('/auth/login', { method: 'POST', headers, body });
    expect(counted.status).toBe(413);
    expect(await counted.json()).toMatchObject({ code: 'too_large' });
    expect(taken.chunks).toBeLessThan(3);
  });

  it('without a stated length is read when it is small', async () => {
    const text = JSON.stringify({ email: 'nobody@example.com', password: 'wrong' });
    const body = new Blob([text]).stream();
    const headers = { 'Content-Type': 'application/json' };
    expect((await send('/api/v1/auth/login', { method: 'POST', headers, body })).status).toBe(401);
    const { token } = await makeShopper();
    const answer = await appWith({})('/profile', {
      method: 'PUT',
      headers: { ...headers, Authorization: `Bearer ${token}` },
      body: new Blob([JSON.stringify({ displayName: 'Grace' })]).stream(),
    });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ displayName: 'Grace' });
  });

  it('of brackets in brackets is malformed or too large, and sinks nobody', async () => {
    for (const [rawBody, status] of [
      ['['.repeat(30_000) + ']'.repeat(30_000), 400],
      ['{"a":'.repeat(10_000), 400],
      ['['.repeat(100_000) + ']'.repeat(100_000), 413],
    ] as const) {
      expect((await call('POST', '/auth/login', { rawBody })).status).toBe(status);
    }
    expect((await call('GET', '/health')).status).toBe(200);
  });

  it('cannot reach a prototype, and a name given twice counts once', async () => {
    const { token } = await makeShopper();
    const path = `/purchase/${UNKNOWN_ITEM}`;
    for (const rawBody of [
      '{"__proto__":{"quantity":5}}',
      '{"constructor":{"prototype":{"quantity":5}}}',
      '{"quantity":1,"__proto__":1}',
    ]) {
      expect((await call('POST', path, { token, rawBody })).status, rawBody).toBe(400);
    }
    expect(({} as { quantity?: number }).quantity).toBeUndefined();
    const twice = '{"quantity":0,"quantity":1}';
    expect((await call('POST', path, { token, rawBody: twice })).status).toBe(404);
  });

  it.each([
    ['application/json', 401],
    ['application/json; charset=utf-8', 401],
    ['APPLICATION/JSON', 401],
    ['application/json-patch+json', 415],
    ['application/jsonl', 415],
    ['text/plain', 415],
    ['application/x-www-form-urlencoded', 415],
    ['multipart/form-data; boundary=x', 415],
    ['', 415],
  ])('that calls itself "%s" is answered %i', async (type, status) => {
    const rawBody = JSON.stringify({ email: 'nobody@example.com', password: 'wrong' });
    const answer = await call('POST', '/auth/login', {
      rawBody,
      headers: { 'Content-Type': type },
    });
    expect(answer.status).toBe(status);
  });
});

describe('a read', () => {
  it('is known again by its tag, which leaves the time out', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { eventId, eventItemId } = await makeEvent();
    // Or a read of the test before may be given once more, and a newer one after it.
    pass(3_000);
    for (const path of ['/events', `/events/${eventId}`]) {
      const first = await call('GET', path);
      const tag = first.headers.get('ETag') ?? '';
      pass(500);
      for (const known of [tag, tag.replace('W/', ''), `"other", ${tag}`, '*']) {
        const again = await call('GET', path, { headers: { 'If-None-Match': known } });
        expect(again.status).toBe(304);
        expect(await again.text()).toBe('');
        expect(again.headers.get('ETag')).toBe(tag);
        expect(again.headers.get('Cache-Control')).toContain('max-age=1');
        expect(Date.parse(again.headers.get('Server-Now') ?? '')).toBe(Date.now());
      }
      const other = await call('GET', path, { headers: { 'If-None-Match': '"other"' } });
      expect(other.status).toBe(200);
      pass(3_000);
    }
    const before = await call('GET', `/events/${eventId}`);
    await hold(await makeShopper(), eventItemId);
    pass(2_000);
    const headers = { 'If-None-Match': before.headers.get('ETag') ?? '' };
    expect((await call('GET', `/events/${eventId}`, { headers })).status).toBe(200);
  });

  it('of the API’s description is known by its tag', async () => {
    for (const path of ['/openapi.json', '/docs']) {
      const first = await call('GET', path);
      expect(first.headers.get('ETag')).toMatch(/^W\/"[0-9a-f]{64}"$/);
      const headers = { 'If-None-Match': first.headers.get('ETag') ?? '' };
      const again = await call('GET', path, { headers });
      expect([again.status, await again.text()]).toEqual([304, '']);
      const other = await call('GET', path, { headers: { 'If-None-Match': '"other"' } });
      expect([other.status, await other.text()]).toEqual([200, await first.text()]);
    }
  });

  it('of one’s own is never kept, and has a tag too', async () => {
    const { token } = await makeShopper();
    const first = await call('GET', '/profile', { token });
    expect(first.headers.get('Cache-Control')).toBe('no-store');
    const headers = { 'If-None-Match': first.headers.get('ETag') ?? '' };
    expect((await call('GET', '/profile', { token, headers })).status).toBe(304);
    expect((await call('GET', '/profile', { headers })).status).toBe(401);
  });

  it('says in Server-Timing how long it waited', async () => {
    const { headers } = await call('GET', '/events');
    expect(headers.get('Server-Timing')).toMatch(/^db;dur=\d+$/);
  });
});

describe('a page of another site', () => {
  const preflight = {
    method: 'OPTIONS',
    headers: { Origin: OTHER_SITE, 'Access-Control-Request-Method': 'POST' },
  };

  it('may read nothing unless configuration names its origin', async () => {
    const { eventId } = await makeEvent();
    const paths = [`/events/${eventId}`, '/profile'];
    for (const ask of [
      appWith({}),
      appWith({ site: { allowedOrigins: new Set(['https://a.example']) } }),
    ]) {
      for (const path of paths) {
        const answer = await ask(path, { headers: { Origin: OTHER_SITE } });
        expect(answer.headers.get('Access-Control-Allow-Origin')).toBeNull();
      }
      const asked = await ask(`/purchase/${UNKNOWN_ITEM}`, preflight);
      expect(asked.headers.get('Access-Control-Allow-Origin')).toBeNull();
      expect(asked.headers.get('Access-Control-Allow-Methods')).toBeNull();
    }
  });

  it('whose origin is named may read and buy, and caches keep origins apart', async () => {
    const ask = appWith({ site: { allowedOrigins: new Set([OTHER_SITE]) } });
    const read = await ask('/events', { headers: { Origin: OTHER_SITE } });
    expect(read.headers.get('Access-Control-Allow-Origin')).toBe(OTHER_SITE);
    expect(read.headers.get('Access-Control-Allow-Credentials')).toBeNull();
    for (const name of ['ETag', 'Retry-After', 'Idempotent-Replayed', 'X-Request-Id']) {
      expect(read.headers.get('Access-Control-Expose-Headers')).toContain(name);
    }
    const asked = await ask(`/purchase/${UNKNOWN_ITEM}`, preflight);
    expect(asked.status).toBe(204);
    expect(asked.headers.get('Access-Control-Allow-Methods')).toContain('POST');
    expect(asked.headers.get('Access-Control-Allow-Headers')).toContain('Idempotency-Key');
    expect(Number(asked.headers.get('Access-Control-Max-Age'))).toBeGreaterThan(0);
    const own = await ask('/events');
    expect(own.headers.get('Vary')).toContain('Origin');
  });
});
