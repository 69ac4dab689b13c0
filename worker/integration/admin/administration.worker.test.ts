/** Who may use the administration, and what every operation says to bad input. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Problem } from '../../contract/problems.ts';
import { call, makeEvent, makeItem, makeShopper, type Shopper } from '../../testing/shop.ts';

const EVENT = 'evt_zzzzzzzzzzzz';
const EVENT_ITEM = 'evi_zzzzzzzzzzzz_1';
const ITEM = 'itm_zzzzzzzzzzzzzzzzzz';
const USER = 'usr_zzzzzzzzzzzzzzzzzz';
const HOUR_MS = 3_600_000;

const AN_ITEM = { name: 'Kettle' };
const AN_EVENT = {
  title: 'Sale',
  currency: 'EUR',
  startsAt: new Date(Date.now() + HOUR_MS).toISOString(),
  endsAt: new Date(Date.now() + 2 * HOUR_MS).toISOString(),
  items: [{ itemId: ITEM, priceCents: 1, stock: 1 }],
};

/** Every operation of the administration, with input that is good but for ids nobody has. */
const OPERATIONS: { operation: string; body?: unknown; unknown?: boolean }[] = [
  { operation: 'GET /admin/events' },
  { operation: 'POST /admin/events', body: AN_EVENT },
  { operation: 'GET /admin/events/dashboard' },
  { operation: `GET /admin/events/${EVENT}`, unknown: true },
  { operation: `PUT /admin/events/${EVENT}`, body: AN_EVENT, unknown: true },
  { operation: `POST /admin/events/${EVENT}/open`, unknown: true },
  { operation: `POST /admin/events/${EVENT}/close`, unknown: true },
  { operation: `POST /admin/events/${EVENT}/unpublish`, unknown: true },
  { operation: `GET /admin/events/${EVENT}/dashboard`, unknown: true },
  { operation: `GET /admin/events/${EVENT}/orders.csv`, unknown: true },
  {
    operation: `PUT /admin/events/${EVENT}/items/${EVENT_ITEM}/stock`,
    body: { total: 1 },
    unknown: true,
  },
  { operation: 'GET /admin/items' },
  { operation: 'POST /admin/items', body: AN_ITEM },
  { operation: `GET /admin/items/${ITEM}`, unknown: true },
  { operation: `PUT /admin/items/${ITEM}`, body: AN_ITEM, unknown: true },
  { operation: `DELETE /admin/items/${ITEM}`, unknown: true },
  { operation: 'GET /admin/users' },
  { operation: `GET /admin/users/${USER}`, unknown: true },
  { operation: `POST /admin/users/${USER}/deactivate`, unknown: true },
  { operation: `POST /admin/users/${USER}/activate`, unknown: true },
  { operation: `GET /admin/orders?eventId=${EVENT}` },
  { operation: `GET /admin/orders/ord_${EVENT.slice(4)}_${'0'.repeat(18)}`, unknown: true },
  { operation: 'GET /admin/audit' },
  { operation: 'GET /admin/outbox' },
  { operation: 'POST /admin/outbox/999999999999/retry', unknown: true },
];

let admin: Shopper;
let customer: Shopper;

beforeAll(async () => {
  [admin, customer] = await Promise.all([makeShopper('admin'), makeShopper()]);
});

function send(operation: string, options: { token?: string; body?: unknown; rawBody?: string }) {
  const [method = '', path = ''] = operation.split(' ');
  return call(method, path, options);
}

async function expectProblem(response: Response, status: number, code: string): Promise<void> {
  expect(response.headers.get('Content-Type')).toBe('application/problem+json');
  expect(await response.json<Problem>()).toMatchObject({ status, code });
}

describe.each(OPERATIONS)('$operation', ({ operation, body }) => {
  it('is for admins only', async () => {
    await expectProblem(await send(operation, { body }), 401, 'unauthenticated');
    const forbidden = await send(operation, { body, token: customer.token });
    await expectProblem(forbidden, 403, 'forbidden');
  });
});

describe.each(OPERATIONS.filter(({ unknown }) => unknown))('$operation', ({ operation, body }) => {
  it('finds nothing under an id that nobody has, or that cannot be one', async () => {
    const { token } = admin;
    await expectProblem(await send(operation, { body, token }), 404, 'not_found');
    for (const id of ['nonsense', "x'; DROP TABLE orders;--", '%00']) {
      const spoilt = operation.replace(/(evt|itm|usr)_z+|9{12}/, encodeURIComponent(id));
      await expectProblem(await send(spoilt, { body, token }), 404, 'not_found');
    }
  });
});

