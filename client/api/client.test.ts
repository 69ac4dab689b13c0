import { expect, test } from 'vitest';
import { type Client, createClient } from './client.ts';

interface Sent extends RequestInit {
  path: string;
}

/** What a call sends. */
async function sent(call: (client: Client) => Promise<unknown>): Promise<Sent> {
  const all: Sent[] = [];
  await call(
    createClient(async (path, init) => {
      all.push({ path, ...init });
      return new Response();
    }),
  );
  const [only] = all;
  if (only === undefined || all.length > 1) throw new Error(`sent ${all.length} requests`);
  return only;
}

test('a call is sent to its route, with its parameters in their places', async () => {
  const { path, method, body } = await sent(({ api }) =>
    api.v1.purchase[':id'].confirm.$post({ param: { id: 'ord_1' } }),
  );
  expect({ path, method, body }).toEqual({
    path: '/api/v1/purchase/ord_1/confirm',
    method: 'POST',
    body: undefined,
  });
});

test('a parameter cannot lead to another route', async () => {
  const { path } = await sent(({ api }) => api.v1.events[':id'].$get({ param: { id: '../me?x' } }));
  expect(path).toBe('/api/v1/events/..%2Fme%3Fx');
});

test('a query has what was given, and nothing of what was not', async () => {
  const { path } = await sent(({ api }) =>
    api.v1.admin.events.$get({ query: { q: 'a & b', status: undefined } }),
  );
  expect(path).toBe('/api/v1/admin/events?q=a+%26+b');
  const plain = await sent(({ api }) => api.v1.events.$get({ query: {} }));
  expect(plain).toMatchObject({ path: '/api/v1/events', method: 'GET', headers: {} });
  expect(plain).not.toHaveProperty('body');
});

test('JSON is sent with its content type, beside the headers of the caller', async () => {
  const { body, headers, keepalive } = await sent(({ api }) =>
    api.v1.purchase[':id'].$post(
      { param: { id: 'evi_1' }, json: { quantity: 2 } },
      { headers: { 'Idempotency-Key': '"k"' }, init: { keepalive: true } },
    ),
  );
  expect(body).toBe('{"quantity":2}');
  expect(headers).toEqual({ 'Idempotency-Key': '"k"', 'Content-Type': 'application/json' });
  expect(keepalive).toBe(true);
});
