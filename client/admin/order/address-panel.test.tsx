import { cleanup, fireEvent, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AddressParts } from '../../address/address-parts.ts';
import { LOAD_AGAIN_MS } from '../../page/load-again.ts';
import { BERLIN, instant, NOON_MS, sentTotals } from '../../testing/builders.ts';
import { ok, refused } from '../../testing/fake-api.ts';
import { settle } from '../../testing/fake-shop.tsx';
import { drawInConsole } from '../../testing/open-console.tsx';
import { aDetail, anEntryOf } from '../../testing/orders.ts';
import { EN } from '../../texts/en.ts';
import { LAZY_EN } from '../../texts/lazy/en.ts';
import type { AdminApi } from '../api/admin-api.ts';
import { ADMIN_DE } from '../texts/de.ts';
import { ADMIN_EN } from '../texts/en.ts';
import { AddressPanel } from './address-panel.tsx';
import { OrderScreen } from './order-screen.tsx';

const { address: texts } = ADMIN_EN;
const { title, city, faults } = LAZY_EN.address;

beforeEach(() => void vi.useFakeTimers({ now: NOON_MS }));
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

async function open(fields: Parameters<typeof aDetail>[0] = {}) {
  const order = aDetail({ needsAddress: true, address: BERLIN, ...fields });
  const getOrder = vi.fn<AdminApi['getOrder']>(async () => ok(order));
  const correctAddress = vi.fn<AdminApi['correctAddress']>(async (_, address) =>
    ok({ ...order, address }),
  );
  await drawInConsole(<OrderScreen id={order.id} />, { getOrder, correctAddress });
  return { order, correctAddress };
}

const place = () => screen.queryByRole('region', { name: title });
const fact = (name: string) =>
  screen.getByText(name, { selector: 'dt' }).nextElementSibling?.textContent;

async function press(name: string) {
  fireEvent.click(await waitFor(() => screen.getByRole('button', { name })));
  await settle();
}

async function send(town: string) {
  const field = await waitFor(() => screen.getByLabelText(city.city));
  fireEvent.input(field, { target: { value: town } });
  fireEvent.submit(screen.getByRole('form', { name: title }));
  await settle();
  await settle();
}

test('its part is fetched once more before it is called missing, and nothing is corrected unseen', async () => {
  const load = vi.fn<() => Promise<AddressParts>>();
  load.mockRejectedValue(new TypeError('no network'));
  const order = aDetail({ needsAddress: true, address: BERLIN });
  await drawInConsole(<AddressPanel order={order} load={load} onChanged={() => {}} />, {});
  expect(screen.queryByRole('alert')).toBeNull();
  await settle(LOAD_AGAIN_MS);
  expect(load).toHaveBeenCalledTimes(2);
  expect(screen.getByRole('alert').textContent).toContain(EN.texts.partMissing);
  expect(screen.queryByRole('button', { name: texts.correct })).toBeNull();
  const { ADDRESS_PARTS } = await import('../../address/address-parts.ts');
  load.mockRejectedValueOnce(new TypeError('no network')).mockResolvedValueOnce(ADDRESS_PARTS);
  await press(EN.texts.tryAgain);
  await settle(LOAD_AGAIN_MS);
  expect(screen.queryByRole('alert')).toBeNull();
  expect(screen.getByText('10119 Berlin')).toBeTruthy();
  expect(screen.getByRole('button', { name: texts.correct })).toBeTruthy();
});

test('an address stands as on a letter, and is copied so', async () => {
  const writeText = vi.fn<Clipboard['writeText']>(async () => {});
  vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue({ writeText } as unknown as Clipboard);
  await open({ address: { ...BERLIN, company: 'Holm GmbH', phone: '+49 30 1234567' } });
  await press(texts.copy);
  expect(writeText.mock.calls).toEqual([
    ['Maja Holm\nHolm GmbH\nTorstraße 1\n10119 Berlin\nGermany'],
  ]);
  expect(screen.getByText(texts.copied)).toBeTruthy();
  expect(screen.getByText('+49 30 1234567')).toBeTruthy();
});

test('it is corrected until the order is sent', async () => {
  const { order, correctAddress } = await open();
  expect(screen.queryByText(texts.fixed)).toBeNull();
  await press(texts.correct);
  expect(screen.queryByLabelText(LAZY_EN.address.keep)).toBeNull();
  await send('Potsdam');
  expect(correctAddress.mock.calls).toEqual([[order.id, { ...BERLIN, city: 'Potsdam' }]]);
  expect(screen.getByText('10119 Potsdam')).toBeTruthy();
  expect(screen.getByText(texts.saved)).toBeTruthy();
});

test('what is wrong with it is said at its part, and why it is refused in words', async () => {
  const { correctAddress } = await open();
  await press(texts.correct);
  await send(' ');
  expect(screen.getByText(faults.missing)).toBeTruthy();
  expect(correctAddress).not.toHaveBeenCalled();
  correctAddress.mockResolvedValue(refused({ code: 'busy' }));
  await send('Potsdam');
  expect(screen.getByRole('alert').textContent).toBe(EN.problems.busy);
  await press(LAZY_EN.address.cancel);
  expect(screen.getByText('10119 Berlin')).toBeTruthy();
});

test('a missing address is said, and can be entered', async () => {
  await open({ address: null });
  expect(screen.getByText(texts.missingNote)).toBeTruthy();
  await press(texts.enter);
  expect(await waitFor(() => screen.getByLabelText(LAZY_EN.address.country))).toBeTruthy();
});

test('once it was sent, nothing of it is changed; and what needs none has no such place', async () => {
  await open({ sentAt: instant(NOON_MS) });
  await waitFor(() => screen.getByText('10119 Berlin'));
  expect(screen.queryByRole('button', { name: texts.correct })).toBeNull();
  expect(screen.getByText(texts.fixed)).toBeTruthy();
  // It names the button that allows it again.
  expect(texts.fixed).toContain(ADMIN_EN.order.sending.takeBack);
  expect(ADMIN_DE.address.fixed).toContain(ADMIN_DE.order.sending.takeBack);
  cleanup();
  await open({ needsAddress: false, address: null });
  expect(place()).toBeNull();
});

test('what the order costs is there line by line, and who corrected its address', async () => {
  const story = [anEntryOf('address_corrected', { by: { kind: 'admin', id: null, name: 'Ben' } })];
  await open({ totals: sentTotals(49_800), story });
  expect([fact('Items'), fact('Shipping to Germany'), fact('Total')]).toEqual([
    '€498.00',
    '€4.90',
    '€502.90',
  ]);
  expect(fact('Including 19% tax')).toBe('€80.29');
  expect(screen.getByText('Delivery address corrected by Ben')).toBeTruthy();
});
