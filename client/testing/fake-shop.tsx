/** A shop without a world for tests: fake API, clock, storage. Must not be imported by the page itself. */

import { signal } from '@preact/signals';
import { act, render } from '@testing-library/preact';
import { type Mock, vi } from 'vitest';
import type { Session } from '../../worker/contract/accounts.ts';
import type { PageData } from '../../worker/contract/pages.ts';
import type { ShopApi } from '../api/api.ts';
import type { CallProblem, Result } from '../api/call-problem.ts';
import { createHolds } from '../holds/holds.ts';
import { createOrderNews, type OrderNews } from '../holds/order-updates.ts';
import { fetchLazyParts, type LazyLoaders } from '../lazy/lazy.tsx';
import { createDrafts } from '../page/drafts.ts';
import { arrivedWith } from '../page/page-data.ts';
import { createPageMemory, type PageMemory } from '../page/page-memory.ts';
import type { LiveSocket } from '../sale/live-socket.ts';
import type { SignedIn } from '../session/session.ts';
import { App } from '../shell/app.tsx';
import type { Shop } from '../shop/shop.ts';
import type { Language } from '../texts/language.ts';
import { createServerClock } from '../time/server-clock.ts';
import { aList, anEvent, instant, NOON_MS } from './builders.ts';

/** Vitest's mocks, so that a test can both say what is answered and ask what was called. */
export type FakeApi = {
  [Name in Exclude<keyof ShopApi, 'asCaller' | 'asAnyone'>]: Mock<ShopApi[Name]>;
} & Pick<ShopApi, 'asCaller' | 'asAnyone'>;

export function ok<Value>(value: Value): Result<Value> {
  return { ok: true, value };
}

export function refused(problem: CallProblem): { ok: false; problem: CallProblem } {
  return { ok: false, problem };
}

/** Answers as a shop with one sale that is on, and nobody's orders. */
export function fakeApi(): FakeApi {
  return {
    register: vi.fn<ShopApi['register']>(unexpected('register')),
    login: vi.fn<ShopApi['login']>(unexpected('login')),
    logout: vi.fn<ShopApi['logout']>(async () => ok(null)),
    stayReady: vi.fn<ShopApi['stayReady']>(),
    profile: vi.fn<ShopApi['profile']>(unexpected('profile')),
    listEvents: vi.fn<ShopApi['listEvents']>(async () => ok(aList([]))),
    getEvent: vi.fn<ShopApi['getEvent']>(async () => ok(anEvent())),
    listOrders: vi.fn<ShopApi['listOrders']>(async () =>
      ok({ orders: [], nextCursor: null, serverNow: instant(NOON_MS) }),
    ),
    reserve: vi.fn<ShopApi['reserve']>(unexpected('reserve')),
    confirm: vi.fn<ShopApi['confirm']>(unexpected('confirm')),
    cancel: vi.fn<ShopApi['cancel']>(unexpected('cancel')),
    asCaller: unexpected('asCaller'),
    asAnyone: async () => refused({ code: 'unavailable' }),
  };
}

function unexpected(name: string) {
  return () => Promise.reject(new Error(`${name} was not expected`));
}

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
  /** Gets every socket that is opened; without it they tell nothing. */
  readonly sockets?: FakeSocket[];
  /** How far the client's clock is ahead of the server's. */
  readonly clientAheadMs?: number;
  /** Gets every language that is chosen on the page. */
  readonly chosen?: Language[];
  readonly path: string;
  readonly reload?: Shop['reload'];
  readonly loadConsole?: LazyLoaders['console'];
  /** As a page that is loaded anew finds them. */
  readonly drafts?: Shop['drafts'];
  /** What connects this window to the shopper's others. */
  readonly orderNews?: OrderNews;
  readonly memory?: PageMemory;
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
  loadConsole = async () => (await import('../admin/open-console.ts')).openConsole(),
  drafts = createDrafts(null),
  orderNews = createOrderNews(null),
  memory = newMemory(),
}: FakeWorld) {
  await fetchLazyParts(loadParts);
  vi.setSystemTime(NOON_MS + clientAheadMs);
  history.replaceState(null, '', path);
  const clock = createServerClock(() => Date.now());
  clock.take({ serverMs: NOON_MS, sentMs: Date.now(), receivedMs: Date.now() });
  const current = signal<SignedIn | null>(session);
  let keys = 0;
  const shop: Shop = {
    api,
    arrived: arrivedWith(page?.data ?? null, page?.takenAtMs ?? Number.NEGATIVE_INFINITY),
    watch: () => {
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
    orderNews,
    memory,
    locale: 'en-GB',
    chooseLanguage: (language) => void chosen.push(language),
    reload,
    newKey: () => `key-${++keys}`,
    random: () => 0.5,
  };
  const view = render(
    <App shop={shop} lazy={{ parts: loadParts, console: loadConsole }} />,
    page && { container: page.container },
  );
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
