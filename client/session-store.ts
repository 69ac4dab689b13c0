/** Who is signed in, in this tab and the others. Must not talk to the API. */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Session } from '../worker/contract/accounts.ts';
import { parseSession } from './state/session.ts';

export interface SessionStore {
  readonly current: ReadonlySignal<Session | null>;
  start(session: Session): void;
  end(): void;
}

const STORAGE_KEY = 'swiftdrop.session';

/** @param storage null where the browser forbids it: the session then lasts as long as the page */
export function createSessionStore(storage: Storage | null): SessionStore {
  const current = signal(parseSession(storage?.getItem(STORAGE_KEY) ?? null));
  // Fires for other tabs' changes only: signing out in one signs out in all.
  addEventListener('storage', ({ key, newValue }) => {
    if (key === STORAGE_KEY || key === null) current.value = parseSession(newValue);
  });
  return {
    current,
    start: (session) => {
      keep(() => storage?.setItem(STORAGE_KEY, JSON.stringify(session)));
      current.value = session;
    },
    end: () => {
      keep(() => storage?.removeItem(STORAGE_KEY));
      current.value = null;
    },
  };
}

/** Storage that is full or switched off must not keep anyone from signing in. */
function keep(write: () => void) {
  try {
    write();
  } catch {}
}
