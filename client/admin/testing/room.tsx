/** One screen of the admin's room without the room, for tests. Must not be imported by the page itself. */
import { render } from '@testing-library/preact';
import type { ComponentChild } from 'preact';
import { LocationProvider } from 'preact-iso';
import { arrivedWith } from '../../arrived.ts';
import { createDrafts } from '../../drafts.ts';
import { createHolds } from '../../holds.ts';
import { createServerClock } from '../../server-clock.ts';
import { createSessionStore } from '../../session-store.ts';
import { ShopContext } from '../../shop.ts';
import { FakeSocket, fakeApi, settle } from '../../testing/fake-shop.tsx';
import { type AdminApi, createAdminApi } from '../admin-api.ts';
import { AdminContext } from '../admin-context.ts';

/** Draws it at a path with the calls that a test answers; any other call fails. Needs fake timers. */
export async function drawInRoom(
  screen: ComponentChild,
  calls: Partial<AdminApi>,
  path = '/admin',
) {
  history.replaceState(null, '', path);
  const api = fakeApi();
  const shop = {
    api,
    arrived: arrivedWith(null, Number.NEGATIVE_INFINITY),
    watch: () => new FakeSocket(),
    clock: createServerClock(() => Date.now()),
    session: createSessionStore({ shared: null, own: null }),
    drafts: createDrafts(null),
    holds: createHolds(),
    locale: 'en-GB',
    newKey: () => 'key',
    random: () => 0.5,
    chooseLanguage: () => {},
    openAdmin: () => Promise.reject(new Error('the screen is drawn without the room')),
  };
  const view = render(
    <ShopContext.Provider value={shop}>
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
