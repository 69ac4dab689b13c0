import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EventId } from '../../worker/contract/ids.ts';
import { aList, aSummary } from '../testing/builders.ts';
import { type FakeApi, fakeApi, ok } from '../testing/fake-api.ts';
import { openShop, settle } from '../testing/fake-shop.tsx';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const CATEGORIES = ['hats', 'shoes'];

function eventsOf(count: number) {
  return Array.from({ length: count }, (_, n) =>
    aSummary({ id: `evt_${String(n).padStart(12, '0')}` as EventId, title: `Drop ${n}` }),
  );
}

/** A shop with so many events, which finds one of them, or none where "nothing" is sought. */
function apiWith(count: number): FakeApi {
  const api = fakeApi();
  api.listEvents.mockImplementation(async (_cursor, { q, category } = {}) => {
    const found = q || category ? eventsOf(1) : eventsOf(count);
    return ok(aList(q === 'nothing' ? [] : found, { categories: CATEGORIES }));
  });
  return api;
}

const field = () => screen.queryByRole('searchbox', { name: 'Search drops and items' });
const chip = (name: string) => screen.getByRole('link', { name });

test('a list that is seen at a glance has no search', async () => {
  await openShop({ api: apiWith(9), path: '/' });
  expect(screen.getAllByRole('article')).toHaveLength(9);
  expect(field()).toBeNull();
});

test('what is being typed stays while the list is asked for again', async () => {
  const api = apiWith(10);
  await openShop({ api, path: '/' });
  const input = field() as HTMLInputElement;
  fireEvent.input(input, { target: { value: 'red sh' } });
  const asked = api.listEvents.mock.calls.length;
  await settle(120_000);
  expect(api.listEvents.mock.calls.length).toBeGreaterThan(asked);
  expect((field() as HTMLInputElement).value).toBe('red sh');
});

test('a longer one is searched, by an address that can be kept', async () => {
  const api = apiWith(10);
  await openShop({ api, path: '/' });
  const input = field();
  if (input === null) throw new Error('no field');
  fireEvent.input(input, { target: { value: ' red shoe ' } });
  fireEvent.submit(input.closest('form') ?? input);
  await settle();
  expect(location.pathname + location.search).toBe('/?q=red+shoe');
  expect(api.listEvents).toHaveBeenLastCalledWith(undefined, { q: 'red shoe' });
  expect(screen.getAllByRole('article')).toHaveLength(1);
  fireEvent.click(chip('shoes'));
  await settle();
  expect(location.search).toBe('?q=red+shoe&category=shoes');
  expect(chip('shoes').getAttribute('aria-current')).toBe('true');
  fireEvent.click(chip('All'));
  await settle();
  expect(location.search).toBe('?q=red+shoe');
});

test('one that goes on has a search too', async () => {
  const api = fakeApi();
  const list = aList(eventsOf(3), { nextCursor: 'more', categories: ['shoes'] });
  api.listEvents.mockResolvedValue(ok(list));
  await openShop({ api, path: '/' });
  expect(field()).not.toBeNull();
  // Where all are of one category there is nothing to choose.
  expect(screen.queryByRole('link', { name: 'shoes' })).toBeNull();
});

test('a category keeps what is typed, also before it is sought', async () => {
  await openShop({ api: apiWith(10), path: '/' });
  fireEvent.input(field() as HTMLInputElement, { target: { value: 'red shoe' } });
  fireEvent.click(chip('hats'));
  await settle();
  expect(location.search).toBe('?q=red+shoe&category=hats');
});

test('where nothing is found in a category, either of the two can be given up', async () => {
  await openShop({ api: apiWith(10), path: '/?q=nothing&category=hats' });
  expect(chip('All: hats').getAttribute('href')).toBe('/?category=hats');
  fireEvent.click(chip('Search: nothing'));
  await settle();
  expect(location.search).toBe('?q=nothing');
  expect(screen.queryByRole('link', { name: 'Search: nothing' })).toBeNull();
});

test('where nothing is found, it leads back to all', async () => {
  await openShop({ api: apiWith(10), path: '/?q=nothing&category=boats' });
  expect(screen.getByText(/Nothing found/)).toBeTruthy();
  expect(chip('boats').getAttribute('aria-current')).toBe('true');
  fireEvent.click(chip('All drops'));
  await settle();
  expect(location.search).toBe('');
  expect(screen.getAllByRole('article')).toHaveLength(10);
  expect(field()).toHaveProperty('value', '');
});

test('a list of the version before is searched without its categories', async () => {
  const api = fakeApi();
  const { categories: _, ...old } = aList(eventsOf(10));
  api.listEvents.mockResolvedValue(ok(old as ReturnType<typeof aList>));
  await openShop({ api, path: '/' });
  expect(field()).not.toBeNull();
});
