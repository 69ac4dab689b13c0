/** What admins list and search in Postgres, and what shoppers list, as reads to be measured. */
import type { UserId } from '../../worker/contract/ids.ts';
import { NO_TAX } from '../../worker/contract/totals.ts';
import { listAdminEvents } from '../../worker/stores/postgres/admin-events.ts';
import { searchAll } from '../../worker/stores/postgres/admin-search.ts';
import { listNamedAudit } from '../../worker/stores/postgres/audit-list.ts';
import { listItems } from '../../worker/stores/postgres/catalogue.ts';
import type { Db } from '../../worker/stores/postgres/client.ts';
import type { Place } from '../../worker/stores/postgres/cursors.ts';
import { listCustomers } from '../../worker/stores/postgres/customers.ts';
import { findEventDashboard, listEventFigures } from '../../worker/stores/postgres/dashboard.ts';
import { listEvents } from '../../worker/stores/postgres/event-lists.ts';
import { listAdminOrders } from '../../worker/stores/postgres/order-lists.ts';
import type { OrderSearch } from '../../worker/stores/postgres/order-search.ts';
import { listOutbox, readOutboxFigures } from '../../worker/stores/postgres/outbox-admin.ts';
import { readPaymentAttention } from '../../worker/stores/postgres/payment-attention.ts';
import { findReport } from '../../worker/stores/postgres/report.ts';
import { readUnsentOrders } from '../../worker/stores/postgres/unsent-orders.ts';
import { largeEventId, SHOP_NOW_MS } from './fill.ts';

export type Read = [what: string, read: (db: Db) => Promise<unknown>];

const HOUR_MS = 3_600_000;
const nowMs = SHOP_NOW_MS;
const first = { after: undefined, limit: 20 };
const page = { ...first, nowMs };
const greatest = largeEventId(0);
const small = largeEventId(3);
const admin = `usr_${'0'.repeat(18)}`;
/** In the middle of the events. */
const middle: Place = { atMs: nowMs - 5_000 * HOUR_MS, id: largeEventId(5_000) };

const STATES = ['locked', 'live', 'sold_out', 'closed', 'cancelled'] as const;
const EVENTS: Read[] = [
  ['events', (db) => listAdminEvents(db, page)],
  ['events behind half of them', (db) => listAdminEvents(db, { ...page, after: middle })],
  ...STATES.map(
    (status): Read => [`events: ${status}`, (db) => listAdminEvents(db, { ...page, status })],
  ),
  [
    'events: live, behind half',
    (db) => listAdminEvents(db, { ...page, after: middle, status: 'live' }),
  ],
  ['events: sought', (db) => listAdminEvents(db, { ...page, q: 'drop 77' })],
  ['events: an item sought', (db) => listAdminEvents(db, { ...page, q: 'Lamp 17' })],
  ['events: sought by what none has', (db) => listAdminEvents(db, { ...page, q: 'zebedee' })],
  ['events: live, sought', (db) => listAdminEvents(db, { ...page, status: 'live', q: 'night' })],
  ['figures of a page of events', (db) => listEventFigures(db, page)],
  ['dashboard of the greatest event', (db) => findEventDashboard(db, greatest, nowMs)],
  ['dashboard of a small event', (db) => findEventDashboard(db, small, nowMs)],
  ['report of the greatest event', (db) => findReport(db, greatest, nowMs)],
  ['report of a small event', (db) => findReport(db, small, nowMs)],
];

const PEOPLE = [
  'quist',
  'maja',
  'berg',
  'be',
  'zebedee',
  'ж',
  'example.com',
  'c77777@',
  'quist dara',
];
const CUSTOMERS: Read[] = [
  ['customers', (db) => listCustomers(db, first)],
  ...PEOPLE.map((q): Read => [`customers: ${q}`, (db) => listCustomers(db, { ...first, q })]),
  ['customers: inactive', (db) => listCustomers(db, { ...first, active: false })],
  ['customers: admins', (db) => listCustomers(db, { ...first, role: 'admin' })],
];

