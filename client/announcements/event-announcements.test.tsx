import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { EventItemId, VariantId } from '../../worker/contract/ids.ts';
import {
  anEvent,
  anItem,
  anOrder,
  aSession,
  EVENT_ID,
  instant,
  MINUTE_MS,
  NOON_MS,
} from '../testing/builders.ts';
import { fakeApi, ok } from '../testing/fake-api.ts';
import { openShop, settle } from '../testing/fake-shop.tsx';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

/** The page's polite regions that say something now; a purchase's refusal is an alert instead. */
function shown() {
  return [...document.querySelectorAll('[aria-live="polite"]')].map((region) => region.textContent);
}

function size(label: string, remaining: number) {
  return anItem({
    id: `evi_000000000001_${label}` as EventItemId,
    name: 'Shoe',
    variant: { id: `var_${label}` as VariantId, label },
    stock: { total: 10, remaining, held: 0, sold: 10 - remaining },
  });
}

async function openEvent(event = anEvent()) {
  const api = fakeApi();
  api.getEvent.mockImplementation(async () => ok(event));
  await openShop({ api, session: aSession(), path: `/events/${EVENT_ID}` });
  // Its code is fetched late.
  await vi.dynamicImportSettled();
  await settle();
  return api;
}

it('announces nothing at first, and then counts down to the opening', async () => {
  await openEvent(
    anEvent({ status: 'locked', startsAt: instant(NOON_MS + 5 * MINUTE_MS + 1_000) }),
  );
  expect(shown()).toEqual(['']);
  await settle(1_500);
  expect(shown()).toEqual(['Opens in 5 minutes.']);
  await settle(4 * MINUTE_MS);
  expect(shown()).toEqual(['Opens in 1 minute.']);
  await settle(MINUTE_MS);
  expect(shown()).toEqual(['On sale now.']);
});

it('announces what becomes of a purchase, in one place', async () => {
  const api = await openEvent(anEvent({ items: [anItem({ name: 'Lamp' })] }));
  api.reserve.mockResolvedValue(ok({ order: anOrder(), serverNow: instant(NOON_MS) }));
  api.confirm.mockResolvedValue(
    ok({ order: anOrder({ status: 'confirmed' }), serverNow: instant(NOON_MS) }),
  );
  fireEvent.click(screen.getByRole('button', { name: 'Buy: Lamp' }));
  await settle();
  expect(shown()).toEqual(['Lamp: Held for another 5 minutes.']);
  await settle(4 * MINUTE_MS);
  expect(shown()).toEqual(['Lamp: Held for another 1 minute.']);
  await settle(45_000);
  expect(shown()).toEqual(['Lamp: Held for another 15 seconds.']);
  fireEvent.click(screen.getByRole('button', { name: 'Order with obligation to pay' }));
  await settle();
  expect(shown()).toEqual(['Lamp: Confirmed.']);
});

it('calls a variant by its label, and announces the stock of the chosen one alone', async () => {
  const api = await openEvent(anEvent({ items: [size('41', 10), size('42', 10), size('43', 10)] }));
  api.getEvent.mockImplementation(async () =>
    ok(anEvent({ items: [size('41', 0), size('42', 10), size('43', 10)] })),
  );
  await settle(5_000);
  // Nothing is chosen, and of all together more than a half is left.
  expect(shown()).toEqual(['']);
  fireEvent.click(screen.getByRole('radio', { name: '42' }));
  await settle();
  expect(shown()).toEqual(['']);
  api.getEvent.mockImplementation(async () =>
    ok(anEvent({ items: [size('41', 0), size('42', 1), size('43', 0)] })),
  );
  await settle(5_000);
  expect(shown()).toEqual(['Shoe · 42: 1 left of 10.']);
});

it('forgets what it has announced, so that nobody finds it later', async () => {
  await openEvent(anEvent({ status: 'locked', startsAt: instant(NOON_MS + MINUTE_MS + 500) }));
  await settle(1_500);
  expect(shown()).toEqual(['Opens in 1 minute.']);
  await settle(10_000);
  expect(shown()).toEqual(['']);
});

it('announces how much is left where that has changed much', async () => {
  const api = await openEvent();
  const item = anItem({ stock: { total: 10, remaining: 1, held: 2, sold: 7 } });
  api.getEvent.mockImplementation(async () => ok(anEvent({ items: [item] })));
  await settle(5_000);
  expect(shown()).toEqual(['Headphones: 1 left of 10.']);
});
