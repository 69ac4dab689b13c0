import { cleanup, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { EventDetail } from '../../worker/contract/events.ts';
import { anEvent, EVENT_ID } from '../testing/builders.ts';
import { fakeApi, ok } from '../testing/fake-api.ts';
import { openShop, settle } from '../testing/fake-shop.tsx';
import { LAZY_EN } from '../texts/lazy/en.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function linkOf(fields: Partial<EventDetail>) {
  const api = fakeApi();
  api.getEvent.mockImplementation(async () => ok(anEvent(fields)));
  await openShop({ api, path: `/events/${EVENT_ID}` });
  // Its code is fetched late.
  await vi.dynamicImportSettled();
  await settle();
  return screen.queryByRole('link', { name: LAZY_EN.reportLink });
}

it('leads from a closed event to its report, which is loaded as a page of its own', async () => {
  const link = await linkOf({ status: 'closed', reportPublic: true });
  expect(link?.getAttribute('href')).toBe(`/events/${EVENT_ID}/report`);
  // The browser has no code for it, so the router must leave it alone.
  expect(link?.getAttribute('target')).toBe('_top');
});

it.each<Partial<EventDetail>>([
  { status: 'live', reportPublic: true },
  { status: 'closed', reportPublic: false },
])('shows no way to a report that is not there: %o', async (fields) => {
  expect(await linkOf(fields)).toBeNull();
});
