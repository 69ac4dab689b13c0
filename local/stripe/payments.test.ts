import { describe, expect, it } from 'vitest';
import { type Body, MANUAL, NOW_MS, stripeClient } from './testing/stripe-client.ts';

const PAYMENTS = '/v1/payment_intents';
const DAY_MS = 86_400_000;

const idsOf = (body: Body) => body['data'].map(({ id }: { id: string }) => id);

describe('a payment', () => {
  it('is authorised on the hosted page, then captured', async () => {
    const { paid, post, get, stripe, types } = await stripeClient();
    const payment = await paid({ ...MANUAL, 'payment_intent_data[metadata][attempt]': 'att_1' });
    expect(payment).toMatchObject({
      amount: 1_200,
      amount_capturable: 1_200,
      amount_received: 0,
      capture_method: 'manual',
      metadata: { attempt: 'att_1' },
      status: 'requires_capture',
    });
    const charge = await get(`/v1/charges/${payment['latest_charge']}`);
    expect(charge.body).toMatchObject({
      captured: false,
      payment_method_details: { card: { capture_before: (NOW_MS + 7 * DAY_MS) / 1_000 } },
    });
    const captured = await post(`${PAYMENTS}/${payment['id']}/capture`, {
      'expand[]': 'latest_charge',
    });
    expect(captured.body).toMatchObject({
      status: 'succeeded',
      amount_received: 1_200,
      amount_capturable: 0,
      latest_charge: { captured: true, amount_captured: 1_200, amount_refunded: 0 },
    });
    await stripe.advance(0);
    expect(types()).toEqual([
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.amount_capturable_updated',
      'checkout.session.completed',
      'charge.captured',
      'payment_intent.succeeded',
    ]);
  });

  it('is taken at once where nothing else is asked for', async () => {
    const { paid, types } = await stripeClient();
    expect(await paid({})).toMatchObject({ status: 'succeeded', amount_received: 1_200 });
    expect(types()).toContain('payment_intent.succeeded');
  });

  it('is captured in part, and no more than was authorised', async () => {
    const { paid, post } = await stripeClient();
    const { id } = await paid();
    const tooMuch = await post(`${PAYMENTS}/${id}/capture`, { amount_to_capture: '1201' });
    expect(tooMuch.body['error'].code).toBe('amount_too_large');
    const part = await post(`${PAYMENTS}/${id}/capture`, { amount_to_capture: '700' });
    expect(part.body).toMatchObject({ status: 'succeeded', amount_received: 700 });
    const again = await post(`${PAYMENTS}/${id}/capture`);
    expect(again.body['error']).toMatchObject({
      code: 'payment_intent_unexpected_state',
      payment_intent: { id, status: 'succeeded' },
    });
  });

  it('is cancelled for free, with no refund', async () => {
    const { paid, post, get, stripe, types } = await stripeClient();
    const { id } = await paid();
    const { body } = await post(`${PAYMENTS}/${id}/cancel`, { cancellation_reason: 'abandoned' });
    expect(body).toMatchObject({ status: 'canceled', cancellation_reason: 'abandoned' });
    expect((await get(`/v1/refunds?payment_intent=${id}`)).body['data']).toEqual([]);
    expect((await post(`${PAYMENTS}/${id}/cancel`)).status).toBe(400);
    await stripe.advance(0);
    expect(types().at(-1)).toBe('payment_intent.canceled');
  });

  it('is not cancelled while its session is open', async () => {
    const { session, submit, get, post } = await stripeClient();
    const open = await session(MANUAL);
    await submit(open, { card: '4000000000000002' });
    const { body } = await get(`/v1/checkout/sessions/${open['id']}`);
    const refused = await post(`${PAYMENTS}/${body['payment_intent']}/cancel`);
    expect(refused.body['error'].code).toBe('payment_intent_unexpected_state');
  });

  it('ends by itself when nobody captures it within seven days', async () => {
    const { paid, get, stripe, types } = await stripeClient();
    const { id } = await paid();
    await stripe.advance(7 * DAY_MS);
    expect((await get(`${PAYMENTS}/${id}`)).body).toMatchObject({
      status: 'canceled',
      cancellation_reason: 'automatic',
    });
    expect(types().slice(-2)).toEqual(['charge.expired', 'payment_intent.canceled']);
  });

  it('keeps metadata that are changed, and loses those that are emptied', async () => {
    const { paid, post } = await stripeClient();
    const { id } = await paid({ 'payment_intent_data[metadata][a]': '1' });
    const changed = await post(`${PAYMENTS}/${id}`, { 'metadata[a]': '', 'metadata[b]': '2' });
    expect(changed.body['metadata']).toEqual({ b: '2' });
  });

  it('is listed by the time it was made, page by page, the newest first', async () => {
    const { paid, get, stripe } = await stripeClient();
    const ids: string[] = [];
    for (let n = 0; n < 3; n++) {
      ids.unshift((await paid())['id']);
      await stripe.advance(1_000);
    }
    const first = await get(`${PAYMENTS}?limit=2`);
    expect(first.body).toMatchObject({ object: 'list', has_more: true });
    expect(idsOf(first.body)).toEqual(ids.slice(0, 2));
    const next = await get(`${PAYMENTS}?limit=2&starting_after=${ids[1]}`);
    expect(idsOf(next.body)).toEqual(ids.slice(2));
    expect(next.body['has_more']).toBe(false);
    const before = await get(`${PAYMENTS}?ending_before=${ids[2]}&limit=1`);
    expect(idsOf(before.body)).toEqual(ids.slice(1, 2));
    const since = await get(`${PAYMENTS}?created[gte]=${NOW_MS / 1_000 + 1}`);
    expect(idsOf(since.body)).toEqual(ids.slice(0, 2));
    expect((await get(`${PAYMENTS}?starting_after=pi_none`)).status).toBe(400);
    expect((await get(`${PAYMENTS}?limit=101`)).status).toBe(400);
  });

  it('is found by its metadata', async () => {
    const { paid, get } = await stripeClient();
    await paid({ 'payment_intent_data[metadata][attempt]': 'att_1' });
    const { id } = await paid({ 'payment_intent_data[metadata][attempt]': 'att_2' });
    const search = (query: string) => get(`${PAYMENTS}/search?query=${encodeURIComponent(query)}`);
    expect((await search(`metadata["attempt"]:"att_2"`)).body['data']).toMatchObject([{ id }]);
    expect((await search(`metadata['attempt']:'att_3'`)).body['data']).toEqual([]);
    expect((await search('everything')).status).toBe(400);
  });
});

