/** What a shopper has bought is said where they could buy it, and what cannot succeed is not offered. */
import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EventItemId, OrderId } from '../../worker/contract/ids.ts';
import type { OrderHistory } from '../../worker/contract/orders.ts';
import type { Result } from '../api/call-problem.ts';
import { createOrderUpdates } from '../holds/order-updates.ts';
import {
  anEntry,
  anEvent,
  anItem,
  anOrder,
  aSession,
  EVENT_ID,
  instant,
  NOON_MS,
} from '../testing/builders.ts';
import { fakeApi, ok, refused } from '../testing/fake-api.ts';
import { openShop, settle } from '../testing/fake-shop.tsx';

const PATH = `/events/${EVENT_ID}`;
const serverNow = instant(NOON_MS);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const buyButton = () => screen.queryByRole('button', { name: /^(Buy|Try for|Sign in to buy)/ });

function bought(quantity = 1, fields = {}): Result<OrderHistory> {
  const order = anEntry({ status: 'confirmed', quantity, ...fields });
  return ok({ orders: [order], nextCursor: null, serverNow });
}

test.each([PATH, `${PATH}/items/evi_000000000001_1`])(
  'after a reload, %s says what was bought, leads to the order and offers no more',
  async (path) => {
    const api = fakeApi();
    api.listOrders.mockResolvedValue(bought());
    await openShop({ api, session: aSession(), path });
    expect(screen.getByText('You have bought 1')).toBeTruthy();
    expect(buyButton()).toBeNull();
    const links = screen.getAllByRole('link', { name: 'My orders' });
    expect(links.every((link) => link.getAttribute('href') === '/orders')).toBe(true);
    expect(links).toHaveLength(2);
  },
);

test('with a part of the limit used up, only the rest is offered', async () => {
  const api = fakeApi();
  api.getEvent.mockResolvedValue(ok(anEvent({ items: [anItem({ limitPerCustomer: 3 })] })));
  api.listOrders.mockResolvedValue(bought(2));
  await openShop({ api, session: aSession(), path: PATH });
  expect(screen.getByText('You have bought 2')).toBeTruthy();
  expect(screen.getByRole('button', { name: /^Buy again/ }).className).toContain('quiet');
  expect(screen.queryByLabelText('Quantity')).toBeNull();
});

test('what was bought of another item or event does not count', async () => {
  const api = fakeApi();
  const others = [
    anEntry({ status: 'confirmed', eventItemId: 'evi_000000000001_2' as EventItemId }),
    anEntry({ status: 'cancelled', id: 'ord_000000000001_000000000000000002' as OrderId }),
    anEntry({ status: 'expired', id: 'ord_000000000001_000000000000000003' as OrderId }),
  ];
  api.listOrders.mockResolvedValue(ok({ orders: others, nextCursor: null, serverNow }));
  await openShop({ api, session: aSession(), path: PATH });
  expect(screen.queryByText(/You have bought/)).toBeNull();
  expect(buyButton()).not.toBeNull();
});

test('a purchase of long ago is found behind a hundred orders of other events', async () => {
  const api = fakeApi();
  api.listOrders.mockImplementation(async (of) =>
    of?.eventId === EVENT_ID ? bought() : ok({ orders: [], nextCursor: 'more', serverNow }),
  );
  await openShop({ api, session: aSession(), path: PATH });
  expect(screen.getByText('You have bought 1')).toBeTruthy();
  expect(buyButton()).toBeNull();
});

test('while one’s own orders are loading nothing is bought, but never for longer than 3 s', async () => {
  const api = fakeApi();
  api.listOrders.mockReturnValue(new Promise(() => {}));
  await openShop({ api, session: aSession(), path: PATH });
  fireEvent.click(screen.getByRole('button', { name: /^Loading/ }));
  await settle(2_900);
  expect(api.reserve).not.toHaveBeenCalled();
  expect(buyButton()).toBeNull();
  await settle(200);
  expect(buyButton()).not.toBeNull();
});

test('where the orders cannot be had, one may buy', async () => {
  const api = fakeApi();
  api.listOrders.mockResolvedValue(refused({ code: 'unavailable' }));
  await openShop({ api, session: aSession(), path: PATH });
  expect(buyButton()?.getAttribute('aria-disabled')).toBe('false');
});

test('a hold that another window made is shown at once, and so is its confirmation', async () => {
  const orderUpdates = createOrderUpdates(new BroadcastChannel('orders'));
  const elsewhere = createOrderUpdates(new BroadcastChannel('orders'));
  const api = fakeApi();
  const { user } = aSession();
  await openShop({ api, session: aSession(), path: PATH, orderUpdates });
  const asked = api.listOrders.mock.calls.length;
  elsewhere.publish('usr_of_somebody_else', [anOrder()]);
  elsewhere.publish(user.id, [anOrder()]);
  await vi.waitFor(() => screen.getByText('Held for you'));
  elsewhere.publish(user.id, [anOrder({ status: 'confirmed' })]);
  await vi.waitFor(() => screen.getByText('It is yours'));
  expect(api.listOrders).toHaveBeenCalledTimes(asked);
});
