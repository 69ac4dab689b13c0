import { cleanup, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { anEvent, EVENT_ID, instant, MINUTE_MS, NOON_MS } from '../testing/builders.ts';
import { fakeApi, ok } from '../testing/fake-api.ts';
import { openShop, settle } from '../testing/fake-shop.tsx';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

test('a sale can be noted in a calendar until it opens, by a link that leaves the shop', async () => {
  const api = fakeApi();
  const opening = { status: 'locked', startsAt: instant(NOON_MS + MINUTE_MS) } as const;
  api.getEvent.mockResolvedValue(ok(anEvent(opening)));
  await openShop({ api, path: `/events/${EVENT_ID}` });
  const link = screen.getByRole('link', { name: 'Add to calendar' });
  expect(link.getAttribute('href')).toBe(`/api/v1/events/${EVENT_ID}/calendar.ics?language=en`);
  // Followed by the browser, not drawn as a screen.
  const press = new MouseEvent('click', { bubbles: true, cancelable: true, composed: true });
  addEventListener('click', (event) => event.preventDefault(), { once: true });
  link.dispatchEvent(press);
  await settle();
  expect(location.pathname).toBe(`/events/${EVENT_ID}`);

  api.getEvent.mockResolvedValue(ok(anEvent({ ...opening, status: 'live' })));
  await settle(MINUTE_MS);
  expect(screen.queryByRole('link', { name: 'Add to calendar' })).toBeNull();
});