describe('a refund', () => {
  it('gives back a part, then the rest, and never more than was taken', async () => {
    const { paid, post, get, stripe, types } = await stripeClient();
    const { id, latest_charge: charge } = await paid({});
    const refund = (params: object) => post('/v1/refunds', { payment_intent: id, ...params });
    const part = await refund({ amount: '500', 'metadata[refund]': 'ref_1' });
    expect(part.body).toMatchObject({
      amount: 500,
      status: 'succeeded',
      metadata: { refund: 'ref_1' },
    });
    expect((await refund({ amount: '701' })).body['error'].param).toBe('amount');
    expect((await refund({})).body).toMatchObject({ amount: 700 });
    expect((await refund({})).body['error'].code).toBe('charge_already_refunded');
    expect((await get(`/v1/charges/${charge}`)).body).toMatchObject({
      amount_refunded: 1_200,
      refunded: true,
    });
    expect((await get(`/v1/refunds?payment_intent=${id}`)).body['data']).toHaveLength(2);
    await stripe.advance(0);
    expect(types().slice(-2)).toEqual(['refund.created', 'charge.refunded']);
  });

  it('is refused before the money was taken, and without a payment', async () => {
    const { paid, post } = await stripeClient();
    const { id } = await paid();
    expect((await post('/v1/refunds', { payment_intent: id })).status).toBe(400);
    expect((await post('/v1/refunds', {})).body['error'].param).toBe('payment_intent');
    expect((await post('/v1/refunds', { payment_intent: 'pi_none' })).status).toBe(404);
  });

  it('may be pending at first, or fail later, by the card', async () => {
    const { paid, post, get, stripe, types } = await stripeClient();
    for (const [card, atFirst, later, amount] of [
      ['4000000000007726', 'pending', 'succeeded', 1_200],
      ['4000000000005126', 'succeeded', 'failed', 0],
    ] as const) {
      const payment = await paid({}, { card });
      const { body } = await post('/v1/refunds', { payment_intent: payment['id'] });
      expect(body['status']).toBe(atFirst);
      await stripe.advance(10_000);
      expect((await get(`/v1/refunds/${body['id']}`)).body['status']).toBe(later);
      const charge = await get(`/v1/charges/${payment['latest_charge']}`);
      expect(charge.body['amount_refunded']).toBe(amount);
    }
    expect(types()).toContain('refund.failed');
  });
});
