/** An order as admins read it: what happened to it, when, and by whom. */
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeRefundId, type OrderId } from '../../contract/ids.ts';
import { type AdminOrderDetail, adminOrderDetailSchema } from '../../contract/order-story.ts';
import { makePaidOrder, PAID_TOTAL } from '../../testing/paid-orders.ts';
import { hold, settle } from '../../testing/purchases.ts';
import { call, deps, makeEvent, makeShopper, type Shopper } from '../../testing/shop.ts';

let admin: Shopper;

beforeAll(async () => {
  admin = await makeShopper('admin');
});

async function read(id: OrderId): Promise<AdminOrderDetail> {
  const response = await call('GET', `/admin/orders/${id}`, { token: admin.token });
  expect(response.status).toBe(200);
  return adminOrderDetailSchema.parse(await response.json());
}

describe('the story of an order', () => {
  it('tells of a hold that its customer gave back', async () => {
    const shopper = await makeShopper();
    const { eventItemId } = await makeEvent();
    const order = await hold(shopper, eventItemId);
    expect((await settle(shopper, order, 'cancel')).status).toBe(200);
    const { story, customerId, refundable } = await read(order.id);
    expect(refundable).toBeNull();
    expect(customerId).toBe(shopper.user.id);
    const by = { kind: 'customer', id: shopper.user.id, name: shopper.user.displayName };
    expect(story).toMatchObject([
      { what: 'reserved', by, at: order.reservedAt },
      { what: 'cancelled', by },
    ]);
  });

  it('tells of its money, and of the admin who gave it back', async () => {
    const { orderId, paymentId } = await makePaidOrder();
    const { fillRandom } = deps.platform;
    const { eventId, refundable } = await read(orderId);
    expect(refundable).toEqual({ amountCents: PAID_TOTAL, units: 1 });
    const id = makeRefundId(eventId, Date.now(), fillRandom);
    await deps.stores.db.execute(sql`
      INSERT INTO payment_refunds (id, payment_id, order_id, state, amount_minor, currency, units, reason,
                                   decided_by, created_at, ended_at)
      VALUES (${id}, ${paymentId}, ${orderId}, 'done', 500, 'EUR', 1, 'Arrived broken', ${admin.user.id},
              now() + interval '1 s', now() + interval '2 s')`);
    const { story, refundable: left } = await read(orderId);
    expect(left).toEqual({ amountCents: PAID_TOTAL - 500, units: 0 });
    expect(story.map(({ what }) => what).toSorted()).toEqual([
      'authorised',
      'captured',
      'confirmed',
      'refund_decided',
      'refunded',
      'reserved',
    ]);
    expect(story.slice(-2)).toMatchObject([
      {
        what: 'refund_decided',
        by: { kind: 'admin', id: admin.user.id, name: admin.user.displayName },
        amountCents: 500,
        units: 1,
        reason: 'Arrived broken',
      },
      { what: 'refunded', by: { kind: 'provider', id: null, name: null }, amountCents: 500 },
    ]);
  });
});
