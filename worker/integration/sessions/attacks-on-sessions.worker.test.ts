import { generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createTokens, keyIdOf } from '../../auth/tokens.ts';
import { REFRESH_GRACE_MS } from '../../stores/postgres/logins.ts';
import {
  changePassword,
  countLogins,
  currentLoginOf,
  deviceOf,
  expectProblem,
  newEmail,
  PASSWORD,
  readProfile,
  refresh,
  setActive,
  signIn,
  signUp,
} from '../../testing/accounts.ts';
import { callsTo } from '../../testing/apps.ts';
import { hold, pass } from '../../testing/purchases.ts';
import { call, deps, makeEvent, makeShopper, shopEnv } from '../../testing/shop.ts';
import { wire } from '../../wiring.ts';

const secret = shopEnv.JWT_SECRET;
const header = { alg: 'HS256', typ: 'JWT', kid: keyIdOf(secret) };

afterEach(() => {
  vi.useRealTimers();
});

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** Of a Worker whose environment differs by this. */
function askWith(env: Partial<Record<string, string>>, token: string) {
  return callsTo(wire({ ...shopEnv, ...env }))('/api/v1/profile', {
    headers: { Authorization: `Bearer ${token}` },
  });
}

/** All that an answer says, but for its request id. */
async function wordsOf(response: Response) {
  const { requestId: _, ...rest } = await response.json<Record<string, unknown>>();
  return { status: response.status, rest, cookies: response.headers.getSetCookie() };
}

describe('a forged token', () => {
  it('without a signature, by another algorithm or by another key opens nothing', async () => {
    const admin = await makeShopper('admin');
    const claims = { sub: admin.user.id, role: 'admin', epoch: 0, iss: 'swiftdrop' };
    const exp = Math.floor(Date.now() / 1_000) + 60;
    const sign = (change: object, key: string | CryptoKey) =>
      new SignJWT(claims)
        .setProtectedHeader({ ...header, ...change })
        .setExpirationTime(exp)
        .sign(typeof key === 'string' ? new TextEncoder().encode(key) : key);
    const good = await sign({}, secret);
    expect((await readProfile({ accessToken: good })).status).toBe(200);

    const body = base64url({ ...claims, exp });
    const rsa = (await crypto.subtle.generateKey(
      {
        name: 'RSASSA-PKCS1-v1_5',
        modulusLength: 2_048,
        publicExponent: new Uint8Array([1, 0, 1]),
        hash: 'SHA-256',
      },
      true,
      ['sign', 'verify'],
    )) as CryptoKeyPair;
    const publicPem = generateKeyPairSync('rsa', { modulusLength: 2_048 })
      .publicKey.export({ type: 'spki', format: 'pem' })
      .toString();
    const forged = {
      none: `${base64url({ ...header, alg: 'none' })}.${body}.`,
      rs256: await sign({ alg: 'RS256' }, rsa.privateKey),
      'a public key as the secret': await sign({}, publicPem),
      'RS256 over an HS256 signature': good.replace(
        /^[^.]+/,
        base64url({ ...header, alg: 'RS256' }),
      ),
      'another secret': await sign({}, 'another secret, as long as the real one'),
      'an unknown kid': await sign({ kid: keyIdOf('unknown') }, secret),
      'another secret under its own kid': await sign({ kid: 'AAAAAAAAAAA' }, 'A'.repeat(40)),
      'a kid that is a path': await sign({ kid: '/dev/null' }, ' '),
      'no kid': await sign({ kid: undefined }, secret),
      'a key that it brings along': await sign({ jwk: { kty: 'oct', k: 'QQ' } }, 'A'.repeat(40)),
      'no expiry': await new SignJWT(claims)
        .setProtectedHeader(header)
        .sign(new TextEncoder().encode(secret)),
    };
    for (const [what, accessToken] of Object.entries(forged)) {
      for (const [method, path] of [
        ['GET', '/profile'],
        ['POST', '/admin/items'],
        ['POST', '/purchase/evi_zzzzzzzzzzzz_1'],
      ] as const) {
        const response = await call(method, path, { token: accessToken });
        expect(await response.json(), `${what} on ${path}`).toMatchObject({
          status: 401,
          code: 'unauthenticated',
        });
      }
    }
  });

  it('of a secret that was rotated is accepted while that is named as the previous one', async () => {
    const { token: accessToken, user } = await makeShopper();
    const rotated = { JWT_SECRET: 'n'.repeat(40), JWT_SECRET_PREVIOUS: secret };
    expect((await askWith(rotated, accessToken)).status).toBe(200);
    const removed = { JWT_SECRET: 'n'.repeat(40), JWT_SECRET_PREVIOUS: '' };
    await expectProblem(await askWith(removed, accessToken), 401, 'unauthenticated');
    const newTokens = createTokens(rotated.JWT_SECRET);
    const renewed = await newTokens.issue({ user, sessionEpoch: 0 }, Date.now());
    expect((await askWith(rotated, renewed.accessToken)).status).toBe(200);
    await expectProblem(await askWith({}, renewed.accessToken), 401, 'unauthenticated');
  });
});

