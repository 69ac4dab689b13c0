import { sql } from 'drizzle-orm';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { attemptKeys } from '../../auth/attempt-keys.ts';
import { ACCESS_TOKEN_MS } from '../../auth/tokens.ts';
import type { Session, User } from '../../contract/accounts.ts';
import type { OrderHistory } from '../../contract/orders.ts';
import { LOGINS_PER_USER_MAX } from '../../stores/postgres/ended-logins.ts';
import {
  changePassword,
  countLogins,
  type Device,
  deviceOf,
  expectProblem,
  newEmail,
  PASSWORD,
  readProfile,
  refresh,
  setCookieOf,
  signIn,
  signUp,
} from '../../testing/accounts.ts';
import { callsTo } from '../../testing/apps.ts';
import { hold, pass, settle } from '../../testing/purchases.ts';
import { call, deps, HOLD_MS, makeEvent, makeShopper } from '../../testing/shop.ts';
import { sweepOf } from '../../testing/sweeping.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
const DAYS_30_SECONDS = 2_592_000;

afterEach(() => {
  vi.useRealTimers();
});

async function expectSignedOut(device: Device): Promise<void> {
  await expectProblem(await readProfile(device), 401, 'unauthenticated');
  await expectProblem(await refresh(device.cookie), 401, 'unauthenticated');
}

describe('a login', () => {
  it('gives a token for ten minutes and a cookie for thirty days that no page can read', async () => {
    const email = newEmail();
    const register = { email, password: PASSWORD, displayName: 'Grace' };
    const registered = await call('POST', '/auth/register', { body: register });
    for (const response of [registered, await signIn(email)]) {
      const cookie = setCookieOf(response);
      expect(cookie).toMatch(/^swiftdrop_refresh=[\w-]{22}\.[\w-]{43}; /);
      expect(cookie.split('; ').slice(1)).toEqual(
        expect.arrayContaining([
          `Max-Age=${DAYS_30_SECONDS}`,
          'Path=/api/v1/auth',
          'HttpOnly',
          'Secure',
          'SameSite=Strict',
        ]),
      );
      const { expiresAt } = await response.json<Session>();
      const lastsMs = Date.parse(expiresAt) - Date.now();
      expect(lastsMs).toBeGreaterThan(ACCESS_TOKEN_MS - 10_000);
      expect(lastsMs).toBeLessThanOrEqual(ACCESS_TOKEN_MS);
    }
  });

  it('is kept by a browser on http://localhost too, and Secure on any other plain address', async () => {
    const ask = callsTo(deps);
    const { user } = await signUp();
    const login = {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email: user.email, password: PASSWORD }),
    };
    const local = await ask('http://localhost:8787/api/v1/auth/login', login);
    expect(setCookieOf(local)).not.toContain('Secure');
    const plain = await ask('http://shop.example/api/v1/auth/login', login);
    expect(setCookieOf(plain)).toContain('Secure');
  });

  it('never shows its secret to the database', async () => {
    const { cookie, user } = await signUp();
    const [, id, secret = ''] = /=([\w-]+)\.([\w-]+)$/.exec(cookie) ?? [];
    const { rows } = await deps.stores.db.execute<{ id: string; secret_hash: string }>(
      sql`SELECT * FROM logins WHERE user_id = ${user.id}`,
    );
    expect(rows).toMatchObject([{ id, secret_hash: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
    expect(JSON.stringify(rows)).not.toContain(secret);
  });

  it('of one device more than a user may have ends the oldest, also when all come at once', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const oldest = await signUp();
    const { email, id } = oldest.user;
    pass(1);
    const first = await deviceOf(await signIn(email));
    for (let n = 2; n < LOGINS_PER_USER_MAX; n++) {
      pass(1);
      expect((await signIn(email)).status).toBe(200);
    }
    expect((await refresh(oldest.cookie)).status).toBe(200);
    pass(1);
    await signIn(email);
    expect(await countLogins(id)).toBe(LOGINS_PER_USER_MAX);
    await expectProblem(await refresh(oldest.cookie), 401, 'unauthenticated');
    expect((await refresh(first.cookie)).status).toBe(200);
    pass(1);
    await Promise.all([1, 2, 3, 4].map(() => signIn(email)));
    expect(await countLogins(id)).toBe(LOGINS_PER_USER_MAX);
  });
});

