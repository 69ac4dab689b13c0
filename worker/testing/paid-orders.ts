/** Orders that were paid online, put into the database as payments leave them. */
import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { makePaymentId, type OrderId, type PaymentId } from '../contract/ids.ts';
import { hold, settle } from './purchases.ts';
import { deps, makeEvent, makeShopper } from './shop.ts';

export interface PaidOrder {
  orderId: OrderId;
  paymentId: PaymentId;
}

/** Of the item in the events of tests. */
export const PAID_TOTAL = 1_999;

/** A confirmed order of one unit, and the payment that it rests on. */
export async function makePaidOrder(
  state: 'authorised' | 'captured' = 'captured',
  { sent = false } = {},
): Promise<PaidOrder> {
  const { db } = deps.stores;
  const shopper = await makeShopper();
  const { eventItemId } = await makeEvent();
  const order = await hold(shopper, eventItemId);
  expect((await settle(shopper, order, 'confirm')).status).toBe(200);
  const nowMs = Date.now();
  const paymentId = makePaymentId(order.eventId, nowMs, deps.platform.fillRandom);
  const isCaptured = state === 'captured';
  await db.execute(sql`
    INSERT INTO payments (id, order_id, event_id, customer_id, state, amount_minor, currency, captured_minor,
                          begun_at, authorised_at, ended_at)
    VALUES (${paymentId}, ${order.id}, ${order.eventId}, ${shopper.user.id}, ${state}, ${PAID_TOTAL}, 'EUR',
            ${isCaptured ? PAID_TOTAL : 0}, now(), now(),
            CASE WHEN ${isCaptured}::boolean THEN now() + interval '1 ms' END)`);
  await db.execute(sql`UPDATE orders SET payment_id = ${paymentId} WHERE id = ${order.id}`);
  if (sent) await db.execute(sql`UPDATE orders SET sent_at = now() WHERE id = ${order.id}`);
  return { orderId: order.id, paymentId };
}
