import { cleanup, fireEvent, screen, within } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EventItem } from '../../worker/contract/events.ts';
import type { EventItemId, VariantId } from '../../worker/contract/ids.ts';
import type { OrderHistoryEntry } from '../../worker/contract/orders.ts';
import { createDrafts } from '../page/drafts.ts';
import {
  anEntry,
  anEvent,
  anItem,
  anOrder,
  aSession,
  EVENT_ID,
  instant,
  NOON_MS,
} from '../testing/builders.ts';
import { fakeApi, ok, refused } from '../testing/fake-api.ts';
import { type FakeSocket, openShop, settle } from '../testing/fake-shop.tsx';

const PATH = `/events/${EVENT_ID}`;
const LEFT = { total: 4, remaining: 4, held: 0, sold: 0 };
const GONE = { total: 4, remaining: 0, held: 0, sold: 4 };
const HELD = { total: 4, remaining: 0, held: 1, sold: 3 };
const serverNow = instant(NOON_MS);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const idOf = (label: string) => `evi_000000000001_${label}` as EventItemId;

function size(label: string, fields: Partial<EventItem> = {}): EventItem {
  const variant = { id: `var_${label}` as VariantId, label };
  return anItem({ id: idOf(label), name: 'Shoe', variant, stock: LEFT, ...fields });
}

/** Sizes 41 to 43: sold out, on sale, all held. */
const SIZES = [size('41', { stock: GONE }), size('42'), size('43', { stock: HELD })];

function shopWith(items = SIZES, orders: OrderHistoryEntry[] = []) {
  const api = fakeApi();
  api.getEvent.mockImplementation(async () => ok(anEvent({ items })));
  api.listOrders.mockImplementation(async () => ok({ orders, nextCursor: null, serverNow }));
  return api;
}

const open = (items?: EventItem[], path = PATH) =>
  openShop({ api: shopWith(items), session: aSession(), path });

const radio = (name: RegExp) => screen.getByRole<HTMLInputElement>('radio', { name });
const button = (name: RegExp) => screen.getByRole('button', { name });
const chosen = () =>
  screen.getAllByRole<HTMLInputElement>('radio').flatMap(({ checked, id }) => (checked ? id : []));

async function choose(name: RegExp) {
  fireEvent.click(radio(name));
  await settle();
}

test('the variants of an item are one card, and each button tells its state', async () => {
  await open([...SIZES, anItem({ itemId: 'itm_000000000000000002' as EventItem['itemId'] })]);
  expect(screen.getAllByRole('heading', { level: 3 }).map((h) => h.textContent)).toEqual([
    'Shoe',
    'Headphones',
  ]);
  const group = screen.getByRole('group', { name: 'Choose a size: Shoe' });
  const names = within(group).getAllByRole('radio');
  expect(names.map((one) => one.getAttribute('aria-label'))).toEqual([
    '41, sold out',
    '42',
    '43, all on hold – may come back',
  ]);
  expect(names.every((one) => !(one as HTMLInputElement).disabled)).toBe(true);
  expect(group.textContent).toContain('41sold out');
});

test('nothing is chosen by itself: the card shows all together, and Buy asks for a choice', async () => {
  const items = [size('41', { stock: GONE }), size('42', { priceCents: 19_900 })];
  const api = shopWith(items);
  api.getEvent.mockImplementation(async () => ok(anEvent({ items, waitlist: false })));
  await openShop({ api, session: aSession(), path: PATH });
  expect(chosen()).toEqual([]);
  expect(screen.getByText('from €199.00')).toBeTruthy();
  expect(screen.getByText('4 left').parentElement?.textContent).toBe('4 left of 8');
  fireEvent.click(button(/^Choose a size: Shoe/));
  await settle();
  expect(document.activeElement).toBe(radio(/^41/));
  expect(screen.getByText('Choose a size', { selector: 'legend' })).toBeTruthy();
  expect(chosen()).toEqual([]);
  expect(api.reserve).not.toHaveBeenCalled();
});

