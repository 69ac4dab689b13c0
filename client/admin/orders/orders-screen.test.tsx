import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AdminEventSummary, AdminOrder } from '../../../worker/contract/administration.ts';
import type { OrderId, UserId } from '../../../worker/contract/ids.ts';
import { anEntry, aSummary, EVENT_ID, instant, NOON_MS } from '../../testing/builders.ts';
import { ok } from '../../testing/fake-api.ts';
import { settle } from '../../testing/fake-shop.tsx';
import { drawInConsole } from '../../testing/open-console.tsx';
import type { AdminApi } from '../api/admin-api.ts';
import { OrdersScreen } from './orders-screen.tsx';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const MAJA = 'usr_000000000000000001' as UserId;

function anOrderOf(fields: Partial<AdminOrder> = {}): AdminOrder {
  return {
    ...anEntry({ status: 'confirmed', quantity: 2 }),
    customerId: MAJA,
    customerName: 'Maja Holm',
    customerEmail: 'maja@example.com',
    endedAt: instant(NOON_MS),
    ...fields,
  };
}

function aShop(events: AdminEventSummary[] = [aSummary() as AdminEventSummary]) {
  const listOrders = vi.fn<AdminApi['listOrders']>(async (_, cursor) =>
    ok({
      orders: [
        anOrderOf(cursor ? { id: 'ord_000000000001_2' as OrderId, itemName: 'Older lamp' } : {}),
      ],
      nextCursor: cursor ? null : 'next',
      serverNow: '',
    }),
  );
  const admin: Partial<AdminApi> = {
    listOrders,
    listEvents: async () => ok({ events, nextCursor: null, serverNow: '' }),
    getCustomer: async (id) =>
      ok({
        id: id as UserId,
        email: 'maja@example.com',
        displayName: 'Maja Holm',
        role: 'customer',
        emailVerified: true,
        active: true,
        deletedAt: null,
        mailSuppressed: null,
        createdAt: instant(NOON_MS),
        orders: { pending: 0, confirmed: 3, cancelled: 1, expired: 0 },
      }),
  };
  return { admin, listOrders };
}

test('without a word the orders are those of the latest event, page after page', async () => {
  const { admin, listOrders } = aShop();
  await drawInConsole(<OrdersScreen />, admin, '/admin/orders');
  expect(listOrders).toHaveBeenLastCalledWith({ eventId: EVENT_ID }, undefined);
  expect(screen.getByText('€498.00')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Show more' }));
  await settle();
  expect(screen.getByText('Older lamp')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Download orders (CSV)' })).toBeTruthy();
});

test('a state that is chosen is asked for, and stands in the address', async () => {
  const { admin, listOrders } = aShop();
  await drawInConsole(<OrdersScreen />, admin, '/admin/orders');
  fireEvent.change(screen.getByLabelText('State'), { target: { value: 'expired' } });
  await settle();
  expect(location.search).toContain('status=expired');
  expect(listOrders).toHaveBeenLastCalledWith({ eventId: EVENT_ID, status: 'expired' }, undefined);
});

test('a customer’s orders are those of all events, under their name', async () => {
  const { admin, listOrders } = aShop();
  await drawInConsole(<OrdersScreen />, admin, `/admin/orders?customer=${MAJA}`);
  expect(listOrders).toHaveBeenLastCalledWith({ customer: MAJA }, undefined);
  expect(screen.getByRole('heading', { name: 'Orders of Maja Holm' })).toBeTruthy();
  expect(screen.getByText('3 confirmed, 0 on hold, 1 cancelled, 0 expired')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Download orders (CSV)' })).toBeNull();
  expect(screen.getByRole('link', { name: 'Sunday sound' }).getAttribute('href')).toBe(
    `/admin/events/${EVENT_ID}`,
  );
});

test('a shop without events shows that there are no orders', async () => {
  const { admin, listOrders } = aShop([]);
  await drawInConsole(<OrdersScreen />, admin, '/admin/orders');
  expect(screen.getByText('There is no event yet, so there are no orders.')).toBeTruthy();
  expect(listOrders).not.toHaveBeenCalled();
});

test('an order is found by its number, however that is typed, whatever event it is of', async () => {
  const { admin, listOrders } = aShop();
  await drawInConsole(<OrdersScreen />, admin, '/admin/orders');
  expect(screen.getByText(anOrderOf().number)).toBeTruthy();
  const field = screen.getByLabelText('Order number');
  const search = async (typed: string) => {
    fireEvent.input(field, { target: { value: typed } });
    fireEvent.submit(field.closest('form') ?? document.body);
    await settle();
  };
  await search('not a number');
  expect(screen.getByText(/has twelve characters/)).toBeTruthy();
  expect(location.search).toBe('');
  await search('4f7k 9qx2 m3ht');
  expect(location.search).toBe('?number=4F7K-9QX2-M3HT');
  expect(listOrders).toHaveBeenLastCalledWith({ number: '4F7K-9QX2-M3HT' }, undefined);
  expect(screen.queryByText(/has twelve characters/)).toBeNull();
});

test('an order of a size is listed with it', async () => {
  const orders = [anOrderOf({ itemName: 'Shoe', variantLabel: '42' })];
  const listOrders = async () => ok({ orders, nextCursor: null, serverNow: '' });
  await drawInConsole(<OrdersScreen />, { ...aShop().admin, listOrders });
  expect(screen.getByRole('heading', { name: 'Shoe · 42' })).toBeTruthy();
});
