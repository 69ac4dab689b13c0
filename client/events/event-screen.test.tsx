import { cleanup, fireEvent, screen, within } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { UserId } from '../../worker/contract/ids.ts';
import type { OrderAnswer } from '../../worker/contract/orders.ts';
import type { Result } from '../api/call-problem.ts';
import {
  anEntry,
  anEvent,
  anItem,
  anOrder,
  aSession,
  EVENT_ID,
  ITEM_ID,
  instant,
  MINUTE_MS,
  NOON_MS,
} from '../testing/builders.ts';
import { fakeApi, ok, refused } from '../testing/fake-api.ts';
import { type FakeSocket, openShop, settle } from '../testing/fake-shop.tsx';

const PATH = `/events/${EVENT_ID}`;
const ARMED_MS = 1_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const held = () => ok<OrderAnswer>({ order: anOrder(), serverNow: instant(NOON_MS) });
const history = (status: 'pending' | 'confirmed') =>
  ok({ orders: [anEntry({ status })], nextCursor: null, serverNow: instant(NOON_MS) });
const button = (name: RegExp) => screen.getByRole('button', { name });

test('pressing Buy five times sends one request', async () => {
  const api = fakeApi();
  api.reserve.mockResolvedValue(held());
  await openShop({ api, session: aSession(), path: PATH });
  const buy = button(/^Buy/);
  for (let press = 0; press < 5; press++) fireEvent.click(buy);
  await settle();
  expect(api.reserve).toHaveBeenCalledTimes(1);
  expect(api.reserve.mock.calls[0]?.slice(0, 2)).toEqual([ITEM_ID, 1]);
  expect(screen.getByText('Held for you')).toBeTruthy();
});

test('the hold counts down and Confirm is sent once', async () => {
  const api = fakeApi();
  api.reserve.mockResolvedValue(held());
  const confirmed = { order: anOrder({ status: 'confirmed' }), serverNow: instant(NOON_MS) };
  api.confirm.mockResolvedValue(ok(confirmed));
  await openShop({ api, session: aSession(), path: PATH });
  fireEvent.click(button(/^Buy/));
  await settle();
  expect(screen.getByText('5:00')).toBeTruthy();
  await settle(61_000);
  expect(screen.getByText('3:59')).toBeTruthy();
  const confirm = button(/Order with obligation to pay/);
  fireEvent.click(confirm);
  fireEvent.click(confirm);
  await settle();
  expect(api.confirm).toHaveBeenCalledTimes(1);
  expect(screen.getByText('It is yours')).toBeTruthy();
});

test('a click meant for Buy does not land on Confirm or Give it back', async () => {
  const api = fakeApi();
  api.reserve.mockResolvedValue(held());
  await openShop({ api, session: aSession(), path: PATH });
  fireEvent.click(button(/^Buy/));
  await settle();
  fireEvent.click(button(/Order with obligation to pay/));
  fireEvent.click(button(/Give it back/));
  await settle();
  expect(api.confirm).not.toHaveBeenCalled();
  expect(api.cancel).not.toHaveBeenCalled();
});

test('a hold that ends is shown as such, asks for the stock and offers Buy again', async () => {
  const api = fakeApi();
  api.reserve.mockResolvedValue(held());
  await openShop({ api, session: aSession(), path: PATH });
  fireEvent.click(button(/^Buy/));
  await settle(5 * MINUTE_MS - 1_000);
  const asked = api.getEvent.mock.calls.length;
  await settle(1_000);
  expect(screen.getByText('Your hold has ended')).toBeTruthy();
  expect(button(/Buy again/)).toBeTruthy();
  expect(api.getEvent.mock.calls.length).toBeGreaterThan(asked);
});

test('giving back sends one cancel and shows that it is done', async () => {
  const api = fakeApi();
  api.listOrders.mockResolvedValue(history('pending'));
  api.cancel.mockResolvedValue(
    ok({ order: anOrder({ status: 'cancelled' }), serverNow: instant(NOON_MS) }),
  );
  await openShop({ api, session: aSession(), path: PATH });
  await settle(ARMED_MS);
  fireEvent.click(button(/Give it back/));
  await settle();
  expect(api.cancel).toHaveBeenCalledTimes(1);
  expect(screen.getByText('Given back')).toBeTruthy();
});

