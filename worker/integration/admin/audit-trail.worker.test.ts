/** What is done leaves a trace: every write and export of an admin, sign-ins, new passwords. */
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { hashPassword } from '../../auth/passwords.ts';
import type { AdminEvent } from '../../contract/administration.ts';
import { AUDIT_ACTIONS } from '../../contract/audit-actions.ts';
import type { Item } from '../../contract/catalogue.ts';
import type { Comment, Review } from '../../contract/reviews.ts';
import { OPERATIONS } from '../../openapi/operations/table.ts';
import { NOBODY } from '../../stores/postgres/account-trail.ts';
import { suppressAddresses } from '../../stores/postgres/mail-suppressions.ts';
import { FAILURES_FREE } from '../../stores/postgres/sign-in-failures.ts';
import {
  changePassword,
  type Device,
  deviceOf,
  PASSWORD,
  readProfile,
  refresh,
  setActive,
  signIn,
  signUp,
} from '../../testing/accounts.ts';
import { appWith } from '../../testing/apps.ts';
import { type Deed, EVENT_DEEDS } from '../../testing/event-deeds.ts';
import { FACE_DEEDS, forgetFace } from '../../testing/face.ts';
import { LEGAL_DEEDS } from '../../testing/legal-deeds.ts';
import { ORDER_DEEDS, of } from '../../testing/order-deeds.ts';
import { addOutboxRow } from '../../testing/outbox.ts';
import { PICTURE_DEEDS } from '../../testing/picture-deeds.ts';
import { reserve } from '../../testing/purchases.ts';
import { call, deps, makeEvent, makeItem, makeShopper, type Shopper } from '../../testing/shop.ts';
import { makeWaitlist } from '../../testing/waiting.ts';

interface Row {
  actor: string;
  action: string;
  subject: string;
  before: unknown;
  after: unknown;
}

afterEach(() => {
  vi.restoreAllMocks();
});
afterAll(forgetFace);

/** What the log has of an actor, oldest first. */
async function traceOf(actor: string): Promise<Row[]> {
  const sql =
    'SELECT actor, action, subject, before, after FROM audit_log WHERE actor = $1 ORDER BY id';
  return (await deps.stores.db.$client.query(sql, [actor])) as unknown as Row[];
}

async function failuresOf(subject: string): Promise<Row[]> {
  const sql = `SELECT actor, action, subject, before, after FROM audit_log
    WHERE subject = $1 AND action = 'user.sign_in_failed' ORDER BY id`;
  return (await deps.stores.db.$client.query(sql, [subject])) as unknown as Row[];
}

async function signUpAdmin(): Promise<Device> {
  const { user } = await signUp();
  await deps.stores.db.$client.query("UPDATE users SET role = 'admin' WHERE id = $1", [user.id]);
  return deviceOf(await signIn(user.email));
}

const HOUR_MS = 3_600_000;
const anEvent = (itemId: string, title = 'A sale of lamps') => ({
  title,
  currency: 'EUR',
  startsAt: new Date(Date.now() + HOUR_MS).toISOString(),
  endsAt: new Date(Date.now() + 2 * HOUR_MS).toISOString(),
  items: [{ itemId, priceCents: 1, stock: 1 }],
});

async function reviewed(): Promise<string> {
  const [itemId, { token }] = [await makeItem(), await makeShopper()];
  const body = { rating: 1, comment: 'Rude words' };
  return (await (await call('POST', `/reviews/items/${itemId}`, { token, body })).json<Review>())
    .id;
}

async function commented(): Promise<string> {
  const [{ eventId }, { token }] = [await makeEvent(), await makeShopper()];
  const path = `/reviews/events/${eventId}/comments`;
  const answer = await call('POST', path, { token, body: { body: 'Rude words' } });
  return (await answer.json<Comment>()).id;
}

async function reported(id: string): Promise<string> {
  const path = id.startsWith('rev_') ? id : `comments/${id}`;
  const { token } = await makeShopper();
  const answer = await call('POST', `/reviews/${path}/report`, { token, body: { reason: 'spam' } });
  expect(answer.status).toBe(204);
  return id;
}

