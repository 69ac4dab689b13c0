import { describe, expect, it } from 'vitest';
import { MANUAL, stripeClient } from './testing/stripe-client.ts';

const DAY_MS = 86_400_000;
/** Cards are authorised first, iDEAL is taken at once. */
const BOTH = {
  'payment_method_types[0]': 'card',
  'payment_method_types[1]': 'ideal',
  'payment_method_options[card][capture_method]': 'manual',
};

describe('a session with another method than cards', () => {
  it('takes the money of that method at once, and has nothing to capture', async () => {
    const { session, submit, get, post, stripe, types } = await stripeClient();
    const made = await session(BOTH);
    const page = await (await submit(made, { method: 'ideal' })).text();
    expect(page).toContain('name="authentication"');
    expect((await submit(made, { authentication: 'confirmed' })).status).toBe(303);
    const { body: paid } = await get(`/v1/checkout/sessions/${made['id']}`);
    expect(paid).toMatchObject({ status: 'complete', payment_status: 'paid' });
    const { body: intent } = await get(
      `/v1/payment_intents/${paid['payment_intent']}?expand[]=latest_charge`,
    );
    expect(intent).toMatchObject({
      status: 'succeeded',
      amount_received: 1_200,
      amount_capturable: 0,
      latest_charge: { captured: true, payment_method_details: { type: 'ideal' } },
    });
    for (const action of ['capture', 'cancel']) {
      const { status, body } = await post(`/v1/payment_intents/${intent['id']}/${action}`);
      expect([status, body['error'].code]).toEqual([400, 'payment_intent_unexpected_state']);
    }
    await stripe.advance(0);
    expect(types()).toContain('payment_intent.succeeded');
  });

  it('authorises a card first where that is asked for', async () => {
    const { paid } = await stripeClient();
    expect(await paid(BOTH)).toMatchObject({ status: 'requires_capture', amount_received: 0 });
  });

  it('can be paid after it failed at the bank', async () => {
    const { session, submit } = await stripeClient();
    const made = await session(BOTH);
    await submit(made, { method: 'ideal' });
    expect((await submit(made, { authentication: 'failed' })).status).toBe(402);
    await submit(made, { method: 'ideal' });
    expect((await submit(made, { authentication: 'confirmed' })).status).toBe(303);
  });

  it('is refused where the method does not take the currency or cannot be held', async () => {
    const { session, submit } = await stripeClient();
    const dollars = { ...BOTH, 'line_items[0][price_data][currency]': 'usd' };
    expect((await session(dollars))['error']).toMatchObject({ param: 'payment_method_types' });
    const held = await session({ ...BOTH, ...MANUAL });
    expect(held['error'].param).toBe('payment_intent_data[capture_method]');
    const cards = await session();
    expect((await submit(cards, { method: 'ideal' })).status).toBe(400);
  });
});

describe('a payment whose money comes days later', () => {
  it.each([
    ['payment_delayed', 'succeeded', 'checkout.session.async_payment_succeeded'],
    ['payment_delayed_fails', 'requires_payment_method', 'checkout.session.async_payment_failed'],
  ])('is processing until then: %s', async (fault, status, type) => {
    const { paid, post, get, stripe, types } = await stripeClient();
    const payment = await paid(MANUAL, { fault });
    expect(payment).toMatchObject({ status: 'processing', amount_received: 0 });
    const cancelled = await post(`/v1/payment_intents/${payment['id']}/cancel`);
    expect(cancelled.status).toBe(400);
    await stripe.advance(3 * DAY_MS);
    expect((await get(`/v1/payment_intents/${payment['id']}`)).body['status']).toBe(status);
    expect(types()).toContain(type);
  });
});
