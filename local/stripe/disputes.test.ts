import { expect, it } from 'vitest';
import { type StripeClient, stripeClient } from './testing/stripe-client.ts';

const DISPUTED = { card: '4000000000000259' };

async function disputesOf({ get }: StripeClient, paymentId: string) {
  const { body } = await get(`/v1/disputes?payment_intent=${paymentId}`);
  return body['data'];
}

it('a card that is disputed is so after its capture, and gives nothing back until that is won', async () => {
  const client = await stripeClient();
  const { paid, post, get, stripe, types } = client;
  const payment = await paid(undefined, DISPUTED);
  await stripe.advance(60_000);
  expect(await disputesOf(client, payment['id'])).toEqual([]);
  await post(`/v1/payment_intents/${payment['id']}/capture`);
  await stripe.advance(5_000);
  const [dispute] = await disputesOf(client, payment['id']);
  expect(dispute).toMatchObject({
    amount: 1_200,
    currency: 'eur',
    is_charge_refundable: false,
    status: 'needs_response',
  });
  const charge = await get(`/v1/charges/${payment['latest_charge']}`);
  expect(charge.body).toMatchObject({ disputed: true, amount_refunded: 0 });
  const refused = await post('/v1/refunds', { payment_intent: payment['id'] });
  expect([refused.status, refused.body['error'].code]).toEqual([400, 'charge_disputed']);
  expect(await stripe.dispute(payment['id'], 'answer')).toBe(true);
  expect(await stripe.dispute(payment['id'], 'win')).toBe(true);
  expect(await stripe.dispute(payment['id'], 'win')).toBe(false);
  expect((await get(`/v1/disputes/${dispute.id}`)).body['status']).toBe('won');
  expect((await post('/v1/refunds', { payment_intent: payment['id'] })).status).toBe(200);
  expect(types().filter((type) => type.startsWith('charge.dispute'))).toEqual([
    'charge.dispute.created',
    'charge.dispute.funds_withdrawn',
    'charge.dispute.updated',
    'charge.dispute.closed',
    'charge.dispute.funds_reinstated',
  ]);
});

it('an inquiry takes nothing and lets money be given back, and nothing is disputed that was not taken', async () => {
  const client = await stripeClient();
  const { paid, post, stripe } = client;
  const { id } = await paid();
  expect(await stripe.dispute(id, 'open')).toBe(false);
  await post(`/v1/payment_intents/${id}/capture`);
  expect(await stripe.dispute(id, 'inquire')).toBe(true);
  expect(await stripe.dispute(id, 'open')).toBe(false);
  expect(await disputesOf(client, id)).toMatchObject([{ status: 'warning_needs_response' }]);
  expect((await post('/v1/refunds', { payment_intent: id, amount: '100' })).status).toBe(200);
  await stripe.dispute(id, 'lose');
  expect(await disputesOf(client, id)).toMatchObject([{ status: 'warning_closed' }]);
});
