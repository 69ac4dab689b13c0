/** Where the page begins: real network, clock, storage and chance, and the app that uses them. */
import { render } from 'preact';
import { createApi } from './api.ts';
import { App } from './app.tsx';
import { createServerClock } from './server-clock.ts';
import { createSessionStore } from './session-store.ts';
import { LANGUAGE } from './texts.ts';

// Monotonic: what the wall clock does after the page was opened does not reach it.
const monotonicMs = () => performance.timeOrigin + performance.now();

const clock = createServerClock(monotonicMs);
const session = createSessionStore(browserStorage());
const api = createApi({
  fetch: (input, init) => fetch(input, init),
  monotonicMs,
  accessToken: () => session.current.peek()?.accessToken ?? null,
  onSample: clock.take,
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  random: Math.random,
});

const root = document.getElementById('app');
if (root === null) throw new Error('index.html has no #app');
render(
  <App
    shop={{
      api,
      clock,
      session,
      locale: navigator.languages.find((tag) => tag.split('-')[0] === LANGUAGE) ?? LANGUAGE,
      newKey: () => crypto.randomUUID(),
      random: Math.random,
    }}
  />,
  root,
);

/** Some browsers throw at the mere mention of storage, where cookies are forbidden. */
function browserStorage(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
