/** The frame around every screen, and which screen belongs to which address. */
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { LocationProvider, Route, Router, useLocation } from 'preact-iso';
import { signInPath } from '../account/next-path.ts';
import { useSignOut } from '../account/use-sign-out.ts';
import { EventScreen } from '../events/event-screen.tsx';
import { EventsScreen } from '../events/events-screen.tsx';
import { ItemScreen } from '../items/item-screen.tsx';
import { Lazy, LazyContext, type LazyLoaders } from '../lazy/lazy.tsx';
import { LANGUAGE_DRAFT } from '../page/drafts.ts';
import { forgetShoppers } from '../shop/forget-shoppers.ts';
import { type Shop, ShopContext, useShop } from '../shop/shop.ts';
import { TEXTS } from '../texts/texts.ts';
import { NotFoundScreen } from '../ui/not-found-screen.tsx';
import { useIsOnline } from '../ui/use-page.ts';
import { SiteFooter } from './site-footer.tsx';
import { SiteHeader } from './site-header.tsx';

/** All addresses but those that a link leaves the shop for, such as a calendar's file. */
const PAGES = /^(?!\/api\/)/;

/** Addresses whose screens are fetched: lazy/screen-at.tsx knows them all. */
const FETCHED =
  /^\/(sign-in|register|forgotten|reset|verify|orders|profile|reminders|legal|admin|.+\/(draw|report)$)/;

export function App({ shop, lazy }: { shop: Shop; lazy: LazyLoaders }) {
  return (
    <ShopContext.Provider value={shop}>
      <LazyContext.Provider value={lazy}>
        <LocationProvider scope={PAGES}>
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
  const { path, url } = useLocation();
  const signOut = useSignOut();
  const isOnline = useIsOnline();
  useEffect(() => forgetShoppers(shop), [shop]);

  function move() {
    initial.forget();
    focusHeading();
  }
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
        <Router onRouteChange={move}>
          <Route path="/" component={EventsScreen} />
          <Route path="/events/:id" component={EventById} />
          <Route path="/events/:id/items/:itemId" component={ItemById} />
          <Route default component={Elsewhere} fetched={fetched} />
        </Router>
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

function EventById({ params }: { params?: { id?: string } }) {
  const id = params?.id ?? '';
  return <EventScreen key={id} id={id} />;
}

function ItemById({ params }: { params?: { id?: string; itemId?: string } }) {
  const { id = '', itemId = '' } = params ?? {};
  return <ItemScreen key={itemId} eventId={id} itemId={itemId} />;
}

function Elsewhere({ fetched }: { fetched?: ComponentChildren }) {
  const { path } = useLocation();
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
