/** Where somebody is signed in: refreshes that are sent twice, and logins that end one by one. */

import { sql } from 'drizzle-orm';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { REFRESH_GRACE_MS } from '../../stores/postgres/logins.ts';
import {
  countLogins,
  currentLoginOf,
  type Device,
  deviceOf,
  expectProblem,
  loginsOf,
  PASSWORD,
  readProfile,
  refresh,
  signIn,
  signUp,
} from '../../testing/accounts.ts';
import { callsTo } from '../../testing/apps.ts';
import { hold, pass, reserve, settle } from '../../testing/purchases.ts';
import { call, deps, makeEvent, makeShopper, shopEnv } from '../../testing/shop.ts';
import { wire } from '../../wiring.ts';

const AGENT = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';

afterEach(() => {
  vi.useRealTimers();
});

function logout(by: { token?: string; cookie?: string }, everywhere: boolean): Promise<Response> {
  const headers = by.cookie === undefined ? {} : { Cookie: by.cookie };
  return call('POST', '/auth/logout', { token: by.token, headers, body: { everywhere } });
}

function shopperOf({ user, accessToken: token }: Device) {
  return { user, token };
}

async function expectGone(device: Device): Promise<void> {
  await expectProblem(await readProfile(device), 401, 'unauthenticated');
  await expectProblem(await refresh(device.cookie), 401, 'unauthenticated');
}

describe('a refresh', () => {
  it('sent twenty times at once is answered each time, with one next cookie', async () => {
    const { cookie, user } = await signUp();
    const there = await deviceOf(await signIn(user.email));
    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(cookie)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
    const devices = await Promise.all(answers.map(deviceOf));
    expect(new Set(devices.map((device) => device.cookie)).size).toBe(1);
    for (const device of devices) expect((await readProfile(device)).status).toBe(200);
    const [first] = devices;
    if (first === undefined) throw new Error('nobody was answered');
    expect(first.cookie).not.toBe(cookie);
    expect((await refresh(first.cookie)).status).toBe(200);
    expect((await readProfile(there)).status).toBe(200);
    expect(await countLogins(user.id)).toBe(2);
  });

  it('whose answer was lost is answered the same for a minute', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { cookie } = await signUp();
    const lost = await deviceOf(await refresh(cookie));
    pass(REFRESH_GRACE_MS - 1);
    const again = await deviceOf(await refresh(cookie));
    expect(again.cookie).toBe(lost.cookie);
    expect((await refresh(again.cookie)).status).toBe(200);
  });

  it('is answered the same while the Worker’s secret is replaced', async () => {
    const { cookie } = await signUp();
    const before = await deviceOf(await refresh(cookie));
    const replaced = { JWT_SECRET: 'n'.repeat(40), JWT_SECRET_PREVIOUS: shopEnv.JWT_SECRET };
    const ask = callsTo(wire({ ...shopEnv, ...replaced }));
    const after = await ask('/api/v1/auth/refresh', {
      method: 'POST',
      headers: { Cookie: cookie },
    });
    expect(after.status).toBe(200);
    expect((await deviceOf(after)).cookie).toBe(before.cookie);
  });

  it('goes on from a login of before there were successors, and ends it where that was reused', async () => {
    const { cookie, user } = await signUp();
    const past = sql`previous_secret_hash = NULL, successor_salt = NULL, rotated_at = NULL,
      last_used_at = NULL, device = NULL`;
    await deps.stores.db.execute(sql`UPDATE logins SET ${past} WHERE user_id = ${user.id}`);
    const next = await deviceOf(await refresh(cookie));
    expect((await refresh(cookie)).status).toBe(200);
    // An older Worker exchanges a secret without a word of its successor.
    const other = sql`UPDATE logins SET secret_hash = 'of another' WHERE user_id = ${user.id}`;
    await deps.stores.db.execute(other);
    await expectProblem(await refresh(cookie), 401, 'unauthenticated');
    await expectGone(next);
  });
});

