import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { SECRET_KEY, type StripeClient, stripeClient } from './testing/stripe-client.ts';

const SESSIONS = '/v1/checkout/sessions';
const LINE = 'line_items[0][price_data]';
const PLAN = {
  mode: 'payment',
  success_url: 'https://shop.example/',
  [`${LINE}[currency]`]: 'eur',
  [`${LINE}[unit_amount]`]: '600',
  [`${LINE}[product_data][name]`]: 'Lamp',
  'line_items[0][quantity]': '2',
};

const sessionsOf = async ({ get }: StripeClient) => (await get(SESSIONS)).body['data'].length;

describe('who asks', () => {
  it.each([
    ['no key', {}],
    ['another key', { authorization: 'Bearer sk_test_other' }],
    ['another scheme', { authorization: `Digest ${SECRET_KEY}` }],
  ])('is refused with %s', async (_what, headers) => {
    const { stripe } = await stripeClient();
    const answer = await fetch(`${stripe.url}${SESSIONS}`, { headers });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ error: { type: 'invalid_request_error' } });
  });

  it('may give the key as a user, too', async () => {
    const { stripe } = await stripeClient();
    const authorization = `Basic ${Buffer.from(`${SECRET_KEY}:`).toString('base64')}`;
    expect((await fetch(`${stripe.url}${SESSIONS}`, { headers: { authorization } })).status).toBe(
      200,
    );
  });

  it('is no web page, and names this machine', async () => {
    const { stripe } = await stripeClient();
    const statusWith = (headers: Record<string, string>) =>
      new Promise<number | undefined>((resolve, reject) => {
        const authorization = `Bearer ${SECRET_KEY}`;
        request(
          `${stripe.url}${SESSIONS}`,
          { headers: { authorization, ...headers } },
          (answer) => {
            answer.resume();
            resolve(answer.statusCode);
          },
        )
          .on('error', reject)
          .end();
      });
    expect(await statusWith({})).toBe(200);
    expect(await statusWith({ origin: 'https://evil.example' })).toBe(403);
    expect(await statusWith({ host: 'evil.example' })).toBe(403);
  });

  it('names a version that this server knows, or none', async () => {
    const { post } = await stripeClient();
    const withVersion = async (version: string) =>
      (await post(SESSIONS, PLAN, { 'stripe-version': version })).status;
    expect(await withVersion('2026-08-26.dahlia')).toBe(200);
    expect(await withVersion('2024-06-20')).toBe(400);
    expect(await withVersion('latest')).toBe(400);
  });

  it('is told so where an address stands for nothing', async () => {
    const { post, get } = await stripeClient();
    expect((await get('/v1/customers')).status).toBe(404);
    expect((await post('/v1/charges/ch_1/refund')).status).toBe(404);
    expect((await get('/')).status).toBe(404);
  });

  it('cannot expand what is no object', async () => {
    const { get, session } = await stripeClient();
    const { id } = await session();
    expect((await get(`${SESSIONS}/${id}?expand[]=currency`)).status).toBe(400);
    expect((await get(`${SESSIONS}/${id}?expand=payment_intent`)).status).toBe(400);
    expect((await get(`${SESSIONS}?expand[]=data.payment_intent`)).status).toBe(200);
  });
});

describe('an idempotency key', () => {
  it('stands for one change and its answer, for a day', async () => {
    const client = await stripeClient();
    const once = () => client.post(SESSIONS, PLAN, { 'idempotency-key': 'k' });
    const first = await once();
    const again = await once();
    expect(again).toMatchObject({ status: 200, body: first.body });
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.headers.get('idempotency-key')).toBe('k');
    expect(await sessionsOf(client)).toBe(1);
    await client.stripe.advance(86_399_999);
    expect((await once()).body).toEqual(first.body);
    await client.stripe.advance(1);
    expect((await once()).body['id']).not.toBe(first.body['id']);
  });

  it('is not good for another change', async () => {
    const { post, session } = await stripeClient();
    const headers = { 'idempotency-key': 'k' };
    const { id } = await session();
    await post(SESSIONS, PLAN, headers);
    for (const { status, body } of [
      await post(SESSIONS, { ...PLAN, 'line_items[0][quantity]': '3' }, headers),
      await post(`${SESSIONS}/${id}/expire`, {}, headers),
    ]) {
      expect({ status, ...body['error'] }).toMatchObject({
        status: 400,
        type: 'idempotency_error',
      });
    }
    expect((await post(SESSIONS, PLAN, { 'idempotency-key': 'k'.repeat(256) })).status).toBe(400);
  });

  it('stands for a refusal by an object, and not for one of the parameters', async () => {
    const { post, paid } = await stripeClient();
    const { id } = await paid();
    const headers = { 'idempotency-key': 'k' };
    expect((await post(SESSIONS, { ...PLAN, mode: 'other' }, headers)).status).toBe(400);
    expect((await post(SESSIONS, PLAN, headers)).status).toBe(200);
    const capture = (amount: string) =>
      post(
        `/v1/payment_intents/${id}/capture`,
        { amount_to_capture: amount },
        { 'idempotency-key': 'c' },
      );
    expect((await capture('9999')).body['error'].code).toBe('amount_too_large');
    expect((await capture('9999')).headers.get('idempotent-replayed')).toBe('true');
    expect((await capture('1200')).body['error'].type).toBe('idempotency_error');
  });
});

