/** What an event asks of whoever buys: planned by an admin, said on its page, and decided at the reservation. */
import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { AdminEvent } from '../../contract/administration.ts';
import type { AuditList } from '../../contract/audit.ts';
import type { EventDetail } from '../../contract/events.ts';
import { expectProblem } from '../../testing/accounts.ts';
import { linkIn, openMailShop } from '../../testing/mail-shop.ts';
import { hold } from '../../testing/purchases.ts';
import { enterQueue } from '../../testing/queue.ts';
import { call, deps, makeEvent, makeItem, makeShopper } from '../../testing/shop.ts';

const HOUR_MS = 3_600_000;

async function planFor(conditions: object) {
  const item = { itemId: await makeItem(), priceCents: 500, stock: 3 };
  return {
    title: 'A sale',
    currency: 'EUR',
    startsAt: new Date(Date.now() + HOUR_MS).toISOString(),
    endsAt: new Date(Date.now() + 2 * HOUR_MS).toISOString(),
    items: [item],
    ...conditions,
  };
}

describe('an event for verified addresses', () => {
  it('sells to an account as soon as the link of its mail was opened', async () => {
    const shop = openMailShop();
    const { eventItemId } = await makeEvent({ requireVerifiedEmail: true });
    const { accessToken: token, user } = await shop.join();
    const buy = () => call('POST', `/purchase/${eventItemId}`, { token });
    await expectProblem(await buy(), 403, 'email_unverified');
    const link = await linkIn('mail.verify_email', user.email, { user });
    const opened = await shop.send('POST', '/auth/email/verify', { body: { token: link } });
    expect(opened.status).toBe(200);
    expect((await buy()).status).toBe(201);
  });

  it('tells whoever is not verified so before the limit, also where nothing is left', async () => {
    const { eventItemId } = await makeEvent({ requireVerifiedEmail: true, stock: 0 });
    const { token } = await makeShopper();
    const answer = await call('POST', `/purchase/${eventItemId}`, { token });
    await expectProblem(answer, 403, 'email_unverified');
  });

  it('is planned only where the shop sends mail', async () => {
    const shop = openMailShop();
    const { token } = await makeShopper('admin');
    const body = await planFor({ requireVerifiedEmail: true });
    const errors = [{ path: 'requireVerifiedEmail', message: 'needs a shop that sends mail' }];
    const refused = await call('POST', '/admin/events', { token, body });
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ code: 'malformed', errors });
    const made = await shop.send('POST', '/admin/events', { token, body });
    expect(made.status).toBe(201);
    const { id } = await made.json<AdminEvent>();
    const edit = (requireVerifiedEmail: boolean) =>
      call('PUT', `/admin/events/${id}`, { token, body: { ...body, requireVerifiedEmail } });
    await expectProblem(await edit(true), 400, 'malformed');
    expect(await (await edit(false)).json()).toMatchObject({ requireVerifiedEmail: false });
  });
});

async function makeTwoOfOneMailbox() {
  const shoppers = [await makeShopper(), await makeShopper()] as const;
  const box = shoppers[0].user.id.slice(4);
  for (const [n, { user }] of shoppers.entries()) {
    const email = `${box}+${n}@example.com`;
    await deps.stores.db.execute(sql`UPDATE users SET email = ${email} WHERE id = ${user.id}`);
  }
  return shoppers;
}

describe('an event with one limit for each mailbox', () => {
  it('sells to one account of a mailbox what the other has not', async () => {
    const { eventItemId } = await makeEvent({ oneLimitPerMailbox: true, limitPerCustomer: 1 });
    const [first, second] = await makeTwoOfOneMailbox();
    const other = await makeShopper();
    await hold(first, eventItemId);
    const answer = await call('POST', `/purchase/${eventItemId}`, { token: second.token });
    expect(await answer.json()).toMatchObject({ code: 'limit_reached', limit: 1, held: 1 });
    await hold(other, eventItemId);
  });

  it('tells who enters a queue for how many units the other accounts of the mailbox wait', async () => {
    const { eventItemId } = await makeEvent({ oneLimitPerMailbox: true, stock: 0 });
    const [first, second] = await makeTwoOfOneMailbox();
    expect((await enterQueue(first, eventItemId)).status).toBe(201);
    const refused = await enterQueue(second, eventItemId);
    expect(refused.status).toBe(403);
    const counts = { limit: 1, held: 0, bought: 0, waiting: 1 };
    expect(await refused.json()).toMatchObject({ code: 'limit_reached', ...counts });
  });
});

describe('the conditions of an event', () => {
  it('limit a mailbox only among verified addresses, or a stranger could use up somebody’s limit', async () => {
    const shop = openMailShop();
    const { token } = await makeShopper('admin');
    const body = await planFor({ oneLimitPerMailbox: true });
    const errors = [{ path: 'oneLimitPerMailbox', message: 'needs requireVerifiedEmail' }];
    const refused = await shop.send('POST', '/admin/events', { token, body });
    expect([refused.status, await refused.json()]).toMatchObject([
      400,
      { code: 'malformed', errors },
    ]);
    const both = { ...body, requireVerifiedEmail: true };
    const made = await shop.send('POST', '/admin/events', { token, body: both });
    expect(made.status).toBe(201);
    const { id } = await made.json<AdminEvent>();
    const edited = await shop.send('PUT', `/admin/events/${id}`, { token, body });
    expect(await edited.json()).toMatchObject({ code: 'malformed', errors });
  });

  it('that were planned before that was refused stay as they were announced', async () => {
    const { eventId, eventItemId } = await makeEvent({ oneLimitPerMailbox: true });
    const { token } = await makeShopper('admin');
    await hold(await makeShopper(), eventItemId);
    expect((await call('POST', `/admin/events/${eventId}/close`, { token })).status).toBe(200);
    const reopened = await call('POST', `/admin/events/${eventId}/open`, { token });
    expect(await reopened.json()).toMatchObject({
      requireVerifiedEmail: false,
      oneLimitPerMailbox: true,
    });
  });

  it('are shown to everybody, are part of its version and on record', async () => {
    const shop = openMailShop();
    const { token } = await makeShopper('admin');
    const body = await planFor({ requireVerifiedEmail: true });
    const made = await shop.send('POST', '/admin/events', { token, body });
    const before = made.headers.get('ETag');
    const event = await made.json<AdminEvent>();
    expect(event).toMatchObject({ requireVerifiedEmail: true, oneLimitPerMailbox: false });
    const path = `/admin/events/${event.id}`;
    const version = (await call('GET', path, { token })).headers.get('ETag');
    const both = { ...body, oneLimitPerMailbox: true };
    const edited = await shop.send('PUT', path, { token, body: both });
    expect(await edited.json()).toMatchObject({ oneLimitPerMailbox: true });
    expect([version, before]).not.toContain(edited.headers.get('ETag'));
    const shown = await (await call('GET', `/events/${event.id}`)).json<EventDetail>();
    expect(shown).toMatchObject({ requireVerifiedEmail: true, oneLimitPerMailbox: true });
    const audit = await call('GET', `/admin/audit?subject=${event.id}&action=event.edit`, {
      token,
    });
    const [entry] = (await audit.json<AuditList>()).entries;
    expect(entry).toMatchObject({
      before: { oneLimitPerMailbox: false },
      after: { oneLimitPerMailbox: true },
    });
  });
});
