/** Accounts that their owners delete: what they held ends, and nothing of the person is left. */
import { runInDurableObject } from 'cloudflare:test';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { AdminOrderList, CustomerDetail } from '../../contract/administration.ts';
import type { EventId } from '../../contract/ids.ts';
import type { ReviewList, ReviewSummary } from '../../contract/reviews.ts';
import { eraseAccount } from '../../outbox/erasure/erase-account.ts';
import { OutboxObject } from '../../outbox/object/outbox-object.ts';
import { OUTBOX_NAME } from '../../platform/outbox-waker.ts';
import { createDataApiClient } from '../../stores/documents/data-api-client.ts';
import { enqueueStatement } from '../../stores/postgres/outbox.ts';
import {
  type Device,
  deviceOf,
  expectProblem,
  newEmail,
  PASSWORD,
  readProfile,
  refresh,
  signIn,
  signUp,
} from '../../testing/accounts.ts';
import { makeAdmin } from '../../testing/admin.ts';
import { appWith, dbWithOneAdmin, depsWith } from '../../testing/apps.ts';
import { catchLog } from '../../testing/log-lines.ts';
import { addOutboxRow } from '../../testing/outbox.ts';
import { hold, reserve, settle, stockOf } from '../../testing/purchases.ts';
import { call, deps, makeEvent, makeShopper, readEvent, shopEnv } from '../../testing/shop.ts';
import { tracesOf } from '../../testing/traces.ts';
import { entryOf, makeDraw, makeWaitlist, ordersOf, wait } from '../../testing/waiting.ts';

/** On a machine that is busy with something else. */
const SOON = { timeout: 20_000 };

afterEach(() => {
  vi.restoreAllMocks();
});

function deleteAccount({ accessToken: token }: Device, password = PASSWORD): Promise<Response> {
  return call('DELETE', '/profile', { token, body: { password } });
}

/** Of one account: its outbox rows by kind, with what became of them. */
async function outboxOf(userId: string): Promise<Record<string, string | null>> {
  const rows = await deps.stores.db.$client.query(
    'SELECT kind, outcome FROM outbox WHERE key LIKE $1',
    [`%${userId}%`],
  );
  return Object.fromEntries(rows.map(({ kind, outcome }) => [kind, outcome]));
}

/** A store of documents that nobody reaches. */
function documentsAway() {
  return createDataApiClient({
    fetcher: { fetch: () => Promise.reject(new Error('no way there')) },
    baseUrl: 'https://data.example',
    apiKey: 'k',
    dataSource: 'mongodb-atlas',
    database: 'swiftdrop',
  });
}

const unreached = () => Promise.reject(new Error('the object is away'));

function newMarker(): string {
  return `zq${crypto.randomUUID().replaceAll('-', '')}`;
}

async function register(marker: string): Promise<Device> {
  const body = { email: `${marker}@example.com`, password: PASSWORD, displayName: marker };
  const answer = await call('POST', '/auth/register', { body });
  expect(answer.status).toBe(201);
  return deviceOf(answer);
}

/** A person who left something in every place where something can be left. */
async function busyPerson(marker: string) {
  const device = await register(marker);
  const { user, accessToken: token } = device;
  const shopper = { user, token };
  const [bought, held, other] = [await makeEvent(), await makeEvent(), await makeShopper()];
  const reserved = await reserve(shopper, bought.eventItemId, `${marker} r`);
  const { order } = await reserved.json<{ order: { id: string } }>();
  const headers = { 'Idempotency-Key': `"${marker} c"` };
  const confirmed = await call('POST', `/purchase/${order.id}/confirm`, { token, headers });
  expect(confirmed.status).toBe(200);
  await hold(shopper, held.eventItemId);
  const queue = await makeWaitlist();
  const entry = await wait(shopper, queue.eventItemId);
  const draw = await makeDraw();
  const drawn = await wait(shopper, draw.eventItemId);
  const { itemId, eventId } = bought;
  const rated = { token, body: { rating: 4, comment: `Good, says ${marker}` } };
  expect((await call('POST', `/reviews/items/${itemId}`, rated)).status).toBe(201);
  const said = { token, body: { body: `It is ${marker}` }, headers };
  const comments = `/reviews/events/${eventId}/comments`;
  const comment = await (await call('POST', comments, said)).json<{ id: string }>();
  const reply = { token: other.token, body: { body: 'Is it?' } };
  expect((await call('POST', `/reviews/comments/${comment.id}/replies`, reply)).status).toBe(201);
  const others = { token: other.token, body: { rating: 1 } };
  const review = await (await call('POST', `/reviews/items/${itemId}`, others)).json<{
    id: string;
  }>();
  expect((await call('POST', `/reviews/${review.id}/helpful`, { token })).status).toBe(200);
  const reported = { token, body: { reason: 'spam' } };
  expect((await call('POST', `/reviews/${review.id}/report`, reported)).status).toBe(204);
  const entries = [entry, drawn];
  return { device, shopper, bought, held, order, comments, queue, draw, entries };
}