describe('a stolen refresh token', () => {
  it('that is used after its owner ends their login, and no other of theirs', async () => {
    const owner = await signUp();
    const elsewhere = await deviceOf(await signIn(owner.user.email));
    const renewed = await deviceOf(await refresh(owner.cookie));
    const again = await deviceOf(await refresh(renewed.cookie));
    await expectProblem(await refresh(owner.cookie), 401, 'unauthenticated');
    for (const { cookie, accessToken } of [owner, renewed, again]) {
      await expectProblem(await refresh(cookie), 401, 'unauthenticated');
      await expectProblem(await readProfile({ accessToken }), 401, 'unauthenticated');
    }
    expect((await readProfile(elsewhere)).status).toBe(200);
    const { eventItemId } = await makeEvent();
    await hold({ user: elsewhere.user, token: elsewhere.accessToken }, eventItemId);
    const further = await deviceOf(await refresh(elsewhere.cookie));
    expect((await readProfile(further)).status).toBe(200);
    expect(await countLogins(owner.user.id)).toBe(1);
  });

  it('is worth nothing a minute after it was exchanged, and takes its login along', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const owner = await signUp();
    const renewed = await deviceOf(await refresh(owner.cookie));
    pass(REFRESH_GRACE_MS);
    await expectProblem(await refresh(owner.cookie), 401, 'unauthenticated');
    await expectProblem(await refresh(renewed.cookie), 401, 'unauthenticated');
    await expectProblem(await readProfile(renewed), 401, 'unauthenticated');
    expect((await signIn(owner.user.email)).status).toBe(200);
  });

  it('cannot be guessed from a login’s id, and one login’s secret opens no other', async () => {
    const [one, two] = [await signUp(), await signUp()];
    const [, id] = /=([\w-]+)\./.exec(one.cookie) ?? [];
    const listed = await currentLoginOf(one);
    expect(one.cookie).not.toContain(listed.slice(4));
    const [, foreign] = /\.([\w-]+)$/.exec(two.cookie) ?? [];
    const mixed = await refresh(`swiftdrop_refresh=${id}.${foreign}`);
    await expectProblem(mixed, 401, 'unauthenticated');
    expect((await refresh(two.cookie)).status).toBe(200);
  });

  it('that is wrong signs nobody out, whoever’s login it names', async () => {
    const owner = await signUp();
    const [, handle] = /=([\w-]+)\./.exec(owner.cookie) ?? [];
    for (const everywhere of [true, false]) {
      const headers = { Cookie: `swiftdrop_refresh=${handle}.${'x'.repeat(43)}` };
      const out = await call('POST', '/auth/logout', { headers, body: { everywhere } });
      expect(out.status).toBe(204);
    }
    expect((await readProfile(owner)).status).toBe(200);
    expect((await refresh(owner.cookie)).status).toBe(200);
  });

  it('is not an access token, nor the other way round', async () => {
    const { cookie, accessToken } = await signUp();
    const value = cookie.slice(cookie.indexOf('=') + 1);
    await expectProblem(await readProfile({ accessToken: value }), 401, 'unauthenticated');
    const swapped = await refresh(`swiftdrop_refresh=${accessToken}`);
    await expectProblem(swapped, 401, 'unauthenticated');
  });
});

