/** Reported faults of other shops, as cases of this one: money that comes when the hold is over. */
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { expectProblem } from '../../testing/accounts.ts';
import { orderRowOf, paymentRowOf, waitingFor } from '../../testing/payment-outbox.ts';
import { openPaymentShop } from '../../testing/payment-shop.ts';
import { hold, pass, stockOf } from '../../testing/purchases.ts';
import { deps, HOLD_MS, makeShopper } from '../../testing/shop.ts';

/** The hold of whoever pays is kept a little beyond its shown end. */
const GRACE_MS = 16_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});

afterEach(() => {
  vi.useRealTimers();
});

describe('money that comes late', () => {
  it('case 1: for a unit that was sold to somebody else is given back once, in a final state', async () => {
    const shop = await openPaymentShop();
    const held = await shop.held({ stock: 1 });
    const payment = await shop.pay(held);
    pass(HOLD_MS + GRACE_MS);
    const other = await makeShopper();
    const taken = await hold(other, held.eventItemId);
    // The page is still open: nothing has worked off its end.
    expect((await shop.submit(payment)).status).toBe(303);
    await shop.deliverAll();
    expect(await shop.look(held)).toMatchObject({ status: 'expired' });
    await shop.work(payment.id);
    await shop.deliverAll();
    await shop.work(payment.id);
    expect(await shop.look(held)).toMatchObject({
      status: 'expired',
      payment: { status: 'released', refundedCents: 0 },
    });
    expect(await shop.money(payment.id)).toEqual({ captured: 0, refunded: 0, state: 'released' });
    expect(await orderRowOf(held.order.id)).toEqual({ status: 'expired', paymentId: null });
    expect((await orderRowOf(taken.id)).status).toBe('pending');
    const types = (await shop.deliveries()).map(({ type }) => type);
    expect(types.filter((type) => type === 'payment_intent.canceled')).toHaveLength(1);
  });

  it('case 2: for a unit that is still free takes it again, and is kept', async () => {
    const shop = await openPaymentShop();
    const held = await shop.held({ stock: 1 });
    const payment = await shop.pay(held);
    pass(HOLD_MS + GRACE_MS);
    await deps.sale.expireDue(held.eventId);
    expect((await orderRowOf(held.order.id)).status).toBe('expired');
    expect((await shop.submit(payment)).status).toBe(303);
    await shop.deliverAll();
    await shop.lookAtEvents();
    expect(await orderRowOf(held.order.id)).toEqual({ status: 'confirmed', paymentId: payment.id });
    expect(await shop.work(payment.id)).toContain('payment.capture done');
    expect(await shop.money(payment.id)).toEqual({
      captured: 1_999,
      refunded: 0,
      state: 'captured',
    });
    expect(await stockOf(held.eventId)).toMatchObject({ remaining: 0, held: 0, sold: 1 });
  });

  it('case 3: that nobody was told of is found by whatever cleans up, and told later it changes nothing', async () => {
    const shop = await openPaymentShop();
    const held = await shop.held({ stock: 1 });
    const payment = await shop.pay(held);
    expect((await shop.submit(payment, { fault: 'webhook_delayed' })).status).toBe(303);
    pass(HOLD_MS + GRACE_MS);
    await deps.sale.expireDue(held.eventId);
    const other = await makeShopper();
    await hold(other, held.eventItemId);
    // The end of the page finds the money, and the line that the unit is gone.
    expect(await shop.work(payment.id)).toContain('payment.release done');
    const none = { captured: 0, refunded: 0, state: 'released' };
    expect(await shop.money(payment.id)).toEqual(none);
    await shop.stripe.advance(HOLD_MS);
    await shop.deliverAll(2);
    await shop.lookAtEvents();
    await shop.work(payment.id);
    expect(await shop.look(held)).toMatchObject({
      status: 'expired',
      payment: { status: 'released' },
    });
    expect(await shop.money(payment.id)).toEqual(none);
    expect(await orderRowOf(held.order.id)).toEqual({ status: 'expired', paymentId: null });
    const { rows } = await deps.stores.db.execute(sql`
      SELECT kind FROM outbox WHERE user_id = ${held.shopper.user.id} AND kind LIKE 'mail.%'`);
    expect(rows).toEqual([{ kind: 'mail.not_charged' }]);
  });

  it('case 16: on a page that outlives its hold does not keep anybody from a new try', async () => {
    const shop = await openPaymentShop();
    const held = await shop.held({ stock: 1 });
    const old = await shop.pay(held);
    pass(HOLD_MS + GRACE_MS);
    const { token } = held.shopper;
    const late = await shop.send('POST', `/purchase/${held.order.id}/pay`, { token });
    await expectProblem(late, 409, 'hold_expired');
    const order = await hold(held.shopper, held.eventItemId);
    const again = { ...held, order };
    const payment = await shop.pay(again);
    expect(payment.id).not.toBe(old.id);
    expect(await shop.work(old.id)).toContain('payment.release done');
    expect((await shop.submit(old)).status).toBe(409);
    expect((await shop.submit(payment)).status).toBe(303);
    expect(await shop.look(again)).toMatchObject({ status: 'confirmed' });
    expect(await paymentRowOf(old.id)).toMatchObject({ state: 'released', endReason: 'expired' });
  });

  it('case 17: while the hold ends is treated as paid, and no end of a hold undoes a paid order', async () => {
    const shop = await openPaymentShop();
    const held = await shop.held({ stock: 1 });
    const payment = await shop.pay(held);
    pass(HOLD_MS + GRACE_MS);
    await deps.sale.expireDue(held.eventId);
    expect(await waitingFor(payment.id)).toEqual(['payment.release']);
    // Paid before the page's end is asked for, which the provider refuses then.
    expect((await shop.submit(payment)).status).toBe(303);
    expect(await shop.work(payment.id)).toEqual([
      'payment.release dropped',
      'payment.capture done',
    ]);
    expect(await shop.money(payment.id)).toMatchObject({ captured: 1_999, refunded: 0 });
    pass(HOLD_MS + GRACE_MS);
    await deps.sale.expireDue(held.eventId);
    expect(await orderRowOf(held.order.id)).toEqual({ status: 'confirmed', paymentId: payment.id });
  });
});
