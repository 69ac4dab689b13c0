import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AdminEventSummary } from '../../../worker/contract/administration.ts';
import type { OrderId } from '../../../worker/contract/ids.ts';
import type { OrderNumber } from '../../../worker/contract/order-numbers.ts';
import { aSummary, instant, NOON_MS } from '../../testing/builders.ts';
import { ok, refused } from '../../testing/fake-api.ts';
import { settle } from '../../testing/fake-shop.tsx';
import { drawInConsole } from '../../testing/open-console.tsx';
import { aDetail } from '../../testing/orders.ts';
import type { AdminApi } from '../api/admin-api.ts';
import { ADMIN_EN } from '../texts/en.ts';
import { OrdersScreen } from './orders-screen.tsx';
import { SendChosen } from './send-chosen.tsx';

const TEXTS = ADMIN_EN.chosen;
const LINK = 'https://parcels.example/1';
const ORDERS = ['AAAA-AAAA-AAAA', 'BBBB-BBBB-BBBB', 'CCCC-CCCC-CCCC'].map((number, n) =>
  aDetail({ id: `ord_${n}` as OrderId, number: number as OrderNumber }),
);
const [ONE, OTHER, THIRD] = ORDERS.map(({ number }) => number) as unknown as [
  string,
  string,
  string,
];

