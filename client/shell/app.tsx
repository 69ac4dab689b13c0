/** The frame around every screen, and which screen belongs to which address. */
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { signInPath } from '../account/next-path.ts';
import { useSignOut } from '../account/use-sign-out.ts';
import { EventScreen } from '../events/event-screen.tsx';
import { EventsScreen } from '../events/events-screen.tsx';
import { ItemScreen } from '../items/item-screen.tsx';
import { Lazy, LazyContext, type LazyLoaders } from '../lazy/lazy.tsx';
import { LANGUAGE_DRAFT } from '../page/drafts.ts';
import { LocationProvider, useLocation } from '../page/location.tsx';
import { forgetShoppers } from '../shop/forget-shoppers.ts';
import { type Shop, ShopContext, useShop } from '../shop/shop.ts';
import { TEXTS } from '../texts/texts.ts';
import { NotFoundScreen } from '../ui/not-found-screen.tsx';
import { useIsOnline } from '../ui/use-page.ts';
import { SiteFooter } from './site-footer.tsx';
import { SiteHeader } from './site-header.tsx';

const ON_SALE = /^\/events\/([^/]+)(?:\/items\/([^/]+))?$/;

/** Addresses whose screens are fetched: lazy/screen-at.tsx knows them all. */
const FETCHED =
  /^\/(sign-in|register|forgotten|reset|verify|orders|profile|reminders|legal|admin|.+\/(draw|report)$)/;

export function App({ shop, lazy }: { shop: Shop; lazy: LazyLoaders }) {
  return (
    <ShopContext.Provider value={shop}>
      <LazyContext.Provider value={lazy}>
        <LocationProvider>
          <Frame />
        </LocationProvider>
      </LazyContext.Provider>
    </ShopContext.Provider>
  );
}

/**
 * Drawn in the browser and on the server.
 * @param fetched what the server draws in the place of a screen that the browser fetches
 */
export function Frame({ fetched }: { fetched?: ComponentChildren }) {
  const shop = useShop();
  const { initial, chooseLanguage, drafts, session } = shop;
  const { path, url, isPush } = useLocation();
  const signOut = useSignOut();
  const isOnline = useIsOnline();
  useEffect(() => forgetShoppers(shop), [shop]);

  // The frame may be drawn anew without its screen.
  const screen = useMemo(() => screenAt(path, fetched), [url]);
  const shownPath = useRef(path);
  useLayoutEffect(() => {
    if (shownPath.current === path) return;
    shownPath.current = path;
    if (isPush) scrollTo(0, 0);
    initial.forget();
    focusHeading();
  }, [path]);
  return (
    <>
      <a class="skip-link" href="#content">
        {TEXTS.skipToContent}
      </a>
      <SiteHeader
        userName={session.current.value?.user.displayName ?? null}
        isAdmin={session.current.value?.user.role === 'admin'}
        path={path}
        signInHref={signInPath(url)}
        onSignOut={() => signOut({ everywhere: false })}
      />
      <output class="offline">{isOnline ? '' : TEXTS.offlineBanner}</output>
      <main id="content" class="content" tabIndex={-1}>
        <Lazy waiting={null}>{({ AccountNewsNotice }) => <AccountNewsNotice />}</Lazy>
        {screen}
      </main>
      <SiteFooter
        onChoose={(language) => {
          // The page begins anew and has it stored then: a call would end with this one.
          drafts.write(LANGUAGE_DRAFT, language);
          chooseLanguage(language);
        }}
      />
      <Lazy waiting={null}>{({ OnEveryPage }) => <OnEveryPage />}</Lazy>
    </>
  );
}

function screenAt(path: string, fetched: ComponentChildren) {
  if (path === '/') return <EventsScreen />;
  const [, eventId, itemId] = ON_SALE.exec(path) ?? [];
  if (eventId && itemId) return <ItemScreen key={itemId} eventId={eventId} itemId={itemId} />;
  if (eventId) return <EventScreen key={eventId} id={eventId} />;
  if (!FETCHED.test(path)) return <NotFoundScreen />;
  return (
    <Lazy waiting={fetched}>
      {({ ScreenAt }, loaders) => <ScreenAt path={path} {...loaders} />}
    </Lazy>
  );
}

/** A page load would do so: the reading goes on at the new screen's title. */
function focusHeading() {
  document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
}