const ITEMS: Read[] = [
  ['items', (db) => listItems(db, first)],
  ...['lamp 17', 'item', 'zebedee', 'a'].map(
    (q): Read => [`items: ${q}`, (db) => listItems(db, { ...first, q })],
  ),
  ['items: a category', (db) => listItems(db, { ...first, category: 'category 3' })],
  ['items: no category', (db) => listItems(db, { ...first, category: 'none' })],
];

const ORDERS = (
  [
    ['all', {}],
    ['held', { status: 'pending' }],
    ['to send', { delivery: 'to_send' }],
    ['sent', { delivery: 'sent' }],
    ['of an event', { eventId: small }],
    ['cancelled in the greatest event', { eventId: greatest, status: 'cancelled' }],
    ['captured', { payment: 'captured' }],
    ['refunded', { payment: 'refunded' }],
    ['failed: none', { payment: 'failed' }],
    ['of a customer', { customerId: `usr_${'7'.padStart(18, '0')}` as UserId }],
    ['half a name', { q: 'quist' }],
    ['a name that nobody has', { q: 'zebedee' }],
    ['a domain that all have', { q: 'example.com' }],
    ['two letters', { q: 'ma' }],
    ['one letter that nobody has', { q: 'ж' }],
    ['an item', { q: 'lamp 17' }],
    ['a number', { q: '0000-0001-2345' }],
  ] satisfies [string, Partial<OrderSearch>][]
).map(
  ([what, asked]): Read => [
    `orders: ${what}`,
    (db) => listAdminOrders(db, { ...page, tax: NO_TAX, ...asked }),
  ],
);

const RECORDS: Read[] = [
  [
    'to be sent: a page of the file',
    (db) => readUnsentOrders(db, { after: undefined, eventId: undefined, limit: 500 }),
  ],
  ['outbox', (db) => listOutbox(db, first)],
  ...(['waiting', 'done', 'given_up', 'dropped'] as const).map(
    (outcome): Read => [`outbox: ${outcome}`, (db) => listOutbox(db, { ...first, outcome })],
  ),
  ['outbox: a kind', (db) => listOutbox(db, { ...first, kind: 'mail.order_confirmed' })],
  [
    'outbox: a kind that is not there',
    (db) => listOutbox(db, { ...first, kind: 'payment.refund' }),
  ],
  ['outbox: figures', (db) => readOutboxFigures(db, { nowMs, sendsMail: true })],
  ['payments to look at', (db) => readPaymentAttention(db, { nowMs })],
  ['audit log', (db) => listNamedAudit(db, first)],
  ['audit log: an event', (db) => listNamedAudit(db, { ...first, subject: small })],
  ['audit log: an admin', (db) => listNamedAudit(db, { ...first, actor: admin })],
  ['audit log: who did nothing', (db) => listNamedAudit(db, { ...first, actor: 'nobody' })],
  ['audit log: an act', (db) => listNamedAudit(db, { ...first, action: 'event.create' })],
  [
    'audit log: an act that nobody did',
    (db) => listNamedAudit(db, { ...first, action: 'event.close' }),
  ],
];

const SEARCHES = [
  'quist',
  'maja',
  'berg',
  'lamp 17',
  'item',
  'drop 77',
  'night',
  'été',
  '0000-0001-2345',
  'zebedee',
  'ma',
  'жж',
  'example.com',
].map((q): Read => [`search: ${q}`, (db) => searchAll(db, q, nowMs)]);

const SHOP: Read[] = [
  ['shop', (db) => listEvents(db, page)],
  ['shop behind half of them', (db) => listEvents(db, { ...page, after: middle })],
  ['shop: a category', (db) => listEvents(db, { ...page, category: 'category 3' })],
  ['shop: no category', (db) => listEvents(db, { ...page, category: 'none' })],
  ...['drop 77', 'Lamp 17', 'zebedee', 'e'].map(
    (q): Read => [`shop: ${q}`, (db) => listEvents(db, { ...page, q })],
  ),
  ...(['locked', 'live', 'sold_out', 'closed'] as const).map(
    (status): Read => [`shop: ${status}`, (db) => listEvents(db, { ...page, status })],
  ),
];

export const READS: readonly Read[] = [
  ...EVENTS,
  ...CUSTOMERS,
  ...ITEMS,
  ...ORDERS,
  ...RECORDS,
  ...SEARCHES,
  ...SHOP,
];
