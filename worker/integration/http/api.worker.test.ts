import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import type { Session } from '../../contract/accounts.ts';
import type { EventDetail, EventList } from '../../contract/events.ts';
import type { OrderAnswer, OrderHistory } from '../../contract/orders.ts';
import {
  type CallOptions,
  call,
  deps,
  makeEvent,
  makeItem,
  makeShopper,
} from '../../testing/shop.ts';

const ACCOUNT = { email: 'Grace@Example.com', password: 'correct horse', displayName: 'Grace 🚢' };
const HALF_A_SURROGATE = '{"email":"a@b.co","password":"long enough","displayName":"\\ud800"}';
const UNKNOWN_EVENT = 'evt_zzzzzzzzzzzz';
const UNKNOWN_ITEM = 'evi_zzzzzzzzzzzz_1';
const UNKNOWN_ORDER = 'ord_zzzzzzzzzzzz_000000000000000000';

interface BadCall extends CallOptions {
  what: string;
  method?: string;
  path: string;
}

/** Every problem is problem+json, repeats its status, and is never kept by a cache. */
async function expectProblem(response: Response, status: number, code: string): Promise<void> {
  const text = await response.text();
  expect(response.headers.get('Content-Type'), text).toBe('application/problem+json');
  expect(response.headers.get('Cache-Control')).toBe('no-store');
  expect(JSON.parse(text)).toMatchObject({ status, code, title: expect.any(String) });
  expect(response.status).toBe(status);
}

describe('an account', () => {
  it('is registered, signed in to and read back', async () => {
    const registered = await call('POST', '/auth/register', { body: ACCOUNT });
    expect(registered.status).toBe(201);
    const { user } = await registered.json<Session>();
    expect(user).toMatchObject({
      email: 'grace@example.com',
      displayName: 'Grace 🚢',
      role: 'customer',
    });

    const { email, password } = ACCOUNT;
    const signedIn = await call('POST', '/auth/login', { body: { email, password } });
    expect(signedIn.status).toBe(200);
    const session = await signedIn.json<Session>();
    expect(Date.parse(session.expiresAt)).toBeGreaterThan(Date.now());
    const profile = await call('GET', '/profile', { token: session.accessToken });
    expect(await profile.json()).toEqual(user);
  });

  it('is refused for an address that has one, and for a wrong password, in the same words', async () => {
    const taken = { ...ACCOUNT, email: 'taken@example.com' };
    await call('POST', '/auth/register', { body: taken });
    await expectProblem(await call('POST', '/auth/register', { body: taken }), 409, 'email_taken');
    for (const email of ['taken@example.com', 'nobody@example.com']) {
      const wrong = await call('POST', '/auth/login', { body: { email, password: 'wrong horse' } });
      await expectProblem(wrong, 401, 'invalid_credentials');
    }
  });

  it('cannot make itself an admin', async () => {
    const body = { ...ACCOUNT, email: 'eve@example.com', role: 'admin' };
    await expectProblem(await call('POST', '/auth/register', { body }), 400, 'malformed');
  });
});

