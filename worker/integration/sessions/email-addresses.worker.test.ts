/** Addresses of accounts: verified by a link, changed by a link, and what an attacker tries with both. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ACCOUNT_TOKEN_MS } from '../../auth/account-tokens.ts';
import type { User } from '../../contract/accounts.ts';
import { FAILURES_FREE } from '../../stores/postgres/sign-in-failures.ts';
import {
  type Device,
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
import { call, deps } from '../../testing/shop.ts';
import { storeCallsOf } from '../../testing/store-calls.ts';

const NEW = 'battery staple';
const HOUR_MS = 60 * 60_000;
const MINUTE_MS = 60_000;
const LINK_INVALID = [410, 'link_invalid'] as const;

const { send, join } = openMailShop();

const ahead = clockAhead(20);
beforeEach(ahead.enter);
afterEach(ahead.leave);

const verify = (token: string, headers: Record<string, string> = {}) =>
  send('POST', '/auth/email/verify', { body: { token }, headers });

const signIn = (email: string, headers: Record<string, string> = {}) =>
  send('POST', '/auth/login', { body: { email, password: PASSWORD }, headers });

const resend = ({ accessToken: token }: Device) => send('POST', '/auth/email/resend', { token });

const askFor = ({ accessToken: token }: Device, email: string, password = PASSWORD) =>
  send('PUT', '/auth/email', { token, body: { email, password } });

const changePassword = ({ accessToken: token }: Device) =>
  send('PUT', '/auth/password', {
    token,
    body: { currentPassword: PASSWORD, newPassword: NEW },
  });

/** Of a new account, as its row has it. */
async function languageOf(fields: object, headers: Record<string, string>): Promise<unknown> {
  const email = newEmail();
  const body = { email, password: PASSWORD, displayName: 'Grace', ...fields };
  await send('POST', '/auth/register', { body, headers });
  const { $client } = deps.stores.db;
  const [row] = await $client.query('SELECT language FROM users WHERE email = $1', [email]);
  return row?.['language'];
}

async function profileOf(device: Device): Promise<User> {
  return (await readProfile(device)).json<User>();
}

async function verifyLink(device: Device): Promise<string> {
  return (await linkIn('mail.verify_email', device.user.email, device)) ?? '';
}

async function changeLink(device: Device, email: string): Promise<string> {
  expect((await askFor(device, email)).status).toBe(202);
  return (await linkIn('mail.change_email', email, device)) ?? '';
}

describe('a new account', () => {
  it('is sent a link that verifies its address, and answered the same when it comes again', async () => {
    const device = await join();
    expect(device.user.emailVerified).toBe(false);
    const token = await verifyLink(device);
    const { email } = device.user;
    for (let n = 0; n < 2; n++) {
      const answer = await verify(token);
      expect([answer.status, await answer.json()]).toEqual([200, { email }]);
    }
    expect(await profileOf(device)).toEqual({ ...device.user, emailVerified: true });
    expect(await rowsFor(email)).toMatchObject([{ kind: 'mail.verify_email' }]);
    const admin = await makeAdmin();
    const seen = await admin.call('GET', `/users/${device.user.id}`);
    expect(await seen.json()).toMatchObject({ email, emailVerified: true });
  });

  it('is made without a mail where the shop sends none', async () => {
    const email = newEmail();
    const body = { email, password: PASSWORD, displayName: 'Grace' };
    expect((await call('POST', '/auth/register', { body })).status).toBe(201);
    expect(await rowsFor(email)).toEqual([]);
  });

  it('is written to in the language that it names, else in that of its browser', async () => {
    const german = { 'Accept-Language': 'de-CH, en;q=0.8' };
    expect(await languageOf({}, {})).toBe('en');
    expect(await languageOf({}, german)).toBe('de');
    expect(await languageOf({ language: 'en' }, german)).toBe('en');
  });

  it('can be written to in another language from now on', async () => {
    const { accessToken: token, user } = await join();
    const languageAfter = async (fields: object) => {
      const body = { displayName: 'Grace', ...fields };
      expect((await call('PUT', '/profile', { token, body })).status).toBe(200);
      const { $client } = deps.stores.db;
      const [row] = await $client.query('SELECT language FROM users WHERE id = $1', [user.id]);
      return row?.['language'];
    };
    expect(await languageAfter({ language: 'de' })).toBe('de');
    expect(await languageAfter({})).toBe('de');
    expect(await languageAfter({ language: 'en' })).toBe('en');
    const alone = await call('PUT', '/profile/language', { token, body: { language: 'de' } });
    expect(alone.status).toBe(204);
    expect(await languageAfter({})).toBe('de');
    const unknown = await call('PUT', '/profile/language', { token, body: { language: 'fr' } });
    await expectProblem(unknown, 400, 'malformed');
  });

  it('of an address that has one is refused, and nothing is sent to that address', async () => {
    const { user } = await join();
    const body = { email: user.email, password: PASSWORD, displayName: 'Eve' };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => send('POST', '/auth/register', { body })),
    );
    for (const answer of answers) await expectProblem(answer, 409, 'email_taken');
    expect(await rowsFor(user.email)).toHaveLength(1);
  });
});

