import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AdminEventSummary, AdminOrder } from '../../../worker/contract/administration.ts';
import type { OrderId, UserId } from '../../../worker/contract/ids.ts';
import { anEntry, aSummary, EVENT_ID, instant, NOON_MS } from '../../testing/builders.ts';
import { ok, refused } from '../../testing/fake-api.ts';
import { settle } from '../../testing/fake-shop.tsx';
import { drawInConsole } from '../../testing/open-console.tsx';
import type { AdminApi } from '../api/admin-api.ts';
import { SEARCH_AFTER_MS } from '../lists/live-search.ts';
import { ADMIN_EN } from '../texts/en.ts';
import { OrdersScreen } from './orders-screen.tsx';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const MAJA = 'usr_000000000000000001' as UserId;

function anOrderOf(fields: Partial<AdminOrder> = {}): AdminOrder {
  return {
    ...anEntry({ status: 'confirmed', quantity: 2 }),
    customerId: MAJA,
    customerName: 'Maja Holm',
    customerEmail: 'maja@example.com',
    addressMissing: false,
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

const aFile: AdminApi['exportUnsent'] = async () =>
  ok(new Blob(['order_number,name\r\n1,"Maja\r\nHolm"\r\n2,Ben\r\n']));

async function choose(label: string, value: string) {
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
  await settle();
}

test('without a word they are all orders, page after page', async () => {
  const { admin, listOrders } = aShop();
  await drawInConsole(<OrdersScreen />, admin, '/admin/orders');
  expect(listOrders).toHaveBeenLastCalledWith({}, undefined);
  expect(screen.getByText('€498.00')).toBeTruthy();
  const { id, number } = anOrderOf();
  expect(screen.getByRole('link', { name: number }).getAttribute('href')).toBe(
    `/admin/orders/${id}`,
  );
  expect(screen.queryByRole('button', { name: 'Download orders (CSV)' })).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Show more' }));
  await settle();
  expect(screen.getByText('Older lamp')).toBeTruthy();
});

test('an event’s orders can be taken away as a file', async () => {
  const { admin, listOrders } = aShop();
  const exportUnsent = vi.fn<AdminApi['exportUnsent']>(async () => refused({ code: 'offline' }));
  await drawInConsole(
    <OrdersScreen />,
    { ...admin, exportUnsent },
    `/admin/orders?event=${EVENT_ID}`,
  );
  expect(listOrders).toHaveBeenLastCalledWith({ eventId: EVENT_ID }, undefined);
  expect(screen.getByRole('button', { name: 'Download orders (CSV)' })).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: ADMIN_EN.orders.exportUnsentOfEvent }));
  await settle();
  expect(exportUnsent).toHaveBeenCalledWith(EVENT_ID);
});

test('what is to be sent is a file that is called after the event and the day', async () => {
  const { admin } = aShop();
  const clicked: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    clicked.push(this.download);
  });
  vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:file');
  const take = async (name: string, path: string) => {
    await drawInConsole(<OrdersScreen />, { ...admin, exportUnsent: aFile }, path);
    const hint = screen.queryByText(ADMIN_EN.orders.exportUnsentHint);
    fireEvent.click(screen.getByRole('button', { name }));
    await settle();
    expect(await screen.findByText(ADMIN_EN.orders.unsentInFile(2))).toBeTruthy();
    cleanup();
    return hint !== null;
  };
  vi.setSystemTime(NOON_MS);
  const { exportUnsent: ofAll, exportUnsentOfEvent: ofOne } = ADMIN_EN.orders;
  expect(await take(ofAll, '/admin/orders')).toBe(false);
  expect(await take(ofOne, `/admin/orders?event=${EVENT_ID}`)).toBe(false);
  expect(await take(ofAll, '/admin/orders?status=confirmed')).toBe(true);
  const day = instant(NOON_MS).slice(0, 10);
  expect(clicked).toEqual([
    `orders-to-send-${day}.csv`,
    `orders-to-send-${EVENT_ID}-${day}.csv`,
    `orders-to-send-${day}.csv`,
  ]);
});

test('what is chosen is asked for, and stands in the address', async () => {
  const { admin, listOrders } = aShop();
  await drawInConsole(<OrdersScreen />, admin, '/admin/orders?q=maja');
  await choose('State', 'expired');
  await choose('Payment', 'refunded');
  await choose('Event', EVENT_ID);
  await choose('Delivery', 'sent');
  expect(location.search).toBe(
    `?q=maja&event=${EVENT_ID}&status=expired&payment=refunded&delivery=sent`,
  );
  expect(listOrders).toHaveBeenLastCalledWith(
    { q: 'maja', eventId: EVENT_ID, status: 'expired', payment: 'refunded', delivery: 'sent' },
    undefined,
  );
});

