/** Examples of queue entries as admins see them. A test validates each of them. */
import { EVENT_ID, EVENT_ITEM_ID, ORDER_ID, USER_ID } from './examples.ts';

const serverNow = '2026-11-27T09:59:58.000Z';

export const ADMIN_QUEUE_ENTRY_ID = 'ent_0123456789ab_01kb8c4zj0h7pqrstv';

const entry = {
  id: ADMIN_QUEUE_ENTRY_ID,
  eventId: EVENT_ID,
  eventItemId: EVENT_ITEM_ID,
  itemName: 'Espresso machine',
  variantLabel: 'Red',
  customerId: USER_ID,
  customerEmail: 'grace@example.com',
  quantity: 2,
  minQuantity: 1,
  status: 'offered',
  reason: null,
  enteredAt: '2026-11-27T09:31:07.250Z',
  endedAt: '2026-11-27T09:58:12.004Z',
  seq: 17,
  rank: 17,
  orderId: ORDER_ID,
  order: {
    id: ORDER_ID,
    status: 'pending',
    quantity: 1,
    expiresAt: '2026-11-27T10:08:12.004Z',
  },
};

const skipped = { ...entry, status: 'skipped', reason: 'disqualified', orderId: null, order: null };

export const ADMIN_QUEUE_EXAMPLES = {
  list: { entries: [entry] as const, nextCursor: null, serverNow },
  disqualification: { reason: 'Bought with a stolen card before.' },
  disqualified: { entry: skipped, serverNow },
};
