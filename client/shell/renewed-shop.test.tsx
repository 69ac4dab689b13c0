/** A page that is open while the shop is deployed anew: parts of it are gone, and it is loaded again. */
import { cleanup, fireEvent } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LazyLoaders } from '../lazy/lazy.tsx';
import { createDrafts } from '../page/drafts.ts';
import { LOAD_AGAIN_MS } from '../page/load-again.ts';
import { aSession } from '../testing/builders.ts';
import { fakeApi, refused } from '../testing/fake-api.ts';
import { openShop, settle } from '../testing/fake-shop.tsx';

beforeEach(() => {
  vi.useFakeTimers();
  sessionStorage.clear();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const gone = () => Promise.reject(new TypeError('error loading dynamically imported module'));

test('code that is gone leads to an offer to reload, which keeps what was typed', async () => {
  const reload = vi.fn<() => void>();
  const drafts = createDrafts(sessionStorage);
  const api = fakeApi();
  const { getByRole } = await openShop({
    api,
    session: aSession(),
    loadConsole: gone,
    reload,
    drafts,
    path: '/admin',
  });
  await settle(LOAD_AGAIN_MS);
  drafts.write('comment evt_1', 'half a thought');
  expect(getByRole('alert').textContent).toContain('renewed');
  fireEvent.click(getByRole('button', { name: 'Reload the page' }));
  expect(reload).toHaveBeenCalledTimes(1);
  expect(createDrafts(sessionStorage).read('comment evt_1')).toBe('half a thought');
});

test('without a network the page shows that, and does not ask to be loaded anew', async () => {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  const session = aSession();
  const shop = await openShop({ api: fakeApi(), session, loadConsole: gone, path: '/admin' });
  await settle(LOAD_AGAIN_MS);
  expect(shop.getByRole('alert').textContent).toContain('No connection');
  expect(shop.queryByRole('button', { name: 'Reload the page' })).toBeNull();
});

test('code that came only at the second try was not gone', async () => {
  const loadConsole = vi.fn<LazyLoaders['console']>(async () => () => <p>The console</p>);
  loadConsole.mockImplementationOnce(gone);
  const session = aSession();
  const shop = await openShop({ api: fakeApi(), session, loadConsole, path: '/admin' });
  expect(shop.queryByRole('alert')).toBeNull();
  await settle(LOAD_AGAIN_MS);
  expect(shop.getByText('The console')).toBeTruthy();
});

test('the code can be asked for once more', async () => {
  const loadConsole = vi.fn<LazyLoaders['console']>(gone);
  const session = aSession();
  const { getByRole, getByText } = await openShop({
    api: fakeApi(),
    session,
    loadConsole,
    path: '/admin',
  });
  await settle(LOAD_AGAIN_MS);
  loadConsole.mockResolvedValue(() => <p>The console</p>);
  fireEvent.click(getByRole('button', { name: 'Try again' }));
  await settle();
  expect(getByText('The console')).toBeTruthy();
});

test('what was typed into the form of an account is there after a reload, but no password', async () => {
  const typed = { 'E-mail': 'ada@example.com', Name: 'Ada', Password: 'correct horse' };
  const first = await openShop({
    api: fakeApi(),
    drafts: createDrafts(sessionStorage),
    path: '/register',
  });
  for (const [label, value] of Object.entries(typed)) {
    fireEvent.input(first.getByLabelText(label), { target: { value } });
  }
  cleanup();
  const api = fakeApi();
  api.register.mockResolvedValue(refused({ code: 'email_taken' }));
  const again = await openShop({ api, drafts: createDrafts(sessionStorage), path: '/register' });
  const valueOf = (label: string) => (again.getByLabelText(label) as HTMLInputElement).value;
  expect(valueOf('E-mail')).toBe('ada@example.com');
  expect(valueOf('Name')).toBe('Ada');
  expect(valueOf('Password')).toBe('');
  expect(JSON.stringify(sessionStorage)).not.toContain('correct horse');
});
