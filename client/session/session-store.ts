/** Who is signed in, in this tab and the others, and this tab's token. Must not talk to the API. */
import { type ReadonlySignal, signal } from '@preact/signals-core';
import type { Session } from '../../worker/contract/accounts.ts';
import { parseSession, parseSignedIn, type SignedIn } from './session.ts';

export interface SessionStore {
  /** The same in all tabs. The cookie, which no script can read, is what really signs one in. */
  readonly current: ReadonlySignal<SignedIn | null>;
  /** What this tab was given last; it may have run out. */
  token(): Session | null;
  start(session: Session): void;
  end(): void;
}

const KEY = 'swiftdrop.session';

export interface SessionStorage {
  /** Of all tabs: who is signed in, and no token. */
  readonly shared: Storage | null;
  /** Of this tab: its token, so that pressing reload at an opening asks for none. */
  readonly own: Storage | null;
}

/** Null where the browser forbids storage: the session then lasts as long as the page. */
export function createSessionStore({ shared, own }: SessionStorage): SessionStore {
  const current = signal(parseSignedIn(shared?.getItem(KEY) ?? null));
  let token = parseSession(own?.getItem(KEY) ?? null);
  forgetOthers();

  /** Another tab may have signed out, or somebody else in. */
  function forgetOthers() {
    if (token?.user.id !== current.peek()?.user.id) setToken(null);
  }
  function setToken(next: Session | null) {
    token = next;
    keep(own, next);
  }

  // Fires for other tabs' changes only: signing out in one signs out in all.
  addEventListener('storage', ({ key, newValue, storageArea }) => {
    if (storageArea !== shared || (key !== KEY && key !== null)) return;
    current.value = parseSignedIn(newValue);
    forgetOthers();
  });
  return {
    current,
    token: () => token,
    start: (session) => {
      const { user } = session;
      keep(shared, { user });
      setToken(session);
      current.value = { user };
    },
    end: () => {
      keep(shared, null);
      setToken(null);
      current.value = null;
    },
  };
}

/** Storage that is full or switched off must not keep anyone from signing in. */
function keep(storage: Storage | null, value: object | null) {
  try {
    if (value === null) storage?.removeItem(KEY);
    else storage?.setItem(KEY, JSON.stringify(value));
  } catch {}
}