test('price, stock and Buy are those of the chosen variant', async () => {
  const items = [size('41', { stock: GONE }), size('42', { priceCents: 19_900 })];
  const api = shopWith(items);
  api.getEvent.mockImplementation(async () => ok(anEvent({ items, waitlist: false })));
  await openShop({ api, session: aSession(), path: PATH });
  api.reserve.mockResolvedValue(refused({ code: 'sold_out' }));
  await choose(/^41/);
  expect(screen.getByText('€249.00', { selector: '.item-price' })).toBeTruthy();
  expect(button(/^Sold out: Shoe · 41/).getAttribute('aria-disabled')).toBe('true');
  await choose(/^42/);
  expect(screen.getByText('€199.00', { selector: '.item-price' })).toBeTruthy();
  expect(button(/^Buy: Shoe · 42/).textContent).toBe('Buy · 42');
  fireEvent.click(button(/^Buy: Shoe · 42/));
  await settle();
  expect(api.reserve.mock.calls[0]?.[0]).toBe(idOf('42'));
  expect(api.reserve.mock.calls[0]?.[2].shown?.priceCents).toBe(19_900);
});

test('the choice is there again after a reload, whatever the address asked for before', async () => {
  const drafts = createDrafts(null);
  const path = `${PATH}#${idOf('41')}`;
  await openShop({ api: shopWith(), drafts, path });
  expect(chosen()).toEqual([idOf('41')]);
  await choose(/^42/);
  expect(location.hash).toBe('');
  cleanup();
  await openShop({ api: shopWith(), drafts, path: location.pathname });
  expect(chosen()).toEqual([idOf('42')]);
});

test('what a link asked for stays chosen on the item’s own page', async () => {
  const drafts = createDrafts(null);
  await openShop({ api: shopWith(), drafts, path: PATH });
  await choose(/^42/);
  cleanup();
  await openShop({ api: shopWith(), drafts, path: `${PATH}#${idOf('43')}` });
  fireEvent.click(screen.getByRole('link', { name: 'Shoe' }));
  await settle();
  expect(location.pathname).toBe(`${PATH}/items/${idOf('43')}`);
  expect(chosen()).toEqual([idOf('43')]);
});

test('signed out, Buy leads to signing in and back to the chosen variant', async () => {
  const api = shopWith();
  api.login.mockResolvedValue(ok(aSession()));
  await openShop({ api, path: PATH });
  await choose(/^42/);
  fireEvent.click(button(/^Sign in to buy/));
  await settle();
  fireEvent.submit(button(/^Sign in$/).closest('form') ?? document.body);
  await settle();
  expect(location.pathname + location.hash).toBe(`${PATH}#${idOf('42')}`);
  expect(chosen()).toEqual([idOf('42')]);
  await settle(100);
  expect(button(/^Buy: Shoe · 42/)).toBeTruthy();
});

test('what the socket sends changes the buttons, and neither the choice nor the focus', async () => {
  const sockets: FakeSocket[] = [];
  await openShop({ api: shopWith(), session: aSession(), path: PATH, sockets });
  await choose(/^42/);
  radio(/^42/).focus();
  const items = SIZES.map(({ id }) => ({ id, ...GONE, nextReleaseAtMs: null }));
  const times = { opensAtMs: NOON_MS - 1, closesAtMs: NOON_MS + 3_600_000 };
  const sent = { v: 1, seq: 1, takenAtMs: NOON_MS, status: 'live', ...times, items };
  sockets[0]?.tell(sent);
  await settle();
  expect(document.activeElement).toBe(radio(/^42, sold out/));
  expect(chosen()).toEqual([idOf('42')]);
});

