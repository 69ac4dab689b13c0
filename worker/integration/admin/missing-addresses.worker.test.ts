/** Which orders the list of admins marks, as nobody has said where they go. */
import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import type { AdminOrderList } from '../../contract/administration.ts';
import { hold } from '../../testing/purchases.ts';
import { call, deps, makeEvent, makeShopper } from '../../testing/shop.ts';

const ADDRESS = {
  name: 'Maja Holm',
  line1: 'Torstraße 1',
  postalCode: '10119',
  city: 'Berlin',
  country: 'DE',
};

async function setUp(needsAddress: boolean) {
  const admin = await makeShopper('admin');
  const shopper = await makeShopper();
  const { token } = shopper;
  const { eventId, eventItemId } = await makeEvent({ needsAddress });
  const order = await hold(shopper, eventItemId);
  const marks = async () => {
    const path = `/admin/orders?eventId=${eventId}`;
    const { orders } = await (
      await call('GET', path, { token: admin.token })
    ).json<AdminOrderList>();
    return orders.map(({ addressMissing }) => addressMissing);
  };
  const send = (path: string, body?: unknown) =>
    call(path === 'address' ? 'PUT' : 'POST', `/purchase/${order.id}/${path}`, { token, body });
  return { admin, order, marks, send };
}

it('marks an order from its confirmation until somebody says where it goes', async () => {
  const { marks, send } = await setUp(true);
  expect(await marks()).toEqual([false]);
  expect((await send('confirm')).status).toBe(200);
  expect(await marks()).toEqual([true]);
  expect((await send('address', { address: ADDRESS })).status).toBe(200);
  expect(await marks()).toEqual([false]);
});

it('marks no order whose units were all given back', async () => {
  const { order, marks, send } = await setUp(true);
  await send('confirm');
  await deps.stores.db.execute(
    sql`UPDATE orders SET units_returned = quantity WHERE id = ${order.id}`,
  );
  expect(await marks()).toEqual([false]);
});

it('marks no order that was sent, and none that needs no address', async () => {
  const { admin, order, marks, send } = await setUp(true);
  await send('confirm');
  const { token } = admin;
  await call('POST', `/admin/orders/${order.id}/sent`, { token, body: {} });
  expect(await marks()).toEqual([false]);
  const other = await setUp(false);
  await other.send('confirm');
  expect(await other.marks()).toEqual([false]);
});