test('a customer’s orders are those of all events, under their name', async () => {
  const { admin, listOrders } = aShop();
  await drawInConsole(<OrdersScreen />, admin, `/admin/orders?customer=${MAJA}`);
  expect(listOrders).toHaveBeenLastCalledWith({ customerId: MAJA }, undefined);
  expect(screen.getByRole('heading', { name: 'Orders of Maja Holm' })).toBeTruthy();
  expect(screen.getByText('3 confirmed, 0 on hold, 1 cancelled, 0 expired')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Download orders (CSV)' })).toBeNull();
  expect(screen.getByRole('link', { name: 'Sunday sound' }).getAttribute('href')).toBe(
    `/admin/events/${EVENT_ID}`,
  );
});

test('one field searches for whatever is typed, and keeps it', async () => {
  const { admin, listOrders } = aShop();
  await drawInConsole(<OrdersScreen />, admin, '/admin/orders?status=confirmed');
  const field = screen.getByLabelText<HTMLInputElement>('Number, name, address or item');
  field.focus();
  const search = async (typed: string) => {
    fireEvent.input(field, { target: { value: typed } });
    fireEvent.submit(field.closest('form') ?? document.body);
    await settle();
  };
  await search(' 4f7k 9qx2 ');
  expect(location.search).toBe('?q=4f7k+9qx2&status=confirmed');
  expect(listOrders).toHaveBeenLastCalledWith({ q: '4f7k 9qx2', status: 'confirmed' }, undefined);
  expect(document.activeElement).toBe(field);
  await search('');
  expect(location.search).toBe('?status=confirmed');
  expect(listOrders).toHaveBeenLastCalledWith({ status: 'confirmed' }, undefined);
});

test('a search acts by itself once nobody types on, and meanwhile no other rows are shown', async () => {
  const { admin, listOrders } = aShop();
  await drawInConsole(<OrdersScreen />, admin, '/admin/orders?q=maja');
  const field = screen.getByLabelText<HTMLInputElement>('Number, name, address or item');
  const typed = async (value: string, passMs: number) => {
    fireEvent.input(field, { target: { value } });
    await settle(passMs);
  };
  const calls = listOrders.mock.calls.length;
  await typed('lam', SEARCH_AFTER_MS - 1);
  await typed('lamp ', SEARCH_AFTER_MS - 1);
  expect(listOrders.mock.calls.length).toBe(calls);
  expect(screen.queryByRole('checkbox')).toBeNull();
  await choose('State', 'confirmed');
  expect(screen.queryByRole('checkbox')).toBeNull();
  await settle(1);
  expect(location.search).toBe('?q=lamp&status=confirmed');
  expect(listOrders).toHaveBeenLastCalledWith({ q: 'lamp', status: 'confirmed' }, undefined);
  expect(field.value).toBe('lamp ');
  await settle();
  expect(screen.getAllByRole('checkbox').length).toBeGreaterThan(0);
  await typed('', SEARCH_AFTER_MS);
  expect(location.search).toBe('?status=confirmed');
  expect(listOrders).toHaveBeenLastCalledWith({ status: 'confirmed' }, undefined);
});

test('a search that an address names stands in the field, and says when nothing matches', async () => {
  const { admin, listOrders } = aShop([]);
  listOrders.mockResolvedValue(ok({ orders: [], nextCursor: null, serverNow: '' }));
  await drawInConsole(<OrdersScreen />, admin, '/admin/orders?q=nobody');
  expect(screen.getByLabelText<HTMLInputElement>(/^Number, name/).value).toBe('nobody');
  expect(screen.getByText('No order matches. Filters are set: Search.')).toBeTruthy();
});

test('where nothing matches, what is set is named and can be cleared', async () => {
  const { admin, listOrders } = aShop();
  listOrders.mockResolvedValue(ok({ orders: [], nextCursor: null, serverNow: '' }));
  const path = `/admin/orders?q=nobody&event=${EVENT_ID}&customer=${MAJA}&status=pending`;
  await drawInConsole(<OrdersScreen />, admin, path);
  expect(screen.getByText('No order matches. Filters are set: Search, Event, State.')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: ADMIN_EN.orders.clear }));
  await settle();
  expect(location.search).toBe(`?customer=${MAJA}`);
  expect(listOrders).toHaveBeenLastCalledWith({ customerId: MAJA }, undefined);
  expect(screen.getByLabelText<HTMLInputElement>(/^Number, name/).value).toBe('');
  expect(document.activeElement).toBe(screen.getByRole('heading', { level: 1 }));
  expect(screen.getByText(ADMIN_EN.orders.none)).toBeTruthy();
  expect(screen.queryByRole('button', { name: ADMIN_EN.orders.clear })).toBeNull();
});

test('a page on which nothing was found yet offers to look further', async () => {
  const { admin, listOrders } = aShop();
  listOrders.mockResolvedValueOnce(ok({ orders: [], nextCursor: 'next', serverNow: '' }));
  await drawInConsole(<OrdersScreen />, admin, '/admin/orders?q=maja');
  fireEvent.click(screen.getByRole('button', { name: 'Show more' }));
  await settle();
  expect(screen.getByText('Older lamp')).toBeTruthy();
});

test('an order of a size is listed with it', async () => {
  const orders = [anOrderOf({ itemName: 'Shoe', variantLabel: '42' })];
  const listOrders = async () => ok({ orders, nextCursor: null, serverNow: '' });
  await drawInConsole(<OrdersScreen />, { ...aShop().admin, listOrders });
  expect(screen.getByRole('cell', { name: 'Shoe · 42' })).toBeTruthy();
});

test('an order that is to be sent nobody knows where to is marked', async () => {
  const orders = [
    anOrderOf({ itemName: 'Lamp', addressMissing: true }),
    anOrderOf({ id: 'ord_000000000001_2' as OrderId, itemName: 'Chair' }),
  ];
  const listOrders = async () => ok({ orders, nextCursor: null, serverNow: '' });
  await drawInConsole(<OrdersScreen />, { ...aShop().admin, listOrders });
  const marks = screen.getAllByText(ADMIN_EN.address.missing);
  expect(marks.map((mark) => mark.closest('tr')?.textContent?.includes('Lamp'))).toEqual([true]);
});
