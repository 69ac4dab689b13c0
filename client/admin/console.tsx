/** The console from which admins run the shop: who may enter, where one can go, what is shown. */
import { signal } from '@preact/signals-core';
import { useEffect, useMemo } from 'preact/hooks';
import { signInPath } from '../account/next-path.ts';
import { useLocation } from '../page/location.tsx';
import { useShop } from '../shop/shop.ts';
import { Heading } from '../ui/heading.tsx';
import { NotFoundScreen } from '../ui/not-found-screen.tsx';
import { Empty } from '../ui/page-state.tsx';
import { useDocumentTitle } from '../ui/use-page.ts';
import { createAdminApi } from './api/admin-api.ts';
import { AdminContext } from './api/admin-context.ts';
import { AuditScreen } from './audit/audit-screen.tsx';
import { CatalogueScreen } from './catalogue/catalogue-screen.tsx';
import { EditItemScreen, NewItemScreen } from './catalogue/item-form-screens.tsx';
import { CustomersScreen } from './customers/customers-screen.tsx';
import { EditEventScreen, NewEventScreen } from './events/event-form-screens.tsx';
import { EventsScreen } from './events/events-screen.tsx';
import { FaceScreen } from './face/face-screen.tsx';
import { type Saved, SavedContext, SavedNote } from './forms/saved-note.tsx';
import { LegalScreen } from './legal/legal-screen.tsx';
import { LegalTextScreen } from './legal/legal-text-screen.tsx';
import { PublishScreen } from './lifecycle/publish-screen.tsx';
import { TextsScreen } from './lifecycle/texts-screen.tsx';
import { ModerationScreen } from './moderation/moderation-screen.tsx';
import { OrderScreen } from './order/order-screen.tsx';
import { OrdersScreen } from './orders/orders-screen.tsx';
import { OutboxScreen } from './outbox/outbox-screen.tsx';
import { isSingle, type Place, placeOf } from './place.ts';
import { QueueScreen } from './queue/queue-screen.tsx';
import { ReportScreen } from './sale/report-screen.tsx';
import { SaleScreen } from './sale/sale-screen.tsx';
import { ConsoleSearch } from './search/console-search.tsx';
import { HomeScreen } from './start/home-screen.tsx';
import { ADMIN_TEXTS } from './texts/texts.ts';

/** Looks only: what one may do is the server's to decide, at each call. */
export function Console() {
  const { api, session } = useShop();
  const { url, route } = useLocation();
  const admin = useMemo(() => createAdminApi(api), [api]);
  const saved = useMemo(() => signal<Saved | null>(null), []);
  const user = session.current.value?.user;
  const isSignedOut = user === undefined;
  useEffect(() => {
    if (isSignedOut) route(signInPath(url), true);
  }, [isSignedOut]);
  if (isSignedOut) return null;
  if (user.role !== 'admin') return <NotAdmin />;
  return (
    <AdminContext.Provider value={admin}>
      <SavedContext.Provider value={saved}>
        <Rooms key={user.id} />
      </SavedContext.Provider>
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

const SECTIONS = [
  'home',
  'events',
  'orders',
  'catalogue',
  'customers',
  'moderation',
  'outbox',
  'legal',
  'shop',
  'audit',
] as const;

function Rooms() {
  const { path } = useLocation();
  const place = placeOf(path);
  // What a page load would do: the reading goes on at the new screen's title.
  useEffect(() => {
    document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
  }, [path]);
  return (
    <div class="admin">
      <ConsoleSearch />
      <nav class="admin-nav" aria-label={ADMIN_TEXTS.navigation}>
        {SECTIONS.map((section) => (
          <a
            key={section}
            href={section === 'home' ? '/admin' : `/admin/${section}`}
            {...(place && sectionOf(place) === section && { 'aria-current': 'page' as const })}
          >
            {nameOf(section)}
          </a>
        ))}
      </nav>
      <SavedNote />
      {place === null ? <NotFoundScreen /> : <ScreenAt key={path} place={place} />}
    </div>
  );
}

/** @param q what a list is to be searched for at first */
function ScreenAt({ place }: { place: Place }) {
  switch (place.name) {
    case 'home':
      return <HomeScreen />;
    case 'events':
      return <EventsScreen />;
    case 'new-event':
      return <NewEventScreen />;
    case 'event':
      return <SaleScreen id={place.id} />;
    case 'edit-event':
      return <EditEventScreen id={place.id} />;
    case 'event-texts':
      return <TextsScreen id={place.id} />;
    case 'publish-event':
      return <PublishScreen id={place.id} />;
    case 'catalogue':
      return <CatalogueScreen />;
    case 'queue':
      return <QueueScreen id={place.id} />;
    case 'report':
      return <ReportScreen id={place.id} />;
    case 'new-item':
      return <NewItemScreen />;
    case 'item':
      return <EditItemScreen id={place.id} />;
    case 'customers':
      return <CustomersScreen />;
    case 'orders':
      return <OrdersScreen />;
    case 'order':
      return <OrderScreen id={place.id} />;
    case 'moderation':
      return <ModerationScreen />;
    case 'outbox':
      return <OutboxScreen />;
    case 'legal':
      return <LegalScreen />;
    case 'legal-text':
      return <LegalTextScreen place={place.place} />;
    case 'shop':
      return <FaceScreen />;
    case 'audit':
      return <AuditScreen />;
    default:
      return place satisfies never;
  }
}

function nameOf(section: (typeof SECTIONS)[number]): string {
  const { sections, home, orders, moderation, outbox, legal, face } = ADMIN_TEXTS;
  const titles = {
    ...sections,
    home: home.title,
    orders: orders.title,
    outbox: outbox.title,
    legal: legal.title,
    shop: face.title,
  };
  return { ...titles, moderation: moderation.title }[section];
}

function sectionOf({ name }: Place): (typeof SECTIONS)[number] {
  if (isSingle(name) || name === 'home') return name;
  if (name === 'order') return 'orders';
  if (name === 'legal-text') return 'legal';
  return name === 'catalogue' || name === 'new-item' || name === 'item' ? 'catalogue' : 'events';
}