describe('an account that is deleted', () => {
  it('leaves nothing of its person in any table, document or log line', async () => {
    const marker = newMarker();
    const log = catchLog();
    const { device, bought } = await busyPerson(marker);
    const places = (await tracesOf(marker)).map((trace) => trace.split(':')[0]);
    expect(new Set(places)).toEqual(new Set(['users', 'orders', 'reviews', 'event_comments']));

    expect((await deleteAccount(device)).status).toBe(204);
    expect(await tracesOf(marker)).toEqual([]);
    expect(log.raw.filter((line) => line.includes(marker))).toEqual([]);
    const byId = await tracesOf(device.user.id.slice(4));
    expect(byId.filter((trace) => /^(reviews|event_comments)/.test(trace))).toEqual([]);
    expect((await stockOf(bought.eventId))?.sold).toBe(1);
  });

  it('gives back what it held and keeps what it bought, without the person', async () => {
    const { device, bought, held, order } = await busyPerson(newMarker());
    expect(await stockOf(held.eventId)).toMatchObject({ remaining: 9, held: 1 });
    expect((await deleteAccount(device)).status).toBe(204);
    expect(await stockOf(held.eventId)).toMatchObject({ remaining: 10, held: 0, sold: 0 });
    expect(await stockOf(bought.eventId)).toMatchObject({ remaining: 9, held: 0, sold: 1 });

    const admin = await makeAdmin();
    const list = await admin.call('GET', `/orders?eventId=${bought.eventId}`);
    const [kept] = (await list.json<AdminOrderList>()).orders;
    expect(kept).toMatchObject({ id: order.id, status: 'confirmed', customerId: device.user.id });
    const csv = await (await admin.call('GET', `/events/${bought.eventId}/orders.csv`)).text();
    expect(csv).toContain(order.id);
    expect(csv).not.toContain(device.user.email);
    const found = await admin.call('GET', `/users/${device.user.id}`);
    expect(await found.json<CustomerDetail>()).toMatchObject({
      active: false,
      displayName: '',
      orders: { pending: 0, confirmed: 1, cancelled: 1 },
    });
    const activated = await admin.call('POST', `/users/${device.user.id}/activate`);
    await expectProblem(activated, 409, 'account_deleted');
    const [entry] = await admin.auditOf(device.user.id);
    expect(entry).toMatchObject({ actor: device.user.id, action: 'user.delete' });
  });

  it('leaves every queue in which it waits, and its entries stay without the person', async () => {
    const { device, queue, draw, entries } = await busyPerson(newMarker());
    expect([await waitingIn(queue), await waitingIn(draw)]).toEqual([[2], [1]]);
    expect((await deleteAccount(device)).status).toBe(204);
    expect([await waitingIn(queue), await waitingIn(draw)]).toEqual([[1], [0]]);
    for (const { id } of entries) expect(await entryOf(id)).toBe('left');
    const admin = await makeAdmin();
    const path = `/events/${queue.eventId}/queue?customerId=${device.user.id}`;
    const text = await (await admin.call('GET', path)).text();
    expect(text).toContain(entries[0]?.id);
    expect(text).not.toContain(device.user.email);
  });

  it('gives an offer back, which goes to whoever is next', async () => {
    const { eventId, eventItemId } = await makeEvent({ stock: 1 });
    const [holder, behind, device] = [await makeShopper(), await makeShopper(), await signUp()];
    const { user, accessToken: token } = device;
    const order = await hold(holder, eventItemId);
    await wait({ user, token }, eventItemId);
    await wait(behind, eventItemId);
    await settle(holder, order, 'cancel');
    expect(await ordersOf({ user, token }, eventId)).toMatchObject([{ status: 'pending' }]);
    expect((await deleteAccount(device)).status).toBe(204);
    expect(await ordersOf({ user, token }, eventId)).toMatchObject([{ status: 'cancelled' }]);
    expect(await ordersOf(behind, eventId)).toMatchObject([{ status: 'pending' }]);
  });

  it('leaves its rating counted, its place in a discussion, and its votes', async () => {
    const { device, bought, comments } = await busyPerson(newMarker());
    const path = `/reviews/items/${bought.itemId}`;
    const before = await (await call('GET', `${path}/summary`)).json<ReviewSummary>();
    expect(before).toMatchObject({ average: 2.5, count: 2 });
    expect((await deleteAccount(device)).status).toBe(204);

    const { token } = await makeShopper();
    const after = await (await call('GET', `${path}/summary`, { token })).json<ReviewSummary>();
    expect(after).toEqual(before);
    const { reviews } = await (await call('GET', path, { token })).json<ReviewList>();
    const [theirs, others] = [
      reviews.find(({ rating }) => rating === 4),
      reviews.find(({ rating }) => rating === 1),
    ];
    expect(theirs).toMatchObject({ comment: '', author: { name: null }, verifiedBuyer: false });
    expect(others).toMatchObject({ helpful: 1 });
    const said = await (await call('GET', comments, { token })).json<{ comments: object[] }>();
    expect(said.comments).toMatchObject([
      { status: 'deleted', body: null, author: null, replyCount: 1 },
    ]);
  });

  it('is signed out everywhere, and its address can have an account again', async () => {
    const email = newEmail();
    const device = await signUp(email);
    const elsewhere = await deviceOf(await signIn(email));
    expect((await deleteAccount(device)).status).toBe(204);
    for (const { accessToken, cookie } of [device, elsewhere]) {
      await expectProblem(await readProfile({ accessToken }), 401, 'unauthenticated');
      await expectProblem(await refresh(cookie), 401, 'unauthenticated');
    }
    await expectProblem(await signIn(email), 401, 'invalid_credentials');
    await expectProblem(await deleteAccount(device), 401, 'unauthenticated');
    const anew = await signUp(email);
    expect(anew.user.id).not.toBe(device.user.id);
    expect((await signIn(email)).status).toBe(200);
  });

  it('has a second look written down with it', async () => {
    const { user, ...device } = await signUp();
    expect((await deleteAccount({ user, ...device })).status).toBe(204);
    expect(await outboxOf(user.id)).toEqual({ 'account.erase': null });
  });
});

