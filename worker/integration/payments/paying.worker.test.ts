/** Paying for an order on the real Worker, with the local Stripe as its provider. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PaymentAnswer } from '../../contract/payments.ts';
import { expectProblem } from '../../testing/accounts.ts';
import { orderRowOf, paymentRowOf, waitingFor } from '../../testing/payment-outbox.ts';
import { DECLINED, openPaymentShop, VISA } from '../../testing/payment-shop.ts';
import { pass, settle } from '../../testing/purchases.ts';
import { call, HOLD_MS, makeShopper } from '../../testing/shop.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});

afterEach(() => {
  vi.useRealTimers();
});

describe('paying for an order', () => {
  it('leads to the provider’s page and back, and confirms the order', async () => {
    const shop = await openPaymentShop();
    const held = await shop.held();
    expect(held.order).toMatchObject({ payOnline: true, payment: null });
    await expectProblem(await settle(held.shopper, held.order, 'confirm'), 402, 'payment_required');
    const payment = await shop.pay(held);
    expect(payment).toMatchObject({
      status: 'open',
      redirectUrl: expect.stringContaining(shop.stripe.url),
      expiresAt: held.order.expiresAt,
    });
    const paid = await shop.submit(payment);
    expect(paid.status).toBe(303);
    expect(paid.headers.get('location')).toBe(
      `https://shop.example/orders/${held.order.id}?payment=returned`,
    );
    const order = await shop.look(held);
    expect(order).toMatchObject({
      status: 'confirmed',
      payment: { status: 'authorised', amountCents: 1_999, refundedCents: 0 },
    });
    expect(await orderRowOf(held.order.id)).toEqual({ status: 'confirmed', paymentId: payment.id });
    expect(await waitingFor(payment.id)).toEqual(['payment.capture']);
  });

  it('is the same page however often it is asked for, also after a decline', async () => {
    const shop = await openPaymentShop();
    const held = await shop.held();
    const [first, ...others] = await Promise.all([1, 2, 3].map(() => shop.pay(held)));
    expect(others).toEqual([first, first]);
    if (first === undefined) throw new Error('it was begun');
    expect((await shop.submit(first, { card: DECLINED })).status).toBe(402);
    expect(await shop.look(held)).toMatchObject({ status: 'pending', payment: { status: 'open' } });
    expect(await paymentRowOf(first.id)).toMatchObject({ declineReason: 'generic_decline' });
    expect(await shop.pay(held)).toEqual(first);
    expect((await shop.submit(first, { card: VISA })).status).toBe(303);
    expect(await shop.look(held)).toMatchObject({ status: 'confirmed' });
  });

  it('is refused for what is not to be paid, is somebody else’s, or has ended', async () => {
    const shop = await openPaymentShop();
    const pay = (id: string, token: string) => shop.send('POST', `/purchase/${id}/pay`, { token });
    const held = await shop.held();
    const { token } = held.shopper;
    const stranger = await makeShopper();
    await expectProblem(await pay(held.order.id, stranger.token), 404, 'not_found');
    await expectProblem(
      await shop.send('POST', `/purchase/${held.order.id}/pay`),
      401,
      'unauthenticated',
    );
    await settle(held.shopper, held.order, 'cancel');
    await expectProblem(await pay(held.order.id, token), 409, 'order_cancelled');
    const plain = await shop.held({ payment: 'none' });
    await expectProblem(await pay(plain.order.id, plain.shopper.token), 409, 'no_payment_due');
    await settle(plain.shopper, plain.order, 'confirm');
    await expectProblem(await pay(plain.order.id, plain.shopper.token), 409, 'order_confirmed');
    const late = await shop.held();
    pass(HOLD_MS);
    await expectProblem(await pay(late.order.id, late.shopper.token), 409, 'hold_expired');
  });

  it('is refused in a shop without a provider', async () => {
    const shop = await openPaymentShop();
    const { order, shopper } = await shop.held();
    const answer = await call('POST', `/purchase/${order.id}/pay`, { token: shopper.token });
    await expectProblem(answer, 409, 'no_payment_provider');
    const looked = await call('POST', `/purchase/${order.id}/payment`, { token: shopper.token });
    expect(await looked.json()).toMatchObject({ order: { status: 'pending', payment: null } });
  });

  it('waits for a provider that is away, and goes on with the same attempt', async () => {
    const shop = await openPaymentShop();
    const held = await shop.held();
    const { token } = held.shopper;
    await shop.stripe.setFaults({ isDown: true });
    const away = await shop.send('POST', `/purchase/${held.order.id}/pay`, { token });
    await expectProblem(away.clone(), 503, 'unavailable');
    expect(away.headers.get('Retry-After')).toBe('1');
    // It makes the page, and its answer is lost.
    await shop.stripe.setFaults({ cutAfterWork: 1 });
    const lost = await shop.send('POST', `/purchase/${held.order.id}/pay`, { token });
    await expectProblem(lost, 503, 'unavailable');
    await shop.stripe.setFaults({});
    const payment = await shop.pay(held);
    expect((await shop.provider.findPayments(payment.id)).length).toBe(0);
    await shop.submit(payment);
    expect((await shop.provider.findPayments(payment.id)).length).toBe(1);
  });

  it('goes on with another attempt where the key of the first stands for a failure', async () => {
    const shop = await openPaymentShop();
    const held = await shop.held();
    await shop.stripe.setFaults({ failAfterWork: 1 });
    const payment = await shop.pay(held);
    expect(payment.status).toBe('open');
    await shop.submit(payment);
    expect(await shop.look(held)).toMatchObject({ status: 'confirmed' });
    const again = await shop.send('POST', `/purchase/${held.order.id}/pay`, {
      token: held.shopper.token,
    });
    await expectProblem(again, 409, 'order_confirmed');
  });

  it('takes no body but an empty one', async () => {
    const shop = await openPaymentShop();
    const { order, shopper } = await shop.held();
    const body = { card: VISA };
    const path = `/purchase/${order.id}/pay`;
    const answer = await shop.send('POST', path, { token: shopper.token, body });
    await expectProblem(answer, 400, 'malformed');
    const empty = await shop.send('POST', path, { token: shopper.token, body: {} });
    expect((await empty.json<PaymentAnswer>()).payment.status).toBe('open');
  });
});
