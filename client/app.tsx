/** The frame around every screen, and which screen belongs to which address. */
import { LocationProvider, Route, Router, useLocation } from 'preact-iso';
import { useIsOnline } from './hooks/use-page.ts';
import { SiteFooter } from './parts/site-footer.tsx';
import { SiteHeader } from './parts/site-header.tsx';
import { AdminDoor } from './screens/admin-door.tsx';
import { EventScreen } from './screens/event-screen.tsx';
import { EventsScreen } from './screens/events-screen.tsx';
import { NotFoundScreen } from './screens/not-found-screen.tsx';
import { OrdersScreen } from './screens/orders-screen.tsx';
import { RegisterScreen } from './screens/register-screen.tsx';
import { SignInScreen } from './screens/sign-in-screen.tsx';
import { type Shop, ShopContext, useShop } from './shop.ts';
import { signInPath } from './state/next-path.ts';
import { TEXTS } from './texts.ts';

/** All addresses but those that a link leaves the shop for, such as a calendar's file. */
const PAGES = /^(?!\/api\/)/;

export function App({ shop }: { shop: Shop }) {
  return (
    <ShopContext.Provider value={shop}>
      <LocationProvider scope={PAGES}>
        <Frame />
      </LocationProvider>
    </ShopContext.Provider>
  );
}

/** Drawn in the browser and on the server. */
export function Frame() {
  const { api, arrived, chooseLanguage, session } = useShop();
  const { path, url, route } = useLocation();
  const isOnline = useIsOnline();

  function signOut() {
    // First away from what only the signed-in may see, which would ask to sign in again.
    if (path === '/orders' || path.startsWith('/admin')) route('/');
    session.end();
    void api.logout();
  }
  function move() {
    arrived.forget();
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
        onSignOut={signOut}
      />
      <output class="offline">{isOnline ? '' : TEXTS.offlineBanner}</output>
      <main id="content" class="content" tabIndex={-1}>
        <Router onRouteChange={move}>
          <Route path="/" component={EventsScreen} />
          <Route path="/events/:id" component={EventById} />
          <Route path="/sign-in" component={SignInScreen} />
          <Route path="/register" component={RegisterScreen} />
          <Route path="/orders" component={OrdersScreen} />
          <Route path="/admin/:rest*" component={AdminDoor} />
          <Route default component={NotFoundScreen} />
        </Router>
      </main>
      <SiteFooter onChoose={chooseLanguage} />
    </>
  );
}

function EventById({ params }: { params?: { id?: string } }) {
  const id = params?.id ?? '';
  return <EventScreen key={id} id={id} />;
}

/** A page load would do so: the reading goes on at the new screen's title. */
function focusHeading() {
  document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
}
