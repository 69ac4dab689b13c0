/** Orders that are taxed, on the real Worker, with the local Stripe as its provider. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Address } from '../../contract/address.ts';
import type { EventDetail } from '../../contract/events.ts';
import type { Order } from '../../contract/orders.ts';
import type { PaymentAnswer } from '../../contract/payments.ts';
import type { TaxMode, TaxPlan } from '../../contract/totals.ts';
import { findBrokenMoneyLaws } from '../../stores/postgres/money-laws.ts';
import { paymentRowOf } from '../../testing/payment-outbox.ts';
import { type Held, openPaymentShop, type PaymentShop } from '../../testing/payment-shop.ts';
import { deps, makeEvent, makeShopper } from '../../testing/shop.ts';

const BERLIN: Address = {
  name: 'Ada Example',
  line1: 'Invalidenstraße 117',
  postalCode: '10115',
  city: 'Berlin',
  country: 'DE',
};
const ZURICH: Address = { ...BERLIN, line1: 'Bahnhofstrasse 1', postalCode: '8001', country: 'CH' };
const SHIPPING = [{ countries: [], priceCents: 490 }];
/** Of the items and of their delivery. */
const NET = 1_999 + 490;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});

afterEach(() => {
  vi.useRealTimers();
});

function planOf(mode: TaxMode): TaxPlan {
  const rates = new Map([
    ['DE', 19_000],
    ['CH', 8_100],
  ]);
  return { mode, rates };
}

async function payFrom(shop: PaymentShop, of: Held, address: Address) {
  const path = `/purchase/${of.order.id}/pay`;
  const answer = await shop.send('POST', path, { token: of.shopper.token, body: { address } });
  expect(answer.status).toBe(200);
  return (await answer.json<PaymentAnswer>()).payment;
}

async function read(shop: PaymentShop, of: Held): Promise<Order> {
  const path = `/profile/orders/${of.order.id}`;
  return (await shop.send('GET', path, { token: of.shopper.token })).json<Order>();
}

const held = (shop: PaymentShop) => shop.held({ needsAddress: true, shipping: SHIPPING });

describe('a tax that is added', () => {
  it('is paid on top of items and delivery, and given back with them', async () => {
    const shop = await openPaymentShop([], planOf('added'));
    const of = await held(shop);
    const payment = await payFrom(shop, of, BERLIN);
    // 19 % of 24.89 are 4.7291.
    const total = NET + 473;
    expect(await paymentRowOf(payment.id)).toMatchObject({ amountMinor: total });
    await shop.submit(payment);
    expect((await shop.look(of)).totals).toMatchObject({
      lines: [
        { kind: 'items', included: false },
        { kind: 'shipping', included: false },
        { kind: 'tax', amountCents: 473, included: false, ratePercent: 19, country: 'DE' },
      ],
      totalCents: total,
    });
    await shop.work(payment.id);
    expect(await shop.money(payment.id)).toMatchObject({ captured: total });

    const { token } = await makeShopper('admin');
    const refund = await shop.send('POST', `/admin/orders/${of.order.id}/refund`, {
      token,
      body: { reason: 'returned' },
      headers: { 'Idempotency-Key': 'all-of-it' },
    });
    expect(refund.status).toBe(201);
    await shop.work(payment.id);
    expect(await shop.money(payment.id)).toMatchObject({ captured: total, refunded: total });
    expect(await findBrokenMoneyLaws(deps.stores.db, of.eventId)).toEqual([]);
  });

  it('depends on the country, and ends the page of another total', async () => {
    const shop = await openPaymentShop([], planOf('added'));
    const of = await held(shop);
    const first = await payFrom(shop, of, BERLIN);
    const second = await payFrom(shop, of, ZURICH);
    expect(second.id).not.toBe(first.id);
    // 8.1 % of 24.89 are 2.01609.
    expect(await paymentRowOf(second.id)).toMatchObject({ amountMinor: NET + 202 });
    expect(await paymentRowOf(first.id)).toMatchObject({ state: 'released' });
  });
});

describe('a tax that the prices have in them', () => {
  it('is told, and changes no total', async () => {
    const shop = await openPaymentShop([], planOf('included'));
    const of = await held(shop);
    const payment = await payFrom(shop, of, BERLIN);
    expect(await paymentRowOf(payment.id)).toMatchObject({ amountMinor: NET });
    // 19 of 119 parts of 24.89 are 3.9740.
    const { lines, totalCents } = (await read(shop, of)).totals;
    expect(lines.at(-1)).toMatchObject({ kind: 'tax', amountCents: 397, included: true });
    expect(totalCents).toBe(NET);
  });
});

it('what somebody began to pay keeps its tax when the configuration changes', async () => {
  const before = await openPaymentShop([], planOf('added'));
  const of = await held(before);
  await payFrom(before, of, BERLIN);
  const fresh = await held(before);
  const after = await openPaymentShop();
  expect((await read(after, of)).totals.totalCents).toBe(NET + 473);
  expect((await read(after, fresh)).totals.lines.map(({ kind }) => kind)).toEqual(['items']);
});

describe('beside its prices', () => {
  it('an event tells whether tax is in them or added, and nothing where no order has any', async () => {
    const told = [];
    for (const mode of ['none', 'included', 'added'] as const) {
      const shop = await openPaymentShop([], planOf(mode));
      for (const needsAddress of [true, false]) {
        const { eventId } = await makeEvent({ needsAddress });
        const event = await (await shop.send('GET', `/events/${eventId}`)).json<EventDetail>();
        told.push(event.tax);
      }
    }
    // Nobody pays tax without an address: the rates are those of countries.
    expect(told).toEqual(['none', 'none', 'included', 'none', 'added', 'none']);
  });
});