const planned = async () =>
  (await makeEvent({ startsAt: new Date(Date.now() + HOUR_MS).toISOString() })).eventId;

const DEEDS: Deed[] = [
  ...EVENT_DEEDS,
  ...LEGAL_DEEDS,
  ...FACE_DEEDS,
  {
    operation: 'POST /admin/queue/{id}/disqualify',
    action: 'queue.disqualify',
    prepare: async () => of((await makeWaitlist()).entry.id, { body: { reason: 'Invented' } }),
  },
  ...ORDER_DEEDS,
  ...PICTURE_DEEDS,
  {
    operation: 'POST /admin/items',
    action: 'item.create',
    prepare: async () => ({ body: { name: 'Kettle' } }),
  },
  {
    operation: 'PUT /admin/items/{id}',
    action: 'item.edit',
    prepare: async () => of(await makeItem(), { body: { name: 'Kettle' } }),
  },
  {
    operation: 'DELETE /admin/items/{id}',
    action: 'item.delete',
    prepare: async () => of(await makeItem()),
  },
  {
    operation: 'POST /admin/events',
    action: 'event.create',
    prepare: async () => ({ body: anEvent(await makeItem()) }),
  },
  {
    operation: 'PUT /admin/events/{id}',
    action: 'event.edit',
    prepare: async () => of(await planned(), { body: anEvent(await makeItem(), 'Another title') }),
  },
  {
    operation: 'POST /admin/events/{id}/open',
    action: 'event.open',
    prepare: async () => of(await planned()),
  },
  {
    operation: 'POST /admin/events/{id}/close',
    action: 'event.close',
    prepare: async () => of((await makeEvent()).eventId),
  },
  {
    operation: 'POST /admin/events/{id}/unpublish',
    action: 'event.unpublish',
    prepare: async () => of((await makeEvent()).eventId),
  },
  {
    operation: 'PUT /admin/events/{id}/report',
    action: 'event.report',
    prepare: async () => of((await makeEvent()).eventId, { body: { reportPublic: true } }),
  },
  {
    operation: 'PUT /admin/events/{id}/items/{eventItemId}/stock',
    action: 'event.stock',
    prepare: async () => {
      const { eventId, eventItemId } = await makeEvent();
      const ids = { id: eventId, eventItemId };
      return { ids, subject: eventItemId, body: { total: 11 } };
    },
  },
  {
    operation: 'GET /admin/events/{id}/orders.csv',
    action: 'order.export',
    prepare: async () => of((await makeEvent()).eventId),
  },
  {
    operation: 'POST /admin/users/{id}/deactivate',
    action: 'user.deactivate',
    prepare: async () => of((await makeShopper()).user.id),
  },
  {
    operation: 'POST /admin/users/{id}/activate',
    action: 'user.activate',
    prepare: async () => {
      const { user } = await makeShopper();
      await setActive(user.id, false);
      return of(user.id);
    },
  },
  {
    operation: 'POST /admin/users/{id}/allow-mail',
    action: 'user.allow_mail',
    prepare: async () => {
      const { user } = await makeShopper();
      const nowMs = Date.now();
      await suppressAddresses(deps.stores.db, { emails: [user.email], reason: 'bounced', nowMs });
      return of(user.id);
    },
  },
  {
    operation: 'POST /admin/outbox/{id}/retry',
    action: 'outbox.retry',
    prepare: async () => {
      const id = await addOutboxRow({ outcome: 'given_up' });
      return { ids: { id: String(id) }, subject: `outbox:${id}` };
    },
  },
  {
    operation: 'POST /admin/reviews/{id}/hide',
    action: 'review.hide',
    prepare: async () => of(await reviewed()),
  },
  {
    operation: 'POST /admin/reviews/{id}/restore',
    action: 'review.restore',
    prepare: async () => of(await reported(await reviewed())),
  },
  {
    operation: 'POST /admin/comments/{id}/hide',
    action: 'comment.hide',
    prepare: async () => of(await commented()),
  },
  {
    operation: 'POST /admin/comments/{id}/restore',
    action: 'comment.restore',
    prepare: async () => of(await reported(await commented())),
  },
];