test('Buy sends what is shown beside it, and goes on at the new price that a refusal brought', async () => {
  const api = fakeApi();
  const price = { priceCents: 29_900, currency: 'EUR' };
  api.reserve.mockResolvedValueOnce(refused({ code: 'changed', price }));
  await openShop({ api, session: aSession(), path: PATH });
  fireEvent.click(button(/^Buy/));
  await settle();
  expect(api.reserve.mock.calls[0]?.[2].shown).toEqual({ priceCents: 24_900, currency: 'EUR' });
  expect(screen.getByRole('alert').textContent).toContain('The price has changed');
  api.reserve.mockResolvedValueOnce(held());
  fireEvent.click(button(/^Buy at €299\.00/));
  await settle();
  expect(api.reserve.mock.calls[1]?.[2].shown).toEqual(price);
  expect(screen.getByText('Held for you')).toBeTruthy();
});

test('sold out shows the counts and when a unit may come back', async () => {
  const api = fakeApi();
  api.getEvent.mockResolvedValue(ok(anEvent({ waitlist: false })));
  const stock = { total: 10, remaining: 0, held: 2, sold: 8 };
  const nextReleaseAt = instant(NOON_MS + 42_000);
  api.reserve.mockResolvedValue(refused({ code: 'sold_out', stock, nextReleaseAt }));
  await openShop({ api, session: aSession(), path: PATH });
  fireEvent.click(button(/^Buy/));
  await settle();
  const notice = screen.getByRole('alert').textContent;
  expect(notice).toContain('0 of 10 left: 8 sold, 2 held.');
  expect(notice).toContain('0:42');
  expect(button(/Try for a returned unit/)).toBeTruthy();
});

test('when a unit comes back the page shows that instead of sold out', async () => {
  const api = fakeApi();
  const stock = { total: 10, remaining: 0, held: 2, sold: 8 };
  api.reserve.mockResolvedValue(refused({ code: 'sold_out', stock }));
  await openShop({ api, session: aSession(), path: PATH });
  fireEvent.click(button(/^Buy/));
  await settle();
  const item = anItem({ stock: { ...stock, remaining: 1, held: 1 } });
  api.getEvent.mockResolvedValue(ok(anEvent({ items: [item] })));
  await settle(5_000);
  expect(screen.queryByRole('alert')).toBeNull();
  expect(screen.getByText(/A unit has come back/)).toBeTruthy();
});

test('the limit is shown with its numbers, and a hold from elsewhere is taken up', async () => {
  const api = fakeApi();
  api.reserve.mockResolvedValue(refused({ code: 'limit_reached', limit: 1, held: 1, bought: 0 }));
  await openShop({ api, session: aSession(), path: PATH });
  api.listOrders.mockResolvedValue(history('pending'));
  fireEvent.click(button(/^Buy/));
  await settle();
  expect(screen.getByText('Held for you')).toBeTruthy();
});

test('whose payment is being checked is told until when, and where to look', async () => {
  const api = fakeApi();
  const nextReleaseAt = instant(NOON_MS + 12_000);
  const limits = { limit: 1, held: 1, bought: 0 };
  api.reserve.mockResolvedValue(refused({ code: 'limit_reached', ...limits, nextReleaseAt }));
  await openShop({ api, session: aSession(), path: PATH });
  fireEvent.click(button(/^Buy/));
  await settle();
  const alert = screen.getByRole('alert');
  expect(alert.textContent).toMatch(/that payment is being checked.*free again at \d\d:00:12/);
  expect(within(alert).getByRole('link').getAttribute('href')).toBe('/orders');
});