describe('an account that is deleted while a store is away', () => {
  it('ends at once, and is erased by the outbox when the store is back', async () => {
    const marker = newMarker();
    const { device, held } = await busyPerson(marker);
    const away = appWith({
      outbox: { sendsMail: true, wake: () => undefined },
      stores: { documents: documentsAway() },
      logging: { log: () => undefined },
    });
    const answer = await away('/profile', {
      method: 'DELETE',
      headers: {
        Authorization: `Bearer ${device.accessToken}`,
        'Content-Type': 'application/json',
      },
      body: JSON.stringify({ password: PASSWORD }),
    });
    expect(answer.status).toBe(202);
    await expectProblem(await readProfile(device), 401, 'unauthenticated');
    expect(await stockOf(held.eventId)).toMatchObject({ remaining: 10, held: 0 });
    const places = (await tracesOf(marker)).map((trace) => trace.split(':')[0]);
    expect(new Set(places)).toEqual(new Set(['outbox', 'reviews', 'event_comments']));
    const { id } = device.user;
    expect(await outboxOf(id)).toEqual({ 'account.erase': null, 'mail.account_deleted': null });
    await signUp(device.user.email);

    await expect(
      eraseAccount(depsWith({ stores: { documents: documentsAway() } }), id),
    ).rejects.toThrow('the Data API');
    const outbox = shopEnv.OUTBOX.getByName(OUTBOX_NAME);
    await runInDurableObject(outbox, async (_object, state) => {
      const dispatcher = new OutboxObject(state, { ...shopEnv, OUTBOX_DISPATCH: 'on' });
      await dispatcher.wake();
      await dispatcher.alarm();
    });
    const isDone = async () =>
      expect(await outboxOf(id)).toMatchObject({ 'account.erase': 'done' });
    await vi.waitFor(isDone, SOON);
    expect(await eraseAccount(deps, id)).toEqual({ kind: 'done' });
    const documents = (await tracesOf(marker)).filter((trace) => !/^(outbox|users)/.test(trace));
    expect(documents).toEqual([]);
  });

  it('is not erased before its holds have ended', async () => {
    const marker = newMarker();
    const { device } = await busyPerson(marker);
    const settling = depsWith({
      sale: { expireDue: unreached },
      logging: { log: () => undefined },
    });
    const { $client } = deps.stores.db;
    const { id } = device.user;
    await $client.query('UPDATE users SET active = false, deleted_at = now() WHERE id = $1', [id]);
    expect(await eraseAccount(settling, id)).toEqual({ kind: 'failed', reason: 'holds_not_ended' });
    expect(await tracesOf(`${marker}@example.com`)).toHaveLength(1);
    expect(await eraseAccount(deps, id)).toEqual({ kind: 'done' });
    expect(await tracesOf(marker)).toEqual([]);
  });

  it('is left alone where nobody has deleted it', async () => {
    const { user } = await signUp();
    expect(await eraseAccount(deps, user.id)).toEqual({ kind: 'dropped', reason: 'account_gone' });
    expect((await signIn(user.email)).status).toBe(200);
  });
});