beforeEach(() => void vi.useFakeTimers({ now: NOON_MS }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const listEvents: AdminApi['listEvents'] = async () =>
  ok({ events: [aSummary() as AdminEventSummary], nextCursor: null, serverNow: '' });

const allMarked: AdminApi['markAllSent'] = async (ids) =>
  ok({ sent: ids as OrderId[], sentBefore: [], refused: [], serverNow: instant(NOON_MS) });

const nothing = () => {};

async function open() {
  const markAllSent = vi.fn<AdminApi['markAllSent']>(allMarked);
  const listOrders = vi.fn<AdminApi['listOrders']>(async () =>
    ok({ orders: ORDERS, nextCursor: null, serverNow: '' }),
  );
  await drawInConsole(
    <OrdersScreen />,
    { markAllSent, listOrders, listEvents },
    '/admin/orders?delivery=to_send',
  );
  return { markAllSent, listOrders };
}

const box = (name: string) => screen.getByRole<HTMLInputElement>('checkbox', { name });
const press = async (name: string) => {
  fireEvent.click(screen.getByRole('button', { name }));
  await settle();
};
const choose = (number: string) => fireEvent.click(box(TEXTS.choose(number)));
const linkField = (number: string) =>
  screen.getByLabelText<HTMLInputElement>(TEXTS.linkOf(number, 'Maja Holm'));
const type = async (field: Element, value: string) => {
  fireEvent.input(field, { target: { value } });
  await settle();
};
const resultOf = (number: string) =>
  screen.getByRole('link', { name: number }).closest('li')?.textContent;

test('orders are chosen one by one or all at once, and how many is said', async () => {
  await open();
  expect(screen.queryByRole('button', { name: TEXTS.send })).toBeNull();
  choose(OTHER);
  await settle();
  expect(screen.getByText('1 order chosen')).toBeTruthy();
  const all = box(TEXTS.all(3));
  expect(all.indeterminate).toBe(true);
  fireEvent.click(all);
  await settle();
  expect(screen.getByText('3 orders chosen')).toBeTruthy();
  expect(ORDERS.every(({ number }) => box(TEXTS.choose(number)).checked)).toBe(true);
  await press(TEXTS.none);
  expect(box(TEXTS.choose(ONE)).checked).toBe(false);
  expect(screen.queryByText(/chosen/)).toBeNull();
});

test('each of them is marked with its link, typed or pasted, and how it ended is told', async () => {
  const { markAllSent } = await open();
  for (const number of [ONE, OTHER, THIRD]) choose(number);
  await settle();
  await press(TEXTS.send);
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Mark 3 orders as sent');
  await type(linkField(ONE), ` ${LINK} `);
  await type(screen.getByLabelText(TEXTS.paste), `bbbb-bbbb-bbbb\t${LINK}/2`);
  await press(TEXTS.take);
  expect(linkField(OTHER).value).toBe(`${LINK}/2`);
  expect(screen.getByText('1 link filled in.')).toBeTruthy();
  const [one, other, third] = ORDERS.map(({ id }) => id) as [OrderId, OrderId, OrderId];
  markAllSent.mockResolvedValueOnce(
    ok({
      sent: [one, other],
      sentBefore: [other],
      refused: [{ id: third, code: 'order_returned' }],
      serverNow: '',
    }),
  );
  await press(TEXTS.action);
  const links = [
    { id: one, trackingUrl: LINK },
    { id: other, trackingUrl: `${LINK}/2` },
  ];
  expect(markAllSent.mock.calls).toEqual([[[one, other, third], links]]);
  const heading = screen.getByRole('heading', { level: 1 });
  expect(heading.textContent).toBe('2 of 3 orders are marked as sent');
  expect(document.activeElement).toBe(heading);
  expect(resultOf(ONE)).toContain(TEXTS.sent);
  expect(screen.getByRole('link', { name: LINK }).getAttribute('href')).toBe(LINK);
  expect(screen.getByRole('link', { name: `${LINK}/2` })).toBeTruthy();
  expect(resultOf(OTHER)).toContain(TEXTS.sentBeforeLink);
  expect(resultOf(THIRD)).toContain('All of this order was returned.');
  await press(TEXTS.backToList);
  expect(box(TEXTS.choose(ONE)).checked).toBe(false);
});

test('what was marked is not listed any more, also where it came with a later page', async () => {
  const [first, later] = [ORDERS.slice(0, 2), ORDERS.slice(2)];
  const listOrders = vi.fn<AdminApi['listOrders']>(async (_, cursor) =>
    ok({
      orders: cursor === undefined ? first : later,
      nextCursor: cursor === undefined ? 'later' : null,
      serverNow: '',
    }),
  );
  const calls = { markAllSent: allMarked, listOrders, listEvents };
  await drawInConsole(<OrdersScreen />, calls, '/admin/orders?delivery=to_send');
  await press('Show more');
  for (const number of [OTHER, THIRD]) choose(number);
  await settle();
  await press(TEXTS.send);
  await press(TEXTS.action);
  listOrders.mockImplementation(async () =>
    ok({ orders: first.slice(0, 1), nextCursor: null, serverNow: '' }),
  );
  await press(TEXTS.backToList);
  await settle();
  expect(screen.getAllByRole('rowheader').length).toBe(1);
  expect(screen.queryByRole('link', { name: THIRD })).toBeNull();
  expect(screen.getByRole('link', { name: ONE })).toBeTruthy();
});

test('the button is above many fields as well, so that nobody has to go past them', async () => {
  const orders = Array.from({ length: 20 }, (_, n) => aDetail({ id: `ord_${n}` as OrderId }));
  const markAllSent = vi.fn<AdminApi['markAllSent']>(allMarked);
  await drawInConsole(<SendChosen orders={orders} onSent={nothing} onBack={nothing} />, {
    markAllSent,
  });
  const [above, below] = screen.getAllByRole('button', { name: TEXTS.action });
  const [field] = screen.getAllByLabelText(/^Link for/);
  expect(field?.compareDocumentPosition(above as Node)).toBe(Node.DOCUMENT_POSITION_PRECEDING);
  expect(field?.compareDocumentPosition(below as Node)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
  fireEvent.submit(above?.closest('form') ?? document.body);
  await settle();
  expect(markAllSent).toHaveBeenCalledOnce();
});

test('back at the list the page is called after it again', async () => {
  await open();
  const before = document.title;
  choose(ONE);
  await settle();
  await press(TEXTS.send);
  expect(document.title).not.toBe(before);
  await press(TEXTS.backToList);
  expect(document.title).toBe(before);
});

test('a pasted line that names nothing is left to be mended, and nothing is sent', async () => {
  const { markAllSent } = await open();
  choose(ONE);
  await settle();
  await press(TEXTS.send);
  const pasted = screen.getByLabelText<HTMLTextAreaElement>(TEXTS.paste);
  await type(pasted, `${ONE},${LINK}\n${OTHER},${LINK}`);
  await press(TEXTS.action);
  expect(markAllSent).not.toHaveBeenCalled();
  expect(screen.getByRole('alert').textContent).toContain(TEXTS.faults.not_chosen);
  expect(pasted.value).toBe(`${OTHER},${LINK}`);
  expect(linkField(ONE).value).toBe(LINK);
  await type(pasted, '');
  await press(TEXTS.action);
  expect(markAllSent).toHaveBeenCalledOnce();
});

test('links alone are filled in as the orders stand, and how many is said', async () => {
  await open();
  for (const number of [OTHER, ONE]) choose(number);
  await settle();
  await press(TEXTS.send);
  const pasted = screen.getByLabelText<HTMLTextAreaElement>(TEXTS.paste);
  await type(pasted, `${LINK}\n`.repeat(13));
  await press(TEXTS.take);
  expect(screen.getByText('0 links filled in.')).toBeTruthy();
  expect(screen.getByRole('alert').textContent).toContain(TEXTS.faults.miscounted);
  expect(screen.getByText('And 3 more lines.')).toBeTruthy();
  await type(pasted, `${LINK}/1\n${LINK}/2`);
  await press(TEXTS.take);
  expect(screen.getByText('2 links filled in.').closest('details')).toBeNull();
  expect([linkField(OTHER).value, linkField(ONE).value]).toEqual([`${LINK}/1`, `${LINK}/2`]);
  expect(screen.queryByRole('alert')).toBeNull();
});

test('a link that is none is shown at its order’s field', async () => {
  const { markAllSent } = await open();
  for (const number of [ONE, OTHER]) choose(number);
  await settle();
  await press(TEXTS.send);
  await type(linkField(OTHER), 'parcels');
  const fields = [{ path: 'trackingUrls.0.trackingUrl', message: 'Invalid URL' }];
  markAllSent.mockResolvedValueOnce(refused({ code: 'malformed', fields }));
  await press(TEXTS.action);
  expect(linkField(OTHER).getAttribute('aria-invalid')).toBe('true');
  expect(linkField(ONE).getAttribute('aria-invalid')).toBe('false');
  expect(document.activeElement).toBe(linkField(OTHER));
});

test('other orders than those that were chosen are asked for without them', async () => {
  await open();
  choose(ONE);
  await settle();
  fireEvent.change(screen.getByLabelText('State'), { target: { value: 'confirmed' } });
  await settle();
  expect(screen.queryByText('1 order chosen')).toBeNull();
});
