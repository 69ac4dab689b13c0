/** Where the page begins: real network, clock, storage and chance, and the app that uses them. */
import { createServerClock } from './time/server-clock.ts';

// The clock is first, for it brings the library of signals: next to Preact, whose code is alike, the
// bundle compresses to 200 bytes less.

import { signal } from '@preact/signals-core';
import { render } from 'preact';
import type { LegalPage } from '../worker/contract/legal.ts';
import type { PageFace } from '../worker/contract/pages.ts';
import { createApi } from './api/api.ts';
import { createHolds } from './holds/holds.ts';
import { createOrderUpdates } from './holds/order-updates.ts';
import { fetchLazyParts } from './lazy/lazy.tsx';
import { LAZY_LOADERS } from './lazy/loaders.ts';
import { createDrafts } from './page/drafts.ts';
import { followSignals } from './page/follow-signals.ts';
import {
  createInitialAnswers,
  isFromNetwork,
  readPageData,
  serverNowOf,
} from './page/page-data.ts';
import { createPageMemory } from './page/page-memory.ts';
import { createSessionStore } from './session/session-store.ts';
import { App } from './shell/app.tsx';
import type { Shop } from './shop/shop.ts';
import { chooseLanguage, speakWhatIsAskedFor } from './texts/page-language.ts';
import { onWake } from './time/wake.ts';

// Monotonic: what the wall clock does after the page was opened does not reach it.
const monotonicMs = () => performance.timeOrigin + performance.now();

/** `ws` for `http`, `wss` for `https`. */
const SOCKETS = location.origin.replace(/^http/, 'ws');

/** Well within the time that a fading token is still good for. */
const STAY_READY_MS = 20_000;

const clock = createServerClock(monotonicMs);
const initial = takePage();
const face = JSON.parse(
  document.querySelector<HTMLMetaElement>('[name=face]')?.content ?? 'null',
) as PageFace | null;
const session = createSessionStore({
  shared: storageOf('localStorage'),
  own: storageOf('sessionStorage'),
});
const api = createApi({
  fetch: (input, init) => fetch(input, init),
  monotonicMs,
  session,
  serverNowMs: clock.nowMs,
  alone,
  onSample: clock.take,
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  random: Math.random,
});

followSignals();
void begin();

async function begin() {
  const locale = await speakWhatIsAskedFor(face);
  const root = document.getElementById('app');
  if (root === null) throw new Error('index.html has no #app');
  const shop: Shop = {
    api,
    initial,
    openLiveSocket: (eventId) => new WebSocket(`${SOCKETS}/api/v1/events/${eventId}/live`),
    clock,
    session,
    drafts: createDrafts(storageOf('sessionStorage')),
    holds: createHolds(),
    memory: createPageMemory(window, () => crypto.randomUUID()),
    orderUpdates: createOrderUpdates(channelOf('swiftdrop.orders')),
    accountNews: signal(null),
    sendsMail: document.querySelector('[name=sends-mail]') !== null,
    legalPages: (document.querySelector<HTMLMetaElement>('[name=legal]')?.content.split(' ') ??
      []) as LegalPage[],
    face,
    locale,
    chooseLanguage,
    reload: () => location.reload(),
    newKey: () => crypto.randomUUID(),
    random: Math.random,
  };
  // Until what draws it is there, such a page stays as the server drew it.
  if (/^\/legal|\/(draw|report)$/.test(location.pathname)) await fetchLazyParts(LAZY_LOADERS);
  // Not `hydrate`: who is signed in, the digits and the zone are not as the server drew them, and
  // drawing over its elements puts them right where hydrating would leave them.
  render(<App shop={shop} lazy={LAZY_LOADERS} />, root);
}

/** The page's own data, and its own time: the first sample of the server's clock. */
function takePage() {
  const data = readPageData(document);
  const [arrival] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  if (data === null || arrival === undefined || !isFromNetwork(arrival)) {
    return createInitialAnswers(data, Number.NEGATIVE_INFINITY);
  }
  const { timeOrigin } = performance;
  const serverMs = Date.parse(serverNowOf(data));
  clock.take({
    serverMs,
    sentMs: timeOrigin + arrival.requestStart,
    receivedMs: timeOrigin + arrival.responseStart,
  });
  return createInitialAnswers(data, serverMs);
}

/** While someone looks, whoever is signed in has a token at hand. */
function stayReady() {
  if (document.visibilityState === 'visible') api.stayReady();
}
stayReady();
onWake(stayReady);
setInterval(stayReady, STAY_READY_MS);

/** Where the browser has no locks, as on plain http, two tabs are left to chance. */
function alone<Value>(task: () => Promise<Value>): Promise<Value> {
  const locks = navigator.locks as LockManager | undefined;
  return locks ? (locks.request('swiftdrop.refresh', task) as Promise<Value>) : task();
}

function channelOf(name: string): BroadcastChannel | null {
  return 'BroadcastChannel' in globalThis ? new BroadcastChannel(name) : null;
}

/** Some browsers throw at the mere mention of storage, where cookies are forbidden. */
function storageOf(name: 'localStorage' | 'sessionStorage'): Storage | null {
  try {
    return window[name];
  } catch {
    return null;
  }
}