test('one’s hold is shown with its variant, and from the others by a press', async () => {
  const entry = anEntry({ eventItemId: idOf('42'), itemName: 'Shoe', variantLabel: '42' });
  const api = shopWith(SIZES, [entry]);
  await openShop({ api, session: aSession(), path: PATH });
  await settle(2_000);
  expect(chosen()).toEqual([idOf('42')]);
  expect(button(/Order with obligation to pay/)).toBeTruthy();
  await choose(/^43/);
  // One limit counts over all: another size is not offered.
  expect(screen.queryByRole('button', { name: /Shoe · 43/ })).toBeNull();
  expect(screen.getByText('That is the most that one customer can buy.')).toBeTruthy();
  expect(button(/^Held for you: 42/).textContent).toContain('4:58');
  fireEvent.click(button(/^Held for you: 42/));
  await settle();
  expect(chosen()).toEqual([idOf('42')]);
  expect(document.activeElement).toBe(radio(/^42, Held for you/));
  expect(button(/Order with obligation to pay/)).toBeTruthy();
});

test('a hold of another variant than the shown one ends there, too', async () => {
  const entry = anEntry({ eventItemId: idOf('42'), itemName: 'Shoe', variantLabel: '42' });
  const api = shopWith(SIZES, [entry]);
  await openShop({ api, session: aSession(), path: PATH });
  await choose(/^43/);
  const ended = { ...entry, status: 'expired' } as const;
  api.listOrders.mockResolvedValue(ok({ orders: [ended], nextCursor: null, serverNow }));
  await settle(5 * 60_000);
  expect(screen.queryByRole('button', { name: /^Held for you/ })).toBeNull();
  expect(button(/^Join the waitlist: Shoe · 43/)).toBeTruthy();
});

test('what was bought of another variant counts, and is named', async () => {
  const entry = anEntry({ eventItemId: idOf('43'), status: 'confirmed', variantLabel: '43' });
  await openShop({ api: shopWith(SIZES, [entry]), session: aSession(), path: PATH });
  await choose(/^42/);
  expect(screen.getByText('You have bought 1: 43')).toBeTruthy();
  expect(screen.queryByRole('button', { name: /^Buy/ })).toBeNull();
});

test('a refusal for the limit tells that it counts over all variants', async () => {
  const api = shopWith();
  api.reserve.mockResolvedValue(refused({ code: 'limit_reached', limit: 1, held: 1, bought: 0 }));
  await openShop({ api, session: aSession(), path: PATH });
  await choose(/^42/);
  fireEvent.click(button(/^Buy/));
  await settle();
  expect(screen.getByRole('alert').textContent).toContain('All options count together.');
});

test('an item’s own page has the chosen variant in its address and its title', async () => {
  await open(SIZES, `${PATH}/items/${SIZES[0]?.itemId}`);
  expect(chosen()).toEqual([]);
  expect(document.title).toBe('Shoe · SwiftDrop');
  await choose(/^42/);
  expect(location.pathname).toBe(`${PATH}/items/${idOf('42')}`);
  expect(document.title).toBe('Shoe · 42 · SwiftDrop');
  cleanup();
  await open(SIZES, location.pathname);
  expect(chosen()).toEqual([idOf('42')]);
});

test('a hold that ends is told of where it was shown, without a choice', async () => {
  const api = shopWith();
  const order = anOrder({ eventItemId: idOf('42'), variantLabel: '42' });
  api.listOrders.mockImplementation(async () =>
    ok({ orders: [anEntry(order)], nextCursor: null, serverNow }),
  );
  await openShop({ api, session: aSession(), path: PATH });
  await settle(5 * 60_000);
  expect(chosen()).toEqual([idOf('42')]);
  expect(screen.getByText('Your hold has ended')).toBeTruthy();
});

test('an item can be bought while the version before answers, which leaves variants out', async () => {
  const { variant: _, ...item } = anItem({ stock: LEFT });
  const api = shopWith([item as EventItem]);
  await openShop({ api, session: aSession(), path: PATH });
  expect(screen.queryAllByRole('radio')).toEqual([]);
  api.reserve.mockResolvedValue(refused({ code: 'sold_out' }));
  fireEvent.click(button(/^Buy: /));
  await settle();
  expect(api.reserve.mock.calls[0]?.[0]).toBe(item.id);
});
