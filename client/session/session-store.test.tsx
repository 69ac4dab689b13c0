import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { UserId } from '../../worker/contract/ids.ts';
import { aSession } from '../testing/builders.ts';
import { createSessionStore } from './session-store.ts';

const storage = { shared: localStorage, own: sessionStorage };
const session = aSession();
const { user } = session;
const other = aSession({ user: { ...user, id: 'usr_000000000000000002' as UserId } });

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  // A store listens for as long as its page is open, and the test files share one page.
  const listen = vi.spyOn(globalThis, 'addEventListener');
  onTestFinished(() => {
    for (const [type, listener] of listen.mock.calls) removeEventListener(type, listener);
  });
});

/** What this tab sees of another one's writing. */
function inAnotherTab(text: string | null) {
  const key = 'swiftdrop.session';
  if (text === null) localStorage.removeItem(key);
  else localStorage.setItem(key, text);
  dispatchEvent(new StorageEvent('storage', { key, newValue: text, storageArea: localStorage }));
}

test('a reload finds who is signed in and the token of the tab', () => {
  createSessionStore(storage).start(session);
  const reloaded = createSessionStore(storage);
  expect(reloaded.current.value).toEqual({ user });
  expect(reloaded.token()).toEqual(session);
});

test('another tab learns who is signed in, and gets no token', () => {
  createSessionStore(storage).start(session);
  expect(localStorage.getItem('swiftdrop.session')).not.toContain(session.accessToken);
  sessionStorage.clear();
  const another = createSessionStore(storage);
  expect(another.current.value).toEqual({ user });
  expect(another.token()).toBeNull();
});

test('signing out ends it here, in storage and in the other tabs', () => {
  const store = createSessionStore(storage);
  store.start(session);
  store.end();
  expect(store.current.value).toBeNull();
  expect(store.token()).toBeNull();
  expect([localStorage.length, sessionStorage.length]).toEqual([0, 0]);
  store.start(session);
  inAnotherTab(null);
  expect(store.current.value).toBeNull();
  expect(store.token()).toBeNull();
  expect(sessionStorage.length).toBe(0);
});

test('the token of one person is not used for another who signs in elsewhere', () => {
  const store = createSessionStore(storage);
  store.start(session);
  inAnotherTab(JSON.stringify({ user: other.user }));
  expect(store.current.value).toEqual({ user: other.user });
  expect(store.token()).toBeNull();
  // A tab that was asleep meanwhile finds its own token under another name.
  sessionStorage.setItem('swiftdrop.session', JSON.stringify(session));
  expect(createSessionStore(storage).token()).toBeNull();
});

test('without storage a session lasts as long as the page', () => {
  const store = createSessionStore({ shared: null, own: null });
  store.start(session);
  expect(store.token()).toEqual(session);
  expect(createSessionStore({ shared: null, own: null }).current.value).toBeNull();
});
