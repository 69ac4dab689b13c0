import { cleanup, fireEvent, screen, within } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AdminSearch } from '../../../worker/contract/admin-search.ts';
import type { EventId, ItemId, OrderId, UserId } from '../../../worker/contract/ids.ts';
import type { OrderNumber } from '../../../worker/contract/order-numbers.ts';
import type { Result } from '../../api/call-problem.ts';
import { instant, NOON_MS } from '../../testing/builders.ts';
import { ok, refused } from '../../testing/fake-api.ts';
import { settle } from '../../testing/fake-shop.tsx';
import { drawInConsole } from '../../testing/open-console.tsx';
import type { AdminApi } from '../api/admin-api.ts';
import { SEARCH_AFTER_MS } from '../lists/live-search.ts';
import { ADMIN_EN } from '../texts/en.ts';
import { ConsoleSearch } from './console-search.tsx';

const TEXTS = ADMIN_EN.finding;
const NOTHING: AdminSearch = { orders: [], customers: [], events: [], items: [], more: [] };
const FOUND: AdminSearch = {
  orders: [
    {
      id: 'ord_1' as OrderId,
      number: '4F7K-9QX2-M3HT' as OrderNumber,
      status: 'confirmed',
      reservedAt: instant(NOON_MS),
      eventTitle: 'Lamp day',
      itemName: 'Desk lamp',
      customerName: 'Maja Holm',
    },
  ],
  customers: [
    {
      id: 'usr_1' as UserId,
      displayName: 'Maja Lampe',
      email: 'maja@example.com',
      active: false,
      deletedAt: null,
    },
  ],
  events: [
    {
      id: 'evt_1' as EventId,
      title: 'Lamp day',
      startsAt: instant(NOON_MS),
      published: false,
      cancelledAt: null,
    },
  ],
  items: [{ id: 'itm_1' as ItemId, name: 'Desk lamp', category: 'home' }],
  more: ['items'],
};

