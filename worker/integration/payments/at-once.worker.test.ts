/** Payments by methods that cannot be authorised first: taken at once, and given back where they are not wanted. */
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findBrokenMoneyLaws } from '../../stores/postgres/money-laws.ts';
import { orderRowOf, paymentRowOf, waitingFor } from '../../testing/payment-outbox.ts';
import { type Held, openPaymentShop, type PaymentShop } from '../../testing/payment-shop.ts';
import { hold, pass, stockOf } from '../../testing/purchases.ts';
import { deps, HOLD_MS, makeShopper } from '../../testing/shop.ts';

const GRACE_MS = 16_000;
const DAY_MS = 86_400_000;
const { db } = deps.stores;

type Paying = Awaited<ReturnType<PaymentShop['pay']>>;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});

afterEach(() => {
  vi.useRealTimers();
});

const open = () => openPaymentShop(['ideal']);

/** Three days later the money came or not, and the provider tells so. */
async function settleDelayed(shop: PaymentShop): Promise<void> {
  pass(3 * DAY_MS);
  await shop.stripe.advance(3 * DAY_MS);
  const told = (await shop.deliveries()).filter(({ type }) => type.includes('async_payment'));
  expect(told).toHaveLength(1);
  for (const one of told) expect((await shop.deliver(one)).status).toBe(200);
}

/** At the shopper's bank. */
async function payByBank(shop: PaymentShop, payment: Paying): Promise<void> {
  expect((await shop.submit(payment, { method: 'ideal' })).status).toBe(200);
  expect((await shop.submit(payment, { authentication: 'confirmed' })).status).toBe(303);
}

async function refundsOf({ order }: Held) {
  const { rows } = await db.execute(sql`
    SELECT state, amount_minor::int AS amount FROM payment_refunds WHERE order_id = ${order.id}`);
  return rows;
}

async function mailsTo({ order }: Held): Promise<string[]> {
  const { rows } = await db.execute<{ kind: string }>(sql`
    SELECT kind FROM outbox
     WHERE user_id = (SELECT customer_id FROM orders WHERE id = ${order.id}) AND kind LIKE 'mail.%'
     ORDER BY id`);
  return rows.map(({ kind }) => kind);
}

describe('money that is taken at once', () => {
  it('confirms its order, without being captured again', async () => {
    const shop = await open();
    const held = await shop.held({ stock: 1, currency: 'EUR' });
    const payment = await shop.pay(held);
    await payByBank(shop, payment);
    expect(await shop.look(held)).toMatchObject({
      status: 'confirmed',
      payment: { status: 'captured' },
    });
    const worked = await shop.work(payment.id);
    expect(worked).toEqual(['payment.release dropped']);
    await shop.deliverAll(2);
    await shop.work(payment.id);
    const money = { captured: 1_999, refunded: 0, state: 'captured' };
    expect(await shop.money(payment.id)).toEqual(money);
    expect(await orderRowOf(held.order.id)).toEqual({ status: 'confirmed', paymentId: payment.id });
    expect(await findBrokenMoneyLaws(db, held.eventId)).toEqual([]);
  });

  it('is given back once where the unit went to somebody else, and its shopper is told so', async () => {
    const shop = await open();
    const held = await shop.held({ stock: 1, currency: 'EUR' });
    const payment = await shop.pay(held);
    pass(HOLD_MS + GRACE_MS);
    await hold(await makeShopper(), held.eventItemId);
    await payByBank(shop, payment);
    expect(await shop.look(held)).toMatchObject({ status: 'expired' });
    expect(await findBrokenMoneyLaws(db, held.eventId)).toEqual([]);
    await shop.work(payment.id);
    await shop.deliverAll(2);
    await shop.work(payment.id);
    expect(await shop.look(held)).toMatchObject({ payment: { status: 'refunded' } });
    expect(await refundsOf(held)).toEqual([{ state: 'done', amount: 1_999 }]);
    expect(await shop.money(payment.id)).toMatchObject({ captured: 1_999, refunded: 1_999 });
    expect(await mailsTo(held)).toContain('mail.refund_made');
    expect(await mailsTo(held)).not.toContain('mail.not_charged');
    expect(await findBrokenMoneyLaws(db, held.eventId)).toEqual([]);
  });

  it('takes a unit that is still free, however late', async () => {
    const shop = await open();
    const held = await shop.held({ stock: 1, currency: 'EUR' });
    const payment = await shop.pay(held);
    pass(HOLD_MS + GRACE_MS);
    await deps.sale.expireDue(held.eventId);
    await payByBank(shop, payment);
    await shop.deliverAll();
    await shop.lookAtEvents();
    expect(await orderRowOf(held.order.id)).toEqual({ status: 'confirmed', paymentId: payment.id });
    expect(await stockOf(held.eventId)).toMatchObject({ remaining: 0, held: 0, sold: 1 });
  });

  it('is given back where its shopper gave the order up meanwhile, though nobody is told of it', async () => {
    const shop = await open();
    const held = await shop.held({ stock: 1, currency: 'EUR' });
    const payment = await shop.pay(held);
    await payByBank(shop, payment);
    const { token } = held.shopper;
    await shop.send('POST', `/purchase/${held.order.id}/cancel`, { token });
    await shop.work(payment.id);
    expect(await refundsOf(held)).toEqual([{ state: 'done', amount: 1_999 }]);
    expect(await waitingFor(payment.id)).toEqual([]);
    expect(await findBrokenMoneyLaws(db, held.eventId)).toEqual([]);
  });
});

describe('money that comes days later, should a page ever offer that', () => {
  it('keeps no unit, and is given back where none is free', async () => {
    const shop = await openPaymentShop();
    const held = await shop.held({ stock: 1 });
    const payment = await shop.pay(held);
    expect((await shop.submit(payment, { fault: 'payment_delayed' })).status).toBe(303);
    expect(await shop.look(held)).toMatchObject({ status: 'pending', payment: { status: 'open' } });
    pass(HOLD_MS + GRACE_MS);
    await hold(await makeShopper(), held.eventItemId);
    expect(await shop.work(payment.id)).toEqual(['payment.release dropped']);
    expect(await orderRowOf(held.order.id)).toMatchObject({ status: 'expired' });
    await settleDelayed(shop);
    await shop.work(payment.id);
    expect(await refundsOf(held)).toEqual([{ state: 'done', amount: 1_999 }]);
    expect(await shop.money(payment.id)).toMatchObject({ captured: 1_999, refunded: 1_999 });
    expect(await findBrokenMoneyLaws(db, held.eventId)).toEqual([]);
  });

  it('that does not come charges nobody', async () => {
    const shop = await openPaymentShop();
    const held = await shop.held({ stock: 1 });
    const payment = await shop.pay(held);
    await shop.submit(payment, { fault: 'payment_delayed_fails' });
    pass(HOLD_MS + GRACE_MS);
    await deps.sale.expireDue(held.eventId);
    await shop.work(payment.id);
    await settleDelayed(shop);
    await shop.work(payment.id);
    expect(await paymentRowOf(payment.id)).toMatchObject({ state: 'released' });
    expect(await refundsOf(held)).toEqual([]);
  });
});
