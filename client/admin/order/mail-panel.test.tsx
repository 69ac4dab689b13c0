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

const { mail: TEXTS } = ADMIN_EN.order;

beforeEach(() => void vi.useFakeTimers({ now: NOON_MS }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function open(fields: Parameters<typeof aDetail>[0] = {}, sendsMail = true) {
  const order = aDetail({ payment: null, refundable: null, ...fields });
  const getOrder = vi.fn<AdminApi['getOrder']>(async () => ok(order));
  const sendMailAgain = vi.fn<AdminApi['sendMailAgain']>(async (_, kind) =>
    ok({ mail: { kind, createdAt: instant(NOON_MS) }, serverNow: instant(NOON_MS) }),
  );
  await drawInConsole(<OrderScreen id={order.id} />, { getOrder, sendMailAgain }, { sendsMail });
  return { order, getOrder, sendMailAgain };
}

async function send(kind: keyof typeof TEXTS.kinds) {
  fireEvent.click(screen.getByRole('button', { name: TEXTS.kinds[kind] }));
  await settle();
  fireEvent.click(screen.getAllByText(TEXTS.kinds[kind]).at(-1) ?? document.body);
  await settle();
}

test('a mail is sent again once that is confirmed, each with a key of its own', async () => {
  const { order, getOrder, sendMailAgain } = await open();
  expect(screen.queryByRole('button', { name: TEXTS.kinds.order_sent })).toBeNull();
  expect(screen.getByText(TEXTS.ask(order.customerEmail))).toBeTruthy();
  await send('order_confirmed');
  expect(screen.getByText(TEXTS.done)).toBeTruthy();
  expect(getOrder).toHaveBeenCalledTimes(2);
  await send('order_confirmed');
  expect(sendMailAgain.mock.calls).toEqual([
    [order.id, 'order_confirmed', 'key-1'],
    [order.id, 'order_confirmed', 'key-2'],
  ]);
});

test('what nobody knows the end of is tried again with the same key', async () => {
  const { sendMailAgain } = await open({ sentAt: instant(NOON_MS) });
  sendMailAgain.mockResolvedValueOnce(refused({ code: 'no_answer' }));
  await send('order_sent');
  await send('order_sent');
  expect(sendMailAgain.mock.calls.map(([, kind, key]) => [kind, key])).toEqual([
    ['order_sent', 'key-1'],
    ['order_sent', 'key-1'],
  ]);
});

test.each([
  ['mail_suppressed', TEXTS.suppressed],
  ['rate_limited', TEXTS.tooMany],
] as const)('it is told why a mail is not sent: %s', async (code, words) => {
  const { sendMailAgain } = await open();
  sendMailAgain.mockResolvedValueOnce(refused({ code }));
  await send('order_confirmed');
  expect(screen.getByRole('alert').textContent).toContain(words);
});

test('what was all given back is not confirmed again', async () => {
  await open({ unitsReturned: 2 });
  expect(screen.queryByRole('heading', { name: TEXTS.title })).toBeNull();
  cleanup();
  await open({ unitsReturned: 2, sentAt: instant(NOON_MS) });
  expect(screen.queryByRole('button', { name: TEXTS.kinds.order_confirmed })).toBeNull();
  expect(screen.getByRole('button', { name: TEXTS.kinds.order_sent })).toBeTruthy();
  cleanup();
  await open({ unitsReturned: 1 });
  expect(screen.getByRole('button', { name: TEXTS.kinds.order_confirmed })).toBeTruthy();
});

test('nothing is offered that needs a mail where there is none to send', async () => {
  await open({}, false);
  expect(screen.queryByRole('heading', { name: TEXTS.title })).toBeNull();
  cleanup();
  await open({ status: 'pending' });
  expect(screen.queryByRole('heading', { name: TEXTS.title })).toBeNull();
});
