/** Examples in the description: one sale, seen from every side. A test validates each of them. */

import { NOTHING_DELIVERED, PLAIN_ORDER } from './delivery-examples.ts';
import { catalogueItem, ITEM_ID, item, variant } from './item-examples.ts';
import { FIRST_COME_PLAN, NOBODY_WAITS } from './queue-examples.ts';

const serverNow = '2026-11-27T09:59:58.000Z';

export const EVENT_ID = 'evt_0123456789ab';
export const EVENT_ITEM_ID = 'evi_0123456789ab_1';
export const ORDER_ID = 'ord_0123456789ab_01kb8c4zj0h7pqrstv';
export const USER_ID = 'usr_01kb8c4zj0h7pqrstv';
export const ADMIN_ID = 'usr_01kb8c4zj0h7admnxv';

const stock = { total: 50, remaining: 49, held: 1, sold: 0 };
const conditions = {
  payment: 'none',
  ...NOTHING_DELIVERED,
  requireVerifiedEmail: false,
  oneLimitPerMailbox: false,
  ...FIRST_COME_PLAN,
};

const event = {
  id: EVENT_ID,
  title: 'Espresso machine drop',
  description: 'Fifty machines, one each.',
  translations: { de: { title: 'Espressomaschinen, nur heute' } },
  coverUrl: null,
  status: 'live',
  startsAt: '2026-11-27T09:00:00.000Z',
  endsAt: '2026-11-27T12:00:00.000Z',
  closedAt: null,
  cancelledAt: null,
  holdSeconds: 300,
  currency: 'EUR',
  ...conditions,
  entriesCloseAt: null,
};

const order = {
  id: ORDER_ID,
  number: '4ZJ0-H7PQ-RSTV',
  eventId: EVENT_ID,
  eventItemId: EVENT_ITEM_ID,
  variantLabel: variant.label,
  status: 'pending',
  quantity: 1,
  unitPriceCents: 24900,
  currency: 'EUR',
  reservedAt: '2026-11-27T09:59:57.412Z',
  expiresAt: '2026-11-27T10:04:57.412Z',
  ...PLAIN_ORDER,
};

const user = {
  id: USER_ID,
  email: 'grace@example.com',
  displayName: 'Grace',
  role: 'customer',
  emailVerified: true,
};
const credentials = { email: user.email, password: 'correct horse' };

const login = {
  id: 'lgn_5f0c1d9e8b7a46352413f2e1d0c9b8a7',
  createdAt: serverNow,
  lastUsedAt: serverNow,
  device: 'Firefox, Windows',
  current: true,
};

const planned = { startsAt: event.startsAt, endsAt: event.endsAt };
const plan = {
  published: true,
  timeZone: 'Europe/Copenhagen',
  planned: {
    ...planned,
    startsAtLocal: '2026-11-27T10:00:00',
    endsAtLocal: '2026-11-27T13:00:00',
  },
  openedAt: null,
  closedAt: null,
  hasEntries: false,
};

const eventItem = {
  id: EVENT_ITEM_ID,
  itemId: ITEM_ID,
  variant,
  ...item,
  priceCents: 24900,
  stock,
  limitPerCustomer: 1,
  queue: NOBODY_WAITS,
};

const summary = {
  ...event,
  itemCount: 1,
  pictureUrl: item.imageUrl,
  priceFromCents: eventItem.priceCents,
  priceToCents: eventItem.priceCents,
  categories: ['kitchen'],
  stock,
};

const customer = {
  ...user,
  active: true,
  createdAt: '2026-11-20T18:30:00.000Z',
  deletedAt: null,
  mailSuppressed: null,
};

const orderCounts = { pending: 1, confirmed: 0, cancelled: 0, expired: 0 };

const entryFields = {
  eventTitle: event.title,
  itemName: item.name,
  itemDescription: item.description,
  itemImageUrl: item.imageUrl,
  endedAt: null,
  sentAt: null,
  trackingUrl: null,
};

const { address: _, ...listed } = order;
const adminOrder = {
  ...listed,
  ...entryFields,
  customerId: user.id,
  customerName: user.displayName,
  addressMissing: false,
  customerEmail: user.email,
};

const figures = {
  id: EVENT_ID,
  title: event.title,
  status: 'live',
  published: true,
  ...planned,
  currency: 'EUR',
  stock: { ...stock, remaining: 48, sold: 1 },
  orders: { ...orderCounts, confirmed: 1 },
  revenueCents: 24900,
};

const topItem = {
  eventItemId: EVENT_ITEM_ID,
  itemId: ITEM_ID,
  name: item.name,
  variantLabel: variant.label,
  units: 1,
  revenueCents: 24900,
};

export const EXAMPLES = {
  user,
  session: { user, accessToken: 'eyJhbGciOiJIUzI1NiJ9.e30.c2ln', expiresAt: serverNow },
  registration: { ...credentials, displayName: user.displayName, language: 'en' },
  passwordChange: { currentPassword: 'correct horse', newPassword: 'battery staple' },
  logout: { everywhere: false },
  loginList: { logins: [login] as const },
  profileChange: { displayName: 'Grace H.', language: 'en' },
  login: credentials,
  eventDetail: { ...event, serverNow, items: [eventItem], tax: 'included' },
  eventList: { events: [summary], nextCursor: null, categories: summary.categories, serverNow },
  liveSnapshot: {
    v: 1,
    seq: 1795775400000000,
    takenAtMs: 1795775400000,
    status: 'live',
    opensAtMs: 1795770000000,
    closesAtMs: 1795780800000,
    items: [{ id: EVENT_ITEM_ID, ...stock, nextReleaseAtMs: 1795775700000 }],
    serverNow,
  },
  item: catalogueItem,
  itemList: { items: [catalogueItem], nextCursor: null, serverNow },
  itemInput: { category: 'kitchen', ...item, variants: [{ label: variant.label }] },
  eventInput: {
    title: event.title,
    description: event.description,
    currency: 'EUR',
    startsAt: '2026-11-27T10:00:00+01:00',
    endsAt: '2026-11-27T13:00:00+01:00',
    holdSeconds: 300,
    ...conditions,
    items: [
      {
        itemId: ITEM_ID,
        priceCents: 24900,
        limitPerCustomer: 1,
        variants: [{ variantId: variant.id, stock: 50 }],
      },
    ],
  },
  orderHeld: { order, serverNow },
  orderConfirmed: { order: { ...order, status: 'confirmed' }, serverNow },
  orderCancelled: { order: { ...order, status: 'cancelled' }, serverNow },
  order: { ...order, ...entryFields },
  orderHistory: { orders: [{ ...order, ...entryFields }], nextCursor: null, serverNow },
  adminEvent: { ...event, serverNow, items: [eventItem], ...plan, cancellation: null },
  adminEventList: {
    events: [{ ...summary, ...plan }],
    nextCursor: null,
    serverNow,
  },
  customerDetail: { ...customer, orders: orderCounts },
  customerList: { users: [customer], nextCursor: null, serverNow },
  adminOrderList: { orders: [adminOrder], nextCursor: null, serverNow },
  dashboardList: { events: [figures], nextCursor: null, serverNow },
  dashboard: {
    ...figures,
    serverNow,
    refusals: { sold_out: 12, limit_reached: 3 },
    sellThrough: {
      bucketSeconds: 60,
      points: [
        {
          at: event.startsAt,
          units: 1,
          revenueCents: 24900,
          unitsCumulative: 1,
          revenueCentsCumulative: 24900,
        },
      ],
    },
    topByUnits: [topItem],
    topByRevenue: [topItem],
  },
  health: { status: 'ok', serverNow },
};
