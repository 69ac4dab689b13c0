/** The order history on its screen. */
import { cleanup, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { GRACE_MS } from '../payment/stage.ts';
import { anEntry, aPayment, aSession, instant, NOON_MS } from '../testing/builders.ts';
import { fakeApi, ok } from '../testing/fake-api.ts';
import { openShop, settle } from '../testing/fake-shop.tsx';
import { PAYMENT_EN } from '../texts/lazy/payment-en.ts';

const LEFT_MS = 10_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const badge = () => document.querySelector('.badge')?.textContent;
const isChecking = () => screen.queryByText(PAYMENT_EN.checkingTitle) !== null;

async function openOrders(fields: Parameters<typeof anEntry>[0]) {
  const api = fakeApi();
  const order = anEntry({ expiresAt: instant(NOON_MS + LEFT_MS), ...fields });
  api.listOrders.mockResolvedValue(
    ok({ orders: [order], nextCursor: null, serverNow: instant(NOON_MS) }),
  );
  await openShop({ api, session: aSession(), path: '/orders' });
}

test('a hold that is being paid for has not expired while the shop waits for its payment', async () => {
  await openOrders({ payOnline: true, payment: aPayment() });
  expect(badge()).toBe('On hold');
  expect(isChecking()).toBe(false);
  await settle(LEFT_MS + 1_000);
  expect(badge()).toBe('On hold');
  expect(isChecking()).toBe(true);
  await settle(GRACE_MS);
  expect(badge()).toBe('Expired');
  expect(isChecking()).toBe(false);
});

test('one that nobody began to pay for has expired with its time', async () => {
  await openOrders({ payOnline: true, payment: null });
  await settle(LEFT_MS + 1_000);
  expect(badge()).toBe('Expired');
  expect(isChecking()).toBe(false);
});

test.each([
  [1, 'ConfirmedPartly returned'],
  [2, 'Returned'],
])('an order of two units says that %s was given back', async (unitsReturned, words) => {
  await openOrders({ status: 'confirmed', quantity: 2, unitsReturned });
  expect(document.querySelector('.order-side')?.textContent).toMatch(`${words}€`);
});

test('the name in the list opens the order', async () => {
  await openOrders({ status: 'confirmed' });
  const link = screen.getByRole('link', { name: 'Headphones' });
  expect(link.getAttribute('href')).toBe('/orders/ord_000000000001_000000000000000001');
});
