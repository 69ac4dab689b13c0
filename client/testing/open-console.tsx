/** One screen of the console without the rest of it, for tests. Must not be imported by the page itself. */
import { render } from '@testing-library/preact';
import type { ComponentChild } from 'preact';
import { type AdminApi, createAdminApi } from '../admin/api/admin-api.ts';
import { AdminContext } from '../admin/api/admin-context.ts';
import { createDrafts } from '../page/drafts.ts';
import { LocationProvider } from '../page/location.tsx';
import { createSessionStore } from '../session/session-store.ts';
import { type Shop, ShopContext } from '../shop/shop.ts';
import { createServerClock } from '../time/server-clock.ts';
import { fakeApi } from './fake-api.ts';
import { newMemory, settle } from './fake-shop.tsx';

export interface ConsoleAt {
  readonly path?: string;
  readonly sendsMail?: boolean;
}

/** Draws it at a path with the calls that a test answers; any other call fails. Needs fake timers. */
export async function drawInConsole(
  screen: ComponentChild,
  calls: Partial<AdminApi>,
  at: string | ConsoleAt = {},
) {
  const { path = '/admin', sendsMail = false } = typeof at === 'string' ? { path: at } : at;
  history.replaceState(null, '', path);
  const api = fakeApi();
  let keys = 0;
  // What the console's screens ask of the shop, and nothing else of it.
  const shop: Partial<Shop> = {
    api,
    clock: createServerClock(() => Date.now()),
    session: createSessionStore({ shared: null, own: null }),
    drafts: createDrafts(null),
    memory: newMemory(),
    locale: 'en-GB',
    sendsMail,
    newKey: () => `key-${++keys}`,
    random: () => 0.5,
  };
  const view = render(
    <ShopContext.Provider value={shop as Shop}>
      <LocationProvider>
        <AdminContext.Provider value={{ ...createAdminApi(api), ...calls }}>
          {screen}
        </AdminContext.Provider>
      </LocationProvider>
    </ShopContext.Provider>,
  );
  await settle();
  // What is asked for only after another answer.
  await settle();
  return view;
}
