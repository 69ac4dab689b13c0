/** A shop without a world for tests: fake API, clock, storage. Must not be imported by the page itself. */

import { signal } from '@preact/signals-core';
import { act, render } from '@testing-library/preact';
import { vi } from 'vitest';
import type { Session } from '../../worker/contract/accounts.ts';
import type { PageData } from '../../worker/contract/pages.ts';
import { createHolds } from '../holds/holds.ts';
import { createOrderUpdates, type OrderUpdates } from '../holds/order-updates.ts';
import { fetchLazyParts, type LazyLoaders } from '../lazy/lazy.tsx';
import { createDrafts } from '../page/drafts.ts';
import { createInitialAnswers } from '../page/page-data.ts';
import { createPageMemory, type PageMemory } from '../page/page-memory.ts';
import type { LiveSocket } from '../sale/live-socket.ts';
import type { SignedIn } from '../session/session.ts';
import { App } from '../shell/app.tsx';
import type { Shop } from '../shop/shop.ts';
import type { Language } from '../texts/language.ts';
import { createServerClock } from '../time/server-clock.ts';
import { NOON_MS } from './builders.ts';
import type { FakeApi } from './fake-api.ts';

/** A socket that a test speaks through. */
export class FakeSocket extends EventTarget implements LiveSocket {
  readyState: LiveSocket['readyState'] = WebSocket.OPEN;
  readonly sent: unknown[] = [];

  send(data: unknown) {
    this.sent.push(data);
  }
  close() {
    this.readyState = WebSocket.CLOSED;
  }
  tell(message: unknown) {
    const data = typeof message === 'string' ? message : JSON.stringify(message);
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
  drop(code = 1_006) {
    this.readyState = WebSocket.CLOSED;
    this.dispatchEvent(Object.assign(new Event('close'), { code }));
  }
}

export interface FakeWorld {
  readonly api: FakeApi;
  readonly session?: Session | null;
  /** Gets every socket that is opened; without it they send nothing. */
  readonly sockets?: FakeSocket[];
  /** How far the client's clock is ahead of the server's. */
  readonly clientAheadMs?: number;
  /** Gets every language that is chosen on the page. */
  readonly chosen?: Language[];
  readonly path: string;
  readonly reload?: Shop['reload'];
  readonly loadConsole?: LazyLoaders['console'];
  /** Without styles, and with a check that needs no worker. */
  readonly loadDraw?: NonNullable<LazyLoaders['draw']>;
  /** Gives what is fetched after the first screen; without it, it is there before. */
  readonly loadParts?: LazyLoaders['parts'];
  /** As a page that is loaded anew finds them. */
  readonly drafts?: Shop['drafts'];
  /** What connects this window to the shopper's others. */
  readonly orderUpdates?: OrderUpdates;
  readonly memory?: PageMemory;
  readonly sendsMail?: boolean;
  readonly legalPages?: Shop['legalPages'];
  readonly face?: Shop['face'];
  /** What came with the page, and the element in which the server had drawn it. */
  readonly page?: { data: PageData; takenAtMs: number; container: HTMLElement };
}

let entries = 0;

/** As a page that is opened anew has it. */
export function newMemory(): PageMemory {
  return createPageMemory(window, () => `entry-${++entries}`);
}

/** Draws the whole app at a path, at noon on the server's clock. Needs fake timers. */
export async function openShop({
  api,
  session = null,
  sockets = [],
  clientAheadMs = 0,
  chosen = [],
  path,
  page,
  reload = () => {},
  loadParts: given,
  loadDraw,
  loadConsole = async () => (await import('../admin/open-console.ts')).openConsole(),
  drafts = createDrafts(null),
  orderUpdates = createOrderUpdates(null),
  memory = newMemory(),
  sendsMail = false,
  legalPages = [],
  face = null,
}: FakeWorld) {
  const lazy: LazyLoaders = {
    parts: given ?? loadParts,
    console: loadConsole,
    ...(loadDraw && { draw: loadDraw }),
  };
  if (given === undefined) await fetchLazyParts(lazy);
  vi.setSystemTime(NOON_MS + clientAheadMs);
  history.replaceState(null, '', path);
  const clock = createServerClock(() => Date.now());
  clock.take({ serverMs: NOON_MS, sentMs: Date.now(), receivedMs: Date.now() });
  const current = signal<SignedIn | null>(session);
  let keys = 0;
  const shop: Shop = {
    api,
    initial: createInitialAnswers(page?.data ?? null, page?.takenAtMs ?? Number.NEGATIVE_INFINITY),
    openLiveSocket: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
    clock,
    session: {
      current,
      token: () => session,
      start: (next) => {
        current.value = next;
      },
      end: () => {
        current.value = null;
      },
    },
    drafts,
    holds: createHolds(),
    orderUpdates,
    memory,
    accountNews: signal(null),
    sendsMail,
    legalPages,
    face,
    locale: 'en-GB',
    chooseLanguage: (language) => void chosen.push(language),
    reload,
    newKey: () => `key-${++keys}`,
    random: () => 0.5,
  };
  const view = render(<App shop={shop} lazy={lazy} />, page && { container: page.container });
  await settle();
  return { ...view, shop };
}

async function loadParts() {
  return (await import('../lazy/lazy-parts.ts')).openLazyParts();
}

/** Lets answers that are ready arrive and be drawn, and time pass if asked. */
export async function settle(passMs = 0) {
  await act(async () => {
    await vi.advanceTimersByTimeAsync(passMs);
  });
}
