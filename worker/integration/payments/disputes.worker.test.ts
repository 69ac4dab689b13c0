/** Disputes at a customer's bank: what the shop knows of them, and what they mean for money and refunds. */
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AdminOrderDetail } from '../../contract/order-story.ts';
import type { PaymentAttention } from '../../contract/payment-attention.ts';
import { findBrokenMoneyLaws } from '../../stores/postgres/money-laws.ts';
import { expectProblem } from '../../testing/accounts.ts';
import { orderRowOf } from '../../testing/payment-outbox.ts';
import { type Held, openPaymentShop, type PaymentShop } from '../../testing/payment-shop.ts';
import { deps, makeShopper, type Shopper } from '../../testing/shop.ts';

const DISPUTED = '4000000000000259';
const { db } = deps.stores;

let admin: Shopper;

beforeAll(async () => {
  admin = await makeShopper('admin');
});

async function tokenOf(): Promise<string> {
  const { user } = admin;
  return (await deps.accounts.tokens.issue({ user, sessionEpoch: 0 }, Date.now())).accessToken;
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});

afterEach(() => {
  vi.useRealTimers();
});

/** Sold, taken, and disputed by its customer. */
async function disputed(card = DISPUTED) {
  const shop = await openPaymentShop();
  const held = await shop.held({ stock: 1 });
  const payment = await shop.pay(held);
  await shop.submit(payment, { card });
  await shop.look(held);
  await shop.work(payment.id);
  await shop.stripe.advance(5_000);
  const told = async () => {
    await shop.deliverAll(2);
    await shop.work(payment.id);
  };
  await told();
  return { shop, held, payment, told };
}

async function detailOf(shop: PaymentShop, { order }: Held): Promise<AdminOrderDetail> {
  const answer = await shop.send('GET', `/admin/orders/${order.id}`, { token: await tokenOf() });
  expect(answer.status).toBe(200);
  return answer.json<AdminOrderDetail>();
}

async function refund(shop: PaymentShop, { order }: Held, key: string): Promise<Response> {
  return shop.send('POST', `/admin/orders/${order.id}/refund`, {
    token: await tokenOf(),
    body: { reason: 'a test' },
    headers: { 'Idempotency-Key': `"${key}"` },
  });
}

async function step({ shop, payment }: Awaited<ReturnType<typeof disputed>>, what: string) {
  const [found] = await shop.provider.findPayments(payment.id);
  await shop.stripe.dispute(found?.paymentId ?? '', what);
}

describe('a dispute', () => {
  it('is told to admins with its day, and bars refunds until it is won', async () => {
    const sale = await disputed();
    const { shop, held, told } = sale;
    const detail = await detailOf(shop, held);
    expect(detail.disputes).toMatchObject([
      { state: 'needs_answer', reason: 'fraudulent', amountCents: 1_999, url: null },
    ]);
    expect(detail.story.map(({ what }) => what)).toContain('disputed');
    const attention = await shop.send('GET', `/admin/outbox/payments?eventId=${held.eventId}`, {
      token: await tokenOf(),
    });
    expect(await attention.json<PaymentAttention>()).toMatchObject({
      disputed: 1,
      answerBy: detail.disputes[0]?.answerBy,
      answerOrderId: held.order.id,
    });
    await expectProblem(await refund(shop, held, 'while-open'), 409, 'payment_disputed');
    await step(sale, 'answer');
    await step(sale, 'win');
    await told();
    const won = await detailOf(shop, held);
    expect(won.disputes).toMatchObject([{ state: 'won', answerBy: null }]);
    expect(won.refundable).toMatchObject({ amountCents: 1_999 });
    expect((await refund(shop, held, 'when-won')).status).toBe(201);
    await shop.work(sale.payment.id);
    expect(await shop.money(sale.payment.id)).toMatchObject({ refunded: 1_999 });
    expect(await findBrokenMoneyLaws(db, held.eventId)).toEqual([]);
  });

  it('that is lost leaves nothing to give back, keeps the units, and breaks no law of money', async () => {
    const sale = await disputed();
    const { shop, held, payment, told } = sale;
    await step(sale, 'lose');
    await told();
    const lost = await detailOf(shop, held);
    expect(lost.disputes).toMatchObject([{ state: 'lost' }]);
    expect(lost.story.map(({ what }) => what)).toContain('dispute_lost');
    expect(lost).toMatchObject({ unitsReturned: 0, refundable: { amountCents: 0 } });
    await expectProblem(await refund(shop, held, 'when-lost'), 409, 'refund_too_large');
    expect(await orderRowOf(held.order.id)).toEqual({ status: 'confirmed', paymentId: payment.id });
    expect(await findBrokenMoneyLaws(db, held.eventId)).toEqual([]);
  });

  it('that opens while a refund is on its way has it wait, and then fail where the dispute is lost', async () => {
    const shop = await openPaymentShop();
    const held = await shop.held({ stock: 1 });
    const payment = await shop.pay(held);
    await shop.submit(payment);
    await shop.look(held);
    await shop.work(payment.id);
    expect((await refund(shop, held, 'before')).status).toBe(201);
    const sale = { shop, held, payment, told: async () => {} };
    await step(sale, 'open');
    await expect(shop.work(payment.id)).rejects.toThrow('throttled');
    expect((await detailOf(shop, held)).disputes).toMatchObject([{ state: 'needs_answer' }]);
    expect(await findBrokenMoneyLaws(db, held.eventId)).toEqual([]);
    await step(sale, 'lose');
    await expect(shop.work(payment.id)).rejects.toThrow('refused');
    expect((await detailOf(shop, held)).story.map(({ what }) => what)).toContain('refund_failed');
    expect(await shop.money(payment.id)).toMatchObject({ refunded: 0 });
    expect(await findBrokenMoneyLaws(db, held.eventId)).toEqual([]);
  });
});
