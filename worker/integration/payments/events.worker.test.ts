/** Reported faults of other shops, as cases of this one: what the provider tells, when, and how often. */
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makePaymentId, type PaymentId } from '../../contract/ids.ts';
import { beginPaymentStatement } from '../../stores/postgres/payment-beginnings.ts';
import { writeSession } from '../../stores/postgres/payments.ts';
import { orderRowOf, paymentRowOf } from '../../testing/payment-outbox.ts';
import {
  DECLINED,
  type Held,
  openPaymentShop,
  type PaymentShop,
} from '../../testing/payment-shop.ts';
import { deps } from '../../testing/shop.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});

afterEach(() => {
  vi.useRealTimers();
});

/** How many events about a payment were not looked at. */
async function unworked(about: string[]): Promise<number> {
  const { rows } = await deps.stores.db.execute<{ count: number }>(
    sql`SELECT count(*)::int AS count FROM payment_events
         WHERE worked_at IS NULL AND about_id IN (${sql.join(about, sql`, `)})`,
  );
  return rows[0]?.count ?? 0;
}

async function capturesOf(id: PaymentId): Promise<number> {
  const { rows } = await deps.stores.db.execute<{ count: number }>(
    sql`SELECT count(*)::int AS count FROM outbox WHERE payment_id = ${id} AND kind = 'payment.capture'`,
  );
  return rows[0]?.count ?? 0;
}

/** A page for an attempt that has no row, as if that were still on its way. */
async function pageWithoutRow(shop: PaymentShop, { eventId, order }: Held) {
  const { nowMs, fillRandom } = deps.platform;
  const id = makePaymentId(eventId, nowMs(), fillRandom);
  const plan = {
    attemptId: id,
    orderId: order.id,
    currency: 'EUR',
    lines: [{ name: 'Lamp', unitMinor: order.unitPriceCents, quantity: 1 }],
    successUrl: 'https://shop.example/orders/1',
    cancelUrl: 'https://shop.example/orders/1',
    language: 'en',
    begunAtMs: nowMs(),
    endsAtMs: Date.parse(order.expiresAt),
  } as const;
  const made = await shop.provider.createSession(plan, `session/${id}`);
  if (made.kind !== 'done') throw new Error(made.code);
  return { id, session: made.value };
}

describe('what the provider tells', () => {
  it('case 4: of a payment that has no row yet is kept, and looked at when it has', async () => {
    const shop = await openPaymentShop();
    const held = await shop.held();
    const { id, session } = await pageWithoutRow(shop, held);
    await shop.submit({ id, status: 'open', redirectUrl: session.url ?? '', expiresAt: '' });
    await shop.deliverAll();
    expect(await shop.lookAtEvents()).toContain('unknown');
    expect(await unworked([session.sessionId])).toBeGreaterThan(0);
    expect((await orderRowOf(held.order.id)).status).toBe('pending');
    const { db } = deps.stores;
    const nowMs = deps.platform.nowMs();
    const { order, shopper } = held;
    const whose = { orderId: order.id, customerId: shopper.user.id };
    await beginPaymentStatement(db, { id, ...whose, nowMs });
    await writeSession(db, id, { ...session, nowMs });
    expect(await shop.work(id)).toEqual(
      expect.arrayContaining(['payment.look done', 'payment.capture done']),
    );
    expect(await orderRowOf(held.order.id)).toEqual({ status: 'confirmed', paymentId: id });
    expect(await unworked([session.sessionId])).toBe(0);
  });

  it('case 4: of a page whose address was lost with its answer finds its payment', async () => {
    const shop = await openPaymentShop();
    const held = await shop.held();
    const { token } = held.shopper;
    await shop.stripe.setFaults({ cutAfterWork: 1 });
    const lost = await shop.send('POST', `/purchase/${held.order.id}/pay`, { token });
    expect(lost.status).toBe(503);
    const [page] = await shop.pages();
    await fetch(page?.url ?? '', {
      method: 'POST',
      body: new URLSearchParams({ card: '4242424242424242' }),
      redirect: 'manual',
    });
    await shop.deliverAll();
    await shop.lookAtEvents();
    expect(await orderRowOf(held.order.id)).toMatchObject({ status: 'confirmed' });
  });

  it('case 5: three times at once, and beside the page that comes back, confirms and captures once', async () => {
    const shop = await openPaymentShop();
    const held = await shop.held();
    const payment = await shop.pay(held);
    await shop.submit(payment);
    await Promise.all([shop.deliverAll(3), shop.look(held)]);
    await Promise.all([shop.lookAtEvents(), shop.lookAtEvents(), shop.look(held)]);
    expect(await orderRowOf(held.order.id)).toEqual({ status: 'confirmed', paymentId: payment.id });
    expect(await capturesOf(payment.id)).toBe(1);
    await shop.work(payment.id);
    expect(await shop.money(payment.id)).toEqual({
      captured: 1_999,
      refunded: 0,
      state: 'captured',
    });
  });

  it('case 8: late of an attempt that failed changes nothing of the one that succeeded', async () => {
    const shop = await openPaymentShop();
    const held = await shop.held();
    // The first attempt's key stands for a failure, yet its page was made.
    await shop.stripe.setFaults({ failAfterWork: 1 });
    const payment = await shop.pay(held);
    const first = (await shop.pages()).find(({ url }) => url !== payment.redirectUrl);
    const declined = await shop.submit(
      { ...payment, redirectUrl: first?.url ?? null },
      { card: DECLINED },
    );
    expect(declined.status).toBe(402);
    const failure = await shop.deliveries();
    expect(failure.map(({ type }) => type)).toContain('payment_intent.payment_failed');
    await shop.submit(payment);
    expect(await shop.look(held)).toMatchObject({ status: 'confirmed' });
    for (const one of failure) expect((await shop.deliver(one)).status).toBe(200);
    await shop.lookAtEvents();
    expect(await orderRowOf(held.order.id)).toEqual({ status: 'confirmed', paymentId: payment.id });
    expect(await paymentRowOf(payment.id)).toMatchObject({ state: 'authorised' });
  });

  it('case 9: is not taken for worked off before it was, and comes again without harm', async () => {
    const shop = await openPaymentShop();
    const held = await shop.held();
    const payment = await shop.pay(held);
    await shop.submit(payment);
    await shop.deliverAll();
    const { sessionId } = await paymentRowOf(payment.id);
    await shop.stripe.setFaults({ isDown: true });
    await expect(shop.lookAtEvents()).rejects.toThrow('unavailable');
    expect(await unworked([sessionId ?? ''])).toBeGreaterThan(0);
    await shop.stripe.setFaults({});
    await shop.deliverAll();
    await shop.lookAtEvents();
    expect(await unworked([sessionId ?? ''])).toBe(0);
    expect((await orderRowOf(held.order.id)).status).toBe('confirmed');
  });

  it('case 10: of an order that is settled is answered 200, and does nothing', async () => {
    const shop = await openPaymentShop();
    const held = await shop.held();
    const payment = await shop.pay(held);
    await shop.submit(payment);
    await shop.look(held);
    await shop.deliverAll();
    await shop.work(payment.id);
    await shop.deliverAll();
    await shop.work(payment.id);
    const before = await paymentRowOf(payment.id);
    expect(before).toMatchObject({ state: 'captured', capturedMinor: 1_999, refundedMinor: 0 });
    await shop.deliverAll(2);
    expect(await shop.work(payment.id)).toEqual([]);
    expect(await paymentRowOf(payment.id)).toEqual(before);
    expect(await capturesOf(payment.id)).toBe(1);
  });
});
