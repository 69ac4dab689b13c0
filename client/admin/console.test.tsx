import { cleanup, screen } from '@testing-library/preact';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { aSession } from '../testing/builders.ts';
import { type FakeApi, fakeApi, ok } from '../testing/fake-api.ts';
import { openShop, settle } from '../testing/fake-shop.tsx';

// Its code is there by the time that a test asks for it.
beforeAll(() => import('./console.tsx'));
beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function openConsole(
  path: string,
  { role, api = fakeApi() }: { role?: 'admin' | 'customer'; api?: FakeApi },
) {
  const session = role ? aSession({ user: { ...aSession().user, role } }) : null;
  const opened = await openShop({ api, session, path });
  await vi.waitFor(() => expect(document.querySelector('.skeleton')).toBeNull());
  await settle();
  return opened;
}

/** A shop that has no events, and keeps count of who asked. */
function emptyShop() {
  const asked = vi.fn<() => void>();
  const api: FakeApi = {
    ...fakeApi(),
    asCaller: async <Value,>() => {
      asked();
      return ok({ events: [], nextCursor: null } as Value);
    },
  };
  return { api, asked };
}

test('whoever is not signed in is asked to, and led back to the same place', async () => {
  await openConsole('/admin/events/evt_1', {});
  expect(location.pathname + location.search).toBe('/sign-in?next=%2Fadmin%2Fevents%2Fevt_1');
});

test('a customer reads that this is for admins, and nothing is asked for', async () => {
  const { api, asked } = emptyShop();
  await openConsole('/admin', { role: 'customer', api });
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('For admins only');
  expect(screen.queryByRole('navigation', { name: 'Administration' })).toBeNull();
  expect(asked).not.toHaveBeenCalled();
});

test('an admin sees the events, and the way to a first one', async () => {
  const { api, asked } = emptyShop();
  await openConsole('/admin/events', { role: 'admin', api });
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Events');
  expect(screen.getByText('There is no event yet.')).toBeTruthy();
  expect(screen.getAllByRole('link', { name: 'New event' })).toHaveLength(2);
  expect(asked).toHaveBeenCalled();
});

test('who signs out in the console is led away from it', async () => {
  const { api } = emptyShop();
  await openConsole('/admin/events', { role: 'admin', api });
  screen.getByRole('button', { name: 'Sign out' }).click();
  await settle();
  screen.getByRole('button', { name: 'Sign out on this device' }).click();
  await settle();
  expect(location.pathname).toBe('/');
});

test('only admins are shown the way into the console', async () => {
  const opened = await openShop({ api: fakeApi(), session: aSession(), path: '/' });
  expect(screen.queryByRole('link', { name: 'Admin' })).toBeNull();
  opened.shop.session.start(aSession({ user: { ...aSession().user, role: 'admin' } }));
  await settle();
  expect(screen.getByRole('link', { name: 'Admin' })).toBeTruthy();
});
