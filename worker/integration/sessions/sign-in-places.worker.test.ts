/** Whom wrong passwords hold up: whoever tries them, and not the account's owner elsewhere. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { attemptKeys } from '../../auth/attempt-keys.ts';
import { createDevices } from '../../auth/device-cookie.ts';
import {
  FAILURE_WAIT_MS_FIRST,
  FAILURES_FORGOTTEN_MS,
  FAILURES_FREE,
  FAILURES_FREE_ACCOUNT,
  FAILURES_FREE_DEVICE,
} from '../../stores/postgres/sign-in-failures.ts';
import {
  changePassword,
  deviceOf,
  expectProblem,
  newEmail,
  PASSWORD,
  setCookieOf,
  signIn,
  signUp,
} from '../../testing/accounts.ts';
import { appWith } from '../../testing/apps.ts';
import { pass } from '../../testing/purchases.ts';
import { deps } from '../../testing/shop.ts';
import { sweepOf } from '../../testing/sweeping.ts';

const AT_HOME = { 'CF-Connecting-IP': '192.0.2.1' };
const ELSEWHERE = { 'CF-Connecting-IP': '198.51.100.7' };
const WRONG = 'wrong horse';
const refuse = async () => ({ ok: false as const, retryAfterMs: 5_000 });
const BUSY = { hash: refuse, verify: refuse };

// A hundred guesses take longer on a busy machine than they make the next one wait.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});

afterEach(() => {
  vi.useRealTimers();
});

async function guess(email: string, times: number, headers: Record<string, string>): Promise<void> {
  for (let n = 0; n < times; n++) await signIn(email, WRONG, headers);
}

/** Guesses from as many networks as it takes, until the account itself holds guesses up. */
async function guessFromEverywhere(email: string): Promise<void> {
  const networks = Array.from(
    { length: Math.ceil(FAILURES_FREE_ACCOUNT / FAILURES_FREE) },
    (_, n) => ({ 'CF-Connecting-IP': `203.0.113.${n}` }),
  );
  for (const network of networks) await guess(email, FAILURES_FREE, network);
}

async function rowsOf(email: string, network: string): Promise<number[]> {
  const keys = attemptKeys({ email, network });
  const rows = await deps.stores.db.$client.query(
    'SELECT account_key, count FROM sign_in_failures WHERE account_key = ANY($1)',
    [[keys.account, keys.network]],
  );
  return rows.map((row) => Number(row['count']));
}

describe('wrong passwords from one network', () => {
  it('hold up the next one from there, and the owner nowhere else', async () => {
    const { user } = await signUp();
    await guess(user.email, 2 * FAILURES_FREE, ELSEWHERE);
    await expectProblem(await signIn(user.email, PASSWORD, ELSEWHERE), 429, 'rate_limited');
    for (let n = 0; n < FAILURES_FREE; n++) {
      await guess(user.email, 3, ELSEWHERE);
      expect((await signIn(user.email, PASSWORD, AT_HOME)).status).toBe(200);
    }
  });

  it('count a whole /64 of IPv6 as one, and an IPv4 address however it is written', async () => {
    const { user } = await signUp();
    for (let n = 0; n < FAILURES_FREE; n++) {
      await guess(user.email, 1, { 'CF-Connecting-IP': `2001:db8:1:2::${n}` });
    }
    const same = { 'CF-Connecting-IP': '2001:db8:1:2:ffff::1' };
    const next = { 'CF-Connecting-IP': '2001:db8:1:3::1' };
    expect((await signIn(user.email, PASSWORD, same)).status).toBe(429);
    expect((await signIn(user.email, PASSWORD, next)).status).toBe(200);
    await guess(user.email, FAILURES_FREE, { 'CF-Connecting-IP': '::ffff:192.0.2.1' });
    expect((await signIn(user.email, PASSWORD, AT_HOME)).status).toBe(429);
  });

  it('do not keep whoever is signed in from a new password', async () => {
    const device = await signUp();
    await guess(device.user.email, 2 * FAILURES_FREE, {});
    await guessFromEverywhere(device.user.email);
    expect((await changePassword(device, PASSWORD, 'battery staple')).status).toBe(200);
  });
});

