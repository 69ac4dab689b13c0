import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { OrderHistoryEntry } from '../../worker/contract/orders.ts';
import { anEntry, aSession, instant, MINUTE_MS, NOON_MS } from '../testing/builders.ts';
import { fakeReviews } from '../testing/fake-reviews.tsx';
import { openShop, settle as pass } from '../testing/fake-shop.tsx';
import { LAZY_EN } from '../texts/lazy/en.ts';

const BOUGHT = anEntry({ status: 'confirmed', quantity: 2, endedAt: instant(NOON_MS + MINUTE_MS) });
const PATH = `/orders/${BOUGHT.id}`;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function open(order: OrderHistoryEntry | null, { sendsMail = false } = {}) {
  const server = fakeReviews();
  const what = `GET /profile${PATH}`;
  if (order) server.answer(what, order);
  else server.refuse(what, { status: 404, code: 'not_found' });
  const view = await openShop({ api: server.api, session: aSession(), path: PATH, sendsMail });
  for (let turn = 0; turn < 4; turn++) await pass();
  return view;
}

const fact = (name: string) =>
  screen.getByText(name, { selector: 'dt' }).nextElementSibling?.textContent;

test('an order has its number, what it is of, what it cost and when it was confirmed', async () => {
  await open(BOUGHT);
  expect(screen.getByText(BOUGHT.number)).toBeTruthy();
  expect(screen.getByText('0 0 0 0 , 0 0 0 0 , 0 0 0 1')).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Headphones' })).toBeTruthy();
  expect([fact('Quantity'), fact('Price of one'), fact('Total')]).toEqual([
    '2',
    '€249.00',
    '€498.00',
  ]);
  expect(fact('Confirmed')).toMatch(/12:01/);
  expect(screen.getByText(LAZY_EN.order.askHere)).toBeTruthy();
});

test('an order that was sent says when, and leads to where its way is shown', async () => {
  const trackingUrl = 'https://parcels.example/track/1';
  await open({ ...BOUGHT, sentAt: instant(NOON_MS + 2 * MINUTE_MS), trackingUrl });
  expect(fact(LAZY_EN.order.sent)).toMatch(/12:02/);
  const link = screen.getByRole('link', { name: LAZY_EN.order.track });
  expect([link.getAttribute('href'), link.getAttribute('rel')]).toEqual([
    trackingUrl,
    'noopener noreferrer',
  ]);
});

test('an order that was sent without a link has its time only, and one that waits has neither', async () => {
  await open({ ...BOUGHT, sentAt: instant(NOON_MS) });
  expect(fact(LAZY_EN.order.sent)).toMatch(/12:00/);
  expect(screen.queryByText(LAZY_EN.order.parcel)).toBeNull();
  cleanup();
  await open(BOUGHT);
  expect(screen.queryByText(LAZY_EN.order.sent)).toBeNull();
});

test('an order of a variant is called by it, and leads to it', async () => {
  await open({ ...BOUGHT, variantLabel: '42' });
  const link = screen.getByRole('link', { name: 'Headphones · 42' });
  const { eventId, eventItemId } = BOUGHT;
  expect(link.getAttribute('href')).toBe(`/events/${eventId}/items/${eventItemId}#${eventItemId}`);
});

test('where the shop sends mail, questions are an answer to the one that confirmed it', async () => {
  await open(BOUGHT, { sendsMail: true });
  expect(screen.getByText(LAZY_EN.order.askByMail)).toBeTruthy();
});

async function pressCopy() {
  fireEvent.click(screen.getByRole('button', { name: LAZY_EN.order.copy }));
  await pass();
}

test('a number can be copied, and a browser that forbids it is told of', async () => {
  const writeText = vi.fn<Clipboard['writeText']>(async () => {});
  vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue({ writeText } as unknown as Clipboard);
  await open(BOUGHT);
  await pressCopy();
  expect(writeText).toHaveBeenCalledExactlyOnceWith(BOUGHT.number);
  expect(screen.getByText(LAZY_EN.order.copied)).toBeTruthy();
  writeText.mockRejectedValue(new DOMException('', 'NotAllowedError'));
  await pressCopy();
  expect(screen.getByText(LAZY_EN.order.notCopied)).toBeTruthy();
});

test('a hold leads back to where it can be confirmed, and has expired when its time is over', async () => {
  await open(anEntry({ id: BOUGHT.id }));
  expect(screen.getByRole('link', { name: LAZY_EN.holdBarGo })).toBeTruthy();
  await pass(5 * MINUTE_MS);
  expect(screen.getByText('Expired')).toBeTruthy();
  expect(screen.queryByRole('link', { name: LAZY_EN.holdBarGo })).toBeNull();
});

test('an order of somebody else is none', async () => {
  await open(null);
  expect(screen.getByText(LAZY_EN.order.missing)).toBeTruthy();
});
