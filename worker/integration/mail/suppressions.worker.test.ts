/** Addresses to which nothing is sent any more: what their owners see of it, and how an admin ends it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CustomerDetail, CustomerList } from '../../contract/administration.ts';
import type { Suppression } from '../../contract/mail-events.ts';
import { findSuppression, suppressAddresses } from '../../stores/postgres/mail-suppressions.ts';
import { type Device, expectProblem, newEmail, PASSWORD } from '../../testing/accounts.ts';
import { type Admin, makeAdmin } from '../../testing/admin.ts';
import { clockAhead, linkIn, openMailShop, rowsFor } from '../../testing/mail-shop.ts';
import { deps } from '../../testing/shop.ts';

const { send, join } = openMailShop();

const ahead = clockAhead(40);
beforeEach(ahead.enter);
afterEach(ahead.leave);

const suppress = (email: string, reason: Suppression) =>
  suppressAddresses(deps.stores.db, { emails: [email], reason, nowMs: Date.now() });

async function seenBy({ accessToken: token }: Device): Promise<unknown> {
  const answer = await send('GET', '/profile/mail', { token });
  return (await answer.json<{ suppressed: unknown }>()).suppressed;
}

async function verify(device: Device): Promise<void> {
  const token = await linkIn('mail.verify_email', device.user.email, device);
  expect((await send('POST', '/auth/email/verify', { body: { token } })).status).toBe(200);
}

const allow = (admin: Admin, id: string) => admin.call('POST', `/users/${id}/allow-mail`);

describe('an account whose mail comes back', () => {
  it('is told so, and is promised no link in vain', async () => {
    const device = await join();
    const { email } = device.user;
    expect(await seenBy(device)).toBeNull();
    await suppress(email, 'bounced');
    expect(await seenBy(device)).toBe('bounced');
    const token = device.accessToken;
    await expectProblem(
      await send('POST', '/auth/email/resend', { token }),
      409,
      'mail_suppressed',
    );
    expect(await rowsFor(email)).toHaveLength(1);
  });

  it('is written to at another address', async () => {
    const device = await join();
    const { user, accessToken: token } = device;
    await suppress(user.email, 'bounced');
    const next = newEmail();
    const body = { email: next, password: PASSWORD };
    expect((await send('PUT', '/auth/email', { token, body })).status).toBe(202);
    const link = await linkIn('mail.change_email', next, device);
    await send('POST', '/auth/email/verify', { body: { token: link } });
    expect(await seenBy(device)).toBeNull();
  });

  it('is not told that somebody complained, unless the address is shown to be theirs', async () => {
    const device = await join();
    await suppress(device.user.email, 'complained');
    expect(await seenBy(device)).toBeNull();
    await verify(device);
    expect(await seenBy(device)).toBe('complained');
  });
});

describe('an admin', () => {
  it('sees which address is written to no more, and has it written to again', async () => {
    const [admin, device] = [await makeAdmin(), await join()];
    const { id, email } = device.user;
    await suppress(email, 'bounced');
    const { users } = await (await admin.call('GET', `/users?q=${email}`)).json<CustomerList>();
    expect(users).toMatchObject([{ id, mailSuppressed: 'bounced' }]);
    const answer = await allow(admin, id);
    expect([answer.status, await answer.json<CustomerDetail>()]).toMatchObject([
      200,
      { id, mailSuppressed: null },
    ]);
    expect(await findSuppression(deps.stores.db, email)).toBeNull();
    const token = device.accessToken;
    expect((await send('POST', '/auth/email/resend', { token })).status).toBe(202);
    expect(await rowsFor(email)).toHaveLength(2);
  });

  it('leaves a trail that names nobody', async () => {
    const [admin, { user }] = [await makeAdmin(), await join()];
    await suppress(user.email, 'complained');
    await allow(admin, user.id);
    const entries = await admin.auditOf(user.id);
    expect(entries).toMatchObject([
      {
        action: 'user.allow_mail',
        subject: user.id,
        before: { mailSuppressed: 'complained' },
        after: { mailSuppressed: null },
      },
    ]);
    expect(JSON.stringify(entries)).not.toContain(user.email);
  });

  it('is told where nothing keeps mail from an address, and where there is no such account', async () => {
    const [admin, { user }] = [await makeAdmin(), await join()];
    await expectProblem(await allow(admin, user.id), 409, 'mail_not_suppressed');
    expect(await admin.auditOf(user.id)).toEqual([]);
    const nobody = `${user.id.slice(0, -6)}000000`;
    await expectProblem(await allow(admin, nobody), 404, 'not_found');
  });

  it('of two who do it at once has one that did', async () => {
    const [admin, { user }] = [await makeAdmin(), await join()];
    await suppress(user.email, 'bounced');
    const answers = await Promise.all([allow(admin, user.id), allow(admin, user.id)]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect(await admin.auditOf(user.id)).toHaveLength(1);
  });
});