beforeEach(() => void vi.useFakeTimers({ now: NOON_MS }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function open(answer: Result<AdminSearch> = ok(FOUND)) {
  const search = vi.fn<AdminApi['search']>(async () => answer);
  await drawInConsole(
    <>
      <ConsoleSearch />
      <main>
        <input aria-label="Another field" />
        <button type="button">Something</button>
      </main>
    </>,
    { search },
  );
  return search;
}

const field = () => screen.getByRole<HTMLInputElement>('combobox', { name: TEXTS.label });

/** @returns whether the key is left to do what it does by itself */
async function press(key: string, on: Element = field()) {
  const isLeft = fireEvent.keyDown(on, { key });
  await settle();
  return isLeft;
}

const here = () => location.pathname + location.search;

async function type(value: string, passMs = SEARCH_AFTER_MS) {
  field().focus();
  fireEvent.input(field(), { target: { value } });
  await settle(passMs);
}

/** The words of the option that the field names as the active one. */
function activeWords(): string | undefined {
  const id = field().getAttribute('aria-activedescendant');
  if (id === null) return undefined;
  const option = document.getElementById(id);
  expect(option?.getAttribute('aria-selected')).toBe('true');
  return option?.textContent?.trim();
}

test('what is found is listed in groups, each with its name and a link', async () => {
  const search = await open();
  await type('lamp');
  expect(search.mock.calls).toEqual([['lamp']]);
  expect(field().getAttribute('aria-expanded')).toBe('true');
  const list = screen.getByRole('listbox', { name: TEXTS.results });
  expect(field().getAttribute('aria-controls')).toBe(list.id);
  const groups = within(list).getAllByRole('group');
  expect(groups.map((group) => group.firstElementChild?.textContent)).toEqual([
    'Orders',
    'Customers',
    'Events',
    'Items',
  ]);
  const options = within(list).getAllByRole('option');
  expect(options.map((option) => option.getAttribute('href'))).toEqual([
    '/admin/orders/ord_1',
    '/admin/orders?customer=usr_1',
    '/admin/events/evt_1',
    '/admin/catalogue/itm_1',
    '/admin/catalogue?q=lamp',
  ]);
  expect(options[0]?.textContent).toContain('4F7K-9QX2-M3HT');
  expect(options[1]?.textContent).toContain('maja@example.com Deactivated');
  expect(options[2]?.textContent).toContain('Draft');
  expect(screen.getByRole('status').textContent).toBe('4 results');
});

test('the arrows go through all that was found and around, and Enter opens it', async () => {
  await open();
  await type('lamp');
  expect(activeWords()).toBeUndefined();
  await press('ArrowUp');
  expect(activeWords()).toBe(TEXTS.all.items);
  await press('ArrowDown');
  await press('ArrowDown');
  expect(activeWords()).toContain('Maja Lampe');
  expect(document.activeElement).toBe(field());
  await press('Enter');
  await settle();
  expect(here()).toBe('/admin/orders?customer=usr_1');
  expect(screen.queryByRole('listbox')).toBeNull();
  expect(field().value).toBe('');
});

test('Enter searches at once, and opens the only one that was found', async () => {
  const search = await open(ok({ ...NOTHING, orders: FOUND.orders }));
  await type('4f7k', 0);
  expect(search).not.toHaveBeenCalled();
  await press('Enter');
  await settle();
  expect(search).toHaveBeenCalledTimes(1);
  await press('Enter');
  await settle();
  expect(here()).toBe('/admin/orders/ord_1');
});

test('Enter opens nothing while several were found and none was chosen', async () => {
  await open();
  await type('lamp');
  await press('Enter');
  await settle();
  expect(here()).toBe('/admin');
});

test('Escape closes what was found, and then empties the field', async () => {
  await open();
  await type('lamp');
  await press('Escape');
  expect(screen.queryByRole('listbox')).toBeNull();
  expect(field().value).toBe('lamp');
  expect(field().getAttribute('aria-expanded')).toBe('false');
  await press('ArrowDown');
  expect(screen.getByRole('listbox')).toBeTruthy();
  await press('Escape');
  await press('Escape');
  expect(field().value).toBe('');
});

test('the slash leads to the search from anywhere, but is text in a field', async () => {
  await open();
  const another = screen.getByLabelText('Another field');
  another.focus();
  expect(await press('/', another)).toBe(true);
  expect(document.activeElement).toBe(another);
  const button = screen.getByRole('button', { name: 'Something' });
  button.focus();
  fireEvent.keyDown(button, { key: '/', ctrlKey: true });
  expect(document.activeElement).toBe(button);
  expect(await press('/', button)).toBe(false);
  expect(document.activeElement).toBe(field());
  expect(await press('/')).toBe(true);
});

test('it closes once the focus is elsewhere', async () => {
  await open();
  await type('lamp');
  screen.getByLabelText('Another field').focus();
  await settle();
  expect(screen.queryByRole('listbox')).toBeNull();
});

test('it says what to type, that it searches, and that nothing was found', async () => {
  const search = await open(ok(NOTHING));
  expect(field().getAttribute('aria-describedby')).toBe(screen.getByText(TEXTS.hint).id);
  await type('l');
  expect(screen.getByRole('status').textContent).toBe(TEXTS.tooShort);
  expect(search).not.toHaveBeenCalled();
  await type('lamp', 0);
  expect(screen.getByRole('status').textContent).toBe(TEXTS.searching);
  await settle(SEARCH_AFTER_MS);
  expect(screen.getByRole('status').textContent).toBe(TEXTS.nothing('lamp'));
  expect(screen.queryByRole('listbox')).toBeNull();
});

test.each(['offline', 'unavailable'] as const)(
  '%s is said, and can be tried again',
  async (code) => {
    const search = await open(refused({ code }));
    await type('lamp');
    expect(screen.getByRole('alert')).toBeTruthy();
    search.mockResolvedValue(ok(FOUND));
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await settle();
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.getAllByRole('option')).toHaveLength(5);
  },
);

test('an older answer that comes later is dropped', async () => {
  const search = await open();
  const first = Promise.withResolvers<Result<AdminSearch>>();
  search.mockReturnValueOnce(first.promise);
  await type('lam');
  await type('lamp');
  expect(screen.getAllByRole('option')).toHaveLength(5);
  first.resolve(ok(NOTHING));
  await settle();
  expect(screen.getAllByRole('option')).toHaveLength(5);
});

test('what was found for another text is not offered while more is typed', async () => {
  await open();
  await type('lamp');
  await type('lamps', 0);
  expect(screen.queryByRole('option')).toBeNull();
});
