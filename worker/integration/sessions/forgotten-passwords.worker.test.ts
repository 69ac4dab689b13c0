/** A forgotten password, and what an attacker tries with its links. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ACCOUNT_TOKEN_MS } from '../../auth/account-tokens.ts';
import type { Session } from '../../contract/accounts.ts';
import { FAILURES_FREE } from '../../stores/postgres/sign-in-failures.ts';
import {
  type Device,
  deviceOf,
  expectProblem,
  newEmail,
  PASSWORD,
  readProfile,
  refresh,
  setActive,
} from '../../testing/accounts.ts';
import { makeAdmin } from '../../testing/admin.ts';
import { appWith } from '../../testing/apps.ts';
import { clockAhead, linkIn, openMailShop, rowsFor } from '../../testing/mail-shop.ts';
import { pass } from '../../testing/purchases.ts';
import { deps, shopEnv } from '../../testing/shop.ts';
import { storeCallsOf } from '../../testing/store-calls.ts';

const NEW = 'battery staple';
const HOUR_MS = 60 * 60_000;
const refuse = async () => ({ ok: false as const, retryAfterMs: 5_000 });

const { send, join, counts } = openMailShop();

const ahead = clockAhead(10);
beforeEach(ahead.enter);
afterEach(ahead.leave);

const forget = (email: string) => send('POST', '/auth/password/forgotten', { body: { email } });

const reset = (token: string, newPassword = NEW, headers: Record<string, string> = {}) =>
  send('POST', '/auth/password/reset', { body: { token, newPassword }, headers });

const signIn = (email: string, password: string) =>
  send('POST', '/auth/login', { body: { email, password } });

async function linkFor(device: Device): Promise<string> {
  expect((await forget(device.user.email)).status).toBe(202);
  return (await linkIn('mail.reset_password', device.user.email, device)) ?? '';
}

describe('a link that gives a new password', () => {
  it('signs its owner in, ends all logins before it, and verifies the address', async () => {
    const device = await join();
    const { email } = device.user;
    const token = await linkFor(device);
    const woken = counts.woken;
    const answer = await reset(token);
    expect(answer.status).toBe(200);
    const fresh = await deviceOf(answer);
    expect(fresh.user).toEqual({ ...device.user, emailVerified: true });
    expect(await (await readProfile(fresh)).json()).toEqual(fresh.user);
    expect((await refresh(fresh.cookie)).status).toBe(200);
    await expectProblem(await readProfile(device), 401, 'unauthenticated');
    await expectProblem(await refresh(device.cookie), 401, 'unauthenticated');
    await expectProblem(await signIn(email, PASSWORD), 401, 'invalid_credentials');
    expect((await signIn(email, NEW)).status).toBe(200);
    expect(await rowsFor(email, 'mail.password_changed')).toMatchObject([
      { userId: device.user.id, payload: { userId: device.user.id }, outcome: null },
    ]);
    expect(counts.woken).toBeGreaterThan(woken);
    const admin = await makeAdmin();
    expect(await admin.auditOf(device.user.id)).toMatchObject([
      { action: 'user.password_reset', actor: device.user.id },
    ]);
  });

  it('is good once', async () => {
    const device = await join();
    const token = await linkFor(device);
    await reset(token);
    await expectProblem(await reset(token, 'other battery staple'), 410, 'link_invalid');
    expect((await signIn(device.user.email, NEW)).status).toBe(200);
  });

  it('of many uses at once has one that wins, and the owner hears of one', async () => {
    const device = await join();
    const token = await linkFor(device);
    const passwords = Array.from({ length: 20 }, (_, n) => `battery staple ${n}`);
    const answers = await Promise.all(passwords.map((one) => reset(token, one)));
    const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b);
    expect(statuses).toEqual([200, ...Array<number>(19).fill(410)]);
    const winner = passwords[answers.findIndex(({ status }) => status === 200)] ?? '';
    expect((await signIn(device.user.email, winner)).status).toBe(200);
    expect(await rowsFor(device.user.email, 'mail.password_changed')).toHaveLength(1);
  });

  it('ends the account’s other ones, sent or not', async () => {
    const device = await join();
    const { email } = device.user;
    const [first, second] = [await linkFor(device), await linkFor(device)];
    await forget(email);
    const answers = await Promise.all([reset(first), reset(second)]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 410]);
    expect(await linkIn('mail.reset_password', email, device)).toBeUndefined();
    expect(await rowsFor(email, 'mail.reset_password')).toMatchObject(
      Array.from({ length: 3 }, () => ({ outcome: 'dropped', payload: null })),
    );
  });

  it('is over after half an hour, from its first try to be sent', async () => {
    const device = await join();
    const { email } = device.user;
    const token = await linkFor(device);
    pass(ACCOUNT_TOKEN_MS.reset_password - 1);
    expect(await linkIn('mail.reset_password', email, device)).toBe(token);
    pass(1);
    expect(await linkIn('mail.reset_password', email, device)).toBeUndefined();
    await expectProblem(await reset(token), 410, 'link_invalid');
  });

  it('stays good where the new password is refused, and says why', async () => {
    const device = await join();
    const token = await linkFor(device);
    for (const [weak, reason] of [
      ['short', 'too_short'],
      ['password1', 'too_common'],
      [`${device.user.email}1`, 'too_personal'],
    ] as const) {
      const answer = await reset(token, weak);
      expect(await answer.json()).toMatchObject({
        code: 'malformed',
        errors: [{ path: 'newPassword', reason }],
      });
    }
    expect((await reset(token)).status).toBe(200);
  });

  it('stays good where nobody has time to hash', async () => {
    const device = await join();
    const token = await linkFor(device);
    const busy = appWith({ accounts: { passwords: { hash: refuse, verify: refuse } } });
    const body = JSON.stringify({ token, newPassword: NEW });
    const headers = { 'Content-Type': 'application/json' };
    const answer = await busy('/auth/password/reset', { method: 'POST', headers, body });
    await expectProblem(answer, 503, 'busy');
    expect((await reset(token)).status).toBe(200);
  });

  it('lets its owner in at once who had typed wrong passwords', async () => {
    const device = await join();
    const { email } = device.user;
    for (let n = 0; n < FAILURES_FREE; n++) await signIn(email, 'wrong horse');
    await expectProblem(await signIn(email, 'wrong horse'), 429, 'rate_limited');
    await reset(await linkFor(device));
    expect((await signIn(email, NEW)).status).toBe(200);
  });

  it('works on after the secret it was made with was replaced, and is sent again the same', async () => {
    const device = await join();
    const { email } = device.user;
    const token = await linkFor(device);
    const now = 'the secret that came after it, long enough';
    const both: [string, string] = [now, shopEnv.JWT_SECRET];
    expect(await linkIn('mail.reset_password', email, { ...device, secrets: both })).toBe(token);
    // Nobody knows the secret any more: better no link than one that is not good.
    expect(
      await linkIn('mail.reset_password', email, { ...device, secrets: [now] }),
    ).toBeUndefined();
    expect((await reset(token)).status).toBe(200);
  });
});

describe('an attacker', () => {
  it.each([
    ['nothing', () => ''],
    ['what is no token', () => "' OR ''='"],
    ['an id without its secret', (token: string) => `${token.slice(0, 22)}.${'a'.repeat(43)}`],
    ['a secret under another id', (token: string) => `${'a'.repeat(22)}${token.slice(22)}`],
    ['a token with a letter more', (token: string) => `${token}a`],
    ['a token in other case', (token: string) => token.toUpperCase()],
  ])('who shows %s gets nowhere, and uses nothing up', async (_what, forge) => {
    const device = await join();
    const token = await linkFor(device);
    await expectProblem(await reset(forge(token)), 410, 'link_invalid');
    expect((await reset(token)).status).toBe(200);
  });

  it('learns nothing about a deactivated account, whose link does nothing', async () => {
    const device = await join();
    const token = await linkFor(device);
    await setActive(device.user.id, false);
    const refused = await (await reset(token)).json<object>();
    const unknown = await (await reset(`${'a'.repeat(22)}.${'b'.repeat(43)}`)).json<object>();
    expect({ ...refused, requestId: '' }).toEqual({ ...unknown, requestId: '' });
    expect(JSON.stringify(refused)).not.toContain(device.user.email);
    await forget(device.user.email);
    expect(await linkIn('mail.reset_password', device.user.email, device)).toBeUndefined();
    await setActive(device.user.id, true);
    expect((await signIn(device.user.email, PASSWORD)).status).toBe(200);
  });

  it('does not choose a password by a link that verifies an address', async () => {
    const device = await join();
    const token = (await linkIn('mail.verify_email', device.user.email, device)) ?? '';
    await expectProblem(await reset(token), 410, 'link_invalid');
    const verify = await send('POST', '/auth/email/verify', { body: { token } });
    expect(verify.status).toBe(200);
  });

  it('has no use for a link to an address that the account no longer has', async () => {
    const device = await join();
    const token = await linkFor(device);
    const { db } = deps.stores;
    await db.$client.query('UPDATE users SET email = $1 WHERE id = $2', [
      newEmail(),
      device.user.id,
    ]);
    await expectProblem(await reset(token), 410, 'link_invalid');
  });

  it('cannot tell who has an account, by the answer or by the work for it', async () => {
    const [device, gone] = [await join(), await join()];
    await setActive(gone.user.id, false);
    const asked = [device.user.email, gone.user.email, newEmail()];
    const seen = await Promise.all(
      asked.map(async (email) => {
        const answer = await forget(email);
        const headers = [...answer.headers.keys()].toSorted();
        return { status: answer.status, headers, body: await answer.text() };
      }),
    );
    expect(new Set(seen.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(seen[0]).toMatchObject({ status: 202, body: '' });
    const work = [];
    for (const email of asked) work.push(await storeCallsOf(() => forget(email)));
    expect(new Set(work.map((calls) => JSON.stringify(calls))).size).toBe(1);
    expect(work[0]).toMatchObject({ documents: 0 });
    for (const email of asked) expect(await rowsFor(email, 'mail.reset_password')).toHaveLength(2);
  });

  it('who fills the day of an address does not keep its owner from hearing of a new password', async () => {
    const device = await join();
    const { email } = device.user;
    for (let hour = 0; hour < 5; hour++) {
      for (let n = 0; n < 4; n++) await forget(email);
      pass(HOUR_MS);
    }
    const { accessToken: token } = await (await signIn(email, PASSWORD)).json<Session>();
    const body = { currentPassword: PASSWORD, newPassword: NEW };
    expect((await send('PUT', '/auth/password', { token, body })).status).toBe(200);
    expect(await rowsFor(email, 'mail.password_changed')).toHaveLength(1);
  });
});

it('who forgets a password at a shop that sends no mail is told so', async () => {
  const without = appWith({ outbox: { sendsMail: false } });
  const email = newEmail();
  const headers = { 'Content-Type': 'application/json' };
  const asked = { method: 'POST', headers, body: JSON.stringify({ email }) };
  await expectProblem(await without('/auth/password/forgotten', asked), 503, 'mail_unavailable');
  expect(await rowsFor(email)).toEqual([]);
});