describe('another site’s page', () => {
  it.each<Record<string, string>>([
    { Origin: 'https://evil.example' },
    { Origin: 'https://shop.example.evil.example' },
    { Origin: 'http://shop.example' },
    { Origin: 'https://shop.example:8443' },
    { Origin: 'null' },
    { 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'same-site' },
    { Origin: 'https://shop.example', 'Sec-Fetch-Site': 'cross-site' },
  ])('with %j can neither refresh nor sign out', async (headers) => {
    const device = await signUp();
    await expectProblem(await refresh(device.cookie, headers), 403, 'forbidden');
    const out = { headers: { Cookie: device.cookie, ...headers } };
    await expectProblem(await call('POST', '/auth/logout', out), 403, 'forbidden');
    const own = { Origin: 'https://shop.example', 'Sec-Fetch-Site': 'same-origin' };
    expect((await refresh(device.cookie, own)).status).toBe(200);
  });
});

describe('a deactivated account', () => {
  it('is out at the next call, cannot sign in, and is answered as any stranger is', async () => {
    const device = await signUp();
    const admin = await makeShopper('admin');
    await Promise.all([setActive(device.user.id, false), setActive(admin.user.id, false)]);
    await expectProblem(await readProfile(device), 401, 'unauthenticated');
    await expectProblem(await refresh(device.cookie), 401, 'unauthenticated');
    const change = await changePassword(device, PASSWORD, 'battery staple');
    await expectProblem(change, 401, 'unauthenticated');
    const items = { token: admin.token, body: { name: 'x' } };
    await expectProblem(await call('POST', '/admin/items', items), 401, 'unauthenticated');
    const right = await signIn(device.user.email);
    const stranger = await signIn(newEmail());
    expect(await wordsOf(right)).toEqual(await wordsOf(stranger));
  });

  it('that is activated again signs in anew', async () => {
    const { user } = await signUp();
    await setActive(user.id, false);
    await expectProblem(await signIn(user.email), 401, 'invalid_credentials');
    await setActive(user.id, true);
    expect((await signIn(user.email)).status).toBe(200);
  });
});

describe('an ended session', () => {
  it('is over for admins too, whose role alone does not help', async () => {
    const { user, accessToken } = await signUp();
    await deps.stores.db.$client.query("UPDATE users SET role = 'admin' WHERE id = $1", [user.id]);
    const body = { name: 'Lamp' };
    const made = await call('POST', '/admin/items', { token: accessToken, body });
    expect(made.status).toBe(201);
    await call('POST', '/auth/logout', { token: accessToken });
    const ended = await call('POST', '/admin/items', { token: accessToken, body });
    await expectProblem(ended, 401, 'unauthenticated');
  });

  it('cannot end the one that came after it', async () => {
    const before = await signUp();
    await call('POST', '/auth/logout', { token: before.accessToken });
    const after = await deviceOf(await signIn(before.user.email));
    await call('POST', '/auth/logout', { token: before.accessToken });
    expect((await readProfile(after)).status).toBe(200);
  });
});

describe('a field that is not asked for', () => {
  it.each<Record<string, unknown>>([
    { role: 'admin' },
    { active: true },
    { id: 'usr_000000000000000000' },
    { sessionEpoch: 7 },
    { passwordHash: 'none' },
    { constructor: 1 },
  ])('like %j is refused, in a registration and in a profile', async (extra) => {
    const fields = { email: newEmail(), password: PASSWORD, displayName: 'Eve' };
    const registered = await call('POST', '/auth/register', { body: { ...fields, ...extra } });
    await expectProblem(registered, 400, 'malformed');
    const { accessToken: token } = await signUp();
    const body = { displayName: 'Eve', ...extra };
    await expectProblem(await call('PUT', '/profile', { token, body }), 400, 'malformed');
    const me = await readProfile({ accessToken: token });
    expect(await me.json()).toMatchObject({ role: 'customer', displayName: 'Grace' });
  });
});

describe('a display name', () => {
  it.each([
    ['that turns the text around it', 'abc\u202Egnp.exe'],
    ['that embeds', 'a\u202Ab'],
    ['that isolates', 'a\u2067b\u2069'],
    ['of two lines', 'a\nb'],
    ['of two lines by a separator', 'a\u2028b'],
    ['of nothing to see', '\u200D\u200B'],
    ['of spaces', '   '],
    ['with a NUL', 'a\u0000b'],
    ['with half a character', 'a\ud800'],
    ['that is too long', 'x'.repeat(61)],
  ])('%s is refused', async (_what, displayName) => {
    const { accessToken: token } = await signUp();
    const changed = await call('PUT', '/profile', { token, body: { displayName } });
    await expectProblem(changed, 400, 'malformed');
  });
});
