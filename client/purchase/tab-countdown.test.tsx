import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { aList, anEvent, EVENT_ID, instant, MINUTE_MS, NOON_MS } from '../testing/builders.ts';
import { fakeApi, ok } from '../testing/fake-api.ts';
import { openShop, settle } from '../testing/fake-shop.tsx';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const PATH = `/events/${EVENT_ID}`;
/** Without the marks around a title of another direction. */
const title = () => document.title.replaceAll(/[\u2066-\u2069]/g, '');

function apiOpeningIn(ms: number) {
  const api = fakeApi();
  const event = anEvent({ status: 'locked', startsAt: instant(NOON_MS + ms) });
  api.getEvent.mockResolvedValue(ok(event));
  api.listEvents.mockResolvedValue(ok(aList([])));
  return api;
}

test('a sale to come has its time in the tab until it opens', async () => {
  const api = apiOpeningIn(2 * MINUTE_MS + 5_000);
  await openShop({ api, path: PATH });
  expect(title()).toMatch(/^2:05 · Sunday sound · /);
  await settle(1_000);
  expect(title()).toMatch(/^2:04 · Sunday sound · /);
  await settle(2 * MINUTE_MS + 4_000);
  expect(title()).toMatch(/^Sunday sound · /);
});

test('the time in the tab is right after its timers stood still', async () => {
  await openShop({ api: apiOpeningIn(5 * MINUTE_MS), path: PATH });
  expect(title()).toMatch(/^5:00 · /);
  // The clock goes on, and none of its timers fires until the tab is looked at.
  vi.setSystemTime(NOON_MS + MINUTE_MS);
  document.dispatchEvent(new Event('visibilitychange'));
  await settle();
  expect(title()).toMatch(/^4:00 · /);
});

test('what opens in days has no time in the tab yet', async () => {
  const api = apiOpeningIn(26 * 60 * MINUTE_MS);
  await openShop({ api, path: PATH });
  expect(title()).toMatch(/^Sunday sound · /);
});

test('another screen has the title of its own', async () => {
  await openShop({ api: apiOpeningIn(5 * MINUTE_MS), path: PATH });
  fireEvent.click(screen.getAllByRole('link', { name: 'All drops' })[0] as HTMLElement);
  await settle(3_000);
  expect(title()).toMatch(/^Drops · /);
});
