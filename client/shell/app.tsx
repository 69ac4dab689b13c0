/** The frame around every screen, and which screen belongs to which address. */
import { useEffect } from 'preact/hooks';
import { LocationProvider, Route, Router, useLocation } from 'preact-iso';
import { signInPath } from '../account/next-path.ts';
import { useSignOut } from '../account/use-sign-out.ts';
import { EventScreen } from '../events/event-screen.tsx';
import { EventsScreen } from '../events/events-screen.tsx';
import { ItemScreen } from '../items/item-screen.tsx';
import { Lazy, LazyContext, type LazyLoaders } from '../lazy/lazy.tsx';
import { forgetShoppers } from '../shop/forget-shoppers.ts';
import { type Shop, ShopContext, useShop } from '../shop/shop.ts';
import { TEXTS } from '../texts/texts.ts';
import { NotFoundScreen } from '../ui/not-found-screen.tsx';
import { useIsOnline } from '../ui/use-page.ts';
import { ConsoleScreen } from './console-screen.tsx';
import { SiteFooter } from './site-footer.tsx';
import { SiteHeader } from './site-header.tsx';

/** All addresses but those that a link leaves the shop for, such as a calendar's file. */
const PAGES = /^(?!\/api\/)/;

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

/** Drawn in the browser and on the server. */
export function Frame() {
  const shop = useShop();
  const { initial, chooseLanguage, session } = shop;
  const { path, url } = useLocation();
  const signOut = useSignOut();
  const isOnline = useIsOnline();
  const userId = session.current.value?.user.id;
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
        <Router onRouteChange={move}>
          <Route path="/" component={EventsScreen} />
          <Route path="/events/:id" component={EventById} />
          <Route path="/events/:id/items/:itemId" component={ItemById} />
          <Route path="/sign-in" component={SignIn} />
          <Route path="/register" component={Register} />
          <Route path="/orders" component={Orders} />
          <Route path="/profile" component={Profile} />
          <Route path="/admin/:rest*" component={ConsoleScreen} />
          <Route default component={NotFoundScreen} />
        </Router>
      </main>
      <SiteFooter onChoose={chooseLanguage} />
      <Lazy waiting={null}>
        {({ ScrollPlaces, TranslatedPage }) => (
          <>
            <ScrollPlaces />
            <TranslatedPage />
          </>
        )}
      </Lazy>
      {userId && <Lazy waiting={null}>{({ HoldBar }) => <HoldBar key={userId} />}</Lazy>}
    </>
  );
}

function EventById({ params }: { params?: { id?: string } }) {
  const id = params?.id ?? '';
  return <EventScreen key={id} id={id} />;
}

function ItemById({ params }: { params?: { id?: string; itemId?: string } }) {
  const { id = '', itemId = '' } = params ?? {};
  return <ItemScreen key={itemId} eventId={id} eventItemId={itemId} />;
}

function SignIn() {
  return <Lazy>{({ SignInScreen }) => <SignInScreen />}</Lazy>;
}

function Register() {
  return <Lazy>{({ RegisterScreen }) => <RegisterScreen />}</Lazy>;
}

function Orders() {
  return <Lazy>{({ OrdersScreen }) => <OrdersScreen />}</Lazy>;
}

function Profile() {
  return <Lazy>{({ ProfileScreen }) => <ProfileScreen />}</Lazy>;
}

/** A page load would do so: the reading goes on at the new screen's title. */
function focusHeading() {
  document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
}