describe('a refresh', () => {
  it('exchanges the cookie for the next one and a new token, again and again', async () => {
    let device = await signUp();
    const { user } = device;
    for (let n = 0; n < 3; n++) {
      const response = await refresh(device.cookie);
      expect(response.status).toBe(200);
      expect(response.headers.get('Cache-Control')).toBe('no-store');
      const next = await deviceOf(response);
      expect(next.cookie).not.toBe(device.cookie);
      expect(next.user).toEqual(user);
      expect((await readProfile(next)).status).toBe(200);
      device = next;
    }
  });

  it('does not prolong the login: thirty days after the sign-in it is over', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const device = await signUp();
    pass(29 * DAY_MS);
    const late = await refresh(device.cookie);
    expect(setCookieOf(late)).toContain(`Max-Age=${DAYS_30_SECONDS / 30};`);
    const { cookie } = await deviceOf(late);
    pass(DAY_MS);
    const over = await refresh(cookie);
    expect(setCookieOf(over)).toContain('swiftdrop_refresh=; Max-Age=0; Path=/api/v1/auth');
    await expectProblem(over, 401, 'unauthenticated');
  });

  it('gives what the account is now', async () => {
    const { user, accessToken, cookie } = await signUp();
    await call('PUT', '/profile', { token: accessToken, body: { displayName: 'Grace H.' } });
    await deps.stores.db.execute(sql`UPDATE users SET role = 'admin' WHERE id = ${user.id}`);
    const next = await deviceOf(await refresh(cookie));
    expect(next.user).toMatchObject({ displayName: 'Grace H.', role: 'admin' });
  });

  it('needs a cookie that can be one', async () => {
    for (const value of ['', 'x', 'a.b', `${'a'.repeat(22)}.${'b'.repeat(44)}`, '%00.%00']) {
      const response = await refresh(`swiftdrop_refresh=${value}`);
      await expectProblem(response, 401, 'unauthenticated');
    }
    await expectProblem(await call('POST', '/auth/refresh'), 401, 'unauthenticated');
  });
});

describe('a sign-out', () => {
  it('by cookie, by token or by both ends all logins and the tokens they gave', async () => {
    for (const by of ['cookie', 'token', 'both']) {
      const here = await signUp();
      const there = await deviceOf(await signIn(here.user.email));
      const response = await call('POST', '/auth/logout', {
        token: by === 'cookie' ? undefined : here.accessToken,
        headers: by === 'token' ? {} : { Cookie: here.cookie },
      });
      expect(response.status).toBe(204);
      expect(await response.text()).toBe('');
      expect(setCookieOf(response)).toContain('swiftdrop_refresh=; Max-Age=0; Path=/api/v1/auth');
      await expectSignedOut(here);
      await expectSignedOut(there);
      expect((await signIn(here.user.email)).status).toBe(200);
    }
  });

  it('may be repeated, and needs nobody to be signed in', async () => {
    const { cookie, accessToken, user } = await signUp();
    for (let n = 0; n < 2; n++) {
      const again = { token: accessToken, headers: { Cookie: cookie } };
      expect((await call('POST', '/auth/logout', again)).status).toBe(204);
    }
    expect((await call('POST', '/auth/logout')).status).toBe(204);
    expect((await call('POST', '/auth/logout', { token: 'nonsense' })).status).toBe(204);
    const [row] = await deps.stores.db.$client.query(
      'SELECT session_epoch FROM users WHERE id = $1',
      [user.id],
    );
    expect(row?.['session_epoch']).toBe(1);
  });
});