test('Buy becomes ready at the opening without a reload', async () => {
  const api = fakeApi();
  const startsAt = instant(NOON_MS + 10_000);
  api.getEvent.mockResolvedValue(ok(anEvent({ status: 'locked', startsAt })));
  api.reserve.mockResolvedValue(held());
  await openShop({ api, session: aSession(), path: PATH, clientAheadMs: 60 * MINUTE_MS });
  fireEvent.click(button(/Not open yet/));
  expect(api.reserve).not.toHaveBeenCalled();
  await settle(9_999);
  expect(screen.queryByRole('button', { name: /^Buy/ })).toBeNull();
  await settle(1);
  const asked = api.getEvent.mock.calls.length;
  fireEvent.click(button(/^Buy/));
  await settle(2_000);
  expect(api.reserve).toHaveBeenCalledTimes(1);
  expect(api.getEvent.mock.calls.length).toBeGreaterThan(asked);
});

test('signed out, Buy leads to signing in and back', async () => {
  const api = fakeApi();
  api.login.mockResolvedValue(ok(aSession()));
  await openShop({ api, path: PATH });
  fireEvent.click(button(/Sign in to buy/));
  await settle();
  expect(location.pathname + location.search).toBe(
    `/sign-in?next=${encodeURIComponent(`${PATH}#${ITEM_ID}`)}`,
  );
  fireEvent.submit(button(/^Sign in$/).closest('form') ?? document.body);
  await settle();
  expect(location.pathname).toBe(PATH);
  expect(api.reserve).not.toHaveBeenCalled();
});

test('a session the server no longer knows leads to signing in', async () => {
  const api = fakeApi();
  api.reserve.mockResolvedValue(refused({ code: 'token_expired' }));
  const { shop } = await openShop({ api, session: aSession(), path: PATH });
  fireEvent.click(button(/^Buy/));
  await settle();
  expect(location.pathname).toBe('/sign-in');
  expect(shop.session.current.value).toBeNull();
});

test('a hold is found again after a reload', async () => {
  const api = fakeApi();
  api.listOrders.mockResolvedValue(history('pending'));
  await openShop({ api, session: aSession(), path: PATH });
  expect(screen.getByText('5:00')).toBeTruthy();
});

test('while a call is repeated the page shows that, and takes its answer', async () => {
  const api = fakeApi();
  const { promise, resolve } = Promise.withResolvers<Result<OrderAnswer>>();
  api.reserve.mockImplementation((_item, _quantity, sending) => {
    sending.onRetry?.({ code: 'busy' });
    return promise;
  });
  await openShop({ api, session: aSession(), path: PATH });
  fireEvent.click(button(/^Buy/));
  await settle();
  expect(screen.getByText(/Still trying…/)).toBeTruthy();
  resolve(held());
  await settle();
  expect(screen.getByText('Held for you')).toBeTruthy();
});

test('after an answer got lost the next press sends the same key', async () => {
  const api = fakeApi();
  api.reserve.mockResolvedValueOnce(refused({ code: 'no_answer' })).mockResolvedValue(held());
  await openShop({ api, session: aSession(), path: PATH });
  fireEvent.click(button(/^Buy/));
  await settle();
  fireEvent.click(button(/^Buy/));
  await settle();
  const keys = api.reserve.mock.calls.map(([, , sending]) => sending.key);
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(1);
});

test('asking for more than is left is answered with what is left', async () => {
  const api = fakeApi();
  const stock = { total: 10, remaining: 1, held: 1, sold: 8 };
  api.getEvent.mockResolvedValue(ok(anEvent({ items: [anItem({ limitPerCustomer: 3 })] })));
  api.reserve.mockResolvedValue(refused({ code: 'sold_out', stock }));
  await openShop({ api, session: aSession(), path: PATH });
  fireEvent.change(screen.getByLabelText('Quantity'), { target: { value: '2' } });
  fireEvent.click(button(/^Buy/));
  await settle();
  expect(screen.getByText(/Only 1 left/)).toBeTruthy();
  expect(screen.queryByText(/come back/)).toBeNull();
});

