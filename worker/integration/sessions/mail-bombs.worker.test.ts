/** Mails that anybody can ask for: what a stranger can fill with them, and what the owner gets all the same. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OutboxKind } from '../../contract/outbox.ts';
import { type Device, expectProblem, newEmail, PASSWORD } from '../../testing/accounts.ts';
import { clockAhead, linkIn, openMailShop, rowsFor } from '../../testing/mail-shop.ts';
import { pass } from '../../testing/purchases.ts';

const HOUR_MS = 60 * 60_000;

const { send, join } = openMailShop();

const ahead = clockAhead(30);
beforeEach(ahead.enter);
afterEach(ahead.leave);

/** Of a stranger, unless it is said otherwise. */
let networks = 0;
function newNetwork(): string {
  networks += 1;
  return `203.0.${networks >> 8}.${networks & 0xff}`;
}

interface From {
  network: string;
  /** The cookie of a device. */
  cookie?: string;
}

const headersOf = ({ network, cookie }: From) => ({
  'CF-Connecting-IP': network,
  ...(cookie !== undefined && { Cookie: cookie }),
});

async function forget(email: string, from: From): Promise<void> {
  const body = { email };
  const answer = await send('POST', '/auth/password/forgotten', { body, headers: headersOf(from) });
  expect(answer.status).toBe(202);
}

/** Many at once, to these addresses in turn. */
async function flood(emails: string[], from: () => From): Promise<void> {
  await Promise.all(
    Array.from({ length: 20 }, (_, n) => forget(emails[n % emails.length] ?? '', from())),
  );
}

async function countFor(emails: string[], kind: OutboxKind = 'mail.reset_password') {
  const rows = await Promise.all(emails.map((email) => rowsFor(email, kind)));
  return rows.flat().length;
}

async function joinVerified(email?: string): Promise<Device> {
  const device = await join(email);
  const token = await linkIn('mail.verify_email', device.user.email, device);
  expect((await send('POST', '/auth/email/verify', { body: { token } })).status).toBe(200);
  return device;
}

/** Addresses of one mailbox. */
function mailbox(): { own: string; others: string[] } {
  const name = newEmail().replace(/@.*/, '');
  const others = Array.from({ length: 5 }, (_, n) => `${name}+${n}@example.com`);
  return { own: `${name}@example.com`, others };
}

describe('a mailbox', () => {
  it('gets three mails of one network in an hour, and six in a day', async () => {
    const [email, network] = [newEmail(), newNetwork()];
    const counts: number[] = [];
    for (const hours of [1, 1, 24, 0]) {
      await flood([email], () => ({ network }));
      counts.push(await countFor([email]));
      pass(hours * HOUR_MS);
    }
    expect(counts).toEqual([3, 6, 6, 9]);
  });

  it('gets six of all networks together in an hour, and twelve in a day', async () => {
    const email = newEmail();
    const counts: number[] = [];
    for (const hours of [1, 1, 24, 0]) {
      await flood([email], () => ({ network: newNetwork() }));
      counts.push(await countFor([email]));
      pass(hours * HOUR_MS);
    }
    expect(counts).toEqual([6, 12, 12, 18]);
  });

  it('gets no more by other addresses that lead to it', async () => {
    const { own, others } = mailbox();
    const network = newNetwork();
    await flood([own, ...others], () => ({ network }));
    expect(await countFor([own, ...others])).toBe(3);
    await flood([own, ...others], () => ({ network: newNetwork() }));
    expect(await countFor([own, ...others])).toBe(6);
  });

  it('gets no more by the dots that its provider ignores', async () => {
    const name = newEmail().replaceAll(/\W.*/g, '');
    const dotted = [1, 2, 3, 4, 5].map((n) => `${name.slice(0, n)}.${name.slice(n)}@gmail.com`);
    const network = newNetwork();
    await flood(dotted, () => ({ network }));
    expect(await countFor(dotted)).toBe(3);
  });

  it('gets no more by accounts that somebody makes of its addresses', async () => {
    const { others } = mailbox();
    const headers = headersOf({ network: newNetwork() });
    for (const email of others) {
      const body = { email, password: PASSWORD, displayName: 'Eve' };
      const made = await send('POST', '/auth/register', { body, headers });
      expect(made.status).toBe(201);
    }
    expect(await countFor(others, 'mail.verify_email')).toBe(3);
  });

  it('gets no more by devices that signed in to accounts of addresses that nobody verified', async () => {
    const { own, others } = mailbox();
    const network = newNetwork();
    const devices = await Promise.all(others.map((email) => join(email)));
    pass(24 * HOUR_MS);
    for (const { user, deviceCookie } of devices) {
      await flood([user.email], () => ({ network, cookie: deviceCookie }));
    }
    expect(await countFor(others)).toBe(3);
    // So the owner of the mailbox is not kept from theirs.
    await forget(own, { network: newNetwork() });
    expect(await countFor([own])).toBe(1);
  });
});

describe('its owner', () => {
  it('is sent a link although one network has used up its share of the day', async () => {
    const { user } = await joinVerified();
    const network = newNetwork();
    for (let hour = 0; hour < 5; hour++) {
      await flood([user.email], () => ({ network }));
      pass(HOUR_MS);
    }
    const before = await countFor([user.email]);
    await forget(user.email, { network: newNetwork() });
    expect(await countFor([user.email])).toBe(before + 1);
  });

  it('is sent a link on a device of theirs although many networks have used up the day', async () => {
    const { user, deviceCookie: cookie } = await joinVerified();
    for (let hour = 0; hour < 3; hour++) {
      await flood([user.email], () => ({ network: newNetwork() }));
      pass(HOUR_MS);
    }
    const before = await countFor([user.email]);
    const network = newNetwork();
    await forget(user.email, { network });
    expect(await countFor([user.email])).toBe(before);
    await forget(user.email, { network, cookie });
    expect(await countFor([user.email])).toBe(before + 1);
    // The device has limits too.
    await flood([user.email], () => ({ network: newNetwork(), cookie }));
    expect(await countFor([user.email])).toBe(before + 3);
  });

  it('is told of a new password although the day is full', async () => {
    const { user, accessToken: token } = await joinVerified();
    await flood([user.email], () => ({ network: newNetwork() }));
    const body = { currentPassword: PASSWORD, newPassword: 'battery staple' };
    expect((await send('PUT', '/auth/password', { token, body })).status).toBe(200);
    expect(await countFor([user.email], 'mail.password_changed')).toBe(1);
  });
});

it('an account has links sent to the mailboxes of strangers three times an hour at most', async () => {
  const { accessToken: token } = await join();
  const { others } = mailbox();
  for (const email of others) {
    const headers = headersOf({ network: newNetwork() });
    const body = { email, password: PASSWORD };
    const answer = await send('PUT', '/auth/email', { token, body, headers });
    if (answer.status !== 202) await expectProblem(answer, 429, 'rate_limited');
  }
  expect(await countFor(others, 'mail.change_email')).toBe(3);
});
