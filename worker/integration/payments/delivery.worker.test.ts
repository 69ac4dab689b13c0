/** Orders that are delivered, on the real Worker, with the local Stripe as its provider. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Address } from '../../contract/address.ts';
import type { Order, OrderAnswer } from '../../contract/orders.ts';
import type { PaymentAnswer } from '../../contract/payments.ts';
import type { Problem } from '../../contract/problems.ts';
import { findBrokenMoneyLaws } from '../../stores/postgres/money-laws.ts';
import { expectProblem } from '../../testing/accounts.ts';
import { paymentRowOf } from '../../testing/payment-outbox.ts';
import { type Held, openPaymentShop, type PaymentShop } from '../../testing/payment-shop.ts';
import { pass } from '../../testing/purchases.ts';
import { deps, makeShopper } from '../../testing/shop.ts';

const BERLIN: Address = {
  name: 'Ada Example',
  line1: 'Invalidenstraße 117',
  postalCode: '10115',
  city: 'Berlin',
  country: 'DE',
};
const VIENNA: Address = {
  ...BERLIN,
  line1: 'Graben 1',
  postalCode: '1010',
  city: 'Wien',
  country: 'AT',
};
const OSLO: Address = {
  ...BERLIN,
  line1: 'Karl Johans gate 1',
  postalCode: '0154',
  city: 'Oslo',
  country: 'NO',
};
const SHIPPING = [
  { countries: ['DE'], priceCents: 490 },
  { countries: ['AT', 'CH'], priceCents: 990 },
];
const PRICE = 1_999;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});

afterEach(() => {
  vi.useRealTimers();
});

const held = (shop: PaymentShop) => shop.held({ needsAddress: true, shipping: SHIPPING });

function payWith(shop: PaymentShop, { shopper: { token }, order: { id } }: Held, body?: unknown) {
  return shop.send('POST', `/purchase/${id}/pay`, { token, body });
}

async function paid(shop: PaymentShop, of: Held, address?: Address) {
  const answer = await payWith(shop, of, address && { address });
  expect(answer.status).toBe(200);
  return (await answer.json<PaymentAnswer>()).payment;
}

function say(shop: PaymentShop, { shopper: { token }, order: { id } }: Held, body: unknown) {
  return shop.send('PUT', `/purchase/${id}/address`, { token, body });
}

async function read(
  shop: PaymentShop,
  { shopper: { token }, order: { id } }: Held,
): Promise<Order> {
  return (await shop.send('GET', `/profile/orders/${id}`, { token })).json<Order>();
}

describe('an order that is delivered', () => {
  it('is not paid without an address, or to where nothing is delivered', async () => {
    const shop = await openPaymentShop();
    const of = await held(shop);
    expect(of.order).toMatchObject({
      needsAddress: true,
      address: null,
      totals: { totalCents: PRICE },
    });
    await expectProblem(await payWith(shop, of), 400, 'address_required');
    await expectProblem(await payWith(shop, of, { address: OSLO }), 400, 'not_delivered_there');
    const wrong = { address: { ...BERLIN, postalCode: '1011' } };
    const refused = await payWith(shop, of, wrong);
    expect(await refused.json<Problem>()).toMatchObject({
      code: 'malformed',
      errors: [{ path: 'address.postalCode', reason: 'postal_code_wrong' }],
    });
    expect(await shop.pages()).toEqual([]);
  });

  it('costs its delivery too, on the provider’s page and in all that is told of it', async () => {
    const shop = await openPaymentShop();
    const of = await held(shop);
    const payment = await paid(shop, of, BERLIN);
    expect(await paymentRowOf(payment.id)).toMatchObject({ amountMinor: PRICE + 490 });
    await shop.submit(payment);
    expect(await shop.look(of)).toMatchObject({
      status: 'confirmed',
      address: BERLIN,
      payment: { status: 'authorised', amountCents: PRICE + 490 },
      totals: {
        lines: [
          { kind: 'items', amountCents: PRICE, included: false },
          { kind: 'shipping', amountCents: 490, included: false, country: 'DE' },
        ],
        totalCents: PRICE + 490,
      },
    });
    await shop.work(payment.id);
    expect(await shop.money(payment.id)).toMatchObject({ captured: PRICE + 490 });
    expect(await findBrokenMoneyLaws(deps.stores.db, of.eventId)).toEqual([]);
  });

  it('ends the page that is open for another total, and begins anew', async () => {
    const shop = await openPaymentShop();
    const of = await held(shop);
    const first = await paid(shop, of, BERLIN);
    expect(await paid(shop, of, { ...BERLIN, line1: 'Chausseestraße 1' })).toEqual(first);
    expect((await read(shop, of)).address).toMatchObject({ line1: 'Chausseestraße 1' });
    const second = await paid(shop, of, VIENNA);
    expect(second.id).not.toBe(first.id);
    expect((await shop.pages()).map(({ status }) => status)).toEqual(['open', 'expired']);
    expect(await paymentRowOf(first.id)).toMatchObject({ state: 'released' });
    // Without an address the page that is open goes on.
    expect(await paid(shop, of)).toEqual(second);
    await shop.submit(second);
    expect(await shop.look(of)).toMatchObject({
      status: 'confirmed',
      address: VIENNA,
      payment: { amountCents: PRICE + 990 },
    });
    expect(await findBrokenMoneyLaws(deps.stores.db, of.eventId)).toEqual([]);
  });

  it('stays as it was paid where the page turns out to be paid', async () => {
    const shop = await openPaymentShop();
    const of = await held(shop);
    const payment = await paid(shop, of, BERLIN);
    await shop.submit(payment);
    await expectProblem(await payWith(shop, of, { address: VIENNA }), 409, 'order_confirmed');
    expect(await read(shop, of)).toMatchObject({
      status: 'confirmed',
      address: BERLIN,
      totals: { totalCents: PRICE + 490 },
    });
    await expectProblem(await say(shop, of, { address: VIENNA }), 409, 'address_fixed');
    const moved = { ...BERLIN, line1: 'Chausseestraße 1' };
    const answer = await say(shop, of, { address: moved });
    expect(await answer.json<OrderAnswer>()).toMatchObject({ order: { address: moved } });
  });

  it('tells what it costs before it is paid, by the address that was said or is kept', async () => {
    const shop = await openPaymentShop();
    const of = await held(shop);
    const { token } = of.shopper;
    await shop.send('PUT', '/profile/address', { token, body: { address: VIENNA } });
    expect(await read(shop, of)).toMatchObject({
      address: null,
      totals: { totalCents: PRICE + 990 },
    });
    const said = await say(shop, of, { address: BERLIN, saveAddress: true });
    expect(await said.json<OrderAnswer>()).toMatchObject({
      order: { address: BERLIN, totals: { totalCents: PRICE + 490 } },
    });
    const kept = await shop.send('GET', '/profile/address', { token });
    expect(await kept.json()).toEqual({ address: BERLIN });
    const payment = await paid(shop, of);
    expect(await paymentRowOf(payment.id)).toMatchObject({ amountMinor: PRICE + 490 });
    // While the page is open, another total ends it too.
    await say(shop, of, { address: VIENNA });
    expect(await paymentRowOf(payment.id)).toMatchObject({ state: 'released' });
    expect(await read(shop, of)).toMatchObject({ totals: { totalCents: PRICE + 990 } });
    expect((await shop.send('DELETE', '/profile/address', { token })).status).toBe(204);
  });

  it('has its address said by nobody else, nor after its end', async () => {
    const shop = await openPaymentShop();
    const of = await held(shop);
    const stranger = { ...of, shopper: await makeShopper() };
    await expectProblem(await say(shop, stranger, { address: BERLIN }), 404, 'not_found');
    pass(Date.parse(of.order.expiresAt) - Date.now());
    await expectProblem(await say(shop, of, { address: BERLIN }), 409, 'hold_expired');
    const plain = await shop.held();
    await expectProblem(await say(shop, plain, { address: BERLIN }), 409, 'no_address_needed');
  });
});
