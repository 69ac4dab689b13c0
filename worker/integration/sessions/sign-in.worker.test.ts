import { afterEach, describe, expect, it, vi } from 'vitest';
import { hashPassword } from '../../auth/passwords.ts';
import {
  FAILURE_WAIT_MS_FIRST,
  FAILURE_WAIT_MS_MAX,
  FAILURES_FORGOTTEN_MS,
  FAILURES_FREE,
} from '../../stores/postgres/sign-in-failures.ts';
import {
  changePassword,
  deviceOf,
  expectProblem,
  newEmail,
  PASSWORD,
  readProfile,
  refresh,
  roundTripsOf,
  setActive,
  signIn,
  signUp,
} from '../../testing/accounts.ts';
import { appWith } from '../../testing/apps.ts';
import { pass } from '../../testing/purchases.ts';
import { call, deps } from '../../testing/shop.ts';

afterEach(() => {
  vi.useRealTimers();
});

async function fail(email: string, times: number): Promise<void> {
  for (let n = 0; n < times; n++) {
    await expectProblem(await signIn(email, 'wrong horse'), 401, 'invalid_credentials');
  }
}

async function expectWait(response: Response, waitMs: number): Promise<void> {
  expect(response.headers.get('Retry-After')).toBe(String(waitMs / 1_000));
  await expectProblem(response, 429, 'rate_limited');
}

describe('failed sign-ins', () => {
  it.each(['an account', 'no account'])(
    'with %s make the next one wait, longer each time',
    async (whose) => {
      vi.useFakeTimers({ toFake: ['Date'] });
      const email = whose === 'an account' ? (await signUp()).user.email : newEmail();
      await fail(email, FAILURES_FREE);
      for (const waitMs of [1, 2, 4].map((times) => times * FAILURE_WAIT_MS_FIRST)) {
        await expectWait(await signIn(email), waitMs);
        pass(waitMs - 1_000);
        await expectWait(await signIn(email), 1_000);
        pass(1_000);
        await fail(email, 1);
      }
      for (let n = 0; n < 10; n++) {
        pass(FAILURE_WAIT_MS_MAX);
        await fail(email, 1);
      }
      await expectWait(await signIn(email), FAILURE_WAIT_MS_MAX);
    },
  );

  it('are forgotten after the right password, and after a day without another', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { user } = await signUp();
    await fail(user.email, FAILURES_FREE - 1);
    expect((await signIn(user.email)).status).toBe(200);
    await fail(user.email, FAILURES_FREE);
    expect((await signIn(user.email)).status).toBe(429);
    pass(FAILURES_FORGOTTEN_MS);
    await fail(user.email, FAILURES_FREE);
    expect((await signIn(user.email)).status).toBe(429);
  });

  it('twenty at once are no more than five tries', async () => {
    const { user } = await signUp();
    const tries = Array.from({ length: 20 }, () => signIn(user.email, 'wrong horse'));
    const statuses = (await Promise.all(tries)).map(({ status }) => String(status)).toSorted();
    expect(statuses).toEqual([
      ...Array.from({ length: FAILURES_FREE }, () => '401'),
      ...Array.from({ length: 20 - FAILURES_FREE }, () => '429'),
    ]);
  });

  it('are counted for the address however it is written, and for no other', async () => {
    const { user } = await signUp();
    await fail(user.email.toUpperCase(), FAILURES_FREE);
    expect((await signIn(` ${user.email}`)).status).toBe(429);
    expect((await signIn((await signUp()).user.email)).status).toBe(200);
  });

  it('count the current password that is typed to change it', async () => {
    const device = await signUp();
    for (let n = 0; n < FAILURES_FREE; n++) {
      const wrong = await changePassword(device, 'wrong horse', 'battery staple');
      await expectProblem(wrong, 401, 'invalid_credentials');
    }
    expect((await changePassword(device, PASSWORD, 'battery staple')).status).toBe(429);
    expect((await signIn(device.user.email)).status).toBe(429);
  });

  it('do not trouble whoever is signed in', async () => {
    const device = await signUp();
    await fail(device.user.email, FAILURES_FREE);
    expect((await readProfile(device)).status).toBe(200);
    expect((await refresh(device.cookie)).status).toBe(200);
  });
});

