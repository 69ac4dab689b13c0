import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { EVENT_ID, MINUTE_MS, NOON_MS } from '../../testing/builders.ts';
import { ok, refused } from '../../testing/fake-api.ts';
import { settle } from '../../testing/fake-shop.tsx';
import { drawInConsole } from '../../testing/open-console.tsx';
import { aDetail, anEntryOf, MAJA } from '../../testing/orders.ts';
import type { AdminApi } from '../api/admin-api.ts';
import { ADMIN_EN } from '../texts/en.ts';
import { OrderScreen } from './order-screen.tsx';

beforeEach(() => void vi.useFakeTimers({ now: NOON_MS }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function open(fields: Parameters<typeof aDetail>[0] = {}) {
  const order = aDetail(fields);
  const getOrder = vi.fn<AdminApi['getOrder']>(async () => ok(order));
  await drawInConsole(<OrderScreen id={order.id} />, { getOrder }, `/admin/orders/${order.id}`);
  return { order, getOrder };
}

const story = () => screen.getAllByRole('listitem').map(({ textContent }) => textContent);

test('an order is called by its number, with its state and what is known of it', async () => {
  const { order, getOrder } = await open({ variantLabel: 'black', unitsReturned: 1 });
  expect(getOrder).toHaveBeenCalledWith(order.id);
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(`Order ${order.number}`);
  expect(document.title).toContain(`Order ${order.number}`);
  expect(screen.getByText('Confirmed')).toBeTruthy();
  expect(screen.getByText('Headphones · black')).toBeTruthy();
  expect(screen.getByText('2, of which 1 went back')).toBeTruthy();
  const places = screen.getAllByRole('link').map((link) => link.getAttribute('href'));
  expect(places).toEqual([
    '/admin/orders',
    `/admin/orders?customer=${MAJA}`,
    `/admin/events/${EVENT_ID}`,
    '/admin/outbox?kind=payment.capture',
  ]);
});

test('a press leads down to the refund, where something can be refunded', async () => {
  await open();
  const { goTo: name, title } = ADMIN_EN.order.refund;
  fireEvent.click(screen.getByRole('button', { name }));
  expect(document.activeElement).toBe(screen.getByRole('region', { name: title }));
  cleanup();
  await open({ refundable: { amountCents: 0, units: 2 } });
  expect(screen.queryByRole('button', { name })).toBeNull();
});

test('the way back leads to the list with the filters that it had', async () => {
  const order = aDetail();
  const getOrder = async () => ok(order);
  const path = `/admin/orders/${order.id}?q=maja&status=confirmed`;
  await drawInConsole(<OrderScreen id={order.id} />, { getOrder }, path);
  expect(screen.getByRole('link', { name: 'Back to the list' }).getAttribute('href')).toBe(
    '/admin/orders?q=maja&status=confirmed',
  );
});

test('what was all given back does not look confirmed', async () => {
  await open({ unitsReturned: 2 });
  expect(screen.queryByText('Confirmed')).toBeNull();
  expect(screen.getByText('Returned')).toBeTruthy();
});

test('what happened is told in turn, with who did it', async () => {
  await open({
    story: [
      anEntryOf('reserved', { by: { kind: 'customer', id: MAJA, name: 'Maja Holm' } }),
      anEntryOf('authorised', { amountCents: 49_800 }),
      anEntryOf('confirmed'),
      anEntryOf('captured', { amountCents: 49_800 }),
      anEntryOf('mailed'),
      anEntryOf('sent', { by: { kind: 'admin', id: null, name: 'Ada' } }),
      anEntryOf('sent_taken_back', { by: { kind: 'admin', id: null, name: 'Ada' } }),
      anEntryOf('mail_again', {
        by: { kind: 'admin', id: null, name: 'Ada' },
        reason: 'order_confirmed',
      }),
      anEntryOf('mailed', { reason: 'order_sent' }),
      anEntryOf('refund_decided', {
        by: { kind: 'admin', id: null, name: 'Ada' },
        amountCents: 500,
        units: 1,
        reason: 'Scratched',
      }),
      anEntryOf('refunded', { amountCents: 500, units: 1 }),
      anEntryOf('mailed', { reason: 'refund_made' }),
      anEntryOf('mailed', { reason: 'event_cancelled' }),
    ],
  });
  const told = story();
  for (const [n, words] of [
    'Reserved by Maja Holm',
    'Payment of €498.00 approved by the bank',
    'Confirmed by the payment',
    'Paid: €498.00',
    'Confirmation sent by mail',
    'Marked as sent by Ada',
    'Marked as not sent after all by Ada',
    'Ada had the confirmation sent again',
    'Mail about the sending sent',
    'Refund of €5.00 decided by Ada',
    '€5.00 refunded',
    'Mail about the refund sent',
    'Mail about the cancelled event sent',
  ].entries()) {
    expect(told[n]).toContain(words);
    expect(told[n]).toMatch(/22 Nov/);
  }
  expect(told[9]).toContain('Of its units, 1 to go back on sale.');
  expect(told[9]).toContain('Scratched');
});

test('a hold from the queue that nobody paid for names nobody', async () => {
  await open({
    status: 'expired',
    story: [
      anEntryOf('reserved'),
      anEntryOf('expired'),
      anEntryOf('released', { amountCents: 49_800, reason: 'expired' }),
    ],
  });
  const [held, ended, payment] = story();
  expect(held).toContain('Held as an offer from the queue');
  expect(ended).toContain('The time ran out');
  expect(payment).toContain('The time to pay ran out.');
});

test('an order that was sent says when, and leads to where it is', async () => {
  await open({ sentAt: '2026-11-23T10:00:00.000Z', trackingUrl: 'https://post.example/1' });
  expect(screen.getByText(/Sent.*23 Nov/)).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Follow it on its way' }).getAttribute('href')).toBe(
    'https://post.example/1',
  );
});

test('an id of no order says that there is nothing', async () => {
  await drawInConsole(<OrderScreen id="ord_1" />, {
    getOrder: async () => refused({ code: 'malformed' }),
  });
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Nothing here');
  expect(screen.queryByRole('alert')).toBeNull();
});

test('what could not be loaded is loaded by a press', async () => {
  const order = aDetail();
  const getOrder = vi.fn<AdminApi['getOrder']>(async () => ok(order));
  getOrder.mockResolvedValueOnce(refused({ code: 'forbidden' }));
  await drawInConsole(<OrderScreen id={order.id} />, { getOrder });
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await settle();
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(`Order ${order.number}`);
});

test('an order whose money moves is looked at again soon', async () => {
  const calm = await open();
  await settle(MINUTE_MS / 4);
  expect(calm.getOrder).toHaveBeenCalledOnce();
  cleanup();
  const { getOrder } = await open({ story: [anEntryOf('refund_decided', { amountCents: 500 })] });
  await settle(MINUTE_MS / 4);
  expect(getOrder.mock.calls.length).toBeGreaterThan(1);
});
