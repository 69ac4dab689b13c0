/** What things may cost: in every currency enough, and never more than can be counted. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { AdminEvent, AdminOrderList, EventDashboard } from '../../contract/administration.ts';
import type { OrderAnswer, OrderHistory } from '../../contract/orders.ts';
import { type Admin, inFuture, makeAdmin } from '../../testing/admin.ts';
import { reserveAsShown, settle } from '../../testing/purchases.ts';
import { call, makeItem, makeShopper } from '../../testing/shop.ts';

const HOUR_MS = 3_600_000;

let admin: Admin;

beforeAll(async () => {
  admin = await makeAdmin();
});

async function planOf(currency: string, ...items: { priceCents: number; stock: number }[]) {
  const window = { startsAt: inFuture(HOUR_MS), endsAt: inFuture(2 * HOUR_MS) };
  const named = items.map(async (item) => ({
    ...item,
    itemId: await makeItem(),
    limitPerCustomer: 100,
  }));
  return { title: 'Sale', currency, ...window, items: await Promise.all(named) };
}

describe('a price', () => {
  it.each([
    ['IDR', 1_500_000_000],
    ['COP', 800_000_000],
    ['LBP', 15_000_000_000],
    ['VND', 50_000_000],
    ['KWD', 500_000],
    ['CLF', 400_000_000_000],
    ['UYW', 50_000_000_000_000],
  ])(
    'of a telephone in %s is sold, shown, listed and added up as it is',
    async (currency, price) => {
      const plan = await planOf(currency, { priceCents: price, stock: 150 });
      const planned = await (await admin.call('POST', '/events', plan)).json<AdminEvent>();
      expect(planned.items[0]?.priceCents).toBe(price);
      const event = await (
        await admin.call('POST', `/events/${planned.id}/open`)
      ).json<AdminEvent>();
      const shopper = await makeShopper();
      const shown = { shownPriceCents: price, shownCurrency: currency };
      const body = { key: 'k', quantity: 100, ...shown };
      const held = await reserveAsShown(shopper, String(event.items[0]?.id), body);
      expect(held.status).toBe(201);
      const { order } = await held.json<OrderAnswer>();
      const terms = { quantity: 100, unitPriceCents: price, currency };
      expect(order).toMatchObject(terms);
      expect(await (await settle(shopper, order, 'confirm')).json()).toMatchObject({
        order: terms,
      });

      const history = await call('GET', '/profile/orders', { token: shopper.token });
      expect((await history.json<OrderHistory>()).orders).toMatchObject([terms]);
      const listed = await call('GET', `/admin/orders?eventId=${event.id}`, { token: admin.token });
      expect((await listed.json<AdminOrderList>()).orders).toMatchObject([terms]);
      const csv = await (await admin.call('GET', `/events/${event.id}/orders.csv`)).text();
      expect(csv).toContain(`,100,${price},${currency},`);
      const figures = await (
        await admin.call('GET', `/events/${event.id}/dashboard`)
      ).json<EventDashboard>();
      expect(figures.revenueCents).toBe(100 * price);
      expect(figures.topByRevenue[0]?.revenueCents).toBe(100 * price);
      expect(figures.sellThrough.points.at(-1)?.revenueCentsCumulative).toBe(100 * price);
    },
  );

  it.each([
    ['USD', 500_000_000_001, 'must be at most 5000000000.00 USD'],
    ['JPY', 5_000_000_001, 'must be at most 5000000000 JPY'],
    ['UYW', 50_000_000_000_001, 'must be at most 5000000000.0000 UYW'],
    ['EUR', Number.MAX_SAFE_INTEGER, 'must be at most 5000000000.00 EUR'],
  ])('in %s beyond the most is refused in words', async (currency, priceCents, message) => {
    const refused = await admin.call(
      'POST',
      '/events',
      await planOf(currency, { priceCents, stock: 1 }),
    );
    expect(await refused.json()).toMatchObject({
      code: 'malformed',
      errors: [{ path: 'items.0.priceCents', message }],
    });
  });

  it.each(['ZZZ', 'DEM', 'XTS', 'eur', 'EURO'])(
    'in %s, which is none, is refused',
    async (code) => {
      const refused = await admin.call(
        'POST',
        '/events',
        await planOf(code, { priceCents: 1, stock: 1 }),
      );
      expect(refused.status).toBe(400);
      expect(await refused.json()).toMatchObject({ errors: [{ path: 'currency' }] });
    },
  );
});

describe('all units of a sale', () => {
  const dear = { priceCents: 5_000_000_000, stock: 900_000 };
  const message = 'must not be worth more than 90000000000000.00 EUR in all';

  it('may be worth what can be counted exactly, whatever is edited', async () => {
    const planned = await admin.call('POST', '/events', await planOf('EUR', dear, dear));
    expect(planned.status).toBe(201);
    const { id, items } = await planned.json<AdminEvent>();
    const more = await admin.call(
      'PUT',
      `/events/${id}`,
      await planOf('EUR', dear, { ...dear, stock: 900_001 }),
    );
    expect(await more.json()).toMatchObject({ errors: [{ path: 'items', message }] });

    const path = `/events/${id}/items/${items[1]?.id}/stock`;
    const raised = await admin.call('PUT', path, { total: 900_001 });
    expect(raised.status).toBe(400);
    expect(await raised.json()).toMatchObject({ errors: [{ path: 'total', message }] });
    expect((await admin.call('PUT', path, { total: 900_000 })).status).toBe(200);
    expect((await admin.call('PUT', path, { total: 899_999 })).status).toBe(200);
  });
});