describe('a device that has signed in before', () => {
  it('is held up by nobody’s guesses, from its own network or from a thousand', async () => {
    const { user, deviceCookie } = await signUp();
    await guess(user.email, 2 * FAILURES_FREE, {});
    await guessFromEverywhere(user.email);
    expect((await signIn(user.email)).status).toBe(429);
    for (let n = 0; n < 3 * FAILURES_FREE_DEVICE; n++) {
      expect((await signIn(user.email, PASSWORD, { Cookie: deviceCookie })).status).toBe(200);
    }
    // Its success says nothing about the others.
    expect((await signIn(user.email)).status).toBe(429);
  });

  it('is one like any other after a few failures, until it signs in again', async () => {
    const { user, deviceCookie } = await signUp();
    const Cookie = deviceCookie;
    await guess(user.email, FAILURES_FREE, {});
    await guess(user.email, FAILURES_FREE_DEVICE, { Cookie });
    await expectProblem(await signIn(user.email, PASSWORD, { Cookie }), 429, 'rate_limited');
    pass(FAILURE_WAIT_MS_FIRST);
    expect((await signIn(user.email, PASSWORD, { Cookie })).status).toBe(200);
    await guess(user.email, FAILURES_FREE + 1, {});
    expect((await signIn(user.email, PASSWORD, { Cookie })).status).toBe(200);
  });

  it('has its privilege for its own account alone, and cannot make it up', async () => {
    const [mine, theirs] = [await signUp(), await signUp()];
    await guess(theirs.user.email, FAILURES_FREE, {});
    const [name, value = ''] = mine.deviceCookie.split('=');
    const forged = [
      mine.deviceCookie,
      `${name}=${value.slice(0, 22)}.${theirs.deviceCookie.slice(-43)}`,
      `${name}=${'A'.repeat(22)}.${'A'.repeat(43)}`,
      `${name}=`,
    ];
    for (const Cookie of forged) {
      expect((await signIn(theirs.user.email, PASSWORD, { Cookie })).status).toBe(429);
    }
    const Cookie = `${mine.deviceCookie}~${theirs.deviceCookie.split('=')[1]}`;
    expect((await signIn(theirs.user.email, PASSWORD, { Cookie })).status).toBe(200);
  });

  it('is a cookie that no script reads, that lets nobody in, and that keeps several accounts', async () => {
    const [one, other] = [await signUp(), await signUp()];
    const signedIn = await signIn(other.user.email, PASSWORD, { Cookie: one.deviceCookie });
    const setCookie = setCookieOf(signedIn, 'swiftdrop_device');
    expect(setCookie).toMatch(
      /; Max-Age=31536000; Path=\/api\/v1\/auth; HttpOnly; Secure; SameSite=Strict$/,
    );
    const { deviceCookie: both } = await deviceOf(signedIn);
    for (const { email } of [one.user, other.user]) {
      await guess(email, FAILURES_FREE, {});
      expect((await signIn(email, PASSWORD, { Cookie: both })).status).toBe(200);
      await expectProblem(await signIn(email, WRONG, { Cookie: both }), 401, 'invalid_credentials');
    }
  });

  it('keeps its privilege while the secret is rotated', async () => {
    const headers = new Headers();
    const c = {
      req: { url: 'https://shop.example/', raw: { headers } },
      header: (_: string, text: string) => headers.set('Cookie', text.split(';')[0] ?? ''),
    } as never;
    createDevices('the old secret').remember(c, 'a@example.com', deps.platform.fillRandom);
    expect(createDevices('the new secret').idOf(c, 'a@example.com')).toBeUndefined();
    const both = createDevices('the new secret', 'the old secret');
    expect(both.idOf(c, 'a@example.com')).toHaveLength(22);
    expect(both.idOf(c, 'b@example.com')).toBeUndefined();
  });
});

describe('guesses from many networks', () => {
  it.each(['an account', 'no account'])('of %s are held up together', async (whose) => {
    const email = whose === 'an account' ? (await signUp()).user.email : newEmail();
    await guessFromEverywhere(email);
    const refused = await signIn(email, PASSWORD, ELSEWHERE);
    const seconds = Number(refused.headers.get('Retry-After'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds * 1_000).toBeLessThanOrEqual(FAILURE_WAIT_MS_FIRST);
    await expectProblem(refused, 429, 'rate_limited');
    // What is refused is counted nowhere, so that it leaves no rows.
    expect(await rowsOf(email, '198.51.100.7')).toEqual([FAILURES_FREE_ACCOUNT]);
  });

  it('stay counted when the owner signs in, whose own mistakes are forgotten', async () => {
    const { user } = await signUp();
    await guess(user.email, 3, ELSEWHERE);
    await guess(user.email, 2, AT_HOME);
    expect(new Set(await rowsOf(user.email, '192.0.2.1'))).toEqual(new Set([2, 5]));
    expect((await signIn(user.email, PASSWORD, AT_HOME)).status).toBe(200);
    expect(await rowsOf(user.email, '192.0.2.1')).toEqual([3]);
    expect((await signIn(user.email, PASSWORD, ELSEWHERE)).status).toBe(200);
    expect(await rowsOf(user.email, '198.51.100.7')).toEqual([]);
  });

  it('are swept away a day after the last', async () => {
    const email = newEmail();
    await guess(email, 2, AT_HOME);
    expect(await rowsOf(email, '192.0.2.1')).toEqual([2, 2]);
    pass(FAILURES_FORGOTTEN_MS);
    await sweepOf();
    expect(await rowsOf(email, '192.0.2.1')).toEqual([]);
  });
});

it('an attempt that nobody had the time to look at is not counted', async () => {
  const ask = appWith({ accounts: { passwords: BUSY } });
  const email = newEmail();
  const headers = { 'Content-Type': 'application/json', ...AT_HOME };
  const body = JSON.stringify({ email, password: WRONG });
  for (let n = 0; n < 2 * FAILURES_FREE; n++) {
    const refused = await ask('/auth/login', { method: 'POST', headers, body });
    await expectProblem(refused, 503, 'busy');
  }
  expect(await rowsOf(email, '192.0.2.1')).toEqual([]);
});