describe('an account is not deleted', () => {
  it('by a wrong password, which counts as one at a sign-in does', async () => {
    const device = await signUp();
    for (let n = 0; n < 5; n++) {
      await expectProblem(await deleteAccount(device, 'wrong'), 401, 'invalid_credentials');
    }
    await expectProblem(await deleteAccount(device), 429, 'rate_limited');
    expect((await readProfile(device)).status).toBe(200);
    expect(await outboxOf(device.user.id)).toEqual({});
  });

  it('where no active admin were left', async () => {
    const device = await signUp();
    const { id } = device.user;
    await deps.stores.db.$client.query(`UPDATE users SET role = 'admin' WHERE id = $1`, [id]);
    const ask = appWith({ stores: { db: dbWithOneAdmin(id) } });
    const refused = await ask('/profile', {
      method: 'DELETE',
      headers: {
        Authorization: `Bearer ${device.accessToken}`,
        'Content-Type': 'application/json',
      },
      body: JSON.stringify({ password: PASSWORD }),
    });
    await expectProblem(refused, 409, 'last_admin');
    expect((await readProfile(device)).status).toBe(200);
    expect(await outboxOf(id)).toEqual({});
    await makeShopper('admin');
    expect((await deleteAccount(device)).status).toBe(204);
  });
});

it('what was bought before cannot be confirmed, cancelled or bought anew by a token of then', async () => {
  const { device, shopper, bought, order } = await busyPerson(newMarker());
  expect((await deleteAccount(device)).status).toBe(204);
  await expectProblem(await reserve(shopper, bought.eventItemId), 401, 'unauthenticated');
  await expectProblem(await settle(shopper, order, 'cancel'), 401, 'unauthenticated');
});

it('an account that was deleted has an address that nobody else can have taken before', async () => {
  const device = await signUp();
  expect((await deleteAccount(device)).status).toBe(204);
  const admin = await makeAdmin();
  const found = await admin.call('GET', `/users/${device.user.id}`);
  const { email } = await found.json<CustomerDetail>();
  expect(email).toContain(device.user.id);
  const body = { email, password: PASSWORD, displayName: 'Grace' };
  await expectProblem(await call('POST', '/auth/register', { body }), 400, 'malformed');
});

it('an account is erased with the mails to it that were given up', async () => {
  const marker = newMarker();
  const { user, ...device } = await register(marker);
  const { db } = deps.stores;
  const nowMs = deps.platform.nowMs();
  await enqueueStatement(db, {
    kind: 'mail.reset_password',
    key: `reset_password/${crypto.randomUUID()}`,
    payload: { email: user.email },
    priority: 0,
    nowMs,
  });
  await db.$client.query(
    `UPDATE outbox SET outcome = 'given_up', ended_at = now() WHERE payload ->> 'email' = $1`,
    [user.email],
  );
  const id = await addOutboxRow({ outcome: 'given_up', userId: user.id });
  expect((await deleteAccount({ user, ...device })).status).toBe(204);
  expect(await tracesOf(marker)).toEqual([]);
  // Nothing is left that could be sent.
  const admin = await makeAdmin();
  await expectProblem(await admin.call('POST', `/outbox/${id}/retry`), 409, 'not_given_up');
});

async function waitingIn({ eventId }: { eventId: EventId }): Promise<number[]> {
  return (await readEvent(eventId)).items.map((item) => item.queue.waiting);
}
