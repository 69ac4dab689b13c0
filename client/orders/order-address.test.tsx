/** Where an order goes, on its own page. */
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EventDetail } from '../../worker/contract/events.ts';
import type { OwnOrder } from '../../worker/contract/own-order.ts';
import {
  anEvent,
  anOwnOrder,
  aPayment,
  aSession,
  BERLIN,
  instant,
  NOON_MS,
  sentTotals,
} from '../testing/builders.ts';
import { ok } from '../testing/fake-api.ts';
import { fakeReviews } from '../testing/fake-reviews.tsx';
import { openShop, settle as pass } from '../testing/fake-shop.tsx';
import { LAZY_EN } from '../texts/lazy/en.ts';

const { address: texts, order: orderTexts } = LAZY_EN;
const { id } = anOwnOrder();
const SEND_TO = `PUT /purchase/${id}/address`;
const READ = `GET /profile/orders/${id}`;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const bought = (fields: Partial<OwnOrder> = {}) =>
  anOwnOrder({
    status: 'confirmed',
    needsAddress: true,
    address: BERLIN,
    totals: sentTotals(24_900),
    endedAt: instant(NOON_MS),
    ...fields,
  });

async function settle() {
  for (let turn = 0; turn < 6; turn++) await pass();
}

async function open(order: OwnOrder, shipping: EventDetail['shipping'] = []) {
  const server = fakeReviews();
  server.api.getEvent.mockResolvedValue(ok(anEvent({ shipping })));
  server.answer(READ, order);
  server.answer('GET /profile/address', { address: null });
  await openShop({ api: server.api, session: aSession(), path: `/orders/${id}` });
  await settle();
  return server;
}

const place = () => screen.queryByRole('region', { name: texts.title });
const change = () => screen.queryByRole('button', { name: texts.change });
const fact = (name: string) =>
  screen.getByText(name, { selector: 'dt' }).nextElementSibling?.textContent;

async function send(city: string) {
  const town = await waitFor(() => screen.getByLabelText(texts.city.city));
  fireEvent.input(town, { target: { value: city } });
  fireEvent.submit(screen.getByRole('form', { name: texts.title }));
  await settle();
}

test('the page says where the order goes and what it costs with that', async () => {
  await open(bought());
  await waitFor(() => screen.getByText('10119 Berlin'));
  expect(place()?.textContent).toContain('Germany');
  expect([fact('Items'), fact('Shipping to Germany'), fact(orderTexts.total)]).toEqual([
    '€249.00',
    '€4.90',
    '€253.90',
  ]);
  expect(fact('Including 19% tax')).toBe('€40.54');
});

test('until it is sent the address can be changed', async () => {
  const server = await open(bought());
  fireEvent.click(await waitFor(() => change() ?? document.body));
  await settle();
  const after = bought({ address: { ...BERLIN, city: 'Potsdam' } });
  server.answer(SEND_TO, { order: after, serverNow: instant(NOON_MS) });
  server.answer(READ, after);
  await send('Potsdam');
  expect(server.asked.find(({ what }) => what === SEND_TO)?.body).toEqual({
    address: { ...BERLIN, city: 'Potsdam' },
    saveAddress: false,
  });
  expect(screen.getByText('10119 Potsdam')).toBeTruthy();
  expect(change()).not.toBeNull();
});

test('only where its drop is delivered to can be chosen', async () => {
  const server = await open(bought(), [{ countries: ['DE', 'CH'], priceCents: 490 }]);
  expect(server.api.getEvent).not.toHaveBeenCalled();
  fireEvent.click(await waitFor(() => change() ?? document.body));
  await settle();
  const country = await waitFor(() => screen.getByLabelText<HTMLSelectElement>(texts.country));
  expect([...country.options].map(({ text }) => text)).toEqual(['Germany', 'Switzerland']);
  expect(country.value).toBe('DE');
});

test('a change that is refused says why, and leaves what was typed', async () => {
  const server = await open(bought());
  fireEvent.click(await waitFor(() => change() ?? document.body));
  await settle();
  server.refuse(SEND_TO, { status: 409, code: 'address_fixed' });
  await send('Potsdam');
  expect(screen.getByRole('alert').textContent).toBe(LAZY_EN.problems.address_fixed);
  expect(screen.getByLabelText<HTMLInputElement>(texts.city.city).value).toBe('Potsdam');
});

test('once it was sent, or was given back, there is nothing to change', async () => {
  for (const fields of [{ sentAt: instant(NOON_MS) }, { unitsReturned: 1 }]) {
    await open(bought(fields));
    await waitFor(() => screen.getByText('10119 Berlin'));
    expect(change()).toBeNull();
    cleanup();
  }
});

test('an order whose address is missing asks for it', async () => {
  await open(bought({ address: null }));
  expect(await waitFor(() => screen.getByText(texts.missing))).toBeTruthy();
  expect(screen.getByRole('button', { name: texts.use })).toBeTruthy();
});

test('an order without an address that was sent, and one that needs none, have no such place', async () => {
  await open(bought({ address: null, sentAt: instant(NOON_MS) }));
  expect(place()).toBeNull();
  cleanup();
  await open(bought({ address: null, needsAddress: false }));
  expect(place()).toBeNull();
});

test('a hold is paid for once it is known where it goes', async () => {
  await open(bought({ status: 'pending', payOnline: true, endedAt: null }));
  await waitFor(() => screen.getByText('10119 Berlin'));
  expect(screen.getByRole('button', { name: 'Buy now – pay €253.90' })).toBeTruthy();
  expect(screen.getAllByRole('region', { name: texts.title })).toHaveLength(1);
  cleanup();
  await open(bought({ status: 'pending', payOnline: true, endedAt: null, address: null }));
  await waitFor(() => screen.getByText(texts.needed));
  expect(screen.queryByRole('button', { name: /^Buy now/ })).toBeNull();
});

test('while a payment is being checked the address stays', async () => {
  const payment = aPayment({ status: 'authorised' });
  await open(bought({ status: 'pending', payOnline: true, payment, endedAt: null }));
  await waitFor(() => screen.getByText('10119 Berlin'));
  expect(change()).toBeNull();
});