test('a session that ran out while looking on is ended without leading away', async () => {
  const api = fakeApi();
  api.listOrders.mockResolvedValue(refused({ code: 'token_expired' }));
  const { shop } = await openShop({ api, session: aSession(), path: PATH });
  expect(shop.session.current.value).toBeNull();
  expect(location.pathname).toBe(PATH);
  expect(button(/Sign in to buy/)).toBeTruthy();
});

test('an item with a limit of three can be bought in twos', async () => {
  const api = fakeApi();
  api.getEvent.mockResolvedValue(ok(anEvent({ items: [anItem({ limitPerCustomer: 3 })] })));
  api.reserve.mockResolvedValue(held());
  await openShop({ api, session: aSession(), path: PATH });
  fireEvent.change(screen.getByLabelText('Quantity'), { target: { value: '2' } });
  fireEvent.click(button(/^Buy/));
  await settle();
  expect(api.reserve.mock.calls[0]?.[1]).toBe(2);
});

test('an event that does not exist is shown otherwise than one that did not load', async () => {
  const api = fakeApi();
  api.getEvent.mockResolvedValue(refused({ code: 'not_found' }));
  await openShop({ api, path: PATH });
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Nothing here');
  expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
});

test('an error after a good answer keeps the page and shows that it may be out of date', async () => {
  const api = fakeApi();
  await openShop({ api, path: PATH });
  api.getEvent.mockResolvedValue(refused({ code: 'offline' }));
  await settle(5_000);
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Sunday sound');
  expect(screen.getByRole('alert').textContent).toContain('This may be out of date.');
});

test('the quantity that was chosen is still there after signing in', async () => {
  const api = fakeApi();
  api.getEvent.mockResolvedValue(ok(anEvent({ items: [anItem({ limitPerCustomer: 3 })] })));
  api.reserve.mockResolvedValue(refused({ code: 'token_expired' }));
  const { shop } = await openShop({ api, session: aSession(), path: PATH });
  fireEvent.change(screen.getByLabelText('Quantity'), { target: { value: '3' } });
  fireEvent.click(button(/^Buy/));
  await settle();
  expect(location.pathname).toBe('/sign-in');
  shop.session.start(aSession());
  await settle();
  await settle();
  expect(location.hash).toBe(`#${ITEM_ID}`);
  expect(screen.getByLabelText<HTMLSelectElement>('Quantity').value).toBe('3');
});

test('what somebody else began to write is not there for whoever signs in next', async () => {
  const { shop } = await openShop({ api: fakeApi(), session: aSession(), path: PATH });
  shop.drafts.write('comment', 'half');
  shop.session.end();
  await settle();
  shop.session.start(aSession());
  await settle();
  expect(shop.drafts.read('comment')).toBe('half');
  const { user } = aSession();
  shop.session.start(aSession({ user: { ...user, id: 'usr_000000000000000002' as UserId } }));
  await settle();
  expect(shop.drafts.read('comment')).toBe('');
});

test.each([
  ['counted down', 'nobody waits', 0],
  ['not told', 'somebody waits, who is given it', 1],
])('where all is held, the next release is %s while %s', async (_what, _while, waiting) => {
  const sockets: FakeSocket[] = [];
  await openShop({ api: fakeApi(), sockets, path: PATH });
  const stock = { total: 2, remaining: 0, held: 1, sold: 1 };
  const queue = { waiting, waitingUnits: waiting, servedRank: 0, offers: 0 };
  sockets[0]?.tell({
    v: 1,
    seq: 1,
    takenAtMs: NOON_MS,
    status: 'sold_out',
    opensAtMs: NOON_MS - MINUTE_MS,
    closesAtMs: NOON_MS + 60 * MINUTE_MS,
    items: [{ id: ITEM_ID, ...stock, nextReleaseAtMs: NOON_MS + 42_000, queue }],
    serverNow: instant(NOON_MS),
  });
  await settle();
  expect(screen.queryAllByText('0:42')).toHaveLength(waiting === 0 ? 1 : 0);
  await settle(42_000);
  expect(screen.queryAllByText(/a unit may be back/)).toHaveLength(waiting === 0 ? 1 : 0);
});
