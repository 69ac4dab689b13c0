/** A hold that is paid for online, on the page of its event. */
import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EventDetail } from '../../worker/contract/events.ts';
import type { OrderHistoryEntry } from '../../worker/contract/orders.ts';
import {
  anEntry,
  anEvent,
  anOrder,
  aPayment,
  aPaymentAnswer,
  aSession,
  EVENT_ID,
  instant,
  MINUTE_MS,
  NOON_MS,
} from '../testing/builders.ts';
import { ok } from '../testing/fake-api.ts';
import { fakeReviews } from '../testing/fake-reviews.tsx';
import { openShop, settle } from '../testing/fake-shop.tsx';
import { LAZY_EN } from '../texts/lazy/en.ts';

const { payment: texts } = LAZY_EN;
const ARMED_MS = 1_000;
const PAGE = 'https://pay.example/session';
const PAY = `POST /purchase/${anOrder().id}/pay`;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

async function openHold(held: Partial<OrderHistoryEntry> = {}, event: Partial<EventDetail> = {}) {
  const server = fakeReviews();
  server.answer(PAY, aPaymentAnswer(PAGE));
  const { api } = server;
  const show = (order: OrderHistoryEntry) =>
    api.listOrders.mockResolvedValue(
      ok({ orders: [order], nextCursor: null, serverNow: instant(NOON_MS) }),
    );
  show(anEntry({ payOnline: true, quantity: 2, ...held }));
  api.getEvent.mockResolvedValue(ok(anEvent({ payment: 'online', ...event })));
  const assign = vi.spyOn(location, 'assign').mockReturnValue();
  await openShop({ api, session: aSession(), path: `/events/${EVENT_ID}` });
  await settle(ARMED_MS);
  return { server, show, assign };
}

const payButton = () => screen.queryByRole('button', { name: /^Buy now – pay/ });

async function press(button: HTMLElement | null) {
  if (button === null) throw new Error('there is no button');
  fireEvent.click(button);
  for (let turn = 0; turn < 4; turn++) await settle();
}

test('the card shows the total, and its button says what it costs and leads to where one pays', async () => {
  const { server, assign } = await openHold();
  expect(screen.getByText('€498.00', { selector: 'strong' })).toBeTruthy();
  expect(screen.getByText('2 × €249.00')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Order with obligation to pay' })).toBeNull();
  const button = screen.getByRole('button', { name: 'Buy now – pay €498.00' });
  await press(button);
  await press(button);
  expect(server.count(PAY)).toBe(1);
  expect(assign.mock.calls).toEqual([[PAGE]]);
  expect(screen.getByRole('button', { name: texts.opening })).toBeTruthy();
  expect(screen.getByRole('link', { name: texts.openByHand }).getAttribute('href')).toBe(PAGE);
});

test('a click meant for Buy does not land on the button that costs money', async () => {
  const { server } = await openHold();
  cleanup();
  await openShop({ api: server.api, session: aSession(), path: `/events/${EVENT_ID}` });
  await press(payButton());
  expect(server.count(PAY)).toBe(0);
});

test('where the provider is away, the hold goes on and one can try again', async () => {
  const { server, assign } = await openHold();
  server.refuse(PAY, { status: 503, code: 'unavailable' });
  await press(payButton());
  expect(screen.getByRole('alert').textContent).toBe(texts.notOpened);
  expect(document.querySelector('.hold .hold-digits')?.textContent).toMatch(/^4:5/);
  server.answer(PAY, aPaymentAnswer(PAGE));
  await press(payButton());
  expect(assign.mock.calls).toEqual([[PAGE]]);
});

test('what was paid for elsewhere meanwhile is shown as it is now', async () => {
  const { server, show } = await openHold();
  server.refuse(PAY, { status: 409, code: 'order_confirmed' });
  show(anEntry({ payOnline: true, status: 'confirmed' }));
  await press(payButton());
  expect(screen.getByText('It is yours')).toBeTruthy();
  expect(payButton()).toBeNull();
});

test('a payment that was begun can be gone on with, and one that was made is checked', async () => {
  await openHold({ payment: aPayment() });
  expect(screen.getByText(texts.unfinished)).toBeTruthy();
  expect(payButton()).not.toBeNull();
  cleanup();
  await openHold({ payment: aPayment({ status: 'authorised' }) });
  expect(payButton()).toBeNull();
  const link = screen.getByRole('link', { name: texts.toOrder });
  expect(link.getAttribute('href')).toBe(`/orders/${anOrder().id}`);
});

test('a hold that ends while somebody pays leads to what became of the payment', async () => {
  await openHold({ payment: aPayment() });
  await settle(5 * MINUTE_MS);
  expect(screen.getByText('Your hold has ended')).toBeTruthy();
  expect(screen.getByText(texts.ifPaid, { exact: false })).toBeTruthy();
});

test('what costs nothing is confirmed by its customer, in such a sale too', async () => {
  await openHold({ unitPriceCents: 0, payOnline: false });
  expect(payButton()).toBeNull();
  expect(screen.getByRole('button', { name: 'Confirm order' })).toBeTruthy();
});