/** Takes something away as a file, or changes something. */
const isDeed = ({ method, path }: { method: string; path: string }) =>
  path.startsWith('/admin/') &&
  // Of a legal text: nothing is kept of it.
  path !== '/admin/legal/preview' &&
  // Figures, of nobody.
  !/\/(?:report|revenue)\.csv$/.test(path) &&
  (method !== 'get' || path.endsWith('.csv'));

const mailing = appWith({ outbox: { sendsMail: true, wake: () => undefined } });

async function perform(
  admin: Shopper,
  { operation, isKeyed, sendsMail, prepare }: Deed,
): Promise<string> {
  const { ids = {}, body, file, subject } = await prepare();
  const [method = '', path = ''] = operation.split(' ');
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? 'missing');
  const headers = isKeyed ? { 'Idempotency-Key': `"${crypto.randomUUID()}"` } : {};
  const answer = await (sendsMail
    ? mailing(filled, {
        method,
        headers: {
          ...headers,
          Authorization: `Bearer ${admin.token}`,
          'Content-Type': 'application/json',
        },
        body: JSON.stringify(body),
      })
    : call(method, filled, {
        token: admin.token,
        headers: { ...headers, ...(file && { 'Content-Type': 'image/png' }) },
        ...(file ? { rawBody: file } : { body }),
      }));
  expect(answer.ok, `${operation} ${answer.status}`).toBe(true);
  const text = await answer.text();
  return subject ?? (JSON.parse(text) as Item | AdminEvent).id;
}

describe('what an admin does', () => {
  it('is each of the writes and exports that there are', () => {
    const described = OPERATIONS.filter(isDeed).map(
      ({ method, path }) => `${method.toUpperCase()} ${path}`,
    );
    expect(DEEDS.map(({ operation }) => operation).toSorted()).toEqual(described.toSorted());
  });

  it.each(DEEDS)('by $operation is in the audit log as $action', async (deed) => {
    const admin = await makeShopper('admin');
    const subject = await perform(admin, deed);
    const actor = admin.user.id;
    expect(await traceOf(actor)).toMatchObject([{ actor, action: deed.action, subject }]);
    expect(AUDIT_ACTIONS).toContain(deed.action);
  });

  it('names nobody by a name or an address', async () => {
    const admin = await makeShopper('admin');
    for (const deed of DEEDS) await perform(admin, deed);
    const trace = await traceOf(admin.user.id);
    expect(trace).toHaveLength(DEEDS.length);
    expect(JSON.stringify(trace)).not.toMatch(/@|A shopper|Rude words|parcels/);
  });

  it('is one entry for each decision about what was reported anew', async () => {
    const admin = await makeShopper('admin');
    const id = await reported(await reviewed());
    const restore = () => call('POST', `/admin/reviews/${id}/restore`, { token: admin.token });
    await restore();
    await restore();
    expect(await traceOf(admin.user.id)).toHaveLength(1);
    await reported(id);
    await restore();
    expect(await traceOf(admin.user.id)).toHaveLength(2);
  });
});

