/** The frame around every screen, and which screen belongs to which address. */
import { useEffect, useRef } from 'preact/hooks';
import { LocationProvider, Route, Router, useLocation } from 'preact-iso';
import { useIsOnline } from './hooks/use-page.ts';
import { useSignOut } from './hooks/use-sign-out.ts';
import { Later } from './parts/later.tsx';
import { SiteFooter } from './parts/site-footer.tsx';
import { SiteHeader } from './parts/site-header.tsx';
import { AdminDoor } from './screens/admin-door.tsx';
import { EventScreen } from './screens/event-screen.tsx';
import { EventsScreen } from './screens/events-screen.tsx';
import { ItemScreen } from './screens/item-screen.tsx';
import { NotFoundScreen } from './screens/not-found-screen.tsx';
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
  const { arrived, chooseLanguage, drafts, holds, memory, session } = useShop();
  const { path, url } = useLocation();
  const signOut = useSignOut();
  const isOnline = useIsOnline();
  const userId = session.current.value?.user.id;
  // One customer's holds are nobody else's business.
  useEffect(() => {
    memory.forget();
    return holds.forget;
  }, [userId]);
  const drafter = useRef(userId);
  useEffect(() => {
    if (userId === undefined) return;
    if (drafter.current !== undefined && drafter.current !== userId) drafts.clear();
    drafter.current = userId;
  }, [userId]);

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
          <Route path="/admin/:rest*" component={AdminDoor} />
          <Route default component={NotFoundScreen} />
        </Router>
      </main>
      <SiteFooter onChoose={chooseLanguage} />
      <Later waiting={null}>
        {({ ScrollPlaces, TranslatedPage }) => (
          <>
            <ScrollPlaces />
            <TranslatedPage />
          </>
        )}
      </Later>
      {userId && <Later waiting={null}>{({ HoldBar }) => <HoldBar key={userId} />}</Later>}
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
  return <Later>{({ SignInScreen }) => <SignInScreen />}</Later>;
}

function Register() {
  return <Later>{({ RegisterScreen }) => <RegisterScreen />}</Later>;
}

function Orders() {
  return <Later>{({ OrdersScreen }) => <OrdersScreen />}</Later>;
}

function Profile() {
  return <Later>{({ ProfileScreen }) => <ProfileScreen />}</Later>;
}

/** A page load would do so: the reading goes on at the new screen's title. */
function focusHeading() {
  document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
}
