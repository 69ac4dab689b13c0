/** Examples of what an owner reads, deletes and turns off, beside those of examples.ts. */
import { ADMIN_QUEUE_EXAMPLES } from './admin-queue-examples.ts';
import { EVENT_ID, EXAMPLES, USER_ID } from './examples.ts';
import { ITEM_ID } from './item-examples.ts';

const at = '2026-11-27T09:59:58.000Z';
const [{ current: _current, ...login }] = EXAMPLES.loginList.logins;
const [{ customerId: _id, customerEmail: _email, order: _order, ...entry }] =
  ADMIN_QUEUE_EXAMPLES.list.entries;
const queueEntry = { ...entry, eventTitle: EXAMPLES.eventDetail.title };

export const OWN_DATA_EXAMPLE = {
  madeAt: at,
  account: {
    id: USER_ID,
    email: 'grace@example.com',
    displayName: 'Grace',
    role: 'customer',
    language: 'en',
    createdAt: '2026-11-20T18:30:00.000Z',
    emailVerifiedAt: '2026-11-20T18:34:12.000Z',
    address: null,
  },
  logins: [{ ...login, expiresAt: '2026-12-27T09:59:58.000Z' }],
  devices: [
    {
      endpoint: 'https://updates.push.services.mozilla.com/wpush/v2/gAAAAABnExample',
      language: 'en',
      createdAt: at,
    },
  ],
  failedSignIns: null,
  links: [],
  orders: EXAMPLES.orderHistory.orders.map((order) => ({ ...order, note: '' })),
  queueEntries: [queueEntry],
  reminders: [{ eventId: EVENT_ID, createdAt: at, queuedAt: null }],
  reviews: [
    {
      id: `rev_${ITEM_ID.slice(4)}_${USER_ID.slice(4)}`,
      itemId: ITEM_ID,
      rating: 5,
      comment: 'Good coffee.',
      hidden: false,
      createdAt: at,
      updatedAt: at,
    },
  ],
  comments: [],
  helpfulVotes: [],
  reports: [],
  mails: [{ kind: 'mail.order_confirmed', createdAt: at, outcome: 'done', endedAt: at }],
  mailSuppression: null,
  auditLog: [],
  incomplete: [],
};

export const REMINDER_EXAMPLES = {
  list: { eventIds: [EVENT_ID] },
  off: {
    token: `${EVENT_ID.slice(4)}${USER_ID.slice(4)}.5uPVBjxmMvpRx0LTd2pC7kCf1k7Hq0yXb0J3QnZ9r1s`,
  },
};