describe('bad input', () => {
  it.each<BadCall>([
    { what: 'half a JSON', path: '/auth/login', rawBody: '{"email":' },
    { what: 'an empty body', path: '/auth/login', rawBody: '' },
    { what: 'null', path: '/auth/login', rawBody: 'null' },
    { what: 'no fields', path: '/auth/login', body: {} },
    {
      what: 'an unknown field',
      path: '/auth/login',
      body: { email: 'a@b.c', password: 'x', more: 1 },
    },
    { what: 'no e-mail address', path: '/auth/register', body: { ...ACCOUNT, email: 'no' } },
    { what: 'a short password', path: '/auth/register', body: { ...ACCOUNT, password: 'short' } },
    {
      what: 'a NUL in a name',
      path: '/auth/register',
      body: { ...ACCOUNT, displayName: 'a\u0000b' },
    },
    { what: 'half a surrogate', path: '/auth/register', rawBody: HALF_A_SURROGATE },
    { what: 'a page of nothing', method: 'GET', path: '/events?limit=0' },
    { what: 'a page of many', method: 'GET', path: '/events?limit=many' },
    { what: 'a made-up cursor', method: 'GET', path: '/events?cursor=nonsense' },
    { what: 'an unknown filter', method: 'GET', path: '/events?color=red' },
  ])('with $what is malformed', async ({ method = 'POST', path, ...options }) => {
    await expectProblem(await call(method, path, options), 400, 'malformed');
  });

  it.each(['/events/nonsense', `/events/${UNKNOWN_EVENT}`, '/events/%00', '/nothing'])(
    'in the path %s finds nothing',
    async (path) => {
      await expectProblem(await call('GET', path), 404, 'not_found');
    },
  );

  it('that is not JSON, or too much of it, is refused before it is read', async () => {
    const form = { rawBody: 'email=a', headers: { 'Content-Type': 'text/plain' } };
    await expectProblem(await call('POST', '/auth/login', form), 415, 'unsupported_media_type');
    const huge = { rawBody: `"${'x'.repeat(70_000)}"` };
    await expectProblem(await call('POST', '/auth/login', huge), 413, 'too_large');
  });

  it.each<[string, CallOptions]>([
    [`POST /purchase/${UNKNOWN_ITEM}`, {}],
    [`POST /purchase/${UNKNOWN_ITEM}`, { token: 'nonsense' }],
    ['GET /profile', { headers: { Authorization: 'Basic YTpi' } }],
    ['POST /admin/items', { body: { name: 'x' } }],
  ])('%s %j without a good token is unauthenticated', async (operation, options) => {
    const [method = '', path = ''] = operation.split(' ');
    await expectProblem(await call(method, path, options), 401, 'unauthenticated');
  });

  it('names the fields at fault', async () => {
    const response = await call('POST', '/auth/register', { body: { email: 'no', extra: 1 } });
    const { errors } = await response.json<{ errors: { path: string }[] }>();
    expect(errors.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['email', 'password', 'displayName']),
    );
  });

  it.each([
    UNKNOWN_ITEM,
    'nonsense',
    `${UNKNOWN_ORDER}/confirm`,
    `${UNKNOWN_ORDER}/cancel`,
    "ord_x'; DROP TABLE orders;--/confirm",
  ])('in POST /purchase/%s finds nothing', async (path) => {
    const { token } = await makeShopper();
    await expectProblem(await call('POST', `/purchase/${path}`, { token }), 404, 'not_found');
  });

  it.each<{ what: string } & CallOptions>([
    { what: 'a quantity of none', body: { quantity: 0 } },
    { what: 'half a unit', body: { quantity: 1.5 } },
    { what: 'a quantity in words', body: { quantity: '1' } },
    { what: 'a price of its own', body: { quantity: 1, price: 0 } },
    { what: 'half a JSON', rawBody: '[' },
    { what: 'a key that is too long', headers: { 'Idempotency-Key': `"${'k'.repeat(256)}"` } },
    { what: 'an empty key', headers: { 'Idempotency-Key': '""' } },
    { what: 'a key of two bare words', headers: { 'Idempotency-Key': 'two words' } },
  ])('in a purchase with $what is malformed', async ({ what: _what, ...options }) => {
    const { token } = await makeShopper();
    const response = await call('POST', `/purchase/${UNKNOWN_ITEM}`, { token, ...options });
    await expectProblem(response, 400, 'malformed');
  });
});

describe('a token', () => {
  it('that has expired has another code than one that was never good', async () => {
    const { user } = await makeShopper();
    const { accessToken } = await deps.accounts.tokens.issue({ user, sessionEpoch: 0 }, 0);
    await expectProblem(
      await call('GET', '/profile', { token: accessToken }),
      401,
      'token_expired',
    );
    const forged = await new SignJWT({ role: 'admin' })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(user.id)
      .setIssuer('swiftdrop')
      .setExpirationTime('1h')
      .sign(new TextEncoder().encode('another secret, as long as the real one'));
    await expectProblem(await call('GET', '/profile', { token: forged }), 401, 'unauthenticated');
  });

  it('of somebody who is not in the database buys nothing and sinks nobody', async () => {
    const { eventItemId } = await makeEvent();
    const { user, token } = await makeShopper();
    const ghost = await deps.accounts.tokens.issue(
      { user: { ...user, id: 'usr_zzzzzzzzzzzzzzzzzz' as typeof user.id }, sessionEpoch: 0 },
      Date.now(),
    );
    const [refused, granted] = await Promise.all([
      call('POST', `/purchase/${eventItemId}`, { token: ghost.accessToken }),
      call('POST', `/purchase/${eventItemId}`, { token }),
    ]);
    await expectProblem(refused, 401, 'unauthenticated');
    expect(granted.status).toBe(201);
  });
});

describe('another customer’s order', () => {
  it('cannot be confirmed, cancelled or seen', async () => {
    const { eventItemId } = await makeEvent();
    const [owner, other] = [await makeShopper(), await makeShopper()];
    const held = await call('POST', `/purchase/${eventItemId}`, { token: owner.token });
    const { order } = await held.json<OrderAnswer>();
    for (const how of ['confirm', 'cancel']) {
      const response = await call('POST', `/purchase/${order.id}/${how}`, { token: other.token });
      await expectProblem(response, 404, 'not_found');
    }
    const seen = await call('GET', '/profile/orders', { token: other.token });
    expect((await seen.json<OrderHistory>()).orders).toEqual([]);
    const own = await call('GET', '/profile/orders', { token: owner.token });
    expect((await own.json<OrderHistory>()).orders).toMatchObject([
      { id: order.id, status: 'pending' },
    ]);
  });
});

