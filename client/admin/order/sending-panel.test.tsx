import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { instant, NOON_MS } from '../../testing/builders.ts';
import { ok, refused } from '../../testing/fake-api.ts';
import { settle } from '../../testing/fake-shop.tsx';
import { drawInConsole } from '../../testing/open-console.tsx';
import { aDetail } from '../../testing/orders.ts';
import type { AdminApi } from '../api/admin-api.ts';
import { ADMIN_EN } from '../texts/en.ts';
import { OrderScreen } from './order-screen.tsx';

const { sending: TEXTS } = ADMIN_EN.order;
const LINK = 'https://parcels.example/1';
const readSlips = vi.fn<AdminApi['readSlips']>(async () =>
  ok({ shopName: 'Lamp Shop', slips: [], serverNow: instant(NOON_MS) }),
);
const NOTHING = { payment: null, refundable: null };

beforeEach(() => void vi.useFakeTimers({ now: NOON_MS }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function open(fields: Parameters<typeof aDetail>[0] = {}) {
  const order = aDetail({ ...NOTHING, ...fields });
  const getOrder = vi.fn<AdminApi['getOrder']>(async () => ok(order));
  const markSent = vi.fn<AdminApi['markSent']>(async (_, trackingUrl) =>
    ok({ ...order, sentAt: instant(NOON_MS), trackingUrl }),
  );
  const takeSentBack = vi.fn<AdminApi['takeSentBack']>(async () =>
    ok({ ...order, sentAt: null, trackingUrl: null }),
  );
  const calls = { getOrder, markSent, takeSentBack, readSlips };
  await drawInConsole(<OrderScreen id={order.id} />, calls);
  return { order, markSent, takeSentBack };
}

const field = () => screen.getByLabelText<HTMLInputElement>(TEXTS.link);

async function send(link: string) {
  fireEvent.input(field(), { target: { value: link } });
  await settle();
  fireEvent.submit(document.querySelector('form') ?? document.body);
  await settle();
}

test('an order is marked as sent, with the link to follow it, which can change', async () => {
  const { order, markSent } = await open();
  await send(` ${LINK} `);
  expect(markSent.mock.calls).toEqual([[order.id, LINK]]);
  expect(screen.getByText(TEXTS.marked)).toBeTruthy();
  expect(screen.getByRole('link', { name: ADMIN_EN.order.track }).getAttribute('href')).toBe(LINK);
  await send('');
  expect(markSent.mock.calls.at(-1)).toEqual([order.id, null]);
  expect(screen.getByText(TEXTS.saved)).toBeTruthy();
  expect(screen.queryByRole('link', { name: ADMIN_EN.order.track })).toBeNull();
});

test('where a sale asks for no address, the order says so', async () => {
  await open({ needsAddress: false, address: null });
  expect(screen.getByText(TEXTS.noAddress)).toBeTruthy();
  cleanup();
  await open({ needsAddress: true, address: null });
  expect(screen.queryByText(TEXTS.noAddress)).toBeNull();
});

test('its packing slip is shown, and leads back to the order', async () => {
  const { order } = await open();
  fireEvent.click(screen.getByRole('button', { name: ADMIN_EN.order.packing.slip }));
  await settle();
  expect(readSlips.mock.calls).toEqual([[[order.id]]]);
  fireEvent.click(screen.getByRole('button', { name: ADMIN_EN.order.packing.back }));
  await settle();
  expect(field()).toBeTruthy();
});

test('what was marked by mistake is taken back, once that is confirmed', async () => {
  const { order, takeSentBack } = await open({ sentAt: instant(NOON_MS), trackingUrl: LINK });
  expect(field().value).toBe(LINK);
  fireEvent.click(screen.getByRole('button', { name: TEXTS.takeBack }));
  await settle();
  expect(takeSentBack).not.toHaveBeenCalled();
  fireEvent.click(screen.getAllByText(TEXTS.takeBack).at(-1) ?? document.body);
  await settle();
  expect(takeSentBack.mock.calls).toEqual([[order.id]]);
  expect(field().value).toBe('');
  expect(screen.queryByRole('button', { name: TEXTS.takeBack })).toBeNull();
  expect(screen.getByRole('button', { name: TEXTS.mark })).toBeTruthy();
});

test('a link that is none is shown at its field', async () => {
  const { markSent } = await open();
  const fields = [{ path: 'trackingUrl', message: 'Invalid URL' }];
  markSent.mockResolvedValueOnce(refused({ code: 'malformed', fields }));
  await send('parcels');
  expect(field().getAttribute('aria-invalid')).toBe('true');
  expect(screen.getByText(ADMIN_EN.faults.link)).toBeTruthy();
  expect(field().value).toBe('parcels');
});

test('what nobody has bought, or what came back whole, is not sent', async () => {
  await open({ status: 'pending' });
  expect(screen.queryByLabelText(TEXTS.link)).toBeNull();
  cleanup();
  await open({ unitsReturned: 2 });
  expect(screen.queryByLabelText(TEXTS.link)).toBeNull();
});
