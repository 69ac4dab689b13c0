/** What is fetched after the first screen does not come at once, or not at all. */
import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LOAD_AGAIN_MS } from '../page/load-again.ts';
import { fakeApi } from '../testing/fake-api.ts';
import { openShop, settle } from '../testing/fake-shop.tsx';
import type { LazyLoaders } from './lazy.tsx';
import { openLazyParts } from './lazy-parts.ts';

const gone = () => Promise.reject(new TypeError('error loading dynamically imported module'));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function open(loadParts: LazyLoaders['parts']) {
  await openShop({ api: fakeApi(), path: '/register', loadParts });
}

async function trySecondTime() {
  await settle(LOAD_AGAIN_MS);
  // Then what was fetched is drawn.
  for (let turn = 0; turn < 4; turn++) await settle();
}

test('what came only at the second try was not gone', async () => {
  // Another part of the page asks for it too, and both fail at first.
  let tries = 0;
  await open(() => (tries++ < 2 ? gone() : openLazyParts()));
  expect(screen.queryByRole('alert')).toBeNull();
  await trySecondTime();
  expect(screen.getByLabelText('E-mail')).toBeTruthy();
});

test('what did not come at the second try is not asked for again until somebody says so', async () => {
  const loadParts = vi.fn<LazyLoaders['parts']>(gone);
  await open(loadParts);
  await trySecondTime();
  const tries = loadParts.mock.calls.length;
  await settle(60_000);
  expect(loadParts).toHaveBeenCalledTimes(tries);
  expect(screen.getByRole('alert').textContent).toContain('renewed');
  loadParts.mockImplementation(openLazyParts);
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await trySecondTime();
  expect(screen.getByLabelText('E-mail')).toBeTruthy();
});
