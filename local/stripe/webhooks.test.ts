import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { MANUAL, NOW_MS, stripeClient, WEBHOOK_SECRET } from './testing/stripe-client.ts';

const PAID = [
  'payment_intent.created',
  'charge.succeeded',
  'payment_intent.amount_capturable_updated',
  'checkout.session.completed',
];

describe('a webhook', () => {
  it('is signed over its time and its body', async () => {
    const { paid, heard } = await stripeClient();
    await paid();
    const [first] = heard;
    if (first === undefined) throw new Error('nothing was heard');
    const { headers, text, event } = first;
    const atS = NOW_MS / 1_000;
    const mac = createHmac('sha256', WEBHOOK_SECRET).update(`${atS}.${text}`).digest('hex');
    expect(headers['stripe-signature']).toBe(`t=${atS},v1=${mac}`);
    expect(event).toMatchObject({
      object: 'event',
      api_version: '2026-08-26.dahlia',
      type: 'payment_intent.created',
      data: { object: { object: 'payment_intent', status: 'requires_payment_method' } },
    });
  });

  it('is signed twice while a secret is exchanged', async () => {
    const { paid, heard, stripe } = await stripeClient();
    stripe.setWebhook(undefined);
    await paid();
    expect(heard).toEqual([]);
    const shop = await stripeClient();
    await shop.paid();
    const url = `http://${String(shop.heard[0]?.headers['host'])}/webhook`;
    stripe.setWebhook({ url, secrets: ['whsec_old', 'whsec_new'] });
    await stripe.advance(0);
    expect(shop.heard.at(-1)?.headers['stripe-signature']).toMatch(
      /^t=\d+,v1=[0-9a-f]{64},v1=[0-9a-f]{64}$/,
    );
  });

  it('comes for those types alone that were asked for', async () => {
    const { paid, types, stripe, heard } = await stripeClient();
    await paid();
    const url = `http://${String(heard[0]?.headers['host'])}/webhook`;
    const events = ['checkout.session.completed'];
    stripe.setWebhook({ url, secrets: [WEBHOOK_SECRET], events });
    await paid();
    expect(types()).toEqual([...PAID, ...events]);
  });

  it('comes again while the shop does not take it, and then no more', async () => {
    const { paid, shop, types, stripe, get } = await stripeClient();
    shop.status = 500;
    await paid();
    expect(types()).toEqual(PAID);
    const pending = async () =>
      (await get('/v1/events?delivery_success=false')).body['data'].length;
    expect(await pending()).toBe(4);
    await stripe.advance(999);
    expect(types()).toHaveLength(4);
    await stripe.advance(1);
    expect(types()).toHaveLength(8);
    shop.status = 302;
    await stripe.advance(5_000);
    shop.status = 200;
    await stripe.advance(30_000);
    expect(types()).toHaveLength(16);
    expect(await pending()).toBe(0);
    await stripe.advance(86_400_000);
    expect(types()).toHaveLength(16);
  });

  it('is given up after its last try, and delivered again when that is asked for', async () => {
    const { paid, shop, heard, stripe } = await stripeClient();
    shop.status = 500;
    await paid();
    for (const ms of [1_000, 5_000, 30_000, 86_400_000]) await stripe.advance(ms);
    expect(heard).toHaveLength(16);
    shop.status = 200;
    const { id = '' } = heard[0]?.event ?? {};
    expect(await stripe.redeliver(id)).toBe(true);
    expect(heard.at(-1)?.event.id).toBe(id);
  });

  it('is read as an event, too', async () => {
    const { paid, heard, get } = await stripeClient();
    await paid();
    const ids = heard.map(({ event }) => event.id);
    const { body } = await get('/v1/events?limit=3');
    expect(body['data'].map(({ id }: { id: string }) => id)).toEqual(ids.toReversed().slice(0, 3));
    expect((await get(`/v1/events/${ids[0]}`)).body['id']).toBe(ids[0]);
    const one = await get('/v1/events?types[]=charge.succeeded&types[]=charge.failed');
    expect(one.body['data']).toHaveLength(1);
    expect((await get('/v1/events?type=charge.failed')).body['data']).toEqual([]);
  });
});

describe('a fault of webhooks', () => {
  it('for one session delays, doubles, disorders or loses them', async () => {
    const { paid, types, heard, stripe } = await stripeClient();
    const heardWith = async (fault: string) => {
      heard.splice(0);
      await paid(MANUAL, { fault });
      return types();
    };
    expect(await heardWith('webhook_lost')).toEqual([]);
    expect((await heardWith('webhook_twice')).toSorted()).toEqual([...PAID, ...PAID].toSorted());
    expect(await heardWith('webhook_delayed')).toEqual([]);
    await stripe.advance(20_000);
    expect(types()).toEqual(PAID);
    await heardWith('webhook_disordered');
    await stripe.advance(2_000);
    expect(types()).not.toEqual(PAID);
    expect(types().toSorted()).toEqual(PAID.toSorted());
  });

  it('for all loses every nth', async () => {
    const { paid, types, stripe, get } = await stripeClient();
    stripe.setFaults({ webhooks: { loseEvery: 2 } });
    await paid();
    expect(types()).toHaveLength(2);
    expect((await get('/v1/events')).body['data']).toHaveLength(4);
  });

  it('for all doubles them', async () => {
    const { paid, types, stripe } = await stripeClient();
    stripe.setFaults({ webhooks: { isTwice: true } });
    await paid();
    expect(types()).toHaveLength(8);
  });

  it('for all shuffles them, the same way for the same seed', async () => {
    const first = await orderOf(1);
    expect(await orderOf(1)).toBe(first);
    expect(await orderOf(2)).not.toBe(first);
  });
});

async function orderOf(seed: number): Promise<string> {
  const { paid, types, stripe } = await stripeClient({ seed });
  stripe.setFaults({ webhooks: { isShuffled: true } });
  for (let n = 0; n < 2; n++) await paid();
  await stripe.advance(2_000);
  return types().join(' ');
}
