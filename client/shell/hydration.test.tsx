import { cleanup, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { PageAsked, PageData } from '../../worker/contract/pages.ts';
import { openLazyParts } from '../lazy/lazy-parts.ts';
import {
  aList,
  anEvent,
  aSession,
  aSummary,
  EVENT_ID,
  ITEM_ID,
  instant,
  MINUTE_MS,
  NOON_MS,
} from '../testing/builders.ts';
import { fakeApi, ok } from '../testing/fake-api.ts';
import { type FakeWorld, openShop, settle } from '../testing/fake-shop.tsx';
import { drawPage } from './draw-page.tsx';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  document.body.replaceChildren();
  vi.useRealTimers();
});

const EVENT_PAGE: PageData = { kind: 'event', event: anEvent() };
const PATH = `/events/${EVENT_ID}`;

function drawn(data: PageData, asked: Partial<PageAsked> = {}) {
  return drawPage({
    data,
    reader: { language: 'en', locale: 'en-GB' },
    timeZone: 'America/Chicago',
    previews: null,
    origin: 'https://shop.example',
    path: PATH,
    legalPages: [],
    face: null,
    nowMs: NOON_MS,
    ...asked,
  });
}

function arrivedIn(html: string): HTMLElement {
  const container = document.createElement('div');
  container.innerHTML = html;
  document.body.append(container);
  return container;
}

/** The page as the Worker drew it, hydrated. @returns it, and the elements it had. */
async function hydrate(data: PageData, world: Partial<FakeWorld> & { takenAtMs?: number } = {}) {
  const { takenAtMs = NOON_MS, path = PATH, ...rest } = world;
  const container = arrivedIn(drawn(data, { path }).body);
  const arrived = [...container.querySelectorAll('*')];
  const page = { data, takenAtMs, container };
  await openShop({ api: fakeApi(), loadParts: openLazyParts, ...rest, path, page });
  return { container, arrived };
}

test('hydration keeps the elements that arrived, and asks for nothing yet', async () => {
  const api = fakeApi();
  const { container, arrived } = await hydrate(EVENT_PAGE, { api });
  expect(arrived.length).toBeGreaterThan(50);
  // But for the place of what is fetched later.
  const replaced = arrived.filter((element) => !container.contains(element));
  expect(replaced.filter((element) => !element.matches('.discussion'))).toEqual([]);
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Sunday sound');
  await settle(1_500);
  expect(api.getEvent).not.toHaveBeenCalled();
  await settle(3_000);
  expect(api.getEvent).toHaveBeenCalledTimes(1);
});

test('the list is hydrated in the same way', async () => {
  const api = fakeApi();
  const list = aList([aSummary()]);
  const { container, arrived } = await hydrate({ kind: 'events', list }, { api, path: '/' });
  expect(arrived.filter((element) => !container.contains(element))).toEqual([]);
  expect(screen.getByRole('link', { name: 'Sunday sound' })).not.toBeNull();
  await settle(1_500);
  expect(api.listEvents).not.toHaveBeenCalled();
});

test('so is the page of an item, with its price, its stock and the way to buy it', async () => {
  const api = fakeApi();
  const { container, arrived } = await hydrate(EVENT_PAGE, {
    api,
    path: `${PATH}/items/${ITEM_ID}`,
  });
  expect(arrived.map(({ textContent }) => textContent)).toContain('€249.00');
  const replaced = arrived.filter((element) => !container.contains(element));
  const later = '.ratings, .skeleton, .skeleton *';
  expect(replaced.filter((element) => !element.matches(later))).toEqual([]);
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Headphones');
  await settle(1_500);
  expect(api.getEvent).not.toHaveBeenCalled();
});

test('what the server could not know is put right at once: who it is, and what time it is', async () => {
  const opening = { status: 'locked', startsAt: instant(NOON_MS + 10 * MINUTE_MS) } as const;
  const data: PageData = { kind: 'event', event: anEvent(opening) };
  const body = drawn(data, { nowMs: NOON_MS - 2 * MINUTE_MS }).body;
  expect(body).toContain('>12</span>');
  const api = fakeApi();
  api.listOrders.mockResolvedValue(ok({ orders: [], nextCursor: null, serverNow: '' }));
  const container = arrivedIn(body);
  const page = { data, takenAtMs: NOON_MS, container };
  await openShop({ api, path: PATH, page, session: aSession(), loadParts: openLazyParts });
  const digits = [...container.querySelectorAll('.countdown-digits')].map(
    (cell) => cell.textContent,
  );
  expect(digits).toEqual(['10', '00']);
  expect(container.textContent).not.toContain('GMT-6');
  expect(screen.queryByRole('link', { name: 'Sign in' })).toBeNull();
  expect(screen.getByRole('button', { name: 'Sign out' })).not.toBeNull();
});

test('a button that was named otherwise for a guest is named anew', async () => {
  await hydrate(EVENT_PAGE, { session: aSession() });
  const button = screen.getByRole('button', { name: 'Buy: Headphones' });
  expect(button.textContent).toBe('Buy');
});

test('a page that is older than an answer may be is shown, and asked about at once', async () => {
  for (const takenAtMs of [NOON_MS - 10_000, Number.NEGATIVE_INFINITY]) {
    const api = fakeApi();
    api.getEvent.mockReturnValue(new Promise(() => {}));
    await hydrate(EVENT_PAGE, { api, takenAtMs });
    expect(screen.getByText('Headphones')).not.toBeNull();
    expect(api.getEvent).toHaveBeenCalledTimes(1);
    cleanup();
  }
});

test('an event that is not there stays so, and is not asked for again', async () => {
  const api = fakeApi();
  const data: PageData = { kind: 'missing', serverNow: instant(NOON_MS) };
  await hydrate(data, { api });
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Nothing here');
  await settle(20_000);
  expect(api.getEvent).not.toHaveBeenCalled();
});

test('what came with the page is of its first screen only', async () => {
  const api = fakeApi();
  await hydrate(EVENT_PAGE, { api });
  screen.getByRole('link', { name: 'All drops' }).click();
  await settle();
  history.back();
  dispatchEvent(new PopStateEvent('popstate'));
  history.replaceState(null, '', PATH);
  dispatchEvent(new PopStateEvent('popstate'));
  await settle();
  expect(api.getEvent).toHaveBeenCalledTimes(1);
});
