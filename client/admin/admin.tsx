/** The room from which admins run the shop: who may enter, where one can go, what is shown. */
import { useEffect, useMemo } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { useDocumentTitle } from '../hooks/use-page.ts';
import { Heading } from '../parts/heading.tsx';
import { Empty } from '../parts/page-state.tsx';
import { NotFoundScreen } from '../screens/not-found-screen.tsx';
import { useShop } from '../shop.ts';
import { signInPath } from '../state/next-path.ts';
import { createAdminApi } from './admin-api.ts';
import { AdminContext } from './admin-context.ts';
import { AuditScreen } from './screens/audit-screen.tsx';
import { CatalogueScreen } from './screens/catalogue-screen.tsx';
import { CustomersScreen } from './screens/customers-screen.tsx';
import { EditEventScreen, NewEventScreen } from './screens/event-form-screens.tsx';
import { EventRoomScreen } from './screens/event-room-screen.tsx';
import { EventsScreen } from './screens/events-screen.tsx';
import { EditItemScreen, NewItemScreen } from './screens/item-form-screens.tsx';
import { ModerationScreen } from './screens/moderation-screen.tsx';
import { OrdersScreen } from './screens/orders-screen.tsx';
import { isSingle, type Place, placeOf } from './state/place.ts';
import { ADMIN_TEXTS } from './texts.ts';

/** Looks only: what one may do is the server's to decide, at each call. */
export function Admin() {
  const { api, session } = useShop();
  const { url, route } = useLocation();
  const admin = useMemo(() => createAdminApi(api), [api]);
  const user = session.current.value?.user;
  const isSignedOut = user === undefined;
  useEffect(() => {
    if (isSignedOut) route(signInPath(url), true);
  }, [isSignedOut]);
  if (isSignedOut) return null;
  if (user.role !== 'admin') return <NotAdmin />;
  return (
    <AdminContext.Provider value={admin}>
      <Rooms key={user.id} />
    </AdminContext.Provider>
  );
}

function NotAdmin() {
  useDocumentTitle(ADMIN_TEXTS.notAdminTitle);
  return (
    <div class="narrow">
      <Heading>{ADMIN_TEXTS.notAdminTitle}</Heading>
      <Empty text={ADMIN_TEXTS.notAdminBody}>
        <a class="button button-primary" href="/">
          {ADMIN_TEXTS.notAdminAction}
        </a>
      </Empty>
    </div>
  );
}

const SECTIONS = ['events', 'orders', 'catalogue', 'customers', 'moderation', 'audit'] as const;

function Rooms() {
  const { path } = useLocation();
  const place = placeOf(path);
  // What a page load would do: the reading goes on at the new screen's title.
  useEffect(() => {
    document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
  }, [path]);
  return (
    <div class="admin">
      <nav class="admin-nav" aria-label={ADMIN_TEXTS.navigation}>
        {SECTIONS.map((section) => (
          <a
            key={section}
            href={`/admin/${section}`}
            {...(place && sectionOf(place) === section && { 'aria-current': 'page' as const })}
          >
            {nameOf(section)}
          </a>
        ))}
      </nav>
      {place === null ? <NotFoundScreen /> : <Room key={path} place={place} />}
    </div>
  );
}

function Room({ place }: { place: Place }) {
  switch (place.name) {
    case 'events':
      return <EventsScreen />;
    case 'new-event':
      return <NewEventScreen />;
    case 'event':
      return <EventRoomScreen id={place.id} />;
    case 'edit-event':
      return <EditEventScreen id={place.id} />;
    case 'catalogue':
      return <CatalogueScreen />;
    case 'new-item':
      return <NewItemScreen />;
    case 'item':
      return <EditItemScreen id={place.id} />;
    case 'customers':
      return <CustomersScreen />;
    case 'orders':
      return <OrdersScreen />;
    case 'moderation':
      return <ModerationScreen />;
    case 'audit':
      return <AuditScreen />;
    default:
      return place satisfies never;
  }
}

function nameOf(section: (typeof SECTIONS)[number]): string {
  const { sections, orders, moderation } = ADMIN_TEXTS;
  if (section === 'orders') return orders.title;
  return section === 'moderation' ? moderation.title : sections[section];
}

function sectionOf({ name }: Place): (typeof SECTIONS)[number] {
  if (isSingle(name)) return name;
  return name === 'catalogue' || name === 'new-item' || name === 'item' ? 'catalogue' : 'events';
}