describe('an address', () => {
  it('is limited for refreshes apart from purchases, and more narrowly for passwords', async () => {
    const asked: string[] = [];
    const limit = (name: string) => async (key: string) => {
      asked.push(`${name}: ${key}`);
      return false;
    };
    const limits = { purchase: limit('purchase'), account: limit('account') };
    const ask = appWith({ limits });
    for (const path of ['refresh', 'logout', 'login', 'register']) {
      const response = await ask(`/auth/${path}`, {
        method: 'POST',
        headers: { 'CF-Connecting-IP': '192.0.2.1' },
      });
      expect(response.headers.get('Retry-After')).toBe('10');
      await expectProblem(response, 429, 'rate_limited');
    }
    expect(asked).toEqual([
      ...['refresh', 'logout'].map(() => 'purchase: logins 192.0.2.1'),
      ...['login', 'register'].map(() => 'account: 192.0.2.1'),
    ]);
  });
});

describe('who has an account', () => {
  it('shows neither in the words nor in the work of a refusal', async () => {
    const [known, closed] = [await signUp(), await signUp()];
    await setActive(closed.user.id, false);
    const cases = {
      'a wrong password': () => signIn(known.user.email, 'wrong horse'),
      'a deactivated account': () => signIn(closed.user.email),
      'no account': () => signIn(newEmail()),
    };
    for (const [what, attempt] of Object.entries(cases)) {
      let refused: Response | undefined;
      const trips = await roundTripsOf(async () => {
        refused = await attempt();
      });
      expect(trips, what).toBe(1);
      const problem = await refused?.json<Record<string, unknown>>();
      expect({ ...problem, requestId: '' }, what).toEqual({
        type: 'urn:swiftdrop:problem:invalid_credentials',
        title: 'E-mail or password is wrong',
        status: 401,
        code: 'invalid_credentials',
        requestId: '',
      });
    }
  });

  it('shows in a registration alone, which does the same work either way', async () => {
    const { user } = await signUp();
    const body = { email: user.email, password: PASSWORD, displayName: 'Eve' };
    const trips = await roundTripsOf(async () => {
      const taken = await call('POST', '/auth/register', { body });
      expect(taken.headers.getSetCookie()).toEqual([]);
      await expectProblem(taken, 409, 'email_taken');
    });
    expect(trips).toBe(await roundTripsOf(() => signUp()));
  });
});

describe('a password whose hash is outdated', () => {
  it('is hashed anew by the next sign-in that succeeds, and by none that fails', async () => {
    const { user } = await signUp();

    const old = await hashPassword(PASSWORD, { n: 512, r: 1, p: 1 });
    await deps.stores.db.$client.query('UPDATE users SET password_hash = $2 WHERE id = $1', [
      user.id,
      old,
    ]);
    const stored = async () => {
      const [row] = await deps.stores.db.$client.query(
        'SELECT password_hash FROM users WHERE id = $1',
        [user.id],
      );
      return String(row?.['password_hash']);
    };
    await fail(user.email, 1);
    expect(await stored()).toBe(old);
    const device = await deviceOf(await signIn(user.email));
    expect(await stored()).toMatch(/^scrypt\$1024\$/);
    expect((await readProfile(device)).status).toBe(200);
    expect((await signIn(user.email)).status).toBe(200);
  });
});

describe('an e-mail address', () => {
  it('is one in whatever case it is written', async () => {
    const email = newEmail();
    const { user } = await signUp(email.toUpperCase());
    expect(user.email).toBe(email);
    expect((await signIn(` ${email.toUpperCase()} `)).status).toBe(200);
  });

  it.each([
    'a\u0000@example.com',
    'no address',
    '\u212Aate@example.com',
    "x'--@",
    `${'a'.repeat(250)}@b.co`,
  ])('like %j is malformed at a sign-in as at a registration', async (email) => {
    await expectProblem(await signIn(email), 400, 'malformed');
    const body = { email, password: PASSWORD, displayName: 'Eve' };
    await expectProblem(await call('POST', '/auth/register', { body }), 400, 'malformed');
  });
});
