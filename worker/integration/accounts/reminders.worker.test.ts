/** Reminders over HTTP: asked for, listed, and turned off by the link of their mail. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { EventId } from '../../contract/ids.ts';
import type { ReminderList } from '../../contract/reminders.ts';
import { expectProblem } from '../../testing/accounts.ts';
import { inFuture } from '../../testing/admin.ts';
import { appWith } from '../../testing/apps.ts';
import { call, deps, makeEvent, makeShopper, type Shopper } from '../../testing/shop.ts';

const HOUR_MS = 3_600_000;
const OFF = '/reminders/off';

/** A shop that sends mails, unlike the one of these tests. */
const mailing = appWith({ outbox: { sendsMail: true } });

let eventId: EventId;

beforeAll(async () => {
  ({ eventId } = await makeEvent({ startsAt: inFuture(HOUR_MS), endsAt: inFuture(2 * HOUR_MS) }));
});

async function makeVerified(): Promise<Shopper> {
  const shopper = await makeShopper();
  await deps.stores.db.$client.query('UPDATE users SET email_verified_at = now() WHERE id = $1', [
    shopper.user.id,
  ]);
  return shopper;
}

function ask({ token }: Shopper, of = eventId): Promise<Response> {
  const headers = { Authorization: `Bearer ${token}` };
  return mailing(`/events/${of}/reminder`, { method: 'PUT', headers });
}

async function remindersOf({ token }: Shopper): Promise<EventId[]> {
  return (await (await call('GET', '/profile/reminders', { token })).json<ReminderList>()).eventIds;
}

const tokenOf = ({ user }: Shopper) =>
  deps.accounts.reminderTokens.make({ eventId, userId: user.id });

describe('a reminder', () => {
  it('is asked for again and again, and taken back again and again', async () => {
    const shopper = await makeVerified();
    for (let n = 0; n < 2; n++) expect((await ask(shopper)).status).toBe(204);
    expect(await remindersOf(shopper)).toEqual([eventId]);
    const path = `/events/${eventId}/reminder`;
    for (let n = 0; n < 2; n++) {
      expect((await call('DELETE', path, { token: shopper.token })).status).toBe(204);
    }
    expect(await remindersOf(shopper)).toEqual([]);
  });

  it('is kept for an address that is not confirmed yet, and the answer says so', async () => {
    const shopper = await makeShopper();
    for (let n = 0; n < 2; n++) expect((await ask(shopper)).status).toBe(202);
    expect(await remindersOf(shopper)).toEqual([eventId]);
  });

  it('needs a sale to come, and a shop that sends mails', async () => {
    const shopper = await makeVerified();
    await expectProblem(await ask(shopper, (await makeEvent()).eventId), 409, 'already_open');
    const over = await makeEvent({ endsAt: inFuture(-1) });
    await expectProblem(await ask(shopper, over.eventId), 409, 'closed');
    const hidden = await makeEvent({ published: false });
    await expectProblem(await ask(shopper, hidden.eventId), 404, 'not_found');
    const { token } = shopper;
    const answer = await call('PUT', `/events/${eventId}/reminder`, { token });
    await expectProblem(answer, 503, 'mail_unavailable');
  });
});

describe('the link of its mail', () => {
  it('turns it off without a sign-in, and answers the same where it is off', async () => {
    const [shopper, other] = [await makeVerified(), await makeVerified()];
    for (const asked of [shopper, other]) expect((await ask(asked)).status).toBe(204);
    const body = { token: tokenOf(shopper) };
    for (let n = 0; n < 2; n++) expect((await call('POST', OFF, { body })).status).toBe(204);
    expect(await remindersOf(shopper)).toEqual([]);
    expect(await remindersOf(other)).toEqual([eventId]);
  });

  it.each([
    ['application/x-www-form-urlencoded', 'List-Unsubscribe=One-Click'],
    [
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n',
    ],
  ])('takes the form that mail programs send, as %s', async (type, rawBody) => {
    const shopper = await makeVerified();
    expect((await ask(shopper)).status).toBe(204);
    const headers = { 'Content-Type': type };
    const answer = await call('POST', `${OFF}?token=${tokenOf(shopper)}`, { rawBody, headers });
    expect(answer.status).toBe(204);
    expect(await remindersOf(shopper)).toEqual([]);
  });

  it('is refused where it is forged, lacks its token, or is of another form', async () => {
    const shopper = await makeVerified();
    expect((await ask(shopper)).status).toBe(204);
    const [name] = tokenOf(shopper).split('.');
    const forged = `${name}.${tokenOf(await makeVerified()).split('.')[1]}`;
    for (const body of [{ token: forged }, {}, { token: '' }]) {
      await expectProblem(await call('POST', OFF, { body }), 400, 'malformed');
    }
    const form = { rawBody: 'token=x', headers: { 'Content-Type': 'text/plain' } };
    await expectProblem(await call('POST', OFF, form), 415, 'unsupported_media_type');
    expect(await remindersOf(shopper)).toEqual([eventId]);
  });
});
