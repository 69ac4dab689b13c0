/** What is fetched after the first screen arrives while somebody uses it. One test: what came once, stays. */
import { cleanup, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { anEvent, anItem, EVENT_ID } from '../testing/builders.ts';
import { fakeApi, ok } from '../testing/fake-api.ts';
import { openShop, settle } from '../testing/fake-shop.tsx';
import { type LazyParts, openLazyParts } from './lazy-parts.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

test('the way to buy stays the same element, with its focus, when the rest arrives', async () => {
  const api = fakeApi();
  api.getEvent.mockResolvedValue(ok(anEvent({ items: [anItem({ limitPerCustomer: 3 })] })));
  const { promise, resolve } = Promise.withResolvers<LazyParts>();
  await openShop({ api, path: `/events/${EVENT_ID}`, loadParts: () => promise });
  const buy = screen.getByRole('button', { name: /^Sign in to buy/ });
  const quantity = screen.getByLabelText('Quantity');
  const details = screen.getByText('Details and ratings');
  buy.focus();
  expect(document.querySelector('.queue')).toBeNull();
  resolve(await openLazyParts());
  await settle();
  expect(document.querySelector('.queue')).not.toBeNull();
  expect(document.activeElement).toBe(buy);
  expect(quantity.isConnected).toBe(true);
  expect(details.isConnected).toBe(true);
});