describe('a new password', () => {
  it('keeps the one who changed it signed in, and nobody else', async () => {
    const here = await signUp();
    const { email } = here.user;
    const there = await deviceOf(await signIn(email));
    const response = await changePassword(here, PASSWORD, 'battery staple');
    expect(response.status).toBe(200);
    const now = await deviceOf(response);
    expect(now.user).toEqual(here.user);
    expect((await readProfile(now)).status).toBe(200);
    await expectSignedOut(there);
    await expectProblem(await readProfile(here), 401, 'unauthenticated');
    expect((await refresh(now.cookie)).status).toBe(200);
    await expectProblem(await signIn(email), 401, 'invalid_credentials');
    expect((await signIn(email, 'battery staple')).status).toBe(200);
  });

  it('is refused without the current one, or where it is too short', async () => {
    const device = await signUp();
    const wrong = await changePassword(device, 'wrong horse', 'battery staple');
    await expectProblem(wrong, 401, 'invalid_credentials');
    await expectProblem(await changePassword(device, PASSWORD, 'short'), 400, 'malformed');
    // Four letters with an accent each, written apart.
    const apart = 'e\u0301'.repeat(4);
    await expectProblem(await changePassword(device, PASSWORD, apart), 400, 'malformed');
    expect((await readProfile(device)).status).toBe(200);
    expect((await signIn(device.user.email)).status).toBe(200);
  });

  it('that two devices set at once is set once', async () => {
    const here = await signUp();
    const there = await deviceOf(await signIn(here.user.email));
    const answers = await Promise.all([
      changePassword(here, PASSWORD, 'battery staple'),
      changePassword(there, PASSWORD, 'paper clip box'),
    ]);
    expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['200', '401']);
    expect(await countLogins(here.user.id)).toBe(1);
  });
});

describe('a profile', () => {
  it.each([
    ['combining marks', 'Ame\u0301lie', 'Am\u00e9lie'],
    ['Arabic', '\u0645\u0631\u062d\u0628\u0627', '\u0645\u0631\u062d\u0628\u0627'],
    [
      'a family',
      '\u{1F469}\u200D\u{1F469}\u200D\u{1F466}',
      '\u{1F469}\u200D\u{1F469}\u200D\u{1F466}',
    ],
    ['space around it', '  Li Wei ', 'Li Wei'],
  ])('takes a display name with %s', async (_what, displayName, kept) => {
    const device = await signUp();
    const { accessToken: token } = device;
    const changed = await call('PUT', '/profile', { token, body: { displayName } });
    expect(changed.status).toBe(200);
    const expected = { ...device.user, displayName: kept };
    expect(await changed.json<User>()).toEqual(expected);
    expect(await (await readProfile(device)).json()).toEqual(expected);
  });

  it('shows orders by the state in which they read now', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const shopper = await makeShopper();
    const [first, second, third] = [await makeEvent(), await makeEvent(), await makeEvent()];
    const confirmed = await hold(shopper, first.eventItemId);
    await settle(shopper, confirmed, 'confirm');
    const lapsed = await hold(shopper, second.eventItemId);
    pass(HOLD_MS);
    const held = await hold(shopper, third.eventItemId);
    const ids = async (query: string) => {
      const response = await call('GET', `/profile/orders?${query}`, { token: shopper.token });
      const { orders, nextCursor } = await response.json<OrderHistory>();
      return { ids: orders.map(({ id }) => id), nextCursor };
    };
    expect((await ids('status=expired')).ids).toEqual([lapsed.id]);
    expect((await ids('status=pending')).ids).toEqual([held.id]);
    expect((await ids('status=confirmed')).ids).toEqual([confirmed.id]);
    expect((await ids('status=cancelled')).ids).toEqual([]);
    pass(HOLD_MS);
    const page = await ids('status=expired&limit=1');
    expect(page.ids).toEqual([held.id]);
    expect((await ids(`status=expired&limit=1&cursor=${page.nextCursor}`)).ids).toEqual([
      lapsed.id,
    ]);
    const unknown = await call('GET', '/profile/orders?status=lost', { token: shopper.token });
    await expectProblem(unknown, 400, 'malformed');
  });
});

function readFailures({ user: { email } }: Device) {
  const { account } = attemptKeys({ email, network: 'any' });
  const { $client } = deps.stores.db;
  return $client.query('SELECT count FROM sign_in_failures WHERE account_key = $1', [account]);
}

it('the sweep takes away what has run out of logins and failed sign-ins, and nothing else', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const old = await signUp();
  await signIn(old.user.email, 'wrong horse');
  pass(15 * DAY_MS);
  const recent = await signUp();
  await signIn(recent.user.email, 'wrong horse');
  pass(15 * DAY_MS - 1_000);
  await sweepOf();
  expect(await countLogins(old.user.id)).toBe(1);
  for (const device of [old, recent]) expect(await readFailures(device)).toEqual([]);
  pass(1_000);
  await signIn(recent.user.email, 'wrong horse');
  await sweepOf();
  expect(await countLogins(old.user.id)).toBe(0);
  expect(await countLogins(recent.user.id)).toBe(1);
  expect(await readFailures(recent)).toEqual([{ count: 1 }]);
});
