import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EventId, OrderId } from '../../worker/contract/ids.ts';
import {
  aList,
  anEntry,
  aSession,
  aSummary,
  instant,
  MINUTE_MS,
  NOON_MS,
} from '../testing/builders.ts';
import { fakeApi, ok, refused } from '../testing/fake-api.ts';
import { openShop, settle } from '../testing/fake-shop.tsx';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function show(visibility: 'visible' | 'hidden') {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(visibility);
  document.dispatchEvent(new Event('visibilitychange'));
}
afterEach(() => void vi.restoreAllMocks());

const soon = aSummary({ status: 'locked', startsAt: instant(NOON_MS + 90_000) });

test('a sale waits under its countdown and moves up when it opens', async () => {
  const api = fakeApi();
  api.listEvents.mockResolvedValue(ok(aList([soon])));
  await openShop({ api, path: '/', clientAheadMs: -60 * MINUTE_MS });
  expect(screen.getByRole('heading', { level: 2 }).textContent).toBe('Opening soon');
  expect(screen.getByRole('timer').textContent).toContain('1min30sec');
  await settle(90_000);
  expect(screen.getByRole('heading', { level: 2 }).textContent).toBe('On sale now');
});

test('no sales is shown, and so is a failure, with a way to try again', async () => {
  const api = fakeApi();
  api.listEvents.mockResolvedValueOnce(refused({ code: 'unavailable', requestId: 'req-1' }));
  await openShop({ api, path: '/' });
  expect(screen.getByRole('alert').textContent).toContain('req-1');
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await settle();
  expect(screen.getByText(/No drops are planned/)).toBeTruthy();
});

test('the next page is added below, each sale once', async () => {
  const api = fakeApi();
  const second = aSummary({ id: 'evt_000000000002' as EventId, title: 'Second' });
  api.listEvents.mockImplementation(async (cursor) =>
    ok(cursor ? aList([aSummary(), second]) : aList([aSummary()], { nextCursor: 'page-2' })),
  );
  await openShop({ api, path: '/' });
  fireEvent.click(screen.getByRole('button', { name: 'Show more' }));
  await settle();
  expect(screen.getAllByRole('article')).toHaveLength(2);
  expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
});

test('nobody is asked while the page is hidden, and at once when it is seen again', async () => {
  const api = fakeApi();
  api.listEvents.mockResolvedValue(ok(aList([aSummary()])));
  await openShop({ api, path: '/' });
  show('hidden');
  await settle(10 * MINUTE_MS);
  const asked = api.listEvents.mock.calls.length;
  expect(asked).toBe(1);
  show('visible');
  await settle();
  expect(api.listEvents.mock.calls.length).toBe(asked + 1);
});

test('a sale that is on is asked for every few seconds, and less often after errors', async () => {
  const api = fakeApi();
  api.listEvents.mockResolvedValue(ok(aList([aSummary()])));
  await openShop({ api, path: '/' });
  await settle(30_000);
  expect(api.listEvents.mock.calls.length).toBe(11);
  api.listEvents.mockResolvedValue(refused({ code: 'unavailable' }));
  await settle(30_000);
  expect(api.listEvents.mock.calls.length).toBeLessThan(16);
});

test('my orders need a session and lead back to themselves', async () => {
  await openShop({ api: fakeApi(), path: '/orders' });
  expect(location.pathname + location.search).toBe('/sign-in?next=%2Forders');
});

test('my orders show each with its state, and a hold with its time and its way back', async () => {
  const api = fakeApi();
  const orders = [anEntry(), anEntry({ id: 'ord_2' as OrderId, status: 'confirmed', quantity: 2 })];
  api.listOrders.mockResolvedValue(ok({ orders, nextCursor: null, serverNow: instant(NOON_MS) }));
  await openShop({ api, session: aSession(), path: '/orders' });
  expect(screen.getAllByRole('listitem')).toHaveLength(2);
  expect(screen.getByText('Confirmed')).toBeTruthy();
  expect(screen.getByText('€498.00')).toBeTruthy();
  const resume = screen.getByRole('link', { name: /5:00 left/ });
  fireEvent.click(resume);
  await settle();
  expect(location.pathname).toBe('/events/evt_000000000001');
});

const here = () => screen.queryByRole('button', { name: 'Sign out on this device' });

async function press(pressed: HTMLElement) {
  fireEvent.click(pressed);
  await settle();
}

test('signing out on the orders takes two steps, leads to the list and is for this device', async () => {
  const api = fakeApi();
  await openShop({ api, session: aSession(), path: '/orders' });
  const button = screen.getByRole('button', { name: 'Sign out' });
  // Twice by accident.
  await press(button);
  await press(button);
  expect(here()).toBeNull();
  await press(button);
  expect(button.getAttribute('aria-expanded')).toBe('true');
  expect(api.logout).not.toHaveBeenCalled();
  await press(here() ?? button);
  expect(location.pathname).toBe('/');
  expect(api.logout).toHaveBeenCalledExactlyOnceWith({ everywhere: false });
});

test('an address that names nothing shows that and leads home', async () => {
  await openShop({ api: fakeApi(), path: '/nowhere' });
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Nothing here');
  fireEvent.click(screen.getByRole('link', { name: 'Back to all drops' }));
  await settle();
  expect(location.pathname).toBe('/');
  expect(document.activeElement?.tagName).toBe('H1');
});

test('losing the connection is shown at the top of every screen', async () => {
  await openShop({ api: fakeApi(), path: '/' });
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  fireEvent(window, new Event('offline'));
  await settle();
  expect(screen.getByText(/You are offline/)).toBeTruthy();
});