describe('a list of logins', () => {
  it('says when and by what, and which is current', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const here = await signUp();
    pass(1_000);
    const body = { email: here.user.email, password: PASSWORD };
    const signedIn = await call('POST', '/auth/login', { body, headers: { 'User-Agent': AGENT } });
    const there = await deviceOf(signedIn);
    pass(1_000);
    const renewed = await deviceOf(await refresh(here.cookie));
    const [first, second, ...more] = await loginsOf(renewed);
    expect(more).toEqual([]);
    expect(first).toMatchObject({ id: await currentLoginOf(here), current: true, device: null });
    expect(second).toMatchObject({ current: false, device: 'Firefox, Windows' });
    expect(second?.id).toBe(await currentLoginOf(there));
    const lastUsedMs = Date.parse(first?.lastUsedAt ?? '');
    expect(lastUsedMs - Date.parse(first?.createdAt ?? '')).toBe(2_000);
    expect(second?.lastUsedAt).toBe(second?.createdAt);
    expect(Object.keys(first ?? {}).toSorted()).toEqual(
      ['createdAt', 'current', 'device', 'id', 'lastUsedAt'].toSorted(),
    );
  });

  it('names nothing that opens anything', async () => {
    const device = await signUp();
    const id = await currentLoginOf(device);
    const [, secret] = /\.([\w-]+)$/.exec(device.cookie) ?? [];
    for (const handle of [id, id.slice(4, 26)]) {
      const cookie = `swiftdrop_refresh=${handle}.${secret}`;
      await expectProblem(await refresh(cookie), 401, 'unauthenticated');
      await logout({ cookie }, true);
    }
    await expectProblem(await readProfile({ accessToken: id }), 401, 'unauthenticated');
    expect((await readProfile(device)).status).toBe(200);
    expect((await refresh(device.cookie)).status).toBe(200);
  });

  it('is empty for a token that names no login', async () => {
    const { token } = await makeShopper();
    expect(await loginsOf({ accessToken: token })).toEqual([]);
  });
});

describe('ending one login', () => {
  it('refuses its next purchase, confirmation, cancellation and refresh, and no other’s', async () => {
    const [one, two] = [await makeEvent(), await makeEvent()];
    const here = await signUp();
    const there = await deviceOf(await signIn(here.user.email));
    const order = await hold(shopperOf(there), one.eventItemId);
    const token = here.accessToken;
    const path = `/profile/logins/${await currentLoginOf(there)}`;
    expect((await call('DELETE', path, { token })).status).toBe(204);
    await expectProblem(await call('DELETE', path, { token }), 404, 'not_found');
    const gone = shopperOf(there);
    await expectProblem(await reserve(gone, two.eventItemId), 401, 'unauthenticated');
    await expectProblem(await settle(gone, order, 'confirm'), 401, 'unauthenticated');
    await expectProblem(await settle(gone, order, 'cancel'), 401, 'unauthenticated');
    await expectGone(there);
    await hold(shopperOf(here), two.eventItemId);
    expect((await settle(shopperOf(here), order, 'confirm')).status).toBe(200);
    expect((await refresh(here.cookie)).status).toBe(200);
  });

  it('is for one’s own logins only', async () => {
    const [mine, yours] = [await signUp(), await signUp()];
    const path = `/profile/logins/${await currentLoginOf(yours)}`;
    const token = mine.accessToken;
    await expectProblem(await call('DELETE', path, { token }), 404, 'not_found');
    expect((await refresh(yours.cookie)).status).toBe(200);
  });
});

describe('signing out here alone', () => {
  it('by token, by cookie or by both leaves the other devices signed in', async () => {
    const there = await signUp();
    const { email } = there.user;
    for (const by of ['token', 'cookie', 'both']) {
      const here = await deviceOf(await signIn(email));
      const shown = {
        ...(by === 'cookie' ? {} : { token: here.accessToken }),
        ...(by === 'token' ? {} : { cookie: here.cookie }),
      };
      for (let n = 0; n < 2; n++) expect((await logout(shown, false)).status).toBe(204);
      await expectGone(here);
      expect((await readProfile(there)).status).toBe(200);
    }
    expect((await refresh(there.cookie)).status).toBe(200);
    expect(await countLogins(there.user.id)).toBe(1);
  });

  it('counts the cookie that a refresh on its way has just replaced', async () => {
    const here = await signUp();
    const renewed = await deviceOf(await refresh(here.cookie));
    await logout({ cookie: here.cookie }, false);
    await expectGone(renewed);
  });

  it('by a token that names no login ends all tokens so far, and no login', async () => {
    const there = await signUp();
    const { user } = there;
    const old = await deps.accounts.tokens.issue({ user, sessionEpoch: 0 }, Date.now());
    expect((await readProfile(old)).status).toBe(200);
    await logout({ token: old.accessToken }, false);
    await expectProblem(await readProfile(old), 401, 'unauthenticated');
    const renewed = await deviceOf(await refresh(there.cookie));
    expect((await readProfile(renewed)).status).toBe(200);
  });

  it.each(['[]', 'null', '{"everywhere":"no"}', '{"everywhere":null}', '{"there":true}'])(
    'is not asked for by %s',
    async (rawBody) => {
      const { accessToken: token, cookie } = await signUp();
      await expectProblem(await call('POST', '/auth/logout', { token, rawBody }), 400, 'malformed');
      expect((await refresh(cookie)).status).toBe(200);
    },
  );

  it.each(['', '{}', '{"everywhere":true}'])('is not what %j asks for', async (rawBody) => {
    const here = await signUp();
    const there = await deviceOf(await signIn(here.user.email));
    const token = here.accessToken;
    expect((await call('POST', '/auth/logout', { token, rawBody })).status).toBe(204);
    await expectGone(here);
    await expectGone(there);
  });
});