describe('administration', () => {
  it('is for admins by the database’s word', async () => {
    const customer = await makeShopper();
    const forbidden = await call('POST', '/admin/items', {
      token: customer.token,
      body: { name: 'x' },
    });
    await expectProblem(forbidden, 403, 'forbidden');
    const admin = { ...customer.user, role: 'admin' } as const;
    const promoted = await deps.accounts.tokens.issue({ user: admin, sessionEpoch: 0 }, Date.now());
    const stale = await call('POST', '/admin/items', {
      token: promoted.accessToken,
      body: { name: 'x' },
    });
    await expectProblem(stale, 403, 'forbidden');
  });

  it('makes an item and an event, opens it early and closes it', async () => {
    const { token } = await makeShopper('admin');
    const made = await call('POST', '/admin/items', {
      token,
      body: { name: 'Kettle', category: 'kitchen' },
    });
    expect(made.status).toBe(201);
    const { id: itemId } = await made.json<{ id: string }>();
    const body = {
      title: 'Sale',
      currency: 'EUR',
      startsAt: new Date(Date.now() + 3_600_000).toISOString(),
      endsAt: new Date(Date.now() + 7_200_000).toISOString(),
      items: [{ itemId, priceCents: 500, stock: 3, limitPerCustomer: 2 }],
    };
    const created = await call('POST', '/admin/events', { token, body });
    expect(created.status).toBe(201);
    const event = await created.json<EventDetail>();
    expect(event).toMatchObject({
      status: 'locked',
      holdSeconds: 300,
      items: [{ name: 'Kettle', stock: { total: 3, remaining: 3, held: 0, sold: 0 } }],
    });
    const opened = await call('POST', `/admin/events/${event.id}/open`, { token });
    expect(await opened.json()).toMatchObject({ status: 'live' });
    const eventItemId = event.items[0]?.id ?? '';
    expect((await call('POST', `/purchase/${eventItemId}`, { token })).status).toBe(201);
    const closed = await call('POST', `/admin/events/${event.id}/close`, { token });
    expect(await closed.json()).toMatchObject({ status: 'closed' });
    const other = await makeShopper();
    await expectProblem(
      await call('POST', `/purchase/${eventItemId}`, { token: other.token }),
      409,
      'closed',
    );
  });

  it('refuses an event that makes no sense, and names the field', async () => {
    const { token } = await makeShopper('admin');
    const itemId = await makeItem();
    const item = { itemId, priceCents: 1, stock: 1 };
    const good = {
      title: 'S',
      currency: 'EUR',
      startsAt: '2030-01-01T10:00:00Z',
      endsAt: '2030-01-01T11:00:00Z',
      items: [item],
    };
    const wrong = [
      [{ endsAt: good.startsAt }, 'endsAt'],
      [{ startsAt: 'tomorrow' }, 'startsAt'],
      [{ currency: 'euro' }, 'currency'],
      [{ holdSeconds: 4 }, 'holdSeconds'],
      [{ items: [] }, 'items'],
      [{ items: [item, item] }, 'items'],
      [{ items: [{ ...item, stock: -1 }] }, 'items.0.stock'],
      [{ items: [{ ...item, itemId: 'itm_zzzzzzzzzzzzzzzzzz' }] }, 'items.0.itemId'],
    ] as const;
    for (const [change, path] of wrong) {
      const response = await call('POST', '/admin/events', { token, body: { ...good, ...change } });
      expect(await response.json()).toMatchObject({
        status: 400,
        code: 'malformed',
        errors: [{ path }],
      });
    }
  });
});

describe('the list of events', () => {
  it('pages through all of them once, newest opening first', async () => {
    // By a title of their own: other tests make events in this database at the same time.
    const title = `Paged ${crypto.randomUUID()}`;
    const made: string[] = [];
    for (const day of ['2031-01-01', '2031-01-02', '2031-01-03', '2031-01-04', '2031-01-05']) {
      const window = { startsAt: `${day}T10:00:00Z`, endsAt: `${day}T11:00:00Z` };
      made.unshift((await makeEvent({ ...window, title })).eventId);
    }
    const query = `/events?limit=2&q=${encodeURIComponent(title)}`;
    const pages: string[][] = [];
    for (let path = query; path && pages.length < made.length; ) {
      const page = await (await call('GET', path)).json<EventList>();
      pages.push(page.events.map(({ id }) => id));
      path = page.nextCursor ? `${query}&cursor=${encodeURIComponent(page.nextCursor)}` : '';
    }
    expect(pages.map(({ length }) => length)).toEqual([2, 2, 1]);
    expect(pages.flat()).toEqual(made);
  });
});

describe('health', () => {
  it('is good once the database has every migration', async () => {
    const response = await call('GET', '/health');
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ status: 'ok' });
  });
});