describe('a link that verifies an address', () => {
  it('is over after a day', async () => {
    const device = await join();
    const token = await verifyLink(device);
    pass(ACCOUNT_TOKEN_MS.verify_email);
    await expectProblem(await verify(token), ...LINK_INVALID);
    expect((await signIn(device.user.email)).status).toBe(200);
  });

  it('is sent again to its owner three times an hour, however many ask at once', async () => {
    const device = await join();
    const answers = await Promise.all(Array.from({ length: 20 }, () => resend(device)));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(202));
    expect(await rowsFor(device.user.email)).toHaveLength(3);
    await verify(await verifyLink(device));
    pass(HOUR_MS);
    const { accessToken, cookie } = await (await refresh(device.cookie)).json<Device>();
    expect((await resend({ ...device, accessToken, cookie })).status).toBe(202);
    // What is verified needs none.
    expect(await rowsFor(device.user.email)).toHaveLength(3);
  });

  it('of a deactivated account does nothing, like one that is not known', async () => {
    const device = await join();
    const token = await verifyLink(device);
    await setActive(device.user.id, false);
    const refused = await (await verify(token)).json<object>();
    const unknown = await (await verify('nonsense')).json<object>();
    expect(refused).toMatchObject({ code: 'link_invalid' });
    expect({ ...refused, requestId: '' }).toEqual({ ...unknown, requestId: '' });
    await setActive(device.user.id, true);
    expect((await profileOf(device)).emailVerified).toBe(false);
  });

  it('is no other one: not of a new password, nor one that was made up', async () => {
    const device = await join();
    const { email } = device.user;
    await send('POST', '/auth/password/forgotten', { body: { email } });
    const token = (await linkIn('mail.reset_password', email, device)) ?? '';
    await expectProblem(await verify(token), ...LINK_INVALID);
    await expectProblem(await verify(`${token.slice(0, 22)}.${'a'.repeat(43)}`), ...LINK_INVALID);
    expect((await profileOf(device)).emailVerified).toBe(false);
  });
});

