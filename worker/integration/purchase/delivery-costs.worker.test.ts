/** What an answer to a purchase tells of delivery and its costs, without a read behind the event's object. */
import { describe, expect, it } from 'vitest';
import type { Address } from '../../contract/address.ts';
import type { Order, OrderAnswer } from '../../contract/orders.ts';
import { changeOrderAddress } from '../../stores/postgres/order-addresses.ts';
import { appWith, away, dbWith } from '../../testing/apps.ts';
import { openPaymentShop } from '../../testing/payment-shop.ts';
import { hold, reserve, settle } from '../../testing/purchases.ts';
import { call, deps, makeEvent, makeShopper, type Shopper } from '../../testing/shop.ts';
import { storeCallsOf } from '../../testing/store-calls.ts';

const BERLIN: Address = {
  name: 'Ada Example',
  line1: 'Invalidenstraße 117',
  postalCode: '10115',
  city: 'Berlin',
  country: 'DE',
};
const SHIPPING = [{ countries: ['DE'], priceCents: 490 }];
const DELIVERED = { needsAddress: true, shipping: SHIPPING, limitPerCustomer: 5 };
const PRICE = 1_999;
const TO_BERLIN = {
  lines: [
    { kind: 'items', amountCents: PRICE, included: false },
    { kind: 'shipping', amountCents: 490, included: false, country: 'DE' },
  ],
  totalCents: PRICE + 490,
};

async function livesIn(address: Address): Promise<Shopper> {
  const shopper = await makeShopper();
  const { token } = shopper;
  const kept = await call('PUT', '/profile/address', { token, body: { address } });
  expect(kept.status).toBe(200);
  return shopper;
}

async function orderIn(answer: Response): Promise<Order> {
  return (await answer.json<OrderAnswer>()).order;
}

async function sendTo(order: Order, address: Address) {
  const costs = { shippingCents: 490, tax: null, country: address.country };
  const { id: orderId, status } = order;
  const change = { orderId, address, status, costs, nowMs: Date.now() };
  expect(await changeOrderAddress(deps.stores.db, change)).toBe(true);
}

describe('an answer about an order that is delivered', () => {
  it('has the costs of delivery to the address of the account, at no read', async () => {
    const event = await makeEvent(DELIVERED);
    const [known, unknown, abroad] = [
      await livesIn(BERLIN),
      await makeShopper(),
      await livesIn({ ...BERLIN, country: 'AT', postalCode: '1010' }),
    ];
    // What this isolate has to learn once.
    await hold(await makeShopper(), event.eventItemId);
    const calls = await storeCallsOf(async () => {
      const orders = [];
      for (const shopper of [known, unknown, abroad]) {
        orders.push(await hold(shopper, event.eventItemId));
      }
      expect(orders).toMatchObject([
        { needsAddress: true, address: null, totals: TO_BERLIN },
        { needsAddress: true, address: null, totals: { totalCents: PRICE } },
        { needsAddress: true, address: null, totals: { totalCents: PRICE } },
      ]);
    });
    expect(calls.statements).toBe(0);
  });

  it('has the address of the order itself, and keeps it to its end', async () => {
    const event = await makeEvent(DELIVERED);
    const shopper = await makeShopper();
    const first = await orderIn(await reserve(shopper, event.eventItemId, 'one'));
    await sendTo(first, BERLIN);
    const told = { address: BERLIN, totals: TO_BERLIN };
    const calls = await storeCallsOf(async () => {
      const again = await reserve(shopper, event.eventItemId, 'one');
      expect(await orderIn(again)).toMatchObject({ ...told, status: 'pending' });
      const confirmed = await settle(shopper, first, 'confirm');
      expect(await orderIn(confirmed)).toMatchObject({ ...told, status: 'confirmed' });
      const second = await hold(shopper, event.eventItemId);
      const cancelled = await settle(shopper, second, 'cancel');
      expect(await orderIn(cancelled)).toMatchObject({ address: null, status: 'cancelled' });
    });
    expect(calls.statements).toBe(0);
  });

  it('has the costs that were fixed when somebody began to pay', async () => {
    const rates = new Map([['DE', 19_000]]);
    const shop = await openPaymentShop([], { mode: 'added', rates });
    const of = await shop.held(DELIVERED);
    const { token } = of.shopper;
    const body = { address: BERLIN };
    const paying = await shop.send('POST', `/purchase/${of.order.id}/pay`, { token, body });
    expect(paying.status).toBe(200);
    // Of a shop without taxes: what is told was fixed.
    const calls = await storeCallsOf(async () => {
      const cancelled = await settle(of.shopper, of.order, 'cancel');
      const tax = { kind: 'tax', amountCents: 473, included: false, ratePercent: 19 };
      expect(await orderIn(cancelled)).toMatchObject({
        address: BERLIN,
        totals: { lines: [...TO_BERLIN.lines, { ...tax, country: 'DE' }], totalCents: 2_962 },
      });
    });
    expect(calls.statements).toBe(0);
  });
});

describe('beside an object of the version before, which tells no costs', () => {
  it('they are read', async () => {
    expect(await orderIn(await answerWith())).toMatchObject({ totals: TO_BERLIN });
  });

  it('the order stands where they cannot be read', async () => {
    const answer = await answerWith(dbWith(away));
    expect(answer.status).toBe(201);
    expect(await orderIn(answer)).toMatchObject({ totals: { totalCents: PRICE } });
  });
});

/** @param db where they are read then */
async function answerWith(db = deps.stores.db) {
  const event = await makeEvent(DELIVERED);
  const { token } = await livesIn(BERLIN);
  const ask = appWith({ sale: { attempt: attemptBefore }, stores: { db } });
  const headers = { Authorization: `Bearer ${token}` };
  return ask(`/purchase/${event.eventItemId}`, { method: 'POST', headers });
}

const attemptBefore: typeof deps.sale.attempt = async (...args) => {
  const answer = await deps.sale.attempt(...args);
  if (!answer.ok || answer.kind !== 'order') return answer;
  const { delivery: _d, costs: _c, ...order } = answer.order;
  return { ...answer, order };
};