describe('a sign-in', () => {
  it('of an admin is in the audit log, and of a customer is not', async () => {
    const { user } = await signUpAdmin();
    const entry = { actor: user.id, action: 'user.sign_in', subject: user.id };
    expect(await traceOf(user.id)).toEqual([{ ...entry, before: null, after: null }]);
    const { cookie, user: customer } = await signUp();
    await signIn(customer.email);
    await refresh(cookie);
    expect(await traceOf(customer.id)).toEqual([]);
  });

  it('that fails for an admin leaves one entry, however many fail, and none for anybody else', async () => {
    const [{ user }, { user: customer }] = [await signUpAdmin(), await signUp()];
    const failed: Promise<void>[] = [];
    const waitUntil = (work: Promise<void>) => void failed.push(work);
    const ask = appWith({ platform: { waitUntil } });
    const fail = (email: string, n: number) =>
      ask('/auth/login', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'CF-Connecting-IP': `192.0.2.${n}` },
        body: JSON.stringify({ email, password: 'wrong horse' }),
      });
    for (let n = 0; n < 2 * FAILURES_FREE; n++) {
      await fail(user.email, n);
      await fail(customer.email, n);
    }
    expect(failed).toHaveLength(2 * FAILURES_FREE);
    await Promise.all(failed);
    expect(await failuresOf(customer.id)).toEqual([]);
    const [entry, ...more] = await failuresOf(user.id);
    expect(more).toEqual([]);
    expect(entry).toMatchObject({ actor: NOBODY, before: null });
    expect(entry?.after).toEqual({ failures: expect.any(Number) });
    expect(JSON.stringify(entry)).not.toContain(user.email);
  });
});

describe('a new password', () => {
  it('is in the audit log for everybody, and one that is refused is not', async () => {
    const device = await signUp();
    const { id } = device.user;
    await changePassword(device, 'wrong horse', 'battery staple');
    expect(await traceOf(id)).toEqual([]);
    const next = await deviceOf(await changePassword(device, PASSWORD, 'battery staple'));
    const entry = { actor: id, action: 'user.password', subject: id };
    expect(await traceOf(id)).toEqual([{ ...entry, before: null, after: null }]);
    expect((await readProfile(next)).status).toBe(200);
  });

  it('that replaces the hash of an outdated one is no new password', async () => {
    const { user } = await signUp();
    const old = await hashPassword(PASSWORD, { n: 512, r: 1, p: 1 });
    await deps.stores.db.$client.query('UPDATE users SET password_hash = $2 WHERE id = $1', [
      user.id,
      old,
    ]);
    expect((await signIn(user.email)).status).toBe(200);
    expect(await traceOf(user.id)).toEqual([]);
  });
});

/** Whom the lines of some requests name. */
async function actorsOf(token: string | undefined, paths: string[]): Promise<unknown[]> {
  const actors: unknown[] = [];
  const log = (_level: string, message: string, fields?: Record<string, unknown>) => {
    if (message === 'request') actors.push(fields?.['actor']);
  };
  const ask = appWith({ logging: { log } });
  for (const path of paths) {
    const headers = token === undefined ? {} : { Authorization: `Bearer ${token}` };
    await ask(path, { headers });
  }
  return actors;
}

describe('the log line of a request', () => {
  it('names whoever showed a good token by their id', async () => {
    const { user, token } = await makeShopper();
    const paths = ['/profile', '/admin/users', '/profile/orders'];
    expect(await actorsOf(token, paths)).toEqual(paths.map(() => user.id));
    const ended = await makeShopper();
    await setActive(ended.user.id, false);
    expect(await actorsOf(ended.token, ['/profile'])).toEqual([ended.user.id]);
  });

  it('names nobody without a token, or with one that is not good', async () => {
    const { token } = await makeShopper();
    expect(await actorsOf(undefined, ['/profile', '/events'])).toEqual([undefined, undefined]);
    expect(await actorsOf(`${token}x`, ['/profile'])).toEqual([undefined]);
  });

  it('names a buyer too', async () => {
    const spy = vi.spyOn(console, 'log').mockImplementation(() => {});
    const [{ eventItemId }, buyer] = [await makeEvent(), await makeShopper()];
    expect((await reserve(buyer, eventItemId)).status).toBe(201);
    const lines = spy.mock.calls.map(([line]) => String(line));
    const line = lines.find((text) => text.includes('/api/v1/purchase/:id')) ?? '{}';
    expect(JSON.parse(line)).toMatchObject({ actor: buyer.user.id });
    expect(line).not.toContain(buyer.user.email);
  });
});
