import { describe, expect, it } from 'vitest';
import { LINE, MANUAL, NOW_MS, stripeClient } from './testing/stripe-client.ts';

const SESSIONS = '/v1/checkout/sessions';
const NOW_S = NOW_MS / 1_000;
const HOUR_S = 3_600;
const base = { mode: 'payment', success_url: 'https://shop.example/' };

describe('a checkout session', () => {
  it('is made of what is sold, and read as it was made', async () => {
    const { session, get, stripe } = await stripeClient();
    const made = await session({
      ...MANUAL,
      client_reference_id: 'ord_1',
      'metadata[attempt]': 'att_1',
      expires_at: String(NOW_S + HOUR_S),
    });
    expect(made).toMatchObject({
      object: 'checkout.session',
      amount_total: 1_200,
      currency: 'eur',
      client_reference_id: 'ord_1',
      created: NOW_S,
      expires_at: NOW_S + HOUR_S,
      livemode: false,
      metadata: { attempt: 'att_1' },
      payment_intent: null,
      payment_status: 'unpaid',
      status: 'open',
      url: `${stripe.url}/c/pay/${made['id']}`,
    });
    expect(made['id']).toMatch(/^cs_test_/);
    expect((await get(`${SESSIONS}/${made['id']}`)).body).toEqual(made);
  });

  it.each([
    ['no mode', { mode: undefined }, ['mode', 'parameter_missing']],
    ['no lines', { lines: undefined }, ['line_items', 'parameter_missing']],
    ['an unknown parameter', { colour: 'red' }, ['colour', 'parameter_unknown']],
    [
      'an unknown one inside',
      { 'line_items[0][price_data][price]': '1' },
      ['line_items[0][price_data][price]', 'parameter_unknown'],
    ],
    [
      'an amount that is no whole number',
      { 'line_items[0][price_data][unit_amount]': '1.5' },
      ['line_items[0][price_data][unit_amount]', 'parameter_invalid_integer'],
    ],
    ['no address', { success_url: 'back' }, ['success_url', 'url_invalid']],
    [
      'an empty text',
      { client_reference_id: '' },
      ['client_reference_id', 'parameter_invalid_empty'],
    ],
    [
      'an unknown currency',
      { 'line_items[0][price_data][currency]': 'xyz' },
      ['line_items[0][price_data][currency]', 'parameter_invalid_string'],
    ],
    ['another mode', { mode: 'subscription' }, ['mode', undefined]],
    ['an end too soon', { expires_at: String(NOW_S + 1_799) }, ['expires_at', undefined]],
    ['an end too late', { expires_at: String(NOW_S + 86_401) }, ['expires_at', undefined]],
    ['a long value of metadata', { 'metadata[a]': 'x'.repeat(501) }, ['metadata[a]', undefined]],
    ['a text and an object', { 'mode[a]': 'x' }, ['mode[a]', undefined]],
  ])('is refused with %s', async (_what, changed, [param, code]) => {
    const { post } = await stripeClient();
    const { lines, ...rest } = { lines: LINE, ...base, ...changed } as Record<string, unknown>;
    const params = Object.entries({ ...(lines as object), ...rest });
    const given = params.filter(([, value]) => value !== undefined) as [string, string][];
    const { status, body } = await post(SESSIONS, Object.fromEntries(given));
    expect({ status, ...body['error'] }).toMatchObject({
      status: 400,
      type: 'invalid_request_error',
      param,
    });
    expect(body['error'].code).toBe(code);
  });

  it.each([
    ['eur', '24', 'amount_too_small'],
    ['eur', '25', undefined],
    ['jpy', '24', 'amount_too_small'],
    ['jpy', '25', undefined],
    ['kwd', '1000', undefined],
    ['isk', '10000', undefined],
    ['eur', '99999999', 'amount_too_large'],
  ])('in %s for twice %s is answered with %s', async (currency, amount, code) => {
    const { session } = await stripeClient();
    const made = await session({
      'line_items[0][price_data][currency]': currency,
      'line_items[0][price_data][unit_amount]': amount,
    });
    expect(made['error']?.code).toBe(code);
  });

  it('takes three decimals with a zero at their end only, and two zeros where there are no parts', async () => {
    const { session } = await stripeClient();
    for (const [currency, amount] of [
      ['kwd', '1001'],
      ['isk', '10050'],
    ] as const) {
      const made = await session({
        'line_items[0][price_data][currency]': currency,
        'line_items[0][price_data][unit_amount]': amount,
      });
      expect(made['error'].param).toBe('line_items[0][price_data][unit_amount]');
    }
  });

  it('is expired once, and not when it was paid', async () => {
    const { session, post, submit, stripe, types } = await stripeClient();
    const open = await session();
    const expired = await post(`${SESSIONS}/${open['id']}/expire`);
    expect(expired.body).toMatchObject({ status: 'expired', url: null });
    expect((await post(`${SESSIONS}/${open['id']}/expire`)).status).toBe(400);
    const paid = await session();
    await submit(paid, { card: '4242424242424242' });
    const { status, body } = await post(`${SESSIONS}/${paid['id']}/expire`);
    expect(status).toBe(400);
    expect(body['error'].message).toContain('status of `complete`');
    await stripe.advance(0);
    expect(types()[0]).toBe('checkout.session.expired');
  });

  it('expires by itself, and what was not paid is cancelled with it', async () => {
    const { session, submit, get, stripe, types } = await stripeClient();
    const open = await session({ expires_at: String(NOW_S + 1_800) });
    await submit(open, { card: '4000000000000002' });
    await stripe.advance(1_799_999);
    expect(types()).not.toContain('checkout.session.expired');
    await stripe.advance(1);
    expect(types().slice(-2)).toEqual(['checkout.session.expired', 'payment_intent.canceled']);
    const { body } = await get(`${SESSIONS}/${open['id']}?expand[]=payment_intent`);
    expect(body).toMatchObject({ status: 'expired', payment_intent: { status: 'canceled' } });
    expect((await submit(open, { card: '4242424242424242' })).status).toBe(409);
  });

  it('is found by its payment', async () => {
    const { paid, session, get } = await stripeClient();
    await session();
    const payment = await paid();
    const { body } = await get(`${SESSIONS}?payment_intent=${payment['id']}`);
    expect(body['data']).toHaveLength(1);
    expect(body['data'][0].payment_intent).toBe(payment['id']);
  });

  it('is unknown by another name', async () => {
    const { get, post } = await stripeClient();
    for (const { status, body } of [
      await get(`${SESSIONS}/cs_test_none`),
      await post(`${SESSIONS}/none/expire`),
    ]) {
      expect(status).toBe(404);
      expect(body['error']).toMatchObject({ code: 'resource_missing' });
    }
  });
});
