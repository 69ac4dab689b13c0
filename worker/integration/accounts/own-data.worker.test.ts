/** All that is kept about somebody, as they take it away. */
import { expect, it } from 'vitest';
import type { OwnData } from '../../contract/own-data.ts';
import { createDataApiClient } from '../../stores/documents/data-api-client.ts';
import { countDownload, DOWNLOADS_PER_HOUR_MAX } from '../../stores/postgres/own-data.ts';
import { disqualifyEntry } from '../../stores/postgres/queue-administration.ts';
import { expectProblem, signIn, signUp } from '../../testing/accounts.ts';
import { appWith } from '../../testing/apps.ts';
import { reserve, settle } from '../../testing/purchases.ts';
import { call, deps, makeEvent, makeShopper } from '../../testing/shop.ts';
import { makeWaitlist } from '../../testing/waiting.ts';

function download(token: string): Promise<Response> {
  return call('GET', '/profile/data', { token });
}

it('has the account, its logins, orders and words, its votes and reports, and what was sent', async () => {
  const { user, accessToken: token } = await signUp();
  await signIn(user.email, 'a wrong one');
  const { eventId, eventItemId, itemId } = await makeEvent();
  const { order } = await (await reserve({ user, token }, eventItemId)).json<{
    order: { id: string };
  }>();
  expect((await settle({ user, token }, order, 'confirm')).status).toBe(200);
  await deps.stores.db.$client.query('UPDATE orders SET note = $1 WHERE id = $2', [
    'Leaves it with a neighbour',
    order.id,
  ]);
  const rated = { token, body: { rating: 4, comment: 'Good.' } };
  await call('POST', `/reviews/items/${itemId}`, rated);
  const said = { token, body: { body: 'Is it red?' } };
  await call('POST', `/reviews/events/${eventId}/comments`, said);
  const other = await makeShopper();
  const others = { token: other.token, body: { rating: 1, comment: 'Private to others.' } };
  const review = await (await call('POST', `/reviews/items/${itemId}`, others)).json<{
    id: string;
  }>();
  await call('POST', `/reviews/${review.id}/helpful`, { token });
  await call('POST', `/reviews/${review.id}/report`, { token, body: { reason: 'spam' } });
  const { $client } = deps.stores.db;
  await $client.query(
    `INSERT INTO outbox (kind, key, user_id, recipient_key, created_at, due_at, outcome, ended_at)
     VALUES ('mail.verify_email', $1, $2, NULL, now(), now(), 'done', now()),
            ('mail.reset_password', $3, NULL, $4, now(), now(), 'done', now())`,
    [`a ${user.id}`, user.id, `b ${user.id}`, deps.accounts.recipientKeyOf(user.email)],
  );
  await $client.query(
    `INSERT INTO mail_suppressions (address_hash, reason, at)
     VALUES (encode(sha256(convert_to($1, 'UTF8')), 'hex'), 'bounced', now())`,
    [user.email],
  );

  // Whoever has not shown that the address is theirs reads nothing that is kept by the address.
  expect(await (await download(token)).json<OwnData>()).toMatchObject({
    mails: [{ kind: 'mail.verify_email' }, { kind: 'mail.order_confirmed' }],
    mailSuppression: null,
  });
  await $client.query('UPDATE users SET email_verified_at = now() WHERE id = $1', [user.id]);
  const answer = await download(token);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('Content-Disposition')).toMatch(
    /^attachment; filename="account-\d{4}-\d\d-\d\d\.json"$/,
  );
  const data = await answer.json<OwnData>();
  expect(data).toMatchObject({
    account: { id: user.id, email: user.email, displayName: 'Grace' },
    logins: [{}],
    failedSignIns: { count: 1 },
    orders: [
      {
        id: order.id,
        status: 'confirmed',
        eventTitle: 'A sale',
        note: 'Leaves it with a neighbour',
      },
    ],
    reminders: [],
    reviews: [{ itemId, rating: 4, comment: 'Good.' }],
    comments: [{ eventId, body: 'Is it red?' }],
    helpfulVotes: [review.id],
    reports: [{ id: review.id, reason: 'spam' }],
    mails: [
      { kind: 'mail.reset_password', outcome: 'done' },
      { kind: 'mail.verify_email', outcome: 'done' },
      { kind: 'mail.order_confirmed' },
    ],
    mailSuppression: { reason: 'bounced' },
    auditLog: Array.from({ length: 2 }, () => ({
      action: 'user.download',
      actor: user.id,
      subject: user.id,
    })),
    incomplete: [],
  });
  const text = JSON.stringify(data);
  expect(text).not.toContain('Private to others');
  expect(text).not.toContain('scrypt');
});

it('has every queue entry, waiting or not', async () => {
  const { waiter, entry, eventId, eventItemId } = await makeWaitlist({ title: 'A queue' });
  expect(await (await download(waiter.token)).json<OwnData>()).toMatchObject({
    queueEntries: [
      {
        id: entry.id,
        eventId,
        eventTitle: 'A queue',
        eventItemId,
        itemName: 'Lamp',
        variantLabel: null,
        quantity: 1,
        minQuantity: 1,
        status: 'waiting',
        reason: null,
        endedAt: null,
        seq: 1,
        rank: 1,
        orderId: null,
      },
    ],
    incomplete: [],
  });
  await disqualifyEntry(deps.stores.db, entry.id, {
    actor: 'a test',
    nowMs: Date.now(),
    reason: 'Known to nobody but us',
  });
  const data = await (await download(waiter.token)).json<OwnData>();
  expect(data.queueEntries).toMatchObject([{ status: 'skipped', reason: 'disqualified' }]);
  expect(JSON.stringify(data)).not.toContain('Known to nobody but us');
});

it('is given a few times an hour, however many ask at once', async () => {
  const { user, token } = await makeShopper();
  const asked = Array.from({ length: DOWNLOADS_PER_HOUR_MAX + 3 }, () =>
    countDownload(deps.stores.db, user.id),
  );
  expect((await Promise.all(asked)).filter(Boolean)).toHaveLength(DOWNLOADS_PER_HOUR_MAX);
  await expectProblem(await download(token), 429, 'rate_limited');
  expect(await countDownload(deps.stores.db, (await makeShopper()).user.id)).toBe(true);
});

it('is not given without the part of a store that is away', async () => {
  const { token } = await makeShopper();
  const variables = { stores: { documents: undefined } };
  const headers = { Authorization: `Bearer ${token}` };
  const without = await appWith(variables)('/profile/data', { headers });
  expect(without.status).toBe(200);
  const documents = createDataApiClient({
    fetcher: { fetch: () => Promise.reject(new Error('no way there')) },
    baseUrl: 'https://data.example',
    apiKey: 'k',
    dataSource: 'mongodb-atlas',
    database: 'swiftdrop',
  });
  const away = appWith({ stores: { documents }, logging: { log: () => undefined } });
  await expectProblem(await away('/profile/data', { headers }), 503, 'unavailable');
});