describe('another address', () => {
  it('becomes the account’s by its link alone, and both addresses hear of it', async () => {
    const device = await join();
    const [before, next] = [device.user.email, newEmail()];
    const token = await changeLink(device, next);
    expect(await profileOf(device)).toEqual(device.user);
    expect(await rowsFor(before, 'mail.email_change_asked')).toHaveLength(1);
    const answer = await verify(token);
    expect([answer.status, await answer.json()]).toEqual([200, { email: next }]);
    expect((await verify(token)).status).toBe(200);
    expect(await profileOf(device)).toEqual({ ...device.user, email: next, emailVerified: true });
    expect(await rowsFor(before, 'mail.email_changed')).toMatchObject([
      { payload: { userId: device.user.id, email: before } },
    ]);
    await expectProblem(await signIn(before), 401, 'invalid_credentials');
    expect((await signIn(next)).status).toBe(200);
    const admin = await makeAdmin();
    expect(await admin.auditOf(device.user.id)).toMatchObject([{ action: 'user.email' }]);
  });

  it('needs the password, and wrong ones make the next wait', async () => {
    const device = await join();
    const next = newEmail();
    for (let n = 0; n < FAILURES_FREE; n++) {
      await expectProblem(await askFor(device, next, 'wrong horse'), 401, 'invalid_credentials');
    }
    await expectProblem(await askFor(device, next), 429, 'rate_limited');
    expect(await rowsFor(next)).toEqual([]);
  });

  it('that is the account’s own is refused', async () => {
    const device = await join();
    const answer = await askFor(device, device.user.email.toUpperCase());
    expect(await answer.json()).toMatchObject({ code: 'malformed', errors: [{ path: 'email' }] });
  });

  it('that has an account is answered the same, with the same work, and refused to who has its link', async () => {
    const [device, other] = [await join(), await join()];
    const free = newEmail();
    const answers: Response[] = [];
    const work = [];
    for (const email of [free, other.user.email]) {
      work.push(await storeCallsOf(async () => answers.push(await askFor(device, email))));
    }
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    expect(work[0]).toEqual(work[1]);
    const token = (await linkIn('mail.change_email', other.user.email, device)) ?? '';
    await expectProblem(await verify(token), 409, 'email_taken');
    expect(await profileOf(device)).toEqual(device.user);
    expect(await rowsFor(device.user.email, 'mail.email_changed')).toEqual([]);
  });

  it('that is asked for anew ends the link to the one before, sent or not', async () => {
    const device = await join();
    const [wrong, late, right] = [newEmail(), newEmail(), newEmail()];
    const mistaken = await changeLink(device, wrong);
    await askFor(device, late);
    const token = await changeLink(device, right);
    await expectProblem(await verify(mistaken), ...LINK_INVALID);
    expect(await linkIn('mail.change_email', late, device)).toBeUndefined();
    expect((await verify(token)).status).toBe(200);
    expect((await profileOf(device)).email).toBe(right);
  });

  it('of two links at once has one that counts', async () => {
    const device = await join();
    const next = newEmail();
    const token = await changeLink(device, next);
    const answers = await Promise.all(Array.from({ length: 10 }, () => verify(token)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await rowsFor(device.user.email, 'mail.email_changed')).toHaveLength(1);
  });

  it('keeps the devices known that have signed in before', async () => {
    const device = await join();
    const next = newEmail();
    const token = await changeLink(device, next);
    const headers = { Cookie: device.deviceCookie };
    const known = await verify(token, headers);
    const cookie = known.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    await signIn(next, { Cookie: cookie });
    expect(await rowsFor(next, 'mail.new_device')).toEqual([]);
    // Also one that was not there: when it refreshes its login.
    const answer = await refresh(`${device.cookie}; ${device.deviceCookie}`);
    const cookies = answer.headers.getSetCookie().map((text) => text.split(';')[0] ?? '');
    await signIn(next, { Cookie: cookies.join('; ') });
    expect(await rowsFor(next, 'mail.new_device')).toEqual([]);
    await signIn(next, headers);
    expect(await rowsFor(next, 'mail.new_device')).toHaveLength(1);
  });
});

describe('whoever learned the password', () => {
  it('loses the link to their own address by the owner’s new password, sent or not', async () => {
    for (const isSent of [true, false]) {
      const device = await join();
      const theirs = newEmail();
      await askFor(device, theirs);
      const link = () => linkIn('mail.change_email', theirs, device);
      const token = isSent ? await link() : undefined;
      expect((await changePassword(device)).status).toBe(200);
      expect(await link()).toBeUndefined();
      if (token !== undefined) await expectProblem(await verify(token), ...LINK_INVALID);
      expect(await rowsFor(theirs)).toMatchObject([{ outcome: 'dropped', payload: null }]);
      expect(await rowsFor(device.user.email, 'mail.password_changed')).toHaveLength(1);
    }
  });

  it('loses it by the owner’s forgotten password too', async () => {
    const device = await join();
    const { email } = device.user;
    const token = await changeLink(device, newEmail());
    await send('POST', '/auth/password/forgotten', { body: { email } });
    const own = (await linkIn('mail.reset_password', email, device)) ?? '';
    const body = { token: own, newPassword: NEW };
    expect((await send('POST', '/auth/password/reset', { body })).status).toBe(200);
    await expectProblem(await verify(token), ...LINK_INVALID);
  });

  it('has the owner’s mailbox and those of strangers written to three times an hour at most', async () => {
    const device = await join();
    const strangers = Array.from({ length: 20 }, newEmail);
    const answers = await Promise.all(strangers.map((email) => askFor(device, email)));
    // Some of them wait, as those who type many passwords at once do.
    expect([202, 429]).toEqual(expect.arrayContaining(answers.map(({ status }) => status)));
    const written = await Promise.all(strangers.map((email) => rowsFor(email)));
    expect(written.flat()).toHaveLength(3);
    expect(await rowsFor(device.user.email, 'mail.email_change_asked')).toHaveLength(3);
  });

  it('cannot be told from the owner with a token whose login has ended', async () => {
    const device = await join();
    const next = newEmail();
    await send('POST', '/auth/logout', { token: device.accessToken, body: {} });
    await expectProblem(await askFor(device, next), 401, 'unauthenticated');
    expect(await rowsFor(next)).toEqual([]);
  });
});

describe('a sign-in', () => {
  const firefox =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';

  it('from a device that has not signed in before is told its owner, with what and when', async () => {
    const { user, deviceCookie } = await join();
    await signIn(user.email, { Cookie: deviceCookie });
    expect(await rowsFor(user.email, 'mail.new_device')).toEqual([]);
    pass(MINUTE_MS);
    const at = new Date(Date.now()).toISOString();
    await signIn(user.email, { 'User-Agent': firefox });
    expect(await rowsFor(user.email, 'mail.new_device')).toMatchObject([
      { userId: user.id, payload: { userId: user.id, device: 'Firefox, Windows', at } },
    ]);
  });

  it('that fails is told nobody', async () => {
    const { user } = await join();
    const body = { email: user.email, password: 'wrong horse' };
    await expectProblem(await send('POST', '/auth/login', { body }), 401, 'invalid_credentials');
    expect(await rowsFor(user.email, 'mail.new_device')).toEqual([]);
  });

  it('with the cookie of another account’s device is told', async () => {
    const [{ user }, other] = [await join(), await join()];
    await signIn(user.email, { Cookie: other.deviceCookie });
    expect(await rowsFor(user.email, 'mail.new_device')).toHaveLength(1);
  });

  it('of twenty at once is told three times an hour at most', async () => {
    const { user } = await join();
    await Promise.all(Array.from({ length: 20 }, () => signIn(user.email)));
    expect(await rowsFor(user.email, 'mail.new_device')).toHaveLength(3);
  });

  it('of an admin who was made by a command is told from the second one on', async () => {
    const { user } = await join();
    const { $client } = deps.stores.db;
    await $client.query("UPDATE users SET role = 'admin' WHERE id = $1", [user.id]);
    await signIn(user.email);
    expect(await rowsFor(user.email, 'mail.new_device')).toEqual([]);
    await signIn(user.email);
    expect(await rowsFor(user.email, 'mail.new_device')).toHaveLength(1);
  });
});

it('a shop that sends no mail promises none', async () => {
  const device = await join();
  const without = appWith({ outbox: { sendsMail: false } });
  const headers = {
    Authorization: `Bearer ${device.accessToken}`,
    'Content-Type': 'application/json',
  };
  const body = JSON.stringify({ email: newEmail(), password: PASSWORD });
  const answers = [
    await without('/auth/email/resend', { method: 'POST', headers: { ...headers } }),
    await without('/auth/email', { method: 'PUT', headers, body }),
  ];
  for (const answer of answers) await expectProblem(answer, 503, 'mail_unavailable');
});