describe.each(OPERATIONS.filter(({ body }) => body))('$operation', ({ operation, body }) => {
  it('refuses what is not its input, field by field', async () => {
    const { token } = admin;
    for (const rawBody of ['', '{', 'null', '[]']) {
      await expectProblem(await send(operation, { rawBody, token }), 400, 'malformed');
    }
    const more = { ...(body as object), role: 'admin' };
    await expectProblem(await send(operation, { body: more, token }), 400, 'malformed');
    const response = await send(operation, { body: {}, token });
    const { errors } = await response.json<Problem>();
    expect(errors?.length).toBeGreaterThan(0);
  });
});

describe('a list of the administration', () => {
  it.each([
    ['/admin/events?limit=0', 'limit'],
    ['/admin/events?limit=101', 'limit'],
    ['/admin/events?cursor=nonsense', 'cursor'],
    ['/admin/events?status=open', 'status'],
    ['/admin/events?published=perhaps', 'published'],
    ['/admin/events?q=', 'q'],
    ['/admin/events?color=red', ''],
    ['/admin/events/dashboard?limit=many', 'limit'],
    ['/admin/items?cursor=nonsense', 'cursor'],
    [`/admin/items?q=${'x'.repeat(121)}`, 'q'],
    ['/admin/users?role=king', 'role'],
    ['/admin/users?active=1', 'active'],
    ['/admin/users?cursor=e30=', 'cursor'],
    ['/admin/orders?q=', 'q'],
    ['/admin/orders?delivery=lost', 'delivery'],
    ['/admin/orders?payment=lost', 'payment'],
    ['/admin/orders?cursor=nonsense', 'cursor'],
    ['/admin/orders?customerId=nonsense', 'customerId'],
    ['/admin/orders?eventId=nonsense', 'eventId'],
    [`/admin/orders?customer=${USER}&status=lost`, 'status'],
    ['/admin/audit?cursor=nonsense', 'cursor'],
    ['/admin/audit?subject=', 'subject'],
    [`/admin/events/${EVENT}/orders.csv?after=nonsense`, 'after'],
  ])('asked as %s names the field at fault', async (path, field) => {
    const response = await call('GET', path, { token: admin.token });
    expect(await response.json()).toMatchObject({
      status: 400,
      code: 'malformed',
      errors: [{ path: field }],
    });
  });
});

describe('text', () => {
  it('that looks like SQL, HTML or a pattern is stored and given back as it was', async () => {
    const { token } = admin;
    const text = `'; DROP TABLE orders;-- %_\\ $1 \${x} <b>"&' 🚢 {"a":null}`;
    const texts = { name: text, description: text, category: text };
    const made = await call('POST', '/admin/items', { token, body: texts });
    const { id } = await made.json<{ id: string }>();
    const read = async (path: string) => (await call('GET', path, { token })).json();
    expect(await read(`/admin/items/${id}`)).toMatchObject(texts);
    await call('PUT', `/admin/items/${id}`, { token, body: { ...texts, description: `${text}2` } });
    expect(await read(`/admin/items/${id}`)).toMatchObject({ ...texts, description: `${text}2` });
    const q = encodeURIComponent(text);
    expect(await read(`/admin/items?q=${q}&category=${q}`)).toMatchObject({ items: [{ id }] });

    const items = [{ itemId: id, priceCents: 1, stock: 1 }];
    const body = { ...AN_EVENT, title: text, description: text, items };
    const event = await (await call('POST', '/admin/events', { token, body })).json<AnId>();
    const wanted = { title: text, description: text, items: [{ name: text }] };
    expect(await read(`/admin/events/${event.id}`)).toMatchObject(wanted);
    expect(await read(`/events?q=${q}`)).toMatchObject({ events: [{ id: event.id }] });
    const again = { ...body, description: `${text}2` };
    await call('PUT', `/admin/events/${event.id}`, { token, body: again });
    expect(await read(`/events/${event.id}`)).toMatchObject({ description: `${text}2` });
    expect(await read(`/admin/audit?subject=${event.id}`)).toMatchObject({
      entries: [{ before: { description: text }, after: { description: `${text}2` } }, {}],
    });
  });

  it('searched for is no pattern', async () => {
    const { token } = admin;
    await makeItem('100% wool');
    await makeItem('100 g of wool');
    const found = await call('GET', '/admin/items?q=0%25%20WOOL', { token });
    expect(await found.json()).toMatchObject({ items: [{ name: '100% wool' }] });
    await makeEvent({ title: 'Underscore' });
    for (const [q, count] of [
      ['underscore', 1],
      ['under%25scoring', 0],
    ] as const) {
      const events = await call('GET', `/events?q=${q}`, { token });
      expect((await events.json<{ events: unknown[] }>()).events, q).toHaveLength(count);
    }
  });
});

interface AnId {
  id: string;
}
