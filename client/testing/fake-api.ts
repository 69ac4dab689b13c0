/** The API as tests answer it, without a browser. Must not be imported by the page itself. */
import { type Mock, vi } from 'vitest';
import type { ShopApi } from '../api/api.ts';
import type { CallProblem, Result } from '../api/call-problem.ts';
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
    asCaller: async () => refused({ code: 'unavailable' }),
    asAnyone: async () => refused({ code: 'unavailable' }),
  };
}

function unexpected(name: string) {
  return () => Promise.reject(new Error(`${name} was not expected`));
}
