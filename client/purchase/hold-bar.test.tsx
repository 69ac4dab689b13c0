import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EventItemId, OrderId, VariantId } from '../../worker/contract/ids.ts';
import { ENDED_SHOWN_MS } from '../holds/shown-holds.ts';
import {
  anEntry,
  anEvent,
  anItem,
  aSession,
  EVENT_ID,
  ITEM_ID,
  instant,
  MINUTE_MS,
  NOON_MS,
} from '../testing/builders.ts';
import { fakeApi, ok } from '../testing/fake-api.ts';
import { openShop, settle } from '../testing/fake-shop.tsx';

const HREF = `/events/${EVENT_ID}#${ITEM_ID}`;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const variant = (label: string) => ({ id: `var_${label}` as VariantId, label });
const SIZE = anItem({ name: 'Shoe', variant: variant('42') });

const bar = () => screen.queryByRole('complementary', { name: 'Your holds' });

async function open(orders = [anEntry()], path = '/') {
  const api = fakeApi();
  api.listOrders.mockResolvedValue(ok({ orders, nextCursor: null, serverNow: instant(NOON_MS) }));
  const view = await openShop({ api, session: aSession(), path });
  await settle(2_000);
  await settle(1_000);
  return { api, ...view };
}

test('a hold is shown on every screen, with its time and the way to it', async () => {
  const { api } = await open();
  expect(bar()?.textContent).toContain('Headphones, held for you');
  expect(bar()?.textContent).toContain('4:57');
  expect(screen.getByRole('link', { name: 'Go to hold' }).getAttribute('href')).toBe(HREF);
  expect(api.listOrders).toHaveBeenCalledTimes(1);
  expect(document.querySelector('.hold-ending')).toBeNull();
  await settle(4.5 * MINUTE_MS);
  expect(document.querySelector('.hold-ending')).not.toBeNull();
});

test('a hold of a variant is called by it, and is chosen on the screen that has it', async () => {
  const held = { eventItemId: SIZE.id, variantLabel: '42', itemName: 'Shoe' };
  const other = { ...SIZE, id: 'evi_000000000001_43' as EventItemId, variant: variant('43') };
  const view = await open([anEntry(held)]);
  expect(bar()?.textContent).toContain('Shoe · 42, held for you');
  cleanup();
  view.api.getEvent.mockResolvedValue(ok(anEvent({ items: [SIZE, other] })));
  await openShop({ api: view.api, session: aSession(), path: `/events/${EVENT_ID}` });
  await settle(2_000);
  fireEvent.click(screen.getByRole('radio', { name: '43' }));
  await settle(1_000);
  // Another one is shown, and the hold is nowhere on the screen.
  fireEvent.click(screen.getByRole('link', { name: 'Go to hold' }));
  await settle(1_000);
  expect(screen.getByRole<HTMLInputElement>('radio', { name: /^42/ }).checked).toBe(true);
  expect(screen.getByText('Held for you', { selector: '.hold-title' })).toBeTruthy();
  expect(document.querySelector('.hold-item')?.textContent).toBe('Shoe · 42');
  expect(screen.getByText('Nobody else can buy it in that time.')).toBeTruthy();
});

test('of several the first to end is shown, and that there are more', async () => {
  const later = anEntry({ id: 'ord_2' as OrderId, expiresAt: instant(NOON_MS + 9 * MINUTE_MS) });
  await open([later, anEntry()]);
  expect(bar()?.textContent).toContain('4:57');
  expect(bar()?.textContent).toContain('and 1 more');
  expect(screen.getByRole('link', { name: 'Go to hold' }).getAttribute('href')).toBe('/orders');
});

test('that it ended is shown for a while, or until it is dismissed', async () => {
  await open();
  await settle(5 * MINUTE_MS);
  expect(bar()?.textContent).toContain('Your hold has ended');
  fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
  await settle();
  expect(bar()).toBeNull();
  cleanup();
  await open();
  await settle(5 * MINUTE_MS);
  await settle(ENDED_SHOWN_MS);
  expect(bar()).toBeNull();
});

test('nothing is shown without a hold, where it has its row, and after signing out', async () => {
  await open([anEntry({ status: 'confirmed' })]);
  expect(bar()).toBeNull();
  cleanup();
  await open([anEntry()], '/orders');
  expect(bar()).toBeNull();
  cleanup();
  const { shop } = await open();
  expect(bar()).not.toBeNull();
  shop.session.end();
  await settle();
  expect(bar()).toBeNull();
  expect(shop.holds.current.value).toEqual([]);
});
