import { describe, expect, it } from 'vitest';
import { TEST_CARDS } from './cards.ts';
import { SESSION_FAULTS } from './session-faults.ts';
import { MANUAL, stripeClient } from './testing/stripe-client.ts';

const VISA = '4242424242424242';

describe('the hosted page', () => {
  it('says in both languages that no money moves, what is paid, and offers cards and faults', async () => {
    const { session } = await stripeClient();
    const { url } = await session({
      'line_items[0][price_data][product_data][name]': '<b>"Lamp" & more</b>',
      cancel_url: 'https://shop.example/cart?a=1&b=2',
    });
    const answer = await fetch(url);
    const html = await answer.text();
    expect(html).toContain('Es wird kein Geld bewegt.');
    expect(html).toContain('No money moves.');
    expect(html).toContain('€12.00');
    expect(html).toContain('2 × &lt;b&gt;&quot;Lamp&quot; &amp; more&lt;/b&gt;');
    expect(html).toContain('href="https://shop.example/cart?a=1&amp;b=2"');
    for (const number of Object.keys(TEST_CARDS)) expect(html).toContain(`value="${number}"`);
    for (const fault of Object.keys(SESSION_FAULTS)) expect(html).toContain(`value="${fault}"`);
    expect(answer.headers.get('content-security-policy')).toContain(
      "form-action 'self' https://shop.example;",
    );
  });

  it('sends the shopper back with the name of the session', async () => {
    const { session, submit, get } = await stripeClient();
    const open = await session(MANUAL);
    const answer = await submit(open, { card: '4242 4242 4242 4242' });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe(`https://shop.example/back?session=${open['id']}`);
    expect((await get(`/v1/checkout/sessions/${open['id']}`)).body).toMatchObject({
      status: 'complete',
      payment_status: 'unpaid',
    });
    expect((await submit(open, { card: VISA })).status).toBe(409);
  });

  it.each([
    ['4000000000000002', 'card_declined', 'generic_decline'],
    ['4000000000009995', 'card_declined', 'insufficient_funds'],
    ['4000000000000069', 'expired_card', undefined],
    ['4000000000000127', 'incorrect_cvc', undefined],
    ['4000000000000119', 'processing_error', undefined],
    ['4242424242424241', 'incorrect_number', undefined],
    ['', 'incorrect_number', undefined],
    ['4111111111111111', 'card_declined', 'test_mode_live_card'],
  ])('shows its form again where the card %s is declined', async (card, code, declineCode) => {
    const { session, submit, get, stripe, types } = await stripeClient();
    const open = await session();
    const answer = await submit(open, { card });
    expect(answer.status).toBe(402);
    expect(await answer.text()).toMatch(/role="alert">[^<]+card[\s\S]*name="card"/);
    const { body } = await get(`/v1/checkout/sessions/${open['id']}?expand[]=payment_intent`);
    expect(body).toMatchObject({
      status: 'open',
      payment_intent: { status: 'requires_payment_method', last_payment_error: { code } },
    });
    expect(body['payment_intent'].last_payment_error.decline_code).toBe(declineCode);
    expect((await submit(open, { card: VISA })).status).toBe(303);
    await stripe.advance(0);
    expect(types().slice(0, 3)).toEqual([
      'payment_intent.created',
      'charge.failed',
      'payment_intent.payment_failed',
    ]);
  });

  it.each([
    { card: '4000002500003155', answered: 'confirmed', status: 303, state: 'requires_capture' },
    { card: '4000000000003220', answered: 'failed', status: 402, state: 'requires_payment_method' },
    {
      card: '4000008400001629',
      answered: 'confirmed',
      status: 402,
      state: 'requires_payment_method',
    },
  ])('asks for authentication with $card, which is $answered', async (row) => {
    const { card, answered, status, state } = row;
    const { session, submit, get } = await stripeClient();
    const open = await session(MANUAL);
    const asked = await submit(open, { card });
    expect(asked.status).toBe(200);
    expect(await asked.text()).toContain('name="authentication"');
    const path = `/v1/checkout/sessions/${open['id']}?expand[]=payment_intent`;
    expect((await get(path)).body['payment_intent'].status).toBe('requires_action');
    expect((await submit(open, { authentication: answered })).status).toBe(status);
    expect((await get(path)).body['payment_intent'].status).toBe(state);
  });

  it('takes no authentication that nobody asked for', async () => {
    const { session, submit } = await stripeClient();
    expect((await submit(await session(), { authentication: 'confirmed' })).status).toBe(409);
  });

  it('ends with its session, also while a bank authenticates', async () => {
    const { session, submit, post } = await stripeClient();
    const open = await session();
    await submit(open, { card: '4000002500003155' });
    await post(`/v1/checkout/sessions/${open['id']}/expire`);
    expect((await submit(open, { authentication: 'confirmed' })).status).toBe(409);
    const page = await fetch(open['url']);
    expect(await page.text()).toContain('This payment page has ended.');
  });

  it('refuses other pages, an unknown session and an unknown fault', async () => {
    const { session, submit, stripe } = await stripeClient();
    const open = await session();
    const headers = { origin: 'https://evil.example' };
    expect((await fetch(open['url'], { method: 'POST', headers })).status).toBe(403);
    expect((await fetch(open['url'], { method: 'PUT' })).status).toBe(405);
    expect((await fetch(`${stripe.url}/c/pay/cs_test_none`)).status).toBe(404);
    expect((await submit(open, { card: VISA, fault: 'fire' })).status).toBe(400);
  });
});

describe('a fault that a shopper picks', () => {
  it('lets the authentication outlast the hold', async () => {
    const { session, submit, get, stripe, types } = await stripeClient();
    const open = await session(MANUAL);
    const answer = await submit(open, { card: VISA, fault: 'authentication_slow' });
    expect(await answer.text()).toContain('http-equiv="refresh"');
    const again = await submit(open, { authentication: 'confirmed' });
    expect(await again.text()).toContain('The bank takes its time.');
    await stripe.advance(5 * 60_000);
    expect(types()).not.toContain('checkout.session.completed');
    await stripe.advance(60_000);
    expect(types()).toContain('checkout.session.completed');
    expect((await get(`/v1/checkout/sessions/${open['id']}`)).body['status']).toBe('complete');
    expect(await (await fetch(open['url'] ?? '')).text()).toContain(
      `https://shop.example/back?session=${open['id']}`,
    );
  });

  it('keeps the shopper on the page', async () => {
    const { session, submit } = await stripeClient();
    const answer = await submit(await session(), { card: VISA, fault: 'no_return' });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('The payment was made.');
  });

  it('declines the capture', async () => {
    const { paid, post } = await stripeClient();
    const { id } = await paid(MANUAL, { fault: 'capture_declined' });
    const { status, body } = await post(`/v1/payment_intents/${id}/capture`);
    expect(status).toBe(402);
    expect(body['error']).toMatchObject({
      code: 'card_declined',
      payment_intent: { status: 'requires_capture' },
    });
  });
});