describe('a fault of the provider', () => {
  it('that is down answers 503 and does nothing', async () => {
    const client = await stripeClient();
    client.stripe.setFaults({ isDown: true });
    expect((await client.post(SESSIONS, PLAN, { 'idempotency-key': 'k' })).status).toBe(503);
    expect((await client.submit({ id: 'cs_test_1' }, {})).status).toBe(503);
    client.stripe.setFaults({});
    expect(await sessionsOf(client)).toBe(0);
    expect((await client.post(SESSIONS, PLAN, { 'idempotency-key': 'k' })).status).toBe(200);
  });

  it('after the work answers 500, and again so under the same key', async () => {
    const client = await stripeClient();
    client.stripe.setFaults({ failAfterWork: 1 });
    for (let n = 0; n < 2; n++) {
      expect((await client.post(SESSIONS, PLAN, { 'idempotency-key': 'k' })).status).toBe(500);
    }
    expect(await sessionsOf(client)).toBe(1);
    expect((await client.post(SESSIONS, PLAN, { 'idempotency-key': 'k2' })).status).toBe(200);
  });

  it('that cuts the connection has done the work, which the key finds', async () => {
    const client = await stripeClient();
    client.stripe.setFaults({ cutAfterWork: 1 });
    await expect(client.post(SESSIONS, PLAN, { 'idempotency-key': 'k' })).rejects.toThrow(
      'fetch failed',
    );
    const again = await client.post(SESSIONS, PLAN, { 'idempotency-key': 'k' });
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(await sessionsOf(client)).toBe(1);
  });

  it('is a limit of its rate', async () => {
    const { stripe, get } = await stripeClient();
    stripe.setFaults({ limitRate: 1 });
    expect((await get(SESSIONS)).body['error']).toMatchObject({ code: 'rate_limit' });
    expect((await get(SESSIONS)).status).toBe(200);
  });

  it('is slowness', async () => {
    const { stripe } = await stripeClient();
    stripe.setFaults({ slowMs: 60_000 });
    const headers = { authorization: `Bearer ${SECRET_KEY}` };
    const asked = fetch(`${stripe.url}${SESSIONS}`, { headers, signal: AbortSignal.timeout(100) });
    await expect(asked).rejects.toThrow('aborted');
  });
});

describe('the control endpoint', () => {
  it('sets faults, moves the clock and names the shop, as the tests in this process do', async () => {
    const client = await stripeClient();
    const body = JSON.stringify({ isDown: true });
    expect(await control(client, 'faults', { method: 'PUT', body })).toBe(204);
    expect((await client.get(SESSIONS)).status).toBe(503);
    expect(await control(client, 'faults', { method: 'PUT', body: '{}' })).toBe(204);
    const { id } = await client.session();
    expect(await control(client, 'advance', { method: 'POST', body: '{"ms":86400000}' })).toBe(204);
    expect(client.types()).toEqual(['checkout.session.expired']);
    expect((await client.get(`${SESSIONS}/${id}`)).body['status']).toBe('expired');
    expect(await control(client, 'webhook', { method: 'PUT', body: 'null' })).toBe(204);
  });

  it('refuses what it does not know', async () => {
    const client = await stripeClient();
    expect(await control(client, 'faults', { method: 'PUT', body: '{"isdown":true}' })).toBe(400);
    expect(await control(client, 'faults', { method: 'PUT', body: 'x' })).toBe(400);
    expect(await control(client, 'else', { method: 'PUT', body: '{}' })).toBe(404);
    expect(await control(client, 'redeliver', { method: 'POST', body: '{"event":"evt_0"}' })).toBe(
      404,
    );
    expect(await control(client, 'faults', { method: 'PUT', body: '{}', key: 'other' })).toBe(401);
  });
});

async function control(
  { stripe }: StripeClient,
  name: string,
  { key = SECRET_KEY, ...init }: RequestInit & { key?: string },
): Promise<number> {
  const headers = { authorization: `Bearer ${key}` };
  const { status } = await fetch(`${stripe.url}/control/${name}`, { ...init, headers });
  return status;
}
