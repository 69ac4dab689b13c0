/** Orders tell what was bought as it was, whatever it is called since. */
import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { AdminOrderList } from '../../contract/administration.ts';
import { orderNumberOf } from '../../contract/order-numbers.ts';
import type { OrderHistory } from '../../contract/orders.ts';
import { expectProblem } from '../../testing/accounts.ts';
import { hold, reserveAsShown, settle } from '../../testing/purchases.ts';
import { call, deps, makeEvent, makeShopper, type Shopper } from '../../testing/shop.ts';

/** Characters of more than one unit, of which the first 200 are kept. */
const PAIR = 'ß😀';
const LONG = PAIR.repeat(150);

async function rename(admin: Shopper, itemId: string, fields: object) {
  const body = { name: 'Lamp', category: 'other', ...fields };
  const response = await call('PUT', `/admin/items/${itemId}`, { token: admin.token, body });
  expect(response.status).toBe(200);
}

async function historyOf({ token }: Shopper): Promise<OrderHistory['orders']> {
  return (await (await call('GET', '/profile/orders', { token })).json<OrderHistory>()).orders;
}

describe('an order', () => {
  it('keeps names, picture and description of what was sold, whichever way it was granted', async () => {
    const [admin, shopper] = [await makeShopper('admin'), await makeShopper()];
    const { eventId, eventItemId, itemId } = await makeEvent({ limitPerCustomer: 9 });
    const first = { imageUrl: '/images/table-lamp.svg', description: LONG };
    await rename(admin, itemId, { name: 'Lamp of 2026', ...first });
    // The second of one customer is granted apart from those that are granted together.
    await settle(shopper, await hold(shopper, eventItemId), 'confirm');
    await reserveAsShown(shopper, eventItemId, { key: 'second' });
    const before = await historyOf(shopper);
    await rename(admin, itemId, { name: 'Chair', description: 'To sit on.', imageUrl: null });
    await deps.stores.db.execute(sql`UPDATE events SET title = 'Renamed' WHERE id = ${eventId}`);
    await reserveAsShown(shopper, eventItemId, { key: 'third' });

    const [third, ...older] = await historyOf(shopper);
    expect(third).toMatchObject({
      eventTitle: 'Renamed',
      itemName: 'Chair',
      itemDescription: 'To sit on.',
      itemImageUrl: null,
    });
    expect(older).toEqual(before);
    expect(older).toHaveLength(2);
    // Only the one that was confirmed has ended.
    expect([third, ...older].filter((order) => order?.endedAt !== null)).toEqual([
      expect.objectContaining({ status: 'confirmed', endedAt: expect.stringMatching(/Z$/) }),
    ]);
    for (const order of older) {
      expect(order).toMatchObject({
        eventTitle: 'A sale',
        itemName: 'Lamp of 2026',
        itemImageUrl: first.imageUrl,
      });
      expect(order.itemDescription).toBe(PAIR.repeat(100));
    }

    const listed = await call('GET', `/admin/orders?eventId=${eventId}`, { token: admin.token });
    const names = (await listed.json<AdminOrderList>()).orders.map(({ itemName }) => itemName);
    expect(names).toEqual(['Chair', 'Lamp of 2026', 'Lamp of 2026']);
    const csv = await call('GET', `/admin/events/${eventId}/orders.csv`, { token: admin.token });
    const lines = (await csv.text()).trim().split('\r\n').slice(1);
    expect(lines.map((line) => line.split(',')[2])).toEqual(names.toReversed());
  });

  it('is read by its id as the list has it, and by its customer alone', async () => {
    const [shopper, other, admin] = [
      await makeShopper(),
      await makeShopper(),
      await makeShopper('admin'),
    ];
    const { eventItemId } = await makeEvent();
    const { id } = await hold(shopper, eventItemId);
    const [listed] = await historyOf(shopper);
    const found = await call('GET', `/profile/orders/${id}`, { token: shopper.token });
    expect(found.status).toBe(200);
    expect(await found.json()).toEqual({ ...listed, receipt: null });
    for (const { token } of [other, admin]) {
      await expectProblem(await call('GET', `/profile/orders/${id}`, { token }), 404, 'not_found');
    }
  });

  it('has one number wherever it is shown', async () => {
    const [shopper, admin] = [await makeShopper(), await makeShopper('admin')];
    const { eventId, eventItemId } = await makeEvent();
    const { id } = await hold(shopper, eventItemId);
    const number = orderNumberOf(id);
    const answer = await call('POST', `/purchase/${id}/confirm`, { token: shopper.token });
    expect(await answer.json()).toMatchObject({ order: { number } });
    const listed = await call('GET', `/admin/orders?eventId=${eventId}`, { token: admin.token });
    expect(await listed.json()).toMatchObject({ orders: [{ number }] });
    const csv = await call('GET', `/admin/events/${eventId}/orders.csv`, { token: admin.token });
    const [header, line] = (await csv.text())
      .trim()
      .split('\r\n')
      .map((row) => row.split(','));
    expect(line?.[header?.indexOf('order_number') ?? -1]).toBe(number);
    expect(await historyOf(shopper)).toMatchObject([{ number }]);
  });

  it('is found by its number, however that is written', async () => {
    const [shopper, admin] = [await makeShopper(), await makeShopper('admin')];
    const { eventItemId } = await makeEvent();
    const { id, number } = await hold(shopper, eventItemId);
    const find = async (typed: string) => {
      const path = `/admin/orders?number=${typed}`;
      return (await call('GET', path, { token: admin.token })).json<AdminOrderList>();
    };
    const bare = number.replaceAll('-', '');
    for (const typed of [number, number.toLowerCase(), bare, bare.toLowerCase()]) {
      expect((await find(typed)).orders).toMatchObject([{ id, customerId: shopper.user.id }]);
    }
    expect((await find('0000-0000-0000')).orders).toEqual([]);
    for (const wrong of ['0000', `${number}0`, 'ILOU-0000-0000']) {
      await expectProblem(
        await call('GET', `/admin/orders?number=${wrong}`, { token: admin.token }),
        400,
        'malformed',
      );
    }
  });
});
