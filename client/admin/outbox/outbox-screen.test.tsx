import { cleanup, fireEvent, screen, within } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CustomerDetail } from '../../../worker/contract/administration.ts';
import type { OrderId, UserId } from '../../../worker/contract/ids.ts';
import type { OutboxRow } from '../../../worker/contract/outbox-list.ts';
import { EVENT_ID, instant, MINUTE_MS, NOON_MS } from '../../testing/builders.ts';
import { ok, refused } from '../../testing/fake-api.ts';
import { settle } from '../../testing/fake-shop.tsx';
import { drawInConsole } from '../../testing/open-console.tsx';
import type { AdminApi } from '../api/admin-api.ts';
import { ADMIN_EN } from '../texts/en.ts';
import { OutboxScreen } from './outbox-screen.tsx';

const GIVEN_UP: OutboxRow = {
  id: 7,
  kind: 'mail.order_confirmed',
  outcome: 'given_up',
  tries: 9,
  lastError: 'recipient_refused',
  createdAt: instant(NOON_MS - 3 * MINUTE_MS),
  dueAt: instant(NOON_MS - MINUTE_MS),
  endedAt: instant(NOON_MS),
  userId: null,
  userName: null,
  paymentId: null,
  orderId: null,
  orderNumber: null,
  eventId: null,
  eventTitle: null,
};
const WAITING: OutboxRow = {
  ...GIVEN_UP,
  id: 8,
  kind: 'mail.reminder',
  outcome: 'waiting',
  tries: 0,
  lastError: null,
  endedAt: null,
};

beforeEach(() => void vi.useFakeTimers({ now: NOON_MS }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function open(first: OutboxRow[], path?: string) {
  let rows = first;
  const listOutbox = vi.fn<AdminApi['listOutbox']>(async ({ outcome, kind }) => {
    const asked = rows.filter(
      (row) => row.outcome === (outcome ?? row.outcome) && row.kind === (kind ?? row.kind),
    );
    return ok({ rows: asked, nextCursor: null, serverNow: instant(NOON_MS) });
  });
  const retryOutbox = vi.fn<AdminApi['retryOutbox']>(async () => {
    rows = [];
    return ok({ ...GIVEN_UP, outcome: 'waiting' });
  });
  const allowMail = vi.fn<AdminApi['allowMail']>(async () => ok({} as CustomerDetail));
  await drawInConsole(<OutboxScreen />, { listOutbox, retryOutbox, allowMail }, path);
  return { listOutbox, retryOutbox, allowMail };
}

const addressOf = (name: string) =>
  screen.getByRole<HTMLAnchorElement>('link', { name }).getAttribute('href');
const theRow = () => screen.getAllByRole('row').at(-1) as HTMLElement;

test('all of it is shown first, and nothing is said of failing where nothing failed', async () => {
  await open([WAITING]);
  expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'State' }).value).toBe('');
  expect(screen.getAllByRole('rowheader')).toHaveLength(1);
  expect(screen.queryByRole('button', { name: 'Show them' })).toBeNull();
});

test('what was given up is pointed out, and found by a press', async () => {
  await open([WAITING, GIVEN_UP]);
  expect(screen.getAllByRole('rowheader')).toHaveLength(2);
  expect(screen.getByText('1 was given up')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Show them' }));
  await settle();
  expect(screen.getAllByRole('rowheader')).toHaveLength(1);
  expect(theRow().textContent).toContain('Mail: order confirmed');
  expect(screen.queryByRole('button', { name: 'Show them' })).toBeNull();
});

test('what was given up has its kind, age, tries and last error', async () => {
  await open([GIVEN_UP]);
  const row = within(theRow());
  expect(row.getByRole('rowheader', { name: 'Mail: order confirmed' })).toBeTruthy();
  const words = theRow().textContent;
  for (const said of ['Given up', '3 minutes ago', '9', 'The address was refused']) {
    expect(words).toContain(said);
  }
});

test('what was given up can be sent again, and is no longer listed then', async () => {
  const { retryOutbox } = await open([GIVEN_UP]);
  fireEvent.click(screen.getByRole('button', { name: /^Send again/ }));
  await settle();
  expect(retryOutbox.mock.calls).toEqual([[7]]);
  expect(screen.queryByRole('rowheader')).toBeNull();
  expect(screen.getByText(/order confirmed: it is tried again now/)).toBeTruthy();
});

test('what could not be sent again says why, and stays', async () => {
  const { retryOutbox } = await open([GIVEN_UP]);
  retryOutbox.mockResolvedValue(refused({ code: 'offline' }));
  fireEvent.click(screen.getByRole('button', { name: /^Send again/ }));
  await settle();
  expect(within(theRow()).getByRole('alert')).toBeTruthy();
});

test('a row whose address is written to no more lets an admin have it written to again', async () => {
  const userId = 'usr_000000000000000001' as UserId;
  const { allowMail } = await open([
    { ...GIVEN_UP, outcome: 'dropped', lastError: 'recipient_suppressed', userId },
  ]);
  fireEvent.click(screen.getAllByText('Allow mail again').at(-1) ?? document.body);
  await settle();
  expect(allowMail.mock.calls).toEqual([[userId]]);
  expect(screen.getByText('Mail is sent there again.')).toBeTruthy();
});

test('a row about somebody names them and leads to their orders, unless they are gone', async () => {
  const userId = 'usr_000000000000000001' as UserId;
  await open([{ ...GIVEN_UP, userId, userName: 'Maja Holm' }]);
  const link = screen.getByRole<HTMLAnchorElement>('link', { name: /Maja Holm/ });
  expect(link.getAttribute('href')).toContain(userId);
  expect(screen.queryByText(userId)).toBeNull();
  cleanup();
  await open([{ ...GIVEN_UP, userId }]);
  expect(screen.getByText(ADMIN_EN.deletedAccount)).toBeTruthy();
  expect(screen.queryByText(userId)).toBeNull();
});

test('a row about another address than the account’s own does not offer that', async () => {
  const userId = 'usr_000000000000000001' as UserId;
  const row = { outcome: 'dropped' as const, lastError: 'recipient_suppressed', userId };
  await open([{ ...GIVEN_UP, ...row, kind: 'mail.change_email' }]);
  expect(screen.queryByText('Allow mail again')).toBeNull();
});

test('another state can be chosen, in which nothing is to be sent again', async () => {
  const { listOutbox } = await open([WAITING]);
  fireEvent.change(screen.getByLabelText('State'), { target: { value: 'waiting' } });
  await settle();
  expect(listOutbox.mock.calls.at(-1)?.[0]).toEqual({ outcome: 'waiting' });
  expect(theRow().textContent).toContain('next try');
  expect(screen.queryByRole('button', { name: /^Send again/ })).toBeNull();
});

test('what an address asks for is shown first, and a row about a payment leads to its order', async () => {
  const order = { orderId: 'ord_000000000001_1' as OrderId, orderNumber: '4F7K-9QX2-M3HT' };
  const event = { eventId: EVENT_ID, eventTitle: 'Sunday sound' };
  const row = { ...WAITING, kind: 'payment.capture', ...order, ...event } as const;
  const { listOutbox } = await open([row], '/admin/outbox?outcome=waiting&kind=payment.capture');
  const asked = { outcome: 'waiting', kind: 'payment.capture' };
  expect(listOutbox.mock.calls.map(([filter]) => filter)).toContainEqual(asked);
  expect(addressOf('4F7K-9QX2-M3HT')).toBe(`/admin/orders/${order.orderId}`);
  expect(addressOf('Sunday sound')).toBe(`/admin/events/${EVENT_ID}`);
});
