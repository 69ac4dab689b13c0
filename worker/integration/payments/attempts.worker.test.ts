/** Reported faults of other shops, as cases of this one: several attempts, and amounts that differ. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PaymentId } from '../../contract/ids.ts';
import { orderRowOf, paymentRowOf } from '../../testing/payment-outbox.ts';
import { openPaymentShop } from '../../testing/payment-shop.ts';
import { pass, stockOf } from '../../testing/purchases.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});

afterEach(() => {
  vi.useRealTimers();
});

describe('attempts to pay for one order', () => {
  it('case 6: of two that succeed the first counts, and the other is given back', async () => {
    const shop = await openPaymentShop();
    const held = await shop.held();
    await shop.stripe.setFaults({ failAfterWork: 1 });
    const second = await shop.pay(held);
    const page = (await shop.pages()).find(({ url }) => url !== second.redirectUrl);
    const { attemptId } = (await shop.provider.readSession(page?.id ?? '')) ?? {};
    const first = { ...second, id: attemptId as PaymentId, redirectUrl: page?.url ?? null };
    await shop.submit(first);
    await shop.deliverAll();
    await shop.lookAtEvents();
    expect(await orderRowOf(held.order.id)).toEqual({ status: 'confirmed', paymentId: first.id });
    await shop.submit(second);
    await shop.deliverAll();
    await shop.lookAtEvents();
    await shop.work(first.id);
    await shop.work(second.id);
    expect(await shop.money(first.id)).toEqual({ captured: 1_999, refunded: 0, state: 'captured' });
    expect(await shop.money(second.id)).toEqual({ captured: 0, refunded: 0, state: 'released' });
    expect(await orderRowOf(held.order.id)).toEqual({ status: 'confirmed', paymentId: first.id });
    expect(await shop.look(held)).toMatchObject({
      payment: { status: 'captured', amountCents: 1_999, refundedCents: 0 },
    });
    expect(await stockOf(held.eventId)).toMatchObject({ sold: 1, held: 0 });
  });

  it('case 13: with a part of the money confirm nothing, are marked, and are given back', async () => {
    const shop = await openPaymentShop();
    const held = await shop.held();
    const payment = await shop.pay(held);
    await shop.submit(payment);
    // Somebody takes a part of it on the provider's own pages, before the shop has looked.
    const { payment: paid } =
      (await shop.provider.readSession((await paymentRowOf(payment.id)).sessionId ?? '')) ?? {};
    const part = { amount_to_capture: '700' };
    const taken = await shop.stripe.post(`/v1/payment_intents/${paid?.paymentId}/capture`, part);
    expect(taken.status).toBe(200);
    expect(await shop.look(held)).toMatchObject({ status: 'pending' });
    expect(await paymentRowOf(payment.id)).toMatchObject({
      state: 'captured',
      capturedMinor: 700,
      endReason: 'amount_differs',
    });
    expect((await orderRowOf(held.order.id)).paymentId).toBeNull();
    await shop.work(payment.id);
    expect(await shop.money(payment.id)).toMatchObject({ captured: 700, refunded: 700 });
  });

  it('case 15: that ended at the provider alone are ended here too, and another one may begin', async () => {
    const shop = await openPaymentShop();
    const held = await shop.held();
    const first = await shop.pay(held);
    const { sessionId } = await paymentRowOf(first.id);
    const expired = await shop.stripe.post(`/v1/checkout/sessions/${sessionId}/expire`);
    expect(expired.status).toBe(200);
    // Nothing was told. Whoever presses the button again learns it.
    pass(1_000);
    const second = await shop.pay(held);
    expect(second.id).not.toBe(first.id);
    expect(await paymentRowOf(first.id)).toMatchObject({ state: 'released', endReason: 'expired' });
    await shop.submit(second);
    expect(await shop.look(held)).toMatchObject({ status: 'confirmed' });
  });

  it('case 15: of whoever walked off are ended when somebody looks', async () => {
    const shop = await openPaymentShop();
    const held = await shop.held();
    const payment = await shop.pay(held);
    const { sessionId } = await paymentRowOf(payment.id);
    await shop.stripe.post(`/v1/checkout/sessions/${sessionId}/expire`);
    expect(await shop.look(held)).toMatchObject({
      status: 'pending',
      payment: { status: 'released' },
    });
    expect((await shop.pay(held)).id).not.toBe(payment.id);
  });
});
